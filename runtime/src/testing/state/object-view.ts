import { applyDefaults } from '../schema/defaults.js';
import { prune } from '../schema/prune.js';
import { type JsonObject, objectOr } from './json.js';
import { type ServedKind, apiVersionFor } from './served-kind.js';

type Views = WeakMap<JsonObject, Map<string, JsonObject>>;

const viewsOf = new WeakMap<ServedKind, Views>();

/**
 * A stored object as a version of its kind shows it. Objects that were stored under an older schema are pruned and defaulted by the
 * schema of today; in another version than the stored one they lose what that version does not know, and gain no defaults.
 */
export function viewAs(object: JsonObject, kind: ServedKind, version: string): JsonObject {
  if (version === kind.storageVersion && !isOlderThanSchema(object, kind)) return object;
  let views = viewsOf.get(kind);
  if (views === undefined) viewsOf.set(kind, (views = new WeakMap()));
  let ofObject = views.get(object);
  if (ofObject === undefined) views.set(object, (ofObject = new Map()));
  let view = ofObject.get(version);
  if (view === undefined) ofObject.set(version, (view = makeView(object, kind, version)));
  return view;
}

function isOlderThanSchema(object: JsonObject, kind: ServedKind): boolean {
  return Number(objectOr(object['metadata'])['resourceVersion']) <= kind.schemaRevision;
}

function makeView(object: JsonObject, kind: ServedKind, version: string): JsonObject {
  const view = toStorageVersion(structuredClone(object), kind);
  if (version !== kind.storageVersion) {
    view['apiVersion'] = apiVersionFor(kind, version);
    const schema = kind.versions.find((each) => each.name === version)?.schema;
    if (schema !== undefined) prune(view, schema);
  }
  return view;
}

/** Turns an object of any version, in place, into the version that is stored. */
export function toStorageVersion(object: JsonObject, kind: ServedKind): JsonObject {
  object['apiVersion'] = apiVersionFor(kind, kind.storageVersion);
  const schema = kind.versions.find((each) => each.name === kind.storageVersion)?.schema;
  if (schema !== undefined) {
    prune(object, schema);
    applyDefaults(object, schema);
  }
  return object;
}
