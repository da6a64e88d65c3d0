import { type JsonObject, defineValue, isObject, objectOr, without } from './json.js';

/** Who wrote, and which half of the object. */
export interface Writer {
  readonly manager: string;
  readonly time: string;
  readonly apiVersion: string;
  readonly subresource?: 'status' | undefined;
}

const serverFields = [
  'name',
  'namespace',
  'generateName',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/**
 * `metadata.managedFields` after a write, simpler than a real server tells it: one entry for the last writer of the object and, where
 * the status is written by itself, one for its last writer.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function managedFieldsAfter(object: JsonObject, before: unknown, writer: Writer): JsonObject[] {
  const entry: JsonObject = {
    apiVersion: writer.apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: writer.subresource === 'status' ? onlyStatus(object) : allButStatus(object),
    manager: writer.manager,
    operation: 'Update',
    ...(writer.subresource === undefined ? {} : { subresource: writer.subresource }),
    time: writer.time,
  };
  const others = Array.isArray(before) ? before.filter(isObject) : [];
  return [...others.filter((other) => other['subresource'] !== writer.subresource), entry].sort(
    (a, b) => Number(a['subresource'] !== undefined) - Number(b['subresource'] !== undefined),
  );
}

function onlyStatus(object: JsonObject): JsonObject {
  return 'status' in object ? { 'f:status': fieldsOf(object['status']) } : {};
}

function allButStatus(object: JsonObject): JsonObject {
  const meta = without(objectOr(object['metadata']), ...serverFields);
  const rest = without(object, 'apiVersion', 'kind', 'metadata', 'status');
  return {
    ...(Object.keys(meta).length === 0 ? {} : { 'f:metadata': without(fieldsOf(meta), '.') }),
    ...without(fieldsOf(rest), '.'),
  };
}

/** Objects by field; lists are one value. */
function fieldsOf(value: unknown): JsonObject {
  const result: JsonObject = {};
  if (!isObject(value)) return result;
  const keys = Object.keys(value);
  if (keys.length > 0) result['.'] = {};
  for (const key of keys) defineValue(result, `f:${key}`, fieldsOf(value[key]));
  return result;
}
