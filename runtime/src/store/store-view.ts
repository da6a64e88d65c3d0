import type { Entry } from './entry.js';

/** What a view looks at. */
export interface Viewed<T> {
  find(key: string): Entry<T> | undefined;
  /** All entries, as they are now. */
  entries(): Iterable<Entry<T>>;
  size(): number;
}

/** A live view of the store's objects, without a copy of them. */
export class StoreView<T> implements ReadonlyMap<string, T> {
  readonly #of: Viewed<T>;

  constructor(of: Viewed<T>) {
    this.#of = of;
  }

  get size(): number {
    return this.#of.size();
  }

  get(key: string): T | undefined {
    return this.#of.find(key)?.read();
  }

  has(key: string): boolean {
    return this.#of.find(key) !== undefined;
  }

  forEach(callback: (value: T, key: string, map: ReadonlyMap<string, T>) => void, thisArg?: unknown): void {
    for (const [key, value] of this) callback.call(thisArg, value, key, this);
  }

  *entries(): Generator<[string, T], undefined> {
    for (const entry of this.#of.entries()) yield [entry.key, entry.read()];
    return undefined;
  }

  *keys(): Generator<string, undefined> {
    for (const entry of this.#of.entries()) yield entry.key;
    return undefined;
  }

  *values(): Generator<T, undefined> {
    for (const entry of this.#of.entries()) yield entry.read();
    return undefined;
  }

  [Symbol.iterator](): Generator<[string, T], undefined> {
    return this.entries();
  }
}
