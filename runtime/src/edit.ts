import { KubeError } from './errors.js';
import type { Draft } from './resource.js';

/**
 * A deep copy of `object` with `change` applied to it; the original stays as it is. `change` is done when it returns: one that gives a
 * promise, as an `async` function does, is an error (`usage`).
 */
export function edit<T>(object: T, change: (draft: Draft<T>) => void): T {
  const draft = structuredClone(object) as Draft<T>;
  // What `void` says nothing of: what came after the first `await` would be lost.
  const answer: unknown = change(draft);
  if (answer instanceof Promise) {
    throw new KubeError(
      'usage',
      'edit takes a function that is done when it returns, not an async one: await before it',
    );
  }
  return draft as T;
}
