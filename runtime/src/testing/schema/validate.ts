import { type JsonObject, isObject, ownValue, sameJson } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import { findDuplicates, memberFinder } from './list-types.js';
import { branchFaults, ruleFaults, uncheckedNumber } from './rules.js';
import { type Spot, fieldPath } from './spot.js';
import type { Structural } from './structural.js';

/**
 * Checks a custom resource (pruned, with its defaults) against its schema and returns what is wrong, in the API server's words.
 * CEL rules are not evaluated.
 */
export function validate(object: JsonObject, schema: Structural, before?: JsonObject): FieldFault[] {
  return checkValue(object, { path: '', schema, ...(before === undefined ? {} : { before }) });
}

/** All faults of one value and of what is in it. */
function checkValue(value: unknown, spot: Spot): FieldFault[] {
  const { schema } = spot;
  // Validation is ratcheting: an update may leave alone what a newer schema refuses.
  if (spot.before !== undefined && sameJson(value, spot.before)) return [];
  if (value === null && schema.nullable && schema.rules.enum === undefined) return [];
  const typeFaults = checkType(value, spot);
  if (typeFaults.length > 0) return typeFaults;
  const own = branchFaults(value, spot, checkValue);
  const rules = ruleFaults(value, spot);
  if (Array.isArray(value))
    return [...own, ...checkItems(value, spot), ...rules, ...findDuplicates(value, spot.path, schema)];
  return isObject(value) ? [...own, ...rules, ...checkFields(value, spot)] : [...own, ...rules];
}

function checkItems(items: readonly unknown[], { path, schema, before }: Spot): FieldFault[] {
  const ofItem = schema.items;
  if (ofItem === undefined) return [];
  const memberBefore = memberFinder(before, schema);
  return items.flatMap((item, index) => {
    const old = memberBefore(item);
    const spot = { path: `${path}[${index}]`, schema: ofItem, ...(old === undefined ? {} : { before: old }) };
    return checkValue(item, spot);
  });
}

function checkFields(object: JsonObject, { path, schema, before }: Spot): FieldFault[] {
  const faults = Object.entries(object).flatMap(([key, value]) => {
    const inside = schema.properties.get(key) ?? (schema.additional === true ? undefined : schema.additional);
    if (inside === undefined) return [];
    const old = isObject(before) ? ownValue(before, key) : undefined;
    return checkValue(value, {
      path: fieldPath(path, key),
      schema: inside,
      ...(old === undefined ? {} : { before: old }),
    });
  });
  return schema.embedded && path !== '' ? [...faults, ...checkEmbedded(object, path)] : faults;
}

/** An embedded resource must say what it is. */
function checkEmbedded(object: JsonObject, path: string): FieldFault[] {
  return ['apiVersion', 'kind'].flatMap((key): FieldFault[] => {
    const value = ownValue(object, key);
    if (typeof value === 'string' && value !== '') return [];
    return [{ reason: 'FieldValueRequired', field: fieldPath(path, key), message: 'Required value' }];
  });
}

function checkType(value: unknown, { path, schema }: Spot): FieldFault[] {
  const { type, intOrString } = schema;
  const actual = typeName(value);
  if (intOrString) {
    return actual === 'integer' || actual === 'string' ? [] : [typeFault(path, 'integer,string', actual)];
  }
  if (type === undefined || type === actual || (type === 'number' && actual === 'integer')) return [];
  const faults = [typeFault(path, type, actual)];
  if (type === 'integer' && actual === 'number') faults.push(uncheckedNumber(path, 'integer (default format)'));
  return faults;
}

function typeFault(path: string, wanted: string, actual: string): FieldFault {
  return {
    reason: 'FieldValueTypeInvalid',
    field: path === '' ? '<nil>' : path,
    message: `Invalid value: "${actual}": ${path} in body must be of type ${wanted}: "${actual}"`,
  };
}

/** JSON Schema's name of a value's type. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
