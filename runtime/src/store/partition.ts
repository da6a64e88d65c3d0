import type { RawObject } from '../wire/raw-object.js';
import { compareResourceVersions } from '../wire/resource-version.js';
import type { ObjectEventType } from '../wire/watch-event.js';
import type { Entry } from './entry.js';
import type { IndexTable } from './index-table.js';
import type { Difference, Outcome } from './outcome.js';
import type { BeginOptions, StepwiseCommit, StoreWriter } from './store-writer.js';

/** Entries and their indexes: swapped as one. */
export interface Contents<T> {
  readonly entries: Map<string, Entry<T>>;
  readonly indexes: Map<string, IndexTable<T>>;
}

/** How many objects are handled between two looks at the budget. */
const STRIDE = 256;

/** One watched namespace of the store, or all of it. */
export class Partition<T> implements StoreWriter<T> {
  readonly partition: string;
  contents: Contents<T>;
  synced = false;
  #resourceVersion = '';
  #buffer: Contents<T> | undefined;
  #historyLost = false;
  #snapshot: readonly Entry<T>[] | undefined;

  constructor(partition: string, indexes: Map<string, IndexTable<T>>) {
    this.partition = partition;
    this.contents = { entries: new Map(), indexes };
  }

  get resourceVersion(): string {
    return this.#resourceVersion;
  }

  get size(): number {
    return this.contents.entries.size;
  }

  /** The entries as an array, which stays the same while nothing changes. */
  snapshot(): readonly Entry<T>[] {
    return (this.#snapshot ??= [...this.contents.entries.values()]);
  }

  known(head: Pick<RawObject, 'key' | 'uid' | 'resourceVersion'>): Entry<T> | undefined {
    if (this.#historyLost) return undefined;
    const stored = this.contents.entries.get(head.key);
    return stored !== undefined && stored.uid === head.uid && stored.resourceVersion === head.resourceVersion
      ? stored
      : undefined;
  }

  begin({ historyLost = false }: BeginOptions = {}): void {
    const indexes = new Map([...this.contents.indexes].map(([name, table]) => [name, table.empty()]));
    this.#buffer = { entries: new Map(), indexes };
    this.#historyLost = historyLost;
  }

  put(entry: Entry<T>): boolean {
    if (!this.#belongs(entry)) return false;
    write(this.#open(), this.known(entry) ?? entry);
    return true;
  }

  remove(key: string): void {
    erase(this.#open(), key);
  }

  discard(): void {
    this.#buffer = undefined;
    this.#historyLost = false;
  }

  commit(resourceVersion: string): StepwiseCommit<T> {
    const next = this.#open();
    const first = !this.synced;
    const changes: Difference<T>[] = [];
    const steps = diff(this.contents.entries, { next: next.entries, changes, historyLost: this.#historyLost });
    let done = false;
    const swap = (): void => {
      this.contents = next;
      this.#snapshot = undefined;
      this.#resourceVersion = resourceVersion;
      this.synced = true;
      this.discard();
      done = true;
    };
    return {
      first,
      get outcomes() {
        return done ? changes : [];
      },
      run: (more) => {
        // A discard in between means that the set is not wanted any more.
        while (this.#buffer === next) {
          if (steps.next().done === true) swap();
          else if (!more()) return false;
        }
        return true;
      },
    };
  }

  apply(type: ObjectEventType, entry: Entry<T>): Outcome<T> {
    if (!this.#belongs(entry)) return { t: 'unknown' };
    const was = this.contents.entries.get(entry.key);
    const older = was === undefined ? undefined : compareResourceVersions(entry.resourceVersion, was.resourceVersion);
    if (older !== undefined && older < 0) return { t: 'stale' };
    this.advance(entry.resourceVersion);
    if (type === 'DELETED') {
      if (was === undefined) return { t: 'unknown' };
      this.#erase(entry.key);
      return { t: 'deleted', was, now: entry, finalStateUnknown: false };
    }
    if (was === undefined) {
      this.#write(entry);
      return { t: 'added', now: entry };
    }
    if (was.uid === entry.uid && was.resourceVersion === entry.resourceVersion) return { t: 'same' };
    this.#write(entry);
    return was.uid === entry.uid
      ? { t: 'updated', was, now: entry }
      : { t: 'replaced', was, now: entry, finalStateUnknown: true };
  }

  evict(key: string): Outcome<T> {
    const was = this.contents.entries.get(key);
    if (was === undefined) return { t: 'unknown' };
    this.#erase(key);
    return { t: 'deleted', was, now: was, finalStateUnknown: true };
  }

  advance(resourceVersion: string): void {
    const order = compareResourceVersions(resourceVersion, this.#resourceVersion);
    if (order === undefined || order > 0) this.#resourceVersion = resourceVersion;
  }

  /** The index `table` over everything here, the list under way included (S5). */
  addIndex(name: string, table: IndexTable<T>): void {
    for (const contents of [this.contents, this.#buffer]) {
      if (contents === undefined) continue;
      const filled = table.empty();
      for (const entry of contents.entries.values()) filled.put(entry);
      contents.indexes.set(name, filled);
    }
  }

  #belongs({ namespace }: Entry<T>): boolean {
    return this.partition === '' || namespace === this.partition;
  }

  #open(): Contents<T> {
    if (this.#buffer === undefined) throw new Error('there is no open buffer: begin comes first');
    return this.#buffer;
  }

  #write(entry: Entry<T>): void {
    write(this.contents, entry);
    this.#snapshot = undefined;
  }

  #erase(key: string): void {
    erase(this.contents, key);
    this.#snapshot = undefined;
  }
}

function write<T>(contents: Contents<T>, entry: Entry<T>): void {
  contents.entries.set(entry.key, entry);
  for (const table of contents.indexes.values()) table.put(entry);
}

function erase<T>(contents: Contents<T>, key: string): void {
  contents.entries.delete(key);
  for (const table of contents.indexes.values()) table.remove(key);
}

/** Fills `changes`, deletions first; pauses every few hundred objects. */
function* diff<T>(
  old: ReadonlyMap<string, Entry<T>>,
  to: { next: ReadonlyMap<string, Entry<T>>; changes: Difference<T>[]; historyLost: boolean },
): Generator<void, void> {
  let count = 0;
  for (const was of old.values()) {
    if (!to.next.has(was.key)) to.changes.push({ t: 'deleted', was, now: was, finalStateUnknown: true });
    if (++count % STRIDE === 0) yield;
  }
  for (const now of to.next.values()) {
    const difference = compare(old.get(now.key), now, to.historyLost);
    if (difference !== undefined) to.changes.push(difference);
    if (++count % STRIDE === 0) yield;
  }
}

function compare<T>(was: Entry<T> | undefined, now: Entry<T>, historyLost: boolean): Difference<T> | undefined {
  if (was === undefined) return { t: 'added', now };
  if (was.uid !== now.uid) return { t: 'replaced', was, now, finalStateUnknown: true };
  if (was.resourceVersion !== now.resourceVersion) return { t: 'updated', was, now };
  // After a restore the same version can stand for another state.
  return historyLost && JSON.stringify(was.read()) !== JSON.stringify(now.read())
    ? { t: 'updated', was, now }
    : undefined;
}
