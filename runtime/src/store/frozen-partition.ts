import type { Entry } from './entry.js';
import type { FrozenEntries } from './frozen-entries.js';
import type { IndexTable } from './index-table.js';
import { fill, type IndexKey, type PartitionState } from './partition-state.js';

/** A partition that others go on with, as it was when this store left it. */
export class FrozenPartition<T> implements PartitionState<T> {
  readonly partition: string;
  readonly synced: boolean;
  readonly lostHistory: number;
  readonly resourceVersion: string;
  readonly contents: { readonly entries: FrozenEntries<T>; readonly indexes: Map<IndexKey, IndexTable<T>> };

  constructor(o: Pick<FrozenPartition<T>, 'partition' | 'synced' | 'lostHistory' | 'resourceVersion' | 'contents'>) {
    this.partition = o.partition;
    this.synced = o.synced;
    this.lostHistory = o.lostHistory;
    this.resourceVersion = o.resourceVersion;
    this.contents = o.contents;
  }

  get size(): number {
    return this.contents.entries.size;
  }

  snapshot(): readonly Entry<T>[] {
    return this.contents.entries.all();
  }

  stored(key: string): Entry<T> | undefined {
    return this.contents.entries.get(key);
  }

  /** One that was still being made when this store left (S5). */
  addIndex(key: IndexKey, table: IndexTable<T>): void {
    this.contents.indexes.set(key, fill(table, this.contents.entries));
  }
}
