import { resourceName } from '../../resource.js';
import { type ApiState } from './api-state.js';
import { type JsonObject } from './json.js';
import { afterRemoval } from './side-effects.js';
import type { ServedKind } from './served-kind.js';

/** Takes an object out of the storage at once, whatever its finalizers say, and returns its last state. */
export function removeObject(state: ApiState, kind: ServedKind, key: string): JsonObject | undefined {
  const gone = state.storage.remove(resourceName(kind), key);
  if (gone !== undefined) afterRemoval(state, { kind, gone });
  return gone;
}
