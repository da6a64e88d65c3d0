import { type JsonObject, isObject, ownValue } from '../state/json.js';
import { readMeta } from '../state/object-meta.js';
import { badRequest, StatusFailure } from '../state/status.js';
import type { Structural } from './structural.js';

const ownFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * Removes from a custom resource, in place, what its schema does not know, and returns the paths of what it removed.
 * `apiVersion`, `kind` and `metadata` stay, here and in embedded resources, whose `metadata` is read as an ObjectMeta (400 if it is none).
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export function prune(object: JsonObject, schema: Structural): string[] {
  const removed: string[] = [];
  pruneValue(object, { schema: { ...schema, embedded: true }, path: '', removed });
  return removed;
}

interface Place {
  readonly schema: Structural | undefined;
  readonly path: string;
  readonly removed: string[];
}

function pruneValue(value: unknown, place: Place): void {
  if (Array.isArray(value)) {
    pruneItems(value, place);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) pruneField(value, key, place);
    if (place.schema?.embedded === true && place.path !== '') pruneEmbeddedMeta(value, place);
  }
}

function pruneItems(items: readonly unknown[], { schema, path, removed }: Place): void {
  // Preserving unknown fields on a list opens its items, but not what they declare.
  const open = schema?.preserveUnknown === true && schema.items !== undefined;
  const ofItem = open ? { ...schema.items, preserveUnknown: true } : schema?.items;
  if (schema?.preserveUnknown === true && ofItem === undefined) return;
  for (const [index, item] of items.entries()) pruneValue(item, { schema: ofItem, path: `${path}[${index}]`, removed });
}

function pruneField(object: JsonObject, key: string, { schema, path, removed }: Place): void {
  if (schema?.embedded === true && ownFields.has(key)) return;
  const at = path === '' ? key : `${path}.${key}`;
  const declared = schema?.properties.get(key);
  if (declared !== undefined) {
    pruneValue(object[key], { schema: declared, path: at, removed });
  } else if (schema?.additional !== undefined) {
    // `true` allows any value, and knows no field of those that are objects.
    const ofValue = schema.additional === true ? undefined : schema.additional;
    pruneValue(object[key], { schema: ofValue, path: at, removed });
  } else if (schema?.preserveUnknown !== true) {
    delete object[key];
    removed.push(at);
  }
}

function pruneEmbeddedMeta(object: JsonObject, { path, removed }: Place): void {
  const raw = ownValue(object, 'metadata');
  if (raw === undefined) return;
  try {
    const { meta, unknown } = readMeta(raw, `${path}.metadata`);
    object['metadata'] = meta;
    removed.push(...unknown);
  } catch (cause) {
    if (!(cause instanceof StatusFailure)) throw cause;
    throw badRequest(`${path}.metadata: Invalid value: ${JSON.stringify(raw)}: ${cause.message}`);
  }
}
