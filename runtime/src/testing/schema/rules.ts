import { isObject, sameJson } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import { hasFormat } from './formats.js';
import { type Spot, fieldPath } from './spot.js';
import type { Structural } from './structural.js';

type Check = (value: unknown, spot: Spot) => FieldFault[];

/** What a value breaks of the rules that its schema lays on it, beside its type. `check` judges it by another schema. */
export function ruleFaults(value: unknown, spot: Spot, check: Check): FieldFault[] {
  const faults = [...enumFaults(value, spot), ...branchFaults(value, spot, check)];
  if (typeof value === 'string') faults.push(...stringFaults(value, spot));
  else if (typeof value === 'number') faults.push(...numberFaults(value, spot));
  else if (Array.isArray(value)) faults.push(...arrayFaults(value, spot));
  else if (isObject(value)) faults.push(...objectFaults(value, spot));
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

function branchFaults(value: unknown, { path, schema }: Spot, check: Check): FieldFault[] {
  const { allOf, anyOf, oneOf, not } = schema.rules;
  const holds = (branch: Structural): boolean => check(value, { path, schema: branch }).length === 0;
  const whole = (text: string): FieldFault => ({
    reason: 'FieldValueInvalid',
    field: '<nil>',
    message: `Invalid value: "": "${path}" ${text}`,
  });
  const faults = allOf.flatMap((branch) => check(value, { path, schema: branch }));
  if (allOf.length > 0 && faults.length > 0) faults.push(whole('must validate all the schemas (allOf)'));
  if (anyOf.length > 0 && !anyOf.some(holds)) faults.push(whole('must validate at least one schema (anyOf)'));
  if (oneOf.length > 0) {
    const valid = oneOf.filter(holds).length;
    if (valid !== 1) {
      const found = valid === 0 ? 'none' : String(valid);
      faults.push(whole(`must validate one and only one schema (oneOf). Found ${found} valid`));
    }
  }
  if (not !== undefined && holds(not)) faults.push(whole('must not validate the schema (not)'));
  return faults;
}

function stringFaults(value: string, { path, schema }: Spot): FieldFault[] {
  const { minLength, maxLength, pattern, patternText, format } = schema.rules;
  const faults: FieldFault[] = [];
  const fault = broken(path, JSON.stringify(value));
  // Characters, as the API server counts them, not UTF-16 units.
  const length = minLength === undefined && maxLength === undefined ? 0 : Array.from(value).length;
  if (minLength !== undefined && length < minLength) faults.push(fault(`should be at least ${minLength} chars long`));
  if (maxLength !== undefined && length > maxLength) {
    faults.push({
      reason: 'FieldValueTooLong',
      field: path,
      message: `Too long: may not be more than ${maxLength} bytes`,
    });
  }
  if (pattern !== undefined && !pattern.test(value)) faults.push(fault(`should match '${patternText}'`));
  if (format !== undefined && !schema.intOrString && !hasFormat(value, format)) {
    faults.push(fault(`must be of type ${format}: ${JSON.stringify(value)}`));
  }
  return faults;
}

const largest: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };

function numberFaults(value: number, { path, schema }: Spot): FieldFault[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format } = schema.rules;
  const faults: FieldFault[] = [];
  const fault = broken(path, String(value));
  const bound =
    schema.type === 'integer' || schema.intOrString ? (largest[format ?? 'int64'] ?? largest['int64']) : undefined;
  if (bound !== undefined && (value >= bound || value < -bound)) {
    faults.push(fault(`must be of type ${format ?? 'int64'}: ${value}`));
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

/** 0.3 is a multiple of 0.1, though not for a computer's division. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function arrayFaults(value: readonly unknown[], { path, schema }: Spot): FieldFault[] {
  const { minItems, maxItems, uniqueItems } = schema.rules;
  const faults: FieldFault[] = [];
  const fault = broken(path, String(value.length));
  if (minItems !== undefined && value.length < minItems) faults.push(fault(`should have at least ${minItems} items`));
  if (maxItems !== undefined && value.length > maxItems) faults.push(tooMany(path, value.length, maxItems));
  if (uniqueItems && value.some((item, index) => value.slice(0, index).some((other) => sameJson(item, other)))) {
    faults.push(fault(`shouldn't contain duplicates`));
  }
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
