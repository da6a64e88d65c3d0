import { resourceName } from '../../resource.js';
import type { ApiState } from './api-state.js';
import { objectOr } from './json.js';
import type { ServedKind } from './served-kind.js';

/** Whether a namespace was deleted and waits for what is in it. A namespace that does not exist is not. */
export function isTerminating(state: ApiState, namespace: string): boolean {
  const found = state.storage.log('namespaces').get(namespace);
  return objectOr(found?.['metadata'])['deletionTimestamp'] !== undefined;
}

/** The objects in a namespace, by kind. */
export function* contentOf(state: ApiState, namespace: string): Generator<{ kind: ServedKind; key: string }> {
  const prefix = `${namespace}/`;
  for (const kind of state.kinds.all()) {
    if (kind.scope !== 'Namespaced') continue;
    for (const [key] of state.storage.log(resourceName(kind)).at(state.storage.revision)) {
      if (key.startsWith(prefix)) yield { kind, key };
    }
  }
}

/** Removes a namespace that was deleted once nothing is left in it, as the namespace controller of a cluster does. */
export function finishNamespace(state: ApiState, namespace: string): void {
  if (!isTerminating(state, namespace)) return;
  if (contentOf(state, namespace).next().done === true) state.storage.remove('namespaces', namespace);
}
