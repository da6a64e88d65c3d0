import { type JsonObject, isObject, ownValue, sameJson } from '../state/json.js';
import type { FieldFault } from '../state/status.js';
import { findDuplicates, sameMember } from './list-types.js';
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
  const faults = branchFaults(value, spot, checkValue);
  if (Array.isArray(value)) faults.push(...checkItems(value, spot));
  faults.push(...ruleFaults(value, spot));
  if (Array.isArray(value)) faults.push(...findDuplicates(value, spot.path, schema));
  else if (isObject(value)) faults.push(...checkFields(value, spot));
  return faults;
}

function checkItems(items: readonly unknown[], { path, schema, before }: Spot): FieldFault[] {
  const ofItem = schema.items;
  if (ofItem === undefined) return [];
  return items.flatMap((item, index) => {
    const old = Array.isArray(before) ? sameMember(before, item, schema) : undefined;
    const spot = { path: `${path}[${index}]`, schema: ofItem, ...(old === undefined ? {} : { before: old }) };
    return checkValue(item, spot);
  });
}

function checkFields(object: JsonObject, { path, schema, before }: Spot): FieldFault[] {
  const faults: FieldFault[] = [];
  for (const [key, value] of Object.entries(object)) {
    const inside = schema.properties.get(key) ?? (schema.additional === true ? undefined : schema.additional);
    if (inside === undefined) continue;
    const old = isObject(before) ? ownValue(before, key) : undefined;
    faults.push(
      ...checkValue(value, {
        path: fieldPath(path, key),
        schema: inside,
        ...(old === undefined ? {} : { before: old }),
      }),
    );
  }
  if (schema.embedded && path !== '') faults.push(...checkEmbedded(object, path));
  return faults;
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
