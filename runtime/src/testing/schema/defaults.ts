import { type JsonObject, defineValue, isObject, ownValue } from '../state/json.js';
import type { Structural } from './structural.js';

/**
 * Fills in defaults, in place, and drops the nulls that no schema allows: a default takes their place if there is one.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function applyDefaults(value: unknown, schema: Structural | undefined): void {
  if (schema === undefined) return;
  if (Array.isArray(value)) defaultItems(value, schema);
  else if (isObject(value)) defaultFields(value, schema);
}

function defaultItems(items: unknown[], schema: Structural): void {
  const ofItem = schema.items;
  if (ofItem === undefined) return;
  for (const [index, item] of items.entries()) {
    if (isRefusedNull(item, ofItem) && ofItem.hasDefault) items[index] = structuredClone(ofItem.default);
    applyDefaults(items[index], ofItem);
  }
}

function defaultFields(object: JsonObject, schema: Structural): void {
  for (const [key, declared] of schema.properties) {
    if (!declared.hasDefault) continue;
    const value = ownValue(object, key);
    if (value === undefined || isRefusedNull(value, declared))
      defineValue(object, key, structuredClone(declared.default));
  }
  for (const key of Object.keys(object)) {
    const declared = schema.properties.get(key) ?? (schema.additional === true ? undefined : schema.additional);
    if (declared === undefined) continue;
    if (isRefusedNull(object[key], declared)) {
      if (declared.hasDefault) defineValue(object, key, structuredClone(declared.default));
      else delete object[key];
    }
    if (Object.hasOwn(object, key)) applyDefaults(object[key], declared);
  }
}

function isRefusedNull(value: unknown, schema: Structural): boolean {
  return value === null && !schema.nullable;
}
