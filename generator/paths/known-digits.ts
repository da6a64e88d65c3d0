import { isMap, type JsonMap } from '../load/json-value.js';
import { shortJson } from '../model/short-json.js';

const longest = 40;

/**
 * The document with defaults and examples beyond 2^53 as texts that show no digits but those that are known, as in modules: the printing
 * tool would make up the others. What has none is the same object.
 */
export function withKnownDigits(document: JsonMap): JsonMap {
  const entries = Object.entries(document);
  const known = entries.map(([key, value]): [string, unknown] => [key, knownIn(key, value)]);
  return known.every(([, value], i) => value === entries[i]?.[1]) ? document : Object.fromEntries(known);
}

function knownIn(key: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const known = value.map((one: unknown) => (isMap(one) ? withKnownDigits(one) : one));
    return known.every((one, i) => one === value[i]) ? value : known;
  }
  if (isMap(value)) return withKnownDigits(value);
  const isUnknown = Number.isInteger(value) && !Number.isSafeInteger(value);
  return isUnknown && (key === 'default' || key === 'example') ? shortJson(value, longest) : value;
}
