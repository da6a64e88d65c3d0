import type { Entry } from './entry.js';
import type { Entries } from './entries.js';
import { FrozenEntries, Past } from './frozen-entries.js';

/** Entries that come and go. It owns what it holds. */
export class EntryTable<T> implements Entries<T> {
  readonly #byKey = new Map<string, Entry<T>>();
  readonly #byNamespace = new Map<string, Map<string, Entry<T>>>();
  /** Where changes are noted, for as long as somebody keeps what was before them. */
  #past: WeakRef<Past<T>> | undefined;

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

  /** What is here now, for ever. Costs nothing now, and later one note for each key that changes first. */
  freeze(): FrozenEntries<T> {
    let past = this.#past?.deref();
    if (past === undefined || !past.isPresent) {
      const next = new Past<T>();
      past?.end(next);
      past = next;
      this.#past = new WeakRef(past);
    }
    return new FrozenEntries(this, past);
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
    if (this.#past !== undefined) this.#note(key, was);
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
    if (this.#past !== undefined) this.#note(key, was);
  }

  #note(key: string, was: Entry<T> | undefined): void {
    const past = this.#past?.deref();
    if (past === undefined) {
      this.#past = undefined;
      return;
    }
    past.note(key, was);
    was?.detach();
  }
}
