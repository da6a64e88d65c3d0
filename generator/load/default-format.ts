import { describe } from './json-value.js';

const octet = String.raw`0*(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const uuid = (version: string): RegExp =>
  new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}-?[0-9a-f]{4}-?[0-9a-f]{12}$`, 'i');

/**
 * What every text of a format matches, by the format's name without dashes; some match it and are none all the same, of which nothing is
 * said. Formats that an API server of today checks and an older one does not are left out. Each pattern is made when it is asked for: few
 * runs need one, and to make one with a Unicode class takes half a millisecond.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go
 */
const texts: ReadonlyMap<string, () => RegExp> = new Map([
  ['date', () => /^\d{4}-\d\d-\d\d$/],
  ['datetime', () => /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d/],
  // 1h30m as Go writes it, or numbers with units among any other text.
  ['duration', () => /^[-+]?0$|[\d.](?:n|u|µ|μ|m|s|h|d|w)|\d\s*(?:n|u|µ|m|s|h|d|w)/i],
  ['byte', () => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/],
  ['uri', () => /^(?:\/|\*$|[a-z][a-z0-9+.-]*:)/i],
  ['email', () => /@/],
  ['ipv4', () => new RegExp(`^(?:[0-9a-f:]*:)?${octet}(?:\\.${octet}){3}$`, 'i')],
  ['ipv6', () => /^[0-9a-f]*:[0-9a-f:.]*$/i],
  ['cidr', () => /^[0-9a-f:.]+\/\d+$/i],
  ['mac', () => /^[0-9a-f]{2,4}(?:[.:-][0-9a-f]{2,4})+$/i],
  ['uuid', () => uuid('[0-9a-f]{4}')],
  ['uuid3', () => uuid('3[0-9a-f]{3}')],
  ['uuid4', () => uuid('4[0-9a-f]{3}')],
  ['uuid5', () => uuid('5[0-9a-f]{3}')],
  ['hostname', () => /^[a-z0-9\p{S}\p{L}][a-z0-9\p{S}\p{L}.-]*$/iu],
  ['hexcolor', () => /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i],
  ['rgbcolor', () => /^rgb\(/],
  ['ssn', () => /^\d{3}[- ]\d{2}[- ]\d{4}$/],
]);

/** What a text breaks of its format for certain, or `undefined`. */
export function formatFault(value: string, format: unknown): string | undefined {
  if (typeof format !== 'string' || texts.get(format.replaceAll('-', ''))?.().test(value) !== false) return undefined;
  return `${describe(value)} is no ${format}`;
}
