import type { JsonObject } from './json.js';

/** One write to one object. */
export interface LogEntry {
  readonly revision: number;
  readonly key: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** After the write. After a delete: the last state, with the resourceVersion of the deletion. */
  readonly now: JsonObject;
  /** Before it. */
  readonly was: JsonObject | undefined;
}

/** Keys and objects, by key. */
export type SortedObjects = readonly (readonly [key: string, object: JsonObject])[];

/**
 * The objects of one resource and the last writes to them, from which older states are told again: a small etcd with the watch
 * cache in one. Objects are stored once and never changed.
 */
export interface RevisionLog {
  get(key: string): JsonObject | undefined;
  append(entry: LogEntry): void;
  /** States and writes are known from this revision on. */
  readonly floor: number;
  /** The number of the first write after `revision`. Writes are numbered one by one. Only for `revision >= floor`. */
  numberAfter(revision: number): number;
  /** The write with a number: `forgotten` when it is no longer known, `undefined` when it was not made yet. */
  entry(number: number): LogEntry | 'forgotten' | undefined;
  /** The objects as they were at `revision`. Only for `revision >= floor`. */
  at(revision: number): SortedObjects;
  /** Forgets all writes up to and including `revision`. */
  forget(revision: number): void;
  /** Calls `wake` after each append and on `close`; the returned function ends that. */
  subscribe(wake: () => void): () => void;
  /** Ends all watches: the resource is gone, or served in another way from now on. */
  close(): void;
  /** Counts the calls of `close`. */
  readonly closings: number;
}

/** `window`: how many writes are remembered. `revision`: the server's when the resource came to be. */
export function createRevisionLog(options: { readonly window: number; readonly revision: number }): RevisionLog {
  return new MemoryLog(options.window, options.revision);
}

/** How many states are kept sorted: the newest, and those of lists that are being paged. */
const KEPT_STATES = 3;

class MemoryLog implements RevisionLog {
  readonly #objects = new Map<string, JsonObject>();
  readonly #wakes = new Set<() => void>();
  /** Sorted states by revision, the last used last. */
  readonly #sorted = new Map<number, SortedObjects>();
  readonly #window: number;
  #entries: LogEntry[] = [];
  /** The number of the first of `#entries`. */
  #first = 0;
  #floor: number;
  #last = 0;
  #closings = 0;

  constructor(window: number, revision: number) {
    this.#window = window;
    this.#floor = revision;
  }

  get floor(): number {
    return this.#floor;
  }

  get closings(): number {
    return this.#closings;
  }

  get(key: string): JsonObject | undefined {
    return this.#objects.get(key);
  }

  append(entry: LogEntry): void {
    if (entry.type === 'DELETED') this.#objects.delete(entry.key);
    else this.#objects.set(entry.key, entry.now);
    this.#last = entry.revision;
    this.#entries.push(entry);
    const outside = this.#entries[this.#entries.length - 1 - this.#window];
    if (outside !== undefined) this.#floor = Math.max(this.#floor, outside.revision);
    // Cut off by the half and not one by one: taking the first of a long array is slow.
    if (this.#entries.length > 2 * this.#window) this.#drop(this.#entries.length - this.#window);
    for (const wake of this.#wakes) wake();
  }

  #drop(count: number): void {
    this.#entries = this.#entries.slice(count);
    this.#first += count;
  }

  numberAfter(revision: number): number {
    return this.#first + this.#indexAfter(revision);
  }

  entry(number: number): LogEntry | 'forgotten' | undefined {
    return number < this.#first ? 'forgotten' : this.#entries[number - this.#first];
  }

  /** The index of the first entry with a higher revision. */
  #indexAfter(revision: number): number {
    return firstIndex(this.#entries, (entry) => entry.revision > revision);
  }

  at(revision: number): SortedObjects {
    const state = Math.min(revision, this.#last);
    const sorted = this.#sorted.get(state) ?? sortByKey(this.#stateAt(state));
    this.#sorted.delete(state);
    this.#sorted.set(state, sorted);
    for (const oldest of this.#sorted.keys()) {
      if (this.#sorted.size <= KEPT_STATES) break;
      this.#sorted.delete(oldest);
    }
    return sorted;
  }

  #stateAt(revision: number): ReadonlyMap<string, JsonObject> {
    const first = this.#indexAfter(revision);
    if (first === this.#entries.length) return this.#objects;
    const then = new Map(this.#objects);
    for (let index = this.#entries.length - 1; index >= first; index--) {
      const entry = this.#entries[index];
      if (entry === undefined) continue;
      if (entry.was === undefined) then.delete(entry.key);
      else then.set(entry.key, entry.was);
    }
    return then;
  }

  forget(revision: number): void {
    this.#drop(this.#indexAfter(revision));
    this.#floor = Math.max(this.#floor, revision);
    this.#sorted.clear();
  }

  subscribe(wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => void this.#wakes.delete(wake);
  }

  close(): void {
    this.#closings++;
    for (const wake of this.#wakes) wake();
  }
}

/** The index of the first member that is `after`; all that follow it are, too. */
export function firstIndex<T>(sorted: readonly T[], isAfter: (member: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(sorted[middle] as T)) high = middle; // in bounds, by the loop
    else low = middle + 1;
  }
  return low;
}

function sortByKey(objects: ReadonlyMap<string, JsonObject>): SortedObjects {
  return [...objects].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
