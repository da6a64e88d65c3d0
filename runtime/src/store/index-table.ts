import type { Entry } from './entry.js';
import type { IndexFailure, IndexFunction } from './store.js';

/** How an index is made. */
export interface IndexTableOptions<T> {
  readonly name: string;
  readonly fn: IndexFunction<T>;
  /** Told when the function throws; the object is then in no bucket of the index (S5). */
  readonly onError: (failure: IndexFailure) => void;
}

/** The entries under one value: nearly always many or exactly one. */
type Bucket<T> = Entry<T> | Map<string, Entry<T>>;

/** So many values are found by looking at each. */
const FEW = 8;

/** Several values of one object. A class, so that an array that is itself a value is told apart. */
class Several {
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** One index over one set of entries. */
export class IndexTable<T> {
  readonly #options: IndexTableOptions<T>;
  readonly #buckets = new Map<unknown, Bucket<T>>();
  /** Under what each object is: the function is not asked again at removal, when it might answer otherwise. */
  readonly #values = new Map<string, unknown>();

  constructor(options: IndexTableOptions<T>) {
    this.#options = options;
  }

  /** An index by the same function over nothing yet. */
  empty(): IndexTable<T> {
    return new IndexTable(this.#options);
  }

  /** Adds an entry, or moves it to where it belongs now. `object` is what the entry reads. */
  put(entry: Entry<T>, object: T): void {
    this.#place(entry, this.#valueOf(entry.key, object));
  }

  /** Adds an entry that another index by the same function holds already, without asking the function again. */
  adopt(entry: Entry<T>, from: IndexTable<T>): void {
    this.#place(entry, from.#values.get(entry.key));
  }

  remove(key: string): void {
    for (const value of listOf(this.#values.get(key))) this.#leave(value, key);
    this.#values.delete(key);
  }

  /** The entries under a value. */
  get(value: unknown): Iterable<Entry<T>> {
    const bucket = this.#buckets.get(value);
    if (bucket === undefined) return [];
    return bucket instanceof Map ? bucket.values() : [bucket];
  }

  has(value: unknown): boolean {
    return this.#buckets.has(value);
  }

  /** How many different values there are; emptied buckets do not stay. */
  get size(): number {
    return this.#buckets.size;
  }

  #place(entry: Entry<T>, value: unknown): void {
    const { key } = entry;
    const now = listOf(value);
    const kept = now.length > FEW ? new Set(now) : undefined;
    for (const each of listOf(this.#values.get(key))) {
      if (!(kept?.has(each) ?? now.includes(each))) this.#leave(each, key);
    }
    for (const each of now) this.#enter(each, entry);
    if (now.length === 0) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  #enter(value: unknown, entry: Entry<T>): void {
    const bucket = this.#buckets.get(value);
    if (bucket instanceof Map) bucket.set(entry.key, entry);
    else if (bucket === undefined || bucket.key === entry.key) this.#buckets.set(value, entry);
    else {
      this.#buckets.set(
        value,
        new Map([
          [bucket.key, bucket],
          [entry.key, entry],
        ]),
      );
    }
  }

  #leave(value: unknown, key: string): void {
    const bucket = this.#buckets.get(value);
    if (!(bucket instanceof Map)) this.#buckets.delete(value);
    else {
      bucket.delete(key);
      if (bucket.size === 0) this.#buckets.delete(value);
    }
  }

  #valueOf(key: string, object: T): unknown {
    const { name, fn, onError } = this.#options;
    try {
      const value = fn(object);
      return Array.isArray(value) ? new Several([...new Set<unknown>(value)].filter(isValue)) : value;
    } catch (error) {
      onError({ index: name, key, error });
      return undefined;
    }
  }
}

/** `undefined` and `null` are no values. */
function isValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function listOf(value: unknown): readonly unknown[] {
  if (value instanceof Several) return value.values;
  return isValue(value) ? [value] : [];
}
