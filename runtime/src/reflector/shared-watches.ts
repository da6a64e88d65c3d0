import type { ClusterInternals } from '../cluster-internals.js';
import type { Watcher } from './watcher.js';

/** The watches of one cluster that equal reflectors share: the same kind, namespace, selectors, projection and transform (U14). */
export class SharedWatches {
  readonly #byKey = new Map<string, Watcher<unknown>>();

  constructor(closed: AbortSignal) {
    closed.addEventListener('abort', () => {
      for (const watcher of this.#byKey.values()) watcher.end();
    });
  }

  /** The watch that is equal to `own`; without one, `own` itself, which others find from here on. */
  join<T>(own: Watcher<T>): Watcher<T> {
    const key = own.key(idOf);
    const known = this.#byKey.get(key);
    // Equal keys stand for the same definition and the same transform, so for the same type of objects.
    if (known !== undefined) return known as unknown as Watcher<T>;
    const shared = own as unknown as Watcher<unknown>;
    this.#byKey.set(key, shared);
    own.share(() => {
      if (this.#byKey.get(key) === shared) this.#byKey.delete(key);
    });
    return own;
  }
}

const ofClusters = new WeakMap<ClusterInternals, SharedWatches>();
const ids = new WeakMap<object, number>();
let lastId = 0;

/** The shared watches of a cluster. */
export function sharedWatches(internals: ClusterInternals): SharedWatches {
  const known = ofClusters.get(internals) ?? new SharedWatches(internals.closed);
  ofClusters.set(internals, known);
  return known;
}

function idOf(fn: object): number {
  const id = ids.get(fn) ?? ++lastId;
  ids.set(fn, id);
  return id;
}
