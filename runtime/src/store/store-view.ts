import type { Entry } from './entry.js';
import type { EntryTable } from './entry-table.js';

/** A live view of the store's objects, without a copy. */
export class StoreView<T> implements ReadonlyMap<string, T> {
  readonly #parts: () => readonly EntryTable<T>[];
  readonly #find: (key: string) => Entry<T> | undefined;

  constructor(parts: () => readonly EntryTable<T>[], find: (key: string) => Entry<T> | undefined) {
    this.#parts = parts;
    this.#find = find;
  }

  get size(): number {
    let size = 0;
    for (const part of this.#parts()) size += part.size;
    return size;
  }

  get(key: string): T | undefined {
    return this.#find(key)?.read();
  }

  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  forEach(callback: (value: T, key: string, map: ReadonlyMap<string, T>) => void, thisArg?: unknown): void {
    for (const [key, value] of this) callback.call(thisArg, value, key, this);
  }

  *entries(): Generator<[string, T], undefined> {
    for (const part of this.#parts()) for (const entry of part) yield [entry.key, entry.read()];
    return undefined;
  }

  *keys(): Generator<string, undefined> {
    for (const part of this.#parts()) yield* part.keys();
    return undefined;
  }

  *values(): Generator<T, undefined> {
    for (const part of this.#parts()) for (const entry of part) yield entry.read();
    return undefined;
  }

  [Symbol.iterator](): Generator<[string, T], undefined> {
    return this.entries();
  }
}
