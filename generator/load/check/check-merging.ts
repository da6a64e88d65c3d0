import { isOpen, typeOf } from './schema-node.js';
import type { SchemaPlace, SchemaReport } from './schema-place.js';
import { describe, field, fieldAt, isMap, quote, type JsonMap } from '../json-value.js';

const listType = 'x-kubernetes-list-type';
const mapType = 'x-kubernetes-map-type';
const mapKeys = 'x-kubernetes-list-map-keys';

/** What a schema says of how lists and maps are merged (V16, V19). */
export function checkMerging(place: SchemaPlace, report: SchemaReport): void {
  const { node } = place;
  const list = field(node, listType);
  const map = field(node, mapType);
  const keys = field(node, mapKeys);
  if (list !== undefined) checkListType(place, list, report);
  if (map !== undefined) checkMapType(place, map, report);
  if (Array.isArray(keys) && keys.length > 0) {
    if (list !== 'map') report.warning(place, `${mapKeys} belongs to a list of type map`, mapKeys);
    else checkMapKeys(place, keys, report);
  } else if (list === 'map') {
    report.warning(place, `a list of type map needs ${mapKeys}`, listType);
  }
}

function checkListType(place: SchemaPlace, value: unknown, report: SchemaReport): void {
  const { node } = place;
  if (!(['atomic', 'set', 'map'] as unknown[]).includes(value)) {
    report.warning(place, `the type of a list is atomic, set or map, not ${describe(value)}`, listType);
  } else if (field(node, 'type') !== 'array') {
    report.warning(place, `only type: array has a ${listType}`, listType);
  }
  const items = field(node, 'items');
  if (!isMap(items)) return;
  if ((value === 'set' || value === 'map') && field(items, 'nullable') === true) {
    report.warning(place, `the items of a list of type ${value} cannot be nullable`, listType);
  }
  const type = typeOf(items);
  // Without any type they have a warning of their own.
  if (value === 'map' && type !== 'object' && (type !== undefined || isOpen(items))) {
    report.warning(place, 'the items of a list of type map must be objects', listType);
  }
  if (value === 'set' && !isAtomic(items)) {
    report.warning(place, 'the items of a list of type set must be scalars, or atomic', listType);
  }
}

/** Whether an item of a set is replaced as a whole: lists are, unless they say otherwise; objects are not. */
function isAtomic(items: JsonMap): boolean {
  const type = field(items, 'type');
  if (type === 'object') return field(items, mapType) === 'atomic';
  return type !== 'array' || (field(items, listType) ?? 'atomic') === 'atomic';
}

function checkMapType(place: SchemaPlace, value: unknown, report: SchemaReport): void {
  if (value !== 'atomic' && value !== 'granular') {
    report.warning(place, `the type of a map is atomic or granular, not ${describe(value)}`, mapType);
  } else if (field(place.node, 'type') !== 'object') {
    report.warning(place, `only type: object has a ${mapType}`, mapType);
  }
}

function checkMapKeys(place: SchemaPlace, keys: readonly unknown[], report: SchemaReport): void {
  const items = field(place.node, 'items');
  if (!isMap(items)) return;
  const required = field(items, 'required');
  if (new Set(keys).size < keys.length) report.warning(place, 'a list map key stands there twice', mapKeys);
  for (const given of new Set(keys)) {
    // Null is an empty text to the API server.
    const key = given ?? '';
    if (typeof key !== 'string') continue;
    const declared = fieldAt(items, 'properties', key);
    const isRequired = Array.isArray(required) && required.includes(key);
    const fault = isMap(declared) ? keyFault(declared, isRequired) : 'must be a field of the items';
    if (fault !== undefined) report.warning(place, `the list map key ${quote(key)} ${fault}`, mapKeys);
  }
}

function keyFault(declared: JsonMap, isRequired: boolean): string | undefined {
  const type = field(declared, 'type');
  if (type === 'object' || type === 'array') return `must be a scalar, not ${type}`;
  if (field(declared, 'nullable') === true) return 'cannot be nullable';
  return isRequired || field(declared, 'default') !== undefined ? undefined : 'must be required or have a default';
}
