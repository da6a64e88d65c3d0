import { type JsonObject, defineValue, isObject, objectOr } from './json.js';
import { badRequest } from './status.js';

type Shape = 'string' | 'integer' | 'boolean' | 'time' | 'any' | 'strings' | 'map' | { readonly list: Fields };
type Fields = ReadonlyMap<string, Shape>;

const ownerFields: Fields = new Map<string, Shape>([
  ['apiVersion', 'string'],
  ['kind', 'string'],
  ['name', 'string'],
  ['uid', 'string'],
  ['controller', 'boolean'],
  ['blockOwnerDeletion', 'boolean'],
]);

const managedFieldsFields: Fields = new Map<string, Shape>([
  ['manager', 'string'],
  ['operation', 'string'],
  ['apiVersion', 'string'],
  ['time', 'time'],
  ['fieldsType', 'string'],
  ['fieldsV1', 'any'],
  ['subresource', 'string'],
]);

const metaFields: Fields = new Map<string, Shape>([
  ['name', 'string'],
  ['generateName', 'string'],
  ['namespace', 'string'],
  ['selfLink', 'string'],
  ['uid', 'string'],
  ['resourceVersion', 'string'],
  ['generation', 'integer'],
  ['creationTimestamp', 'time'],
  ['deletionTimestamp', 'time'],
  ['deletionGracePeriodSeconds', 'integer'],
  ['labels', 'map'],
  ['annotations', 'map'],
  ['ownerReferences', { list: ownerFields }],
  ['finalizers', 'strings'],
  ['managedFields', { list: managedFieldsFields }],
]);

/** `metadata` with only what an ObjectMeta has, and the paths of what it does not have. */
export interface ReadMeta {
  readonly meta: JsonObject;
  readonly unknown: readonly string[];
}

/**
 * Reads the `metadata` of an object from outside. Nulls count as absent; a wrong type is a 400.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export function readMeta(raw: unknown, path = 'metadata'): ReadMeta {
  if (raw !== undefined && raw !== null && !isObject(raw)) throw wrongType(raw, path, 'v1.ObjectMeta');
  const unknown: string[] = [];
  return { meta: readFields(objectOr(raw), { fields: metaFields, path, unknown }), unknown };
}

interface Place {
  readonly fields: Fields;
  readonly path: string;
  readonly unknown: string[];
}

function readFields(object: JsonObject, { fields, path, unknown }: Place): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    const shape = fields.get(key);
    if (shape === undefined) {
      unknown.push(`${path}.${key}`);
    } else if (value !== null) {
      const read = readShape(value, { shape, path: `${path}.${key}`, unknown });
      if (!isEmpty(read)) defineValue(result, key, read);
    }
  }
  return result;
}

function readShape(value: unknown, at: { shape: Shape; path: string; unknown: string[] }): unknown {
  const { shape, path, unknown } = at;
  if (typeof shape === 'object') {
    if (!Array.isArray(value)) throw wrongType(value, path, 'list');
    return value.map((item, index) => {
      if (!isObject(item)) throw wrongType(item, `${path}[${index}]`, 'object');
      return readFields(item, { fields: shape.list, path: `${path}[${index}]`, unknown });
    });
  }
  switch (shape) {
    case 'any':
      return value;
    case 'string':
    case 'time':
      if (typeof value !== 'string') throw wrongType(value, path, 'string');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, path, 'bool');
      return value;
    case 'integer':
      if (!Number.isInteger(value)) throw wrongType(value, path, 'int64');
      return value;
    case 'strings':
      if (!Array.isArray(value)) throw wrongType(value, path, '[]string');
      return value.map((item) => readText(item, path));
    case 'map':
      if (!isObject(value)) throw wrongType(value, path, 'map[string]string');
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readText(item, path)]));
  }
}

/** What Go leaves out when it writes an ObjectMeta. */
function isEmpty(value: unknown): boolean {
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

/** A null in a list or map of strings becomes an empty string, as Go reads it. */
function readText(value: unknown, path: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw wrongType(value, path, 'string');
  return value;
}

function wrongType(value: unknown, path: string, type: string): Error {
  const actual = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const field = path.slice(path.lastIndexOf('metadata.') + 'metadata.'.length);
  return badRequest(`json: cannot unmarshal ${actual} into Go struct field ObjectMeta.${field} of type ${type}`);
}
