import { resourceName } from '../../resource.js';
import type { ApiState } from './api-state.js';
import { completeCrd, registerCrd, unregisterCrd } from './crd-lifecycle.js';
import { type JsonObject, objectOr, stringOr } from './json.js';
import { finishNamespace, isTerminating } from './namespace-lifecycle.js';
import type { ServedKind } from './served-kind.js';
import { StatusFailure } from './status.js';

/** What a server adds to a new object of a kind that it knows by itself; refuses new objects in a namespace that is going away. */
export function beforeCreate(state: ApiState, object: JsonObject, kind: ServedKind): JsonObject {
  const namespace = stringOr(objectOr(object['metadata'])['namespace']);
  if (namespace !== undefined && isTerminating(state, namespace)) throw terminating(object, { kind, namespace });
  switch (resourceName(kind)) {
    case 'namespaces':
      return completeNamespace(object);
    case 'pods':
      return { ...object, status: object['status'] ?? { phase: 'Pending' } };
    case 'customresourcedefinitions.apiextensions.k8s.io':
      return completeCrd(state, object);
    default:
      return object;
  }
}

/** After an object was created or changed: a CustomResourceDefinition becomes, or changes, a kind. */
export function afterWrite(
  state: ApiState,
  { kind, now }: { readonly kind: ServedKind; readonly now: JsonObject },
): void {
  if (resourceName(kind) === 'customresourcedefinitions.apiextensions.k8s.io') registerCrd(state, now);
}

/** After an object is gone. */
export function afterRemoval(
  state: ApiState,
  { kind, gone }: { readonly kind: ServedKind; readonly gone: JsonObject },
): void {
  if (resourceName(kind) === 'customresourcedefinitions.apiextensions.k8s.io') unregisterCrd(state, gone);
  const namespace = stringOr(objectOr(gone['metadata'])['namespace']);
  if (namespace !== undefined) finishNamespace(state, namespace);
}

function completeNamespace(object: JsonObject): JsonObject {
  const meta = objectOr(object['metadata']);
  const labels = { 'kubernetes.io/metadata.name': meta['name'], ...objectOr(meta['labels']) };
  return {
    ...object,
    metadata: { ...meta, labels },
    spec: { finalizers: ['kubernetes'] },
    status: object['status'] ?? { phase: 'Active' },
  };
}

function terminating(object: JsonObject, { kind, namespace }: { kind: ServedKind; namespace: string }): StatusFailure {
  const name = stringOr(objectOr(object['metadata'])['name']) ?? '';
  return new StatusFailure({
    code: 403,
    reason: 'Forbidden',
    message: `${resourceName(kind)} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    details: {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.plural,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    },
  });
}
