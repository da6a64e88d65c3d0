import { resourceName, objectKey } from '../../resource.js';
import { validate } from '../schema/validate.js';
import { type ApiState, type NamedTarget, type WriteRules, named, timestamp } from './api-state.js';
import type { Written } from './create-object.js';
import { decodeObject, settleNamespace } from './decode.js';
import { type JsonObject, objectOr, ownValue, sameJson, sortedByKey, stringOr, stringsOf, without } from './json.js';
import { managedFieldsAfter } from './managed-fields.js';
import { metaFaults } from './meta-rules.js';
import { toStorageVersion, viewAs } from './object-view.js';
import { removeObject } from './remove-object.js';
import { scaleFaults } from './scale-faults.js';
import { afterWrite } from './side-effects.js';
import { apiVersionFor } from './served-kind.js';
import { withVersion } from './storage.js';
import { badRequest, conflict, type FieldFault, invalid, notFound } from './status.js';

/** The stored object that a target names; 404 when there is none. */
export function currentObject(state: ApiState, target: NamedTarget): JsonObject {
  const found = state.storage.log(resourceName(target.kind)).get(objectKey(target.name, target.namespace));
  if (found === undefined) throw notFound(named(target), target.name);
  return found;
}

/** `PUT`, and the second half of `PATCH` (`patched`): puts a new state in the place of the stored one, if nobody was quicker. */
export function updateObject(
  state: ApiState,
  request: {
    readonly target: NamedTarget;
    readonly body: unknown;
    readonly rules: WriteRules;
    readonly patched?: boolean;
  },
): Written {
  const { target, rules } = request;
  const decoded = decodeObject(request.body, target, { ...rules, patched: request.patched ?? false });
  const { object, warnings } = decoded;
  checkName(object, target);
  const current = currentObject(state, target);
  const before = viewAs(current, target.kind, target.version.name);
  checkVersion(object, before, { target, patched: request.patched ?? false });
  settleNamespace(object, target);

  const next = carryOver(object, before, target);
  const faults = updateFaults(next, before, target);
  if (faults.length > 0) throw invalid({ group: target.kind.group, kind: target.kind.kind, name: target.name }, faults);
  const stored = toStorageVersion(next, target.kind);
  if (isUnchanged(stored, current)) return { object: current, warnings };

  bumpGeneration(stored, current, target);
  objectOr(stored['metadata'])['managedFields'] = managedFieldsAfter(
    stored,
    objectOr(current['metadata'])['managedFields'],
    {
      manager: rules.fieldManager,
      time: timestamp(state.environment),
      apiVersion: apiVersionFor(target.kind, target.version.name),
      subresource: target.subresource === 'status' ? 'status' : undefined,
    },
  );
  if (rules.dryRun) return { object: stored, warnings };
  const key = objectKey(target.name, target.namespace);
  // The last finalizer is gone: watchers see the object vanish, not change.
  if (isFinished(stored)) {
    const gone = removeObject(state, target.kind, key);
    return { object: withVersion(stored, Number(objectOr(gone?.['metadata'])['resourceVersion'])), warnings };
  }
  const now = state.storage.put(resourceName(target.kind), key, stored);
  afterWrite(state, { kind: target.kind, now });
  return { object: now, warnings };
}

function isFinished(object: JsonObject): boolean {
  const meta = objectOr(object['metadata']);
  return meta['deletionTimestamp'] !== undefined && stringsOf(meta['finalizers']).length === 0;
}

function checkName(object: JsonObject, target: NamedTarget): void {
  const name = stringOr(objectOr(object['metadata'])['name']) ?? '';
  if (name === target.name) return;
  if (name === '')
    throw badRequest('the name of the object must be specified in the body, and it must match the name on the URL');
  throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
}

/** Optimistic concurrency: what was read must still be what is stored. */
function checkVersion(
  object: JsonObject,
  before: JsonObject,
  { target, patched }: { target: NamedTarget; patched: boolean },
): void {
  const given = objectOr(object['metadata']);
  const stored = objectOr(before['metadata']);
  const version = stringOr(given['resourceVersion']) ?? '';
  if (version === '' && !patched && !target.kind.builtIn) {
    const fault: FieldFault = {
      reason: 'FieldValueInvalid',
      field: 'metadata.resourceVersion',
      message: 'Invalid value: 0: must be specified for an update',
    };
    throw invalid({ group: target.kind.group, kind: target.kind.plural, name: target.name }, [fault]);
  }
  if (version !== '' && version !== stored['resourceVersion']) {
    throw conflict(
      { ...named(target), name: target.name },
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
  const uid = stringOr(given['uid']) ?? '';
  if (uid !== '' && uid !== stored['uid']) {
    throw conflict(
      { ...named(target), name: target.name },
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${String(stored['uid'])}`,
    );
  }
}

const serverOwned = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'resourceVersion',
  'managedFields',
];

/** The proposed object with what only the server may set, and with the half that this endpoint does not write. */
function carryOver(object: JsonObject, before: JsonObject, target: NamedTarget): JsonObject {
  const old = objectOr(before['metadata']);
  if (target.subresource === 'status') {
    const status = ownValue(object, 'status');
    return structuredClone({ ...without(before, 'status'), ...(status === undefined ? {} : { status }) });
  }
  const kept = Object.fromEntries(serverOwned.filter((key) => old[key] !== undefined).map((key) => [key, old[key]]));
  const metadata = { ...without(objectOr(object['metadata']), ...serverOwned, 'selfLink'), ...kept };
  const next: JsonObject = { ...object, metadata: sortedByKey(metadata) };
  if (target.version.status) {
    delete next['status'];
    if (before['status'] !== undefined) next['status'] = before['status'];
  }
  return structuredClone(next);
}

function updateFaults(next: JsonObject, before: JsonObject, { kind, version }: NamedTarget): FieldFault[] {
  const meta = objectOr(next['metadata']);
  const old = objectOr(before['metadata']);
  const faults = metaFaults(meta, kind.scope);
  if (version.schema !== undefined) faults.push(...validate(next, version.schema, before));
  faults.push(...scaleFaults(next, version));
  const added = stringsOf(meta['finalizers']).filter((finalizer) => !stringsOf(old['finalizers']).includes(finalizer));
  if (old['deletionTimestamp'] !== undefined && added.length > 0) {
    faults.push({
      reason: 'FieldValueForbidden',
      field: 'metadata.finalizers',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((each) => JSON.stringify(each)).join(', ')}}`,
    });
  }
  return faults;
}

function isUnchanged(next: JsonObject, current: JsonObject): boolean {
  return sameJson(comparable(next), comparable(current));
}

function comparable(object: JsonObject): JsonObject {
  return {
    ...object,
    metadata: without(objectOr(object['metadata']), 'managedFields', 'resourceVersion', 'generation'),
  };
}

/** A new generation when what is wanted changed: all but metadata and, where it has an endpoint of its own, status. */
function bumpGeneration(next: JsonObject, current: JsonObject, { version }: NamedTarget): void {
  const ignored = version.status ? ['metadata', 'status', 'apiVersion'] : ['metadata', 'apiVersion'];
  const generation = objectOr(current['metadata'])['generation'];
  if (typeof generation !== 'number') return;
  const changed = !sameJson(without(next, ...ignored), without(current, ...ignored));
  objectOr(next['metadata'])['generation'] = changed ? generation + 1 : generation;
}
