import { isBase64 } from './base64-text.js';
import { describe } from '../json-value.js';
import { isDate } from './time-text.js';

const octet = String.raw`0*(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const uuid = (version: string): RegExp =>
  new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}-?[0-9a-f]{4}-?[0-9a-f]{12}$`, 'i');

/**
 * What is true of every text of a format, by the format's name without dashes; it is true of some that are none all the same, of which
 * nothing is said. Formats that an API server of today checks and an older one does not are left out. Each pattern is made when it is
 * asked for: few runs need one, and to make one with a Unicode class takes half a millisecond.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go
 */
const texts: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['datetime', isDateTime],
  ['duration', isDuration],
  ['byte', (text) => text !== '' && isBase64(text)],
  ['uri', (text) => /^(?:\/|\*$|[a-z][a-z0-9+.-]*:)/i.test(text)],
  ['email', (text) => text.includes('@')],
  ['ipv4', (text) => new RegExp(`^(?:[0-9a-f:]*:)?${octet}(?:\\.${octet}){3}$`, 'i').test(text)],
  ['ipv6', (text) => /^[0-9a-f]*:[0-9a-f:.]*$/i.test(text)],
  ['cidr', (text) => /^[0-9a-f:.]+\/\d+$/i.test(text)],
  ['mac', (text) => /^[0-9a-f]{2,4}(?:[.:-][0-9a-f]{2,4}){1,19}$/i.test(text)],
  ['uuid', (text) => uuid('[0-9a-f]{4}').test(text)],
  ['uuid3', (text) => uuid('3[0-9a-f]{3}').test(text)],
  ['uuid4', (text) => uuid('4[0-9a-f]{3}').test(text)],
  ['uuid5', (text) => uuid('5[0-9a-f]{3}').test(text)],
  ['hostname', (text) => /^[a-z0-9\p{S}\p{L}][a-z0-9\p{S}\p{L}.-]*$/iu.test(text)],
  ['hexcolor', (text) => /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)],
  ['rgbcolor', (text) => text.startsWith('rgb(')],
  ['ssn', (text) => /^\d{3}[- ]\d{2}[- ]\d{4}$/.test(text)],
]);

function isDateTime(text: string): boolean {
  const [day = '', time = ''] = text.toLowerCase().split('t', 2);
  const [, ...parts] = /^(\d\d):(\d\d):(\d\d)(?:[^\n]\d+)?(?:z|[-+]\d\d:\d\d)$/.exec(time) ?? [];
  const [hour = 24, minute = 60, second = 60] = parts.map(Number);
  return isDate(day) && hour < 24 && minute < 60 && second < 60;
}

/** No one writes longer ones. */
const longestDuration = 1000;
const units = ['ns', 'us', 'µs', 'ms', 's', 'm', 'h', 'hr', 'd', 'w', 'wk', 'sec', 'min'];
const longUnit = /^(?:nano|micro|milli|sec|min|hour|day|week)/;

/** 1h30m as Go writes it, or numbers with units among any other text. */
function isDuration(text: string): boolean {
  if (text.length > longestDuration) return true;
  if (/^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return true;
  const given = [...text.matchAll(/\d+[\t\n\f\r ]*([A-Za-zµ]+)/g)].map(([, unit = '']) => unit.toLowerCase());
  return given.some((unit) => units.includes(unit) || longUnit.test(unit));
}

/** What a text breaks of its format for certain, or `undefined`. */
export function formatFault(value: string, format: unknown): string | undefined {
  if (typeof format !== 'string' || texts.get(format.replaceAll('-', ''))?.(value) !== false) return undefined;
  return `${describe(value)} is no ${format}`;
}
