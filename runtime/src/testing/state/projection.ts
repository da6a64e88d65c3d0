import { type JsonObject, objectOr, without } from './json.js';
import type { ListedObjects } from './list-objects.js';
import type { Target } from './api-state.js';
import { apiVersionFor } from './served-kind.js';

/** How much of each object an answer shows. */
export interface Projection {
  /** Whole objects, only their metadata (`PartialObjectMetadata`), or the rows of a `Table`, which are made elsewhere. */
  readonly form: 'whole' | 'metadata' | 'table';
  /** Without `metadata.managedFields`. */
  readonly dropManagedFields: boolean;
}

/** Whole objects. */
export const wholeObjects: Projection = { form: 'whole', dropManagedFields: false };

/** One object, as it goes out. The same object comes back when there is nothing to change. */
export function project(object: JsonObject, projection: Projection): JsonObject {
  const shown: JsonObject =
    projection.form === 'metadata'
      ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object['metadata'] }
      : object;
  if (!projection.dropManagedFields) return shown;
  return { ...shown, metadata: without(objectOr(shown['metadata']), 'managedFields') };
}

/** An object of a list. Lists of built-in kinds name the kind once, at the top. */
export function projectItem(object: JsonObject, target: Target, projection: Projection): JsonObject {
  const shown = project(object, projection);
  return target.kind.builtIn && projection.form === 'whole' ? without(shown, 'apiVersion', 'kind') : shown;
}

/** `kind` and `apiVersion` of a list. */
export function listHead({ kind, version }: Target, projection: Projection): { kind: string; apiVersion: string } {
  return projection.form === 'metadata'
    ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' }
    : { kind: kind.listKind, apiVersion: apiVersionFor(kind, version.name) };
}

/** `metadata` of a list. Lists of custom resources always name the token, empty on the last page. */
export function listMeta(target: Target, listed: ListedObjects): JsonObject {
  const token = listed.continue ?? (target.kind.builtIn ? undefined : '');
  return {
    ...(token === undefined ? {} : { continue: token }),
    ...(listed.remainingItemCount === undefined ? {} : { remainingItemCount: listed.remainingItemCount }),
    resourceVersion: listed.resourceVersion,
  };
}

/** A bookmark: an object of the kind with nothing but a version. */
export function bookmark(
  target: Target,
  projection: Projection,
  at: { revision: number; initialEnd: boolean },
): JsonObject {
  const annotations = at.initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return {
    kind: projection.form === 'metadata' ? 'PartialObjectMetadata' : target.kind.kind,
    apiVersion: projection.form === 'metadata' ? 'meta.k8s.io/v1' : apiVersionFor(target.kind, target.version.name),
    metadata: { resourceVersion: String(at.revision), ...annotations },
  };
}
