import { isObject, sameJson } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import { hasFormat } from './formats.js';
import { type Spot, fieldPath } from './spot.js';
import type { Structural } from './structural.js';

/** What a value breaks of the rules that its schema lays on it by itself, beside its type. */
export function ruleFaults(value: unknown, spot: Spot): FieldFault[] {
  const faults: FieldFault[] = [];
  if (typeof value === 'string') faults.push(...stringFaults(value, spot));
  else if (typeof value === 'number') faults.push(...numberFaults(value, spot));
  else if (Array.isArray(value)) faults.push(...arrayFaults(value, spot));
  faults.push(...enumFaults(value, spot));
  if (isObject(value)) faults.push(...objectFaults(value, spot));
  return faults;
}

function enumFaults(value: unknown, { path, schema }: Spot): FieldFault[] {
  const members = schema.rules.enum;
  if (members === undefined || members.some((member) => sameJson(member, value))) return [];
  const supported = members.map((member) => JSON.stringify(member)).join(', ');
  return [
    {
      reason: 'FieldValueNotSupported',
      field: path,
      message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`,
    },
  ];
}

/** What a value breaks of `allOf`, `anyOf`, `oneOf` and `not`. `check` judges it by a branch. */
export function branchFaults(
  value: unknown,
  { path, schema }: Spot,
  check: (value: unknown, spot: Spot) => FieldFault[],
): FieldFault[] {
  const { allOf, anyOf, oneOf, not } = schema.rules;
  const judge = (branch: Structural): FieldFault[] => check(value, { path, schema: branch });
  const whole = (text: string): FieldFault => ({
    reason: 'FieldValueInvalid',
    field: '<nil>',
    message: `Invalid value: "": "${path}" ${text}`,
  });
  let faults = allOf.flatMap(judge);
  if (allOf.length > 0 && faults.length > 0) faults.push(whole('must validate all the schemas (allOf)'));
  const any = anyOf.map(judge);
  if (any.length > 0 && any.every((found) => found.length > 0)) {
    faults = [...faults, whole('must validate at least one schema (anyOf)'), ...(any[0] ?? [])];
  }
  const one = oneOf.map(judge);
  const valid = one.filter((found) => found.length === 0).length;
  if (one.length > 0 && valid !== 1) {
    const found = valid === 0 ? 'none valid' : `${valid} valid alternatives`;
    faults.push(whole(`must validate one and only one schema (oneOf). Found ${found}`));
    if (valid === 0) faults = [...faults, ...(one[0] ?? [])];
  }
  if (not !== undefined && judge(not).length === 0) faults.push(whole('must not validate the schema (not)'));
  return faults;
}

function stringFaults(value: string, { path, schema }: Spot): FieldFault[] {
  const { format } = schema.rules;
  const faults = textFaults(value, path, schema);
  if (format !== undefined && !schema.intOrString && !hasFormat(value, format)) {
    const text = JSON.stringify(value);
    const message = `Invalid value: ${text}: ${path} in body must be of type ${format}: ${text}`;
    faults.push({ reason: 'FieldValueTypeInvalid', field: path, message });
  }
  return faults;
}

/** The first that is broken of length and pattern. */
function textFaults(value: string, path: string, schema: Structural): FieldFault[] {
  const { minLength, maxLength, pattern, patternText } = schema.rules;
  const fault = broken(path, JSON.stringify(value));
  // Characters, as the API server counts them, not UTF-16 units.
  const length = minLength === undefined && maxLength === undefined ? 0 : Array.from(value).length;
  if (maxLength !== undefined && length > maxLength) {
    const message = `Too long: may not be more than ${maxLength} bytes`;
    return [{ reason: 'FieldValueTooLong', field: path, message }];
  }
  if (minLength !== undefined && length < minLength) return [fault(`should be at least ${minLength} chars long`)];
  return pattern !== undefined && !pattern.test(value) ? [fault(`should match '${patternText}'`)] : [];
}

const largest: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };

function numberFaults(value: number, { path, schema }: Spot): FieldFault[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format } = schema.rules;
  const faults: FieldFault[] = [];
  const fault = broken(path, String(value));
  const bound =
    schema.type === 'integer' || schema.intOrString ? (largest[format ?? 'int64'] ?? largest['int64']) : undefined;
  if (bound !== undefined && (value >= bound || value < -bound)) {
    return [uncheckedNumber(path, format === undefined ? 'integer (default format)' : `integer with format ${format}`)];
  }
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    faults.push(fault(`should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`));
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    faults.push(fault(`should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`));
  }
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    faults.push(fault(`should be a multiple of ${multipleOf}`));
  return faults;
}

/** A number that is none of the type. */
export function uncheckedNumber(path: string, type: string): FieldFault {
  const message = `Invalid value: "": Checked value must be of type ${type} in ${path}`;
  return { reason: 'FieldValueInvalid', field: '<nil>', message };
}

/** 0.3 is a multiple of 0.1, though not for a computer's division. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function arrayFaults(value: readonly unknown[], { path, schema }: Spot): FieldFault[] {
  const { minItems, maxItems } = schema.rules;
  const faults: FieldFault[] = [];
  const fault = broken(path, String(value.length));
  if (minItems !== undefined && value.length < minItems) faults.push(fault(`should have at least ${minItems} items`));
  if (maxItems !== undefined && value.length > maxItems) faults.push(tooMany(path, value.length, maxItems));
  return faults;
}

function objectFaults(value: Record<string, unknown>, { path, schema }: Spot): FieldFault[] {
  const { required, minProperties, maxProperties } = schema.rules;
  const faults: FieldFault[] = required
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => ({ reason: 'FieldValueRequired', field: fieldPath(path, key), message: 'Required value' }));
  const count = Object.keys(value).length;
  if (minProperties !== undefined && count < minProperties) {
    faults.push(broken(path, String(count))(`should have at least ${minProperties} properties`));
  }
  if (maxProperties !== undefined && count > maxProperties) faults.push(tooMany(path, count, maxProperties));
  return faults;
}

function tooMany(path: string, count: number, limit: number): FieldFault {
  const message = `Too many: ${count}: must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`;
  return { reason: 'FieldValueTooMany', field: path, message };
}

function broken(path: string, value: string): (text: string) => FieldFault {
  return (text) => ({
    reason: 'FieldValueInvalid',
    field: path,
    message: `Invalid value: ${value}: ${path} in body ${text}`,
  });
}
