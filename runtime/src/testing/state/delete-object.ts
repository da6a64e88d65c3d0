import { resourceName, objectKey } from '../../resource.js';
import { type ApiState, type NamedTarget, type Target, named, timestamp } from './api-state.js';
import { type JsonObject, isObject, objectOr, ownValue, sortedByKey, stringOr, stringsOf } from './json.js';
import { contentOf } from './namespace-lifecycle.js';
import { removeObject } from './remove-object.js';
import type { ServedKind } from './served-kind.js';
import { type StatusObject, badRequest, conflict, deletedStatus } from './status.js';
import { currentObject } from './update-object.js';

/** What the body and the query of a delete say. */
export interface DeleteRules {
  readonly dryRun: boolean;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/** Reads a `DeleteOptions` body. There is no garbage collector here, so the propagation policy changes nothing. */
export function readDeleteOptions(body: unknown, dryRun: boolean): DeleteRules {
  if (body !== undefined && !isObject(body)) throw badRequest('the body of a delete must be DeleteOptions');
  const options = objectOr(body);
  const preconditions = objectOr(ownValue(options, 'preconditions'));
  const asked = stringsOf(ownValue(options, 'dryRun')).includes('All');
  return {
    dryRun: dryRun || asked,
    uid: stringOr(ownValue(preconditions, 'uid')),
    resourceVersion: stringOr(ownValue(preconditions, 'resourceVersion')),
  };
}

/** `gone`: a `Status` for the answer. `waiting`: the object, which has finalizers or content that must go first. */
export type Deleted =
  | { readonly t: 'gone'; readonly status: StatusObject }
  | { readonly t: 'waiting'; readonly object: JsonObject };

/** `DELETE` of one object. */
export function deleteObject(state: ApiState, target: NamedTarget, rules: DeleteRules): Deleted {
  const current = currentObject(state, target);
  const meta = objectOr(current['metadata']);
  checkPreconditions(target, meta, rules);
  const key = objectKey(target.name, target.namespace);
  const isNamespace = resourceName(target.kind) === 'namespaces';
  if (!isNamespace && stringsOf(meta['finalizers']).length === 0) {
    if (!rules.dryRun) removeObject(state, target.kind, key);
    return { t: 'gone', status: deletedStatus(named(target), { name: target.name, uid: String(meta['uid']) }) };
  }
  if (rules.dryRun) return { t: 'waiting', object: current };
  const marked = markDeleted(state, { kind: target.kind, key, object: current, isNamespace });
  if (isNamespace) emptyNamespace(state, target);
  return { t: 'waiting', object: marked };
}

function checkPreconditions(target: NamedTarget, meta: JsonObject, { uid, resourceVersion }: DeleteRules): void {
  // These texts name the kind and not the resource.
  const of = { ...named(target), plural: target.kind.kind, name: target.name };
  const refuse = (what: string, given: string, happened: string): Error =>
    conflict(
      of,
      `the ${what} in the precondition (${given}) does not match the ${what} in record ` +
        `(${String(meta[what === 'UID' ? 'uid' : 'resourceVersion'])}). The object might have been ${happened}`,
    );
  if (uid !== undefined && uid !== meta['uid']) throw refuse('UID', uid, 'deleted and then recreated');
  if (resourceVersion !== undefined && resourceVersion !== meta['resourceVersion']) {
    throw refuse('ResourceVersion', resourceVersion, 'modified');
  }
}

interface Marked {
  readonly kind: ServedKind;
  readonly key: string;
  readonly object: JsonObject;
  readonly isNamespace: boolean;
}

/** Gives an object its `deletionTimestamp`, once. */
function markDeleted(state: ApiState, { kind, key, object, isNamespace }: Marked): JsonObject {
  const meta = objectOr(object['metadata']);
  if (meta['deletionTimestamp'] !== undefined) return object;
  const generation = meta['generation'];
  const metadata = {
    ...meta,
    deletionTimestamp: timestamp(state.environment),
    deletionGracePeriodSeconds: 0,
    ...(typeof generation === 'number' ? { generation: generation + 1 } : {}),
  };
  const status = isNamespace ? { status: { ...objectOr(object['status']), phase: 'Terminating' } } : {};
  return state.storage.put(resourceName(kind), key, { ...object, metadata: sortedByKey(metadata), ...status });
}

/** Deletes what is in a namespace; the namespace itself goes with the last of it. */
function emptyNamespace(state: ApiState, target: NamedTarget): void {
  for (const { kind, key } of contentOf(state, target.name)) {
    const object = state.storage.log(resourceName(kind)).get(key);
    if (object === undefined) continue;
    const waits = stringsOf(objectOr(object['metadata'])['finalizers']).length > 0;
    if (waits) markDeleted(state, { kind, key, object, isNamespace: false });
    else removeObject(state, kind, key);
  }
  if (contentOf(state, target.name).next().done === true) state.storage.remove('namespaces', target.name);
}

/** `DELETE` of all objects that a list named; returns them as they were. */
export function deleteAll(
  state: ApiState,
  request: { readonly target: Target; readonly objects: readonly JsonObject[]; readonly rules: DeleteRules },
): void {
  for (const object of request.objects) {
    const meta = objectOr(object['metadata']);
    const target = { ...request.target, name: String(meta['name']), namespace: stringOr(meta['namespace']) };
    // Deleting one object may take others with it.
    const known = state.storage.log(resourceName(target.kind)).get(objectKey(target.name, target.namespace));
    if (known !== undefined) deleteObject(state, target, request.rules);
  }
}
