import type { Entry } from './entry.js';

/** Entries by key, in the order in which they came, and by namespace. It owns what it holds. */
export class EntryTable<T> implements Iterable<Entry<T>> {
  readonly #byKey = new Map<string, Entry<T>>();
  readonly #byNamespace = new Map<string, Map<string, Entry<T>>>();

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): Entry<T> | undefined {
    return this.#byKey.get(key);
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  keys(): IterableIterator<string> {
    return this.#byKey.keys();
  }

  [Symbol.iterator](): IterableIterator<Entry<T>> {
    return this.#byKey.values();
  }

  inNamespace(namespace: string): Iterable<Entry<T>> {
    return this.#byNamespace.get(namespace)?.values() ?? [];
  }

  /** An entry takes the place of one with its key. */
  set(entry: Entry<T>): void {
    const { key, namespace } = entry;
    const was = this.#byKey.get(key);
    if (was === entry) return;
    this.#byKey.set(key, entry);
    if (namespace !== undefined) {
      const bucket = this.#byNamespace.get(namespace);
      if (bucket === undefined) this.#byNamespace.set(namespace, new Map([[key, entry]]));
      else bucket.set(key, entry);
    }
    entry.retain();
    was?.release();
  }

  delete(key: string): void {
    const was = this.#byKey.get(key);
    if (was === undefined) return;
    this.#byKey.delete(key);
    if (was.namespace !== undefined) {
      const bucket = this.#byNamespace.get(was.namespace);
      bucket?.delete(key);
      if (bucket?.size === 0) this.#byNamespace.delete(was.namespace);
    }
    was.release();
  }
}
