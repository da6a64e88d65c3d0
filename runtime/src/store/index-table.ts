import type { Entry } from './entry.js';

/** Told when an index function throws; the object is then in no bucket of that index (S5). */
export type OnIndexError = (index: string, key: string, error: unknown) => void;

/** One index over one set of entries. */
export class IndexTable<T> {
  readonly #name: string;
  readonly #valueOf: (entry: Entry<T>) => unknown;
  readonly #onError: OnIndexError;
  readonly #buckets = new Map<unknown, Map<string, Entry<T>>>();
  /** Where each object is: the function is not asked again at removal, when it might answer otherwise. */
  readonly #values = new Map<string, readonly unknown[]>();

  constructor(name: string, valueOf: (entry: Entry<T>) => unknown, onError: OnIndexError) {
    this.#name = name;
    this.#valueOf = valueOf;
    this.#onError = onError;
  }

  /** An index by the same function over nothing yet. */
  empty(): IndexTable<T> {
    return new IndexTable(this.#name, this.#valueOf, this.#onError);
  }

  /** Adds an entry, or moves it to where it belongs now. */
  put(entry: Entry<T>): void {
    const values = this.#valuesOf(entry);
    const before = this.#values.get(entry.key);
    // New buckets first: a reader between the two would rather find the object twice than not at all.
    for (const value of values) {
      const bucket = this.#buckets.get(value);
      if (bucket === undefined) this.#buckets.set(value, new Map([[entry.key, entry]]));
      else bucket.set(entry.key, entry);
    }
    if (before !== undefined)
      this.#leave(
        entry.key,
        before.filter((value) => !values.includes(value)),
      );
    if (values.length === 0) this.#values.delete(entry.key);
    else this.#values.set(entry.key, values);
  }

  remove(key: string): void {
    const values = this.#values.get(key);
    if (values === undefined) return;
    this.#leave(key, values);
    this.#values.delete(key);
  }

  /** The entries under a value. */
  get(value: unknown): Iterable<Entry<T>> {
    return this.#buckets.get(value)?.values() ?? [];
  }

  /** How many different values there are; emptied buckets do not stay. */
  get size(): number {
    return this.#buckets.size;
  }

  #leave(key: string, values: readonly unknown[]): void {
    for (const value of values) {
      const bucket = this.#buckets.get(value);
      bucket?.delete(key);
      if (bucket?.size === 0) this.#buckets.delete(value);
    }
  }

  #valuesOf(entry: Entry<T>): readonly unknown[] {
    try {
      const value = this.#valueOf(entry);
      if (value === undefined || value === null) return [];
      return Array.isArray(value) ? [...new Set<unknown>(value)] : [value];
    } catch (error) {
      this.#onError(this.#name, entry.key, error);
      return [];
    }
  }
}
