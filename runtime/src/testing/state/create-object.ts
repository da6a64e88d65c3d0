import { resourceName, objectKey } from '../../resource.js';
import { validate } from '../schema/validate.js';
import { type ApiState, type Target, type WriteRules, named, timestamp } from './api-state.js';
import { type Decoded, decodeObject, settleNamespace } from './decode.js';
import { type JsonObject, objectOr, sortedByKey, stringOr } from './json.js';
import { managedFieldsAfter } from './managed-fields.js';
import { metaFaults } from './meta-rules.js';
import { toStorageVersion } from './object-view.js';
import { scaleFaults } from './scale-faults.js';
import { afterWrite, beforeCreate } from './side-effects.js';
import { apiVersionFor } from './served-kind.js';
import { alreadyExists, invalid } from './status.js';

/** What the server answers: the object as it is stored. */
export type Written = Decoded;

const suffixLetters = 'bcdfghjklmnpqrstvwxz2456789';
const LONGEST_GENERATED_BASE = 58;

/** `POST`: checks, completes and stores an object. `keepStatus` is for objects that the server starts with. */
export function createObject(
  state: ApiState,
  request: {
    readonly target: Target;
    readonly body: unknown;
    readonly rules: WriteRules;
    readonly keepStatus?: boolean;
  },
): Written {
  const { target, rules } = request;
  const { object, warnings } = decodeObject(request.body, target, rules);
  settleNamespace(object, target);
  const withStatus = !target.version.status || request.keepStatus === true;
  if (!withStatus) delete object['status'];
  const meta = newMeta(state, objectOr(object['metadata']), target);
  object['metadata'] = meta;
  const complete = beforeCreate(state, object, target.kind);
  const faults = [
    ...metaFaults(meta, target.kind.scope),
    ...(target.version.schema === undefined ? [] : validate(complete, target.version.schema)),
    ...scaleFaults(complete, target.version),
  ];
  const name = stringOr(meta['name']) ?? '';
  if (faults.length > 0) throw invalid({ group: target.kind.group, kind: target.kind.kind, name }, faults);

  const resource = resourceName(target.kind);
  const key = objectKey(name, target.namespace);
  if (state.storage.log(resource).get(key) !== undefined) throw alreadyExists(named(target), name);
  const stored = toStorageVersion(complete, target.kind);
  objectOr(stored['metadata'])['managedFields'] = managedFieldsAfter(stored, [], {
    manager: rules.fieldManager,
    time: timestamp(state.environment),
    apiVersion: apiVersionFor(target.kind, target.version.name),
  });
  if (rules.dryRun) return { object: stored, warnings };
  const now = state.storage.put(resource, key, stored);
  afterWrite(state, { kind: target.kind, now });
  return { object: now, warnings };
}

function newMeta(state: ApiState, given: JsonObject, target: Target): JsonObject {
  const base = stringOr(given['generateName']) ?? '';
  const name = (stringOr(given['name']) ?? '') === '' && base !== '' ? generateName(state, base) : given['name'];
  const { environment } = state;
  const meta: JsonObject = {
    ...given,
    name,
    creationTimestamp: timestamp(environment),
    uid: environment.newUid(),
    ...(target.kind.hasGeneration ? { generation: 1 } : {}),
  };
  for (const key of [
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'selfLink',
    'resourceVersion',
    'managedFields',
  ]) {
    delete meta[key];
  }
  return sortedByKey(meta);
}

function generateName(state: ApiState, base: string): string {
  const suffix = Array.from(
    { length: 5 },
    () => suffixLetters[Math.floor(state.environment.random() * suffixLetters.length)],
  );
  return base.slice(0, LONGEST_GENERATED_BASE) + suffix.join('');
}
