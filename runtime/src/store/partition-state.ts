import type { Entry } from './entry.js';
import type { Entries } from './entries.js';
import type { IndexTable } from './index-table.js';

/** Names an index of one store: stores that share a partition have indexes of their own, whatever they call them. */
export type IndexKey = symbol;

/** One watched namespace of a store, or all of it, as reads see it. */
export interface PartitionState<T> {
  readonly partition: string;
  /** It has held a whole set. */
  readonly synced: boolean;
  /** How many times a whole set was older than the one before it: the server lost history (R12). */
  readonly lostHistory: number;
  readonly resourceVersion: string;
  readonly size: number;
  readonly contents: { readonly entries: Entries<T>; readonly indexes: ReadonlyMap<IndexKey, IndexTable<T>> };
  /** The entries as an array, which stays the same while nothing changes. */
  snapshot(): readonly Entry<T>[];
  stored(key: string): Entry<T> | undefined;
}

/** An index by the function of `table` over these entries. */
export function fill<T>(table: IndexTable<T>, entries: Iterable<Entry<T>>): IndexTable<T> {
  const filled = table.empty();
  for (const entry of entries) filled.put(entry, entry.glance());
  return filled;
}
