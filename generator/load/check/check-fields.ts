import { didYouMean } from '../../did-you-mean.js';
import { isBase64 } from './base64-text.js';
import type { PartReport } from '../fault.js';
import { describe, describeTexts, field, isMap, isText, quote, type JsonMap } from '../json-value.js';
import { isTime } from './time-text.js';

/** What a field holds; of `any` nothing is said here, mostly since it is elsewhere. */
export type FieldValue =
  | 'any'
  | 'text'
  | 'time'
  | 'base64'
  | 'flag'
  | 'integer'
  | 'int32'
  | 'map'
  | 'list'
  | 'texts'
  | 'labels';

/** The fields of one kind of map in a CRD, and what each holds. */
export type Fields = Readonly<Record<string, FieldValue>>;

/** A map of a CRD, and what it is called. */
export interface FieldsOf {
  readonly map: JsonMap;
  /** `a version`. */
  readonly what: string;
  readonly report: PartReport;
  /** Whether unknown fields are no fault: the server drops them. */
  readonly areOthersDropped?: boolean | undefined;
}

/**
 * Checks a map outside the schemas: a warning for each field that the API server does not know, which it refuses under strict validation
 * and leaves out otherwise, and for each value that it cannot read, for which it refuses the CRD.
 */
export function checkFields({ map, what, report, areOthersDropped = false }: FieldsOf, fields: Fields): void {
  for (const key of Object.keys(map)) {
    const wanted = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (wanted === undefined) {
      if (areOthersDropped) continue;
      const guess = didYouMean(key, Object.keys(fields));
      const help = guess === undefined ? '.' : `. Did you mean ${quote(guess)}?`;
      report.below(key).warning(`${quote(key)} is not a field of ${what} and has no effect${help}`);
      continue;
    }
    const value = field(map, key);
    if (wanted === 'labels' && isMap(value)) {
      checkTexts(value, report.below(key));
      continue;
    }
    const right = wanted === 'any' || value === undefined ? undefined : values[wanted](value);
    if (right === undefined) continue;
    const given = wanted === 'texts' ? describeTexts(value) : describe(value);
    report.below(key).warning(`${key} must be ${right}, not ${given}`);
  }
}

/** Checks a list of such maps, `what` being one of them, and gives them; of what is no list nothing is said. */
export function checkEach(
  list: unknown,
  of: Omit<FieldsOf, 'map'>,
  fields: Fields,
): { readonly map: JsonMap; readonly report: PartReport }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((given: unknown, i) => {
    // Null is a map without fields to the API server.
    const map = given ?? {};
    const report = of.report.below(i);
    if (isMap(map)) {
      checkFields({ ...of, map, report }, fields);
      return [{ map, report }];
    }
    report.warning(`${of.what} must be a map, not ${describe(map)}`);
    return [];
  });
}

/** Labels and annotations: YAML reads `1` and `true` as what they look like. */
function checkTexts(map: JsonMap, report: PartReport): void {
  for (const name of Object.keys(map)) {
    if (!isText(map[name]))
      report.below(name).warning(`the value must be text (in quotes), not ${describe(map[name])}`);
  }
}

/** What the value should have been, or `undefined` when it is right. */
const values: Readonly<Record<Exclude<FieldValue, 'any'>, (value: unknown) => string | undefined>> = {
  text: (value) => (typeof value === 'string' ? undefined : 'text'),
  time: (value) => (typeof value === 'string' && isTime(value) ? undefined : 'a time such as "2024-01-31T12:00:00Z"'),
  base64: (value) => (isBytes(value) ? undefined : 'base64'),
  flag: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  integer: (value) => (Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63 ? undefined : 'a whole number'),
  int32: (value) =>
    Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? undefined : 'a whole number of 32 bits',
  map: (value) => (isMap(value) ? undefined : 'a map'),
  list: (value) => (Array.isArray(value) ? undefined : 'a list'),
  texts: (value) => (Array.isArray(value) && value.every(isText) ? undefined : 'a list of texts'),
  labels: () => 'a map of texts',
};

/** Base64, or a list of the bytes. */
function isBytes(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((byte) => Number.isInteger(byte ?? 0) && byte >= 0 && byte <= 255);
  return typeof value === 'string' && isBase64(value.replaceAll(/[\r\n]/g, ''));
}
