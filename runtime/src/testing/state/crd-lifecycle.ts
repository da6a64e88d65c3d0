import { resourceName } from '../../resource.js';
import { type ApiState, timestamp } from './api-state.js';
import { crdFaults } from './crd-faults.js';
import { kindFromCrd } from './crd-kind.js';
import { type JsonObject, objectOr, ownValue, sameJson, stringOr } from './json.js';
import type { ServedKind } from './served-kind.js';
import { invalid } from './status.js';

/** A new definition with its defaults and a status that says it is established; 422 for one that cannot be served. */
export function completeCrd(state: ApiState, crd: JsonObject): JsonObject {
  const faults = crdFaults(crd);
  if (faults.length > 0) {
    const name = stringOr(objectOr(crd['metadata'])['name']) ?? '';
    throw invalid({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name }, faults);
  }
  const spec = objectOr(crd['spec']);
  const kind = kindFromCrd(crd, 0);
  const names: JsonObject = { ...objectOr(spec['names']), singular: kind.singular, listKind: kind.listKind };
  const accepted = !isTaken(state, kind);
  return {
    ...crd,
    spec: { conversion: { strategy: 'None' }, ...spec, names },
    status: {
      acceptedNames: accepted ? names : { plural: '', kind: '' },
      conditions: conditions(accepted, timestamp(state.environment)),
      storedVersions: [kind.storageVersion],
    },
  };
}

/** Another kind of the group already has one of the names. */
function isTaken(state: ApiState, kind: ServedKind): boolean {
  return state.kinds
    .all()
    .some(
      (other) =>
        other.group === kind.group &&
        other.plural !== kind.plural &&
        (other.kind === kind.kind || other.listKind === kind.listKind || other.singular === kind.singular),
    );
}

function conditions(accepted: boolean, time: string): JsonObject[] {
  const common = { lastTransitionTime: time };
  return accepted
    ? [
        { ...common, type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
        {
          ...common,
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
      ]
    : [
        {
          ...common,
          type: 'NamesAccepted',
          status: 'False',
          reason: 'KindConflict',
          message: 'another kind of the group has these names',
        },
        {
          ...common,
          type: 'Established',
          status: 'False',
          reason: 'NotAccepted',
          message: 'not all names are accepted',
        },
      ];
}

/** Serves the kind of a definition from now on. Watches of a kind that changed end, as they do on a real server. */
export function registerCrd(state: ApiState, crd: JsonObject): void {
  const accepted = objectOr(objectOr(crd['status'])['acceptedNames']);
  if (accepted['plural'] !== objectOr(objectOr(crd['spec'])['names'])['plural']) return;
  const kind = kindFromCrd(crd, state.storage.revision);
  const resource = resourceName(kind);
  const known = state.kinds.byResource(resource);
  if (known !== undefined && specOf.get(known) !== undefined && sameJson(specOf.get(known), crd['spec'])) return;
  specOf.set(kind, ownValue(crd, 'spec'));
  state.kinds.set(kind);
  const log = state.storage.log(resource);
  if (known !== undefined) log.close();
}

const specOf = new WeakMap<ServedKind, unknown>();

/** Deletes the objects of a definition that is gone, ends their watches, and serves the kind no longer. */
export function unregisterCrd(state: ApiState, crd: JsonObject): void {
  const resource = resourceName(kindFromCrd(crd, 0));
  if (state.kinds.byResource(resource)?.origin !== 'crd') return;
  for (const [key] of state.storage.log(resource).at(state.storage.revision)) state.storage.remove(resource, key);
  state.kinds.remove(resource);
  state.storage.drop(resource);
}
