import { compareResourceVersions } from '../wire/resource-version.js';
import type { Entry } from './entry.js';
import type { IndexTable } from './index-table.js';
import type { Changed, Outcome } from './outcome.js';

/** Entries and their indexes: swapped as one. */
export interface Contents<T> {
  readonly entries: Map<string, Entry<T>>;
  readonly indexes: Map<string, IndexTable<T>>;
}

/** A relist on its way into the store: run it until it is done. */
export interface Commit<T> {
  /**
   * Works as long as `goOn` says so, which is asked every few hundred objects; true when all is done.
   * Readers see the old contents until the last step, which swaps everything at once (R5).
   */
  run(goOn: () => boolean): boolean;
  /** What changed: deletions first, then additions and updates in list order (R4). Complete when `run` said true. */
  readonly changes: readonly Changed<T>[];
}

/** How an event or a list writes to one part of the store. */
export interface StoreWriter<T> {
  /** The version of the last thing applied (S6); `''` before. */
  readonly resourceVersion: string;
  /** Whether a list was committed. */
  readonly synced: boolean;
  /** An empty buffer beside the store. */
  begin(): void;
  /** The stored entry of exactly this version, to spare parsing it again; it also keeps its identity. */
  known(head: { readonly key: string; readonly uid: string; readonly resourceVersion: string }): Entry<T> | undefined;
  put(entry: Entry<T>): void;
  remove(key: string): void;
  commit(resourceVersion: string): Commit<T>;
  /** Forgets the buffer; the store stays as it is (R6). */
  discard(): void;
  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', entry: Entry<T>): Outcome<T>;
  /** A bookmark: the store is as new as that. Never goes back. */
  advance(resourceVersion: string): void;
}

/** How many objects are handled between two looks at the budget. */
const STRIDE = 256;

/** One watched namespace of the store, or all of it. */
export class Partition<T> implements StoreWriter<T> {
  contents: Contents<T>;
  buffer: Contents<T> | undefined;
  resourceVersion = '';
  synced = false;

  constructor(indexes: Map<string, IndexTable<T>>) {
    this.contents = { entries: new Map(), indexes };
  }

  begin(): void {
    const indexes = new Map([...this.contents.indexes].map(([name, table]) => [name, table.empty()]));
    this.buffer = { entries: new Map(), indexes };
  }

  known(head: { readonly key: string; readonly uid: string; readonly resourceVersion: string }): Entry<T> | undefined {
    const stored = this.contents.entries.get(head.key);
    return stored !== undefined && stored.uid === head.uid && stored.resourceVersion === head.resourceVersion
      ? stored
      : undefined;
  }

  put(entry: Entry<T>): void {
    if (this.buffer === undefined) throw new Error('put without begin');
    write(this.buffer, this.known(entry) ?? entry);
  }

  remove(key: string): void {
    if (this.buffer === undefined) throw new Error('remove without begin');
    erase(this.buffer, key);
  }

  discard(): void {
    this.buffer = undefined;
  }

  commit(resourceVersion: string): Commit<T> {
    const next = this.buffer;
    if (next === undefined) throw new Error('commit without begin');
    const changes: Changed<T>[] = [];
    const steps = diff(this.contents.entries, next.entries, changes);
    let done = false;
    return {
      changes,
      run: (goOn) => {
        while (!done) {
          if (steps.next().done === true) {
            this.contents = next;
            this.buffer = undefined;
            this.resourceVersion = resourceVersion;
            this.synced = true;
            done = true;
          } else if (!goOn()) {
            break;
          }
        }
        return done;
      },
    };
  }

  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', entry: Entry<T>): Outcome<T> {
    const was = this.contents.entries.get(entry.key);
    const older = was === undefined ? undefined : compareResourceVersions(entry.resourceVersion, was.resourceVersion);
    if (older !== undefined && older < 0) return { t: 'stale' };
    this.advance(entry.resourceVersion);
    if (type === 'DELETED') {
      if (was === undefined) return { t: 'unknown' };
      erase(this.contents, entry.key);
      return { t: 'deleted', was, now: entry, finalStateUnknown: was.uid !== entry.uid };
    }
    if (was === undefined) {
      write(this.contents, entry);
      return { t: 'added', now: entry };
    }
    if (was.uid === entry.uid && was.resourceVersion === entry.resourceVersion) return { t: 'same' };
    write(this.contents, entry);
    return { t: was.uid === entry.uid ? 'updated' : 'replaced', was, now: entry };
  }

  advance(resourceVersion: string): void {
    const older = compareResourceVersions(resourceVersion, this.resourceVersion);
    if (older === undefined || older > 0) this.resourceVersion = resourceVersion;
  }

  /** The index `table` over everything here, the list under way included (S5). */
  addIndex(name: string, table: IndexTable<T>): void {
    for (const contents of [this.contents, this.buffer]) {
      if (contents === undefined) continue;
      const filled = table.empty();
      for (const entry of contents.entries.values()) filled.put(entry);
      contents.indexes.set(name, filled);
    }
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
  next: ReadonlyMap<string, Entry<T>>,
  changes: Changed<T>[],
): Generator<void, void> {
  let count = 0;
  for (const was of old.values()) {
    if (!next.has(was.key)) changes.push({ t: 'deleted', was, now: was, finalStateUnknown: true });
    if (++count % STRIDE === 0) yield;
  }
  for (const now of next.values()) {
    const was = old.get(now.key);
    if (was === undefined) changes.push({ t: 'added', now });
    else if (was.uid !== now.uid) changes.push({ t: 'replaced', was, now });
    else if (was.resourceVersion !== now.resourceVersion) changes.push({ t: 'updated', was, now });
    if (++count % STRIDE === 0) yield;
  }
}
