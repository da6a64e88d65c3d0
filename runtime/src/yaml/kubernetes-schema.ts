import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mapTag,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml';

const words = new Map<string, boolean>([
  ...['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);
const infinities = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(source: string): number | typeof NOT_RESOLVED {
  if (infinities.test(source)) return Number.NaN;
  const text = source.includes('_') && !source.startsWith('.') ? source.replaceAll('_', '') : source;
  if (integer.test(text)) return parseInteger(text);
  if (!float.test(text)) return NOT_RESOLVED;
  const value = Number(text);
  return Number.isFinite(value) ? value : NOT_RESOLVED;
}

/** Integers as Go's `strconv.ParseInt(text, 0, 64)` reads them: a leading zero means octal. */
function parseInteger(text: string): number {
  const negative = text.startsWith('-');
  const digits = negative || text.startsWith('+') ? text.slice(1) : text;
  const octal = digits.length > 1 && digits.startsWith('0') && /^[0-7]/.test(digits.slice(1));
  const value = Number(octal ? `0o${digits.slice(1)}` : digits);
  return negative && value !== 0 ? -value : value;
}

const boolTag = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: 'yYnNtTfFoO'.split(''),
  resolve: (source) => (source.length > 5 ? NOT_RESOLVED : (words.get(source) ?? NOT_RESOLVED)),
  identify: () => false,
});

/** One tag reads all numbers: what is written like an integer is one, anything else may be a float. */
const numberTag = defineScalarTag<number>('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: '-+.0123456789'.split(''),
  resolve: (source, isExplicit) => {
    const value = resolveNumber(source);
    return isExplicit && !Number.isInteger(value) ? NOT_RESOLVED : value;
  },
  identify: () => false,
});

const floatTag = defineScalarTag<number>('tag:yaml.org,2002:float', { resolve: resolveNumber, identify: () => false });

const binaryTag = defineScalarTag<string>('tag:yaml.org,2002:binary', {
  resolve: (source) => {
    const text = source.replaceAll(/\s/g, '');
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return NOT_RESOLVED;
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  },
  identify: () => false,
});

const noNumber = 'infinity and NaN are not values in Kubernetes';

/** Keys as Go's `strconv.FormatFloat(key, 'g', -1, 64)` writes them: fractions take an exponent outside of 1e-4 to 1e6, with two digits. */
function keyText(key: number | boolean): string {
  if (typeof key === 'boolean' || Number.isInteger(key)) return String(key);
  const size = Math.abs(key);
  if (size >= 1e-4 && size < 1e6) return String(key);
  return key.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

const objectTag = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
  ...mapTag,
  addPair: (carrier, key, value) => {
    if (typeof key === 'string') return value !== value ? noNumber : mapTag.addPair(carrier, key, value);
    if (key === null) return 'a key may not be null';
    if (typeof key !== 'number' && typeof key !== 'boolean') return 'a key must be a scalar, not an object or a list';
    return value !== value || Number.isNaN(key) ? noNumber : mapTag.addPair(carrier, keyText(key), value);
  },
});

const arrayTag = defineSequenceTag<unknown[]>('tag:yaml.org,2002:seq', {
  ...seqTag,
  addItem: (carrier, item) => {
    if (item !== item) return noNumber;
    carrier.push(item);
    return '';
  },
});

/** Tags that Kubernetes does not know mean nothing to it: the value is read as if they were not there, scalars as strings. */
const anyTag = { matchByTagPrefix: true, identify: (): boolean => false };

/**
 * YAML as `sigs.k8s.io/yaml` reads it, the reader of kubectl and the API server: words and numbers of YAML 1.1 and Go, no dates and
 * no base-60 numbers, merge keys.
 */
export const kubernetesSchema: Schema = new Schema([
  strTag,
  arrayTag,
  objectTag,
  nullCoreTag,
  boolTag,
  numberTag,
  floatTag,
  binaryTag,
  mergeTag,
  defineScalarTag<string>('', { ...anyTag, resolve: (source) => source }),
  defineSequenceTag<unknown[]>('', { ...arrayTag, ...anyTag }),
  defineMappingTag<Record<string, unknown>>('', { ...objectTag, ...anyTag }),
]);
