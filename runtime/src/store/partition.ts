import type { RawObject } from '../wire/raw-object.js';
import { hasComeTo, isOlder } from '../wire/resource-version.js';
import type { ObjectEventType } from '../wire/watch-event.js';
import type { Entry } from './entry.js';
import { EntryTable } from './entry-table.js';
import { FrozenPartition } from './frozen-partition.js';
import type { IndexTable } from './index-table.js';
import type { Difference, Outcome } from './outcome.js';
import { fill, type IndexKey, type PartitionState } from './partition-state.js';
import { isSameJson } from './same-json.js';
import type { BeginOptions, StepwiseCommit, StoreWriter } from './store-writer.js';

/** Entries and their indexes: swapped as one. */
interface Contents<T> {
  readonly entries: EntryTable<T>;
  readonly indexes: Map<IndexKey, IndexTable<T>>;
}

/** How many objects are handled between two looks at the budget. */
const STRIDE = 256;

/** One watched namespace of the store, or all of it. */
export class Partition<T> implements PartitionState<T>, StoreWriter<T> {
  readonly partition: string;
  contents: Contents<T>;
  #resourceVersion = '';
  #buffer: Contents<T> | undefined;
  #synced = false;
  #historyLost = false;
  /** How many stored entries a running commit has released already. */
  #letGo = 0;
  #snapshot: readonly Entry<T>[] | undefined;
  #lostHistory = 0;

  constructor(partition: string) {
    this.partition = partition;
    this.contents = { entries: new EntryTable(), indexes: new Map() };
  }

  get synced(): boolean {
    return this.#synced;
  }

  get lostHistory(): number {
    return this.#lostHistory;
  }

  get resourceVersion(): string {
    return this.#resourceVersion;
  }

  get size(): number {
    return this.contents.entries.size;
  }

  snapshot(): readonly Entry<T>[] {
    return (this.#snapshot ??= [...this.contents.entries]);
  }

  known(head: Pick<RawObject, 'key' | 'uid' | 'resourceVersion'>): Entry<T> | undefined {
    if (this.#historyLost) return undefined;
    const stored = this.stored(head.key);
    return stored !== undefined && stored.uid === head.uid && stored.resourceVersion === head.resourceVersion
      ? stored
      : undefined;
  }

  stored(key: string): Entry<T> | undefined {
    return this.contents.entries.get(key);
  }

  begin({ historyLost = false }: BeginOptions = {}): void {
    this.discard();
    const indexes = new Map([...this.contents.indexes].map(([name, table]) => [name, table.empty()]));
    this.#buffer = { entries: new EntryTable(), indexes };
    this.#historyLost = historyLost;
  }

  put(entry: Entry<T>): boolean {
    if (!this.#belongs(entry)) return false;
    const buffer = this.#open();
    const stored = this.known(entry);
    if (stored === undefined) {
      // A glance: a whole list of objects need not be remembered as parsed.
      write(buffer, { entry, read: () => entry.glance() });
      return true;
    }
    buffer.entries.set(stored);
    for (const [name, table] of buffer.indexes) {
      const known = this.contents.indexes.get(name);
      if (known === undefined) table.put(stored, stored.glance());
      else table.adopt(stored, known);
    }
    return true;
  }

  remove(key: string): void {
    erase(this.#open(), key);
  }

  discard(): void {
    if (this.#buffer !== undefined) for (const entry of this.#buffer.entries) entry.release();
    this.#buffer = undefined;
    this.#historyLost = false;
    // A commit in its steps has let go of some of what stays now.
    let left = this.#letGo;
    for (const entry of this.contents.entries) {
      if (left === 0) break;
      left -= 1;
      entry.retain();
    }
    this.#letGo = 0;
  }

  commit(resourceVersion: string): StepwiseCommit<T> {
    const next = this.#open();
    const outcomes: Difference<T>[] = [];
    const steps = this.#diff(next.entries, outcomes);
    let isDone = false;
    const swap = (): void => {
      this.contents = next;
      this.#buffer = undefined;
      this.#historyLost = false;
      this.#letGo = 0;
      this.#snapshot = undefined;
      if (isOlder(resourceVersion, this.#resourceVersion)) this.#lostHistory += 1;
      this.#resourceVersion = resourceVersion;
      this.#synced = true;
      isDone = true;
    };
    return {
      get outcomes() {
        return isDone ? outcomes : [];
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
    if (was !== undefined && isOlder(entry.resourceVersion, was.resourceVersion)) return { t: 'stale' };
    this.advance(entry.resourceVersion);
    if (type === 'DELETED') {
      if (was === undefined) return { t: 'unknown' };
      this.#erase(entry.key);
      // Its successor came and went unseen.
      if (was.uid !== entry.uid) return { t: 'deleted', was, now: was, finalStateUnknown: true };
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
    if (!hasComeTo(this.#resourceVersion, resourceVersion)) this.#resourceVersion = resourceVersion;
  }

  /**
   * Makes these indexes, over a list under way too, pausing every few hundred objects. Until it has ended nothing of it is to be seen;
   * what changes meanwhile is put in at the end, and what a relist brings is gone through again (S5).
   */
  *fillIndexes(adding: ReadonlyMap<IndexKey, IndexTable<T>>): Generator<void, void> {
    while (adding.size > 0) {
      const { entries } = this.contents;
      const frozen = entries.freeze();
      const all = this.snapshot();
      const filled = Array.from(adding, ([key, table]) => ({ key, table: table.empty() }));
      const put = (entry: Entry<T>): void => {
        const object = entry.glance();
        for (const { table } of filled) table.put(entry, object);
      };
      let count = 0;
      for (const entry of all) {
        put(entry);
        if (++count % STRIDE === 0) yield;
      }
      if (this.contents.entries !== entries) continue;
      for (const key of frozen.changed()) {
        const now = entries.get(key);
        if (now !== undefined) put(now);
        else for (const { table } of filled) table.remove(key);
      }
      for (const { key, table } of filled) {
        this.contents.indexes.set(key, table);
        this.#buffer?.indexes.set(key, fill(table, this.#buffer.entries));
      }
      return;
    }
  }

  removeIndex(key: IndexKey): void {
    this.contents.indexes.delete(key);
    this.#buffer?.indexes.delete(key);
  }

  /** What is here now. These indexes go with it, and are no longer kept here. */
  freeze(keys: Iterable<IndexKey>): FrozenPartition<T> {
    const indexes = new Map<IndexKey, IndexTable<T>>();
    for (const key of keys) {
      const table = this.contents.indexes.get(key);
      if (table !== undefined) indexes.set(key, table);
      this.removeIndex(key);
    }
    const { partition, synced, lostHistory, resourceVersion } = this;
    const entries = this.contents.entries.freeze();
    return new FrozenPartition({ partition, synced, lostHistory, resourceVersion, contents: { entries, indexes } });
  }

  #belongs({ namespace }: Entry<T>): boolean {
    return this.partition === '' || namespace === this.partition;
  }

  #open(): Contents<T> {
    if (this.#buffer === undefined) throw new Error('there is no open buffer: begin comes first');
    return this.#buffer;
  }

  /** Fills `outcomes`, deletions first, and lets go of what is stored; pauses every few hundred objects. */
  *#diff(next: EntryTable<T>, outcomes: Difference<T>[]): Generator<void, void> {
    const old = this.contents.entries;
    let count = 0;
    for (const was of old) {
      if (!next.has(was.key)) outcomes.push({ t: 'deleted', was, now: was, finalStateUnknown: true });
      was.release();
      this.#letGo += 1;
      if (++count % STRIDE === 0) yield;
    }
    for (const now of next) {
      const difference = compare(old.get(now.key), now, this.#historyLost);
      if (difference !== undefined) outcomes.push(difference);
      if (++count % STRIDE === 0) yield;
    }
  }

  #write(entry: Entry<T>): void {
    // Somebody will most likely read the object of an event: it is parsed for all at once.
    write(this.contents, { entry, read: () => entry.read() });
    this.#snapshot = undefined;
  }

  #erase(key: string): void {
    erase(this.contents, key);
    this.#snapshot = undefined;
  }
}

function write<T>({ entries, indexes }: Contents<T>, { entry, read }: { entry: Entry<T>; read: () => T }): void {
  entries.set(entry);
  if (indexes.size === 0) return;
  const object = read();
  for (const table of indexes.values()) table.put(entry, object);
}

function erase<T>({ entries, indexes }: Contents<T>, key: string): void {
  entries.delete(key);
  for (const table of indexes.values()) table.remove(key);
}

function compare<T>(was: Entry<T> | undefined, now: Entry<T>, historyLost: boolean): Difference<T> | undefined {
  if (was === undefined) return { t: 'added', now };
  if (was.uid !== now.uid) return { t: 'replaced', was, now, finalStateUnknown: true };
  if (was.resourceVersion !== now.resourceVersion) return { t: 'updated', was, now };
  // After a restore the same version can stand for another state.
  return historyLost && !isSameJson(was.glance(), now.glance()) ? { t: 'updated', was, now } : undefined;
}
