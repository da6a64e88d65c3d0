import { KubeError } from '../errors.js';
import { isOlder } from '../wire/resource-version.js';
import { parseLabelSelector } from '../wire/selector.js';
import { AssumedEntries } from './assumed.js';
import type { Entry } from './entry.js';
import { FrozenPartition } from './frozen-partition.js';
import { IndexMaking } from './index-making.js';
import { IndexTable } from './index-table.js';
import { Partition } from './partition.js';
import type { IndexKey, PartitionState } from './partition-state.js';
import { StoreView } from './store-view.js';
import type { IndexFunction, ListOptions, StepwiseIndexing, Store, StoreOptions } from './store.js';
import type { StoreWriter } from './store-writer.js';

/** Makes an empty store. */
export function createStore<T>(options: StoreOptions<T>): Store<T> {
  return new CacheStore(options);
}

interface Index<T> {
  readonly key: IndexKey;
  readonly table: IndexTable<T>;
  readonly making: IndexMaking;
  /** Each own write by itself, so that the function is asked once about it. */
  readonly assumed: WeakMap<Entry<T>, IndexTable<T>>;
}

const always = (): boolean => true;

class CacheStore<T> implements Store<T> {
  readonly partitions: readonly string[];
  readonly #parts: Map<string, Partition<T> | FrozenPartition<T>>;
  readonly #indexes = new Map<string, Index<T>>();
  readonly #onIndexError: StoreOptions<T>['onIndexError'];
  readonly #assumed: AssumedEntries<T>;
  readonly #view: StoreView<T>;

  constructor({ partitions, indexes = {}, onIndexError, now = () => 0 }: StoreOptions<T>) {
    this.partitions = partitions;
    this.#onIndexError = onIndexError;
    this.#assumed = new AssumedEntries(now);
    this.#parts = new Map(partitions.map((name) => [name, new Partition<T>(name)]));
    for (const [name, fn] of Object.entries(indexes)) this.addIndex(name, fn).run(always);
    this.#view = new StoreView({
      find: (key) => this.#find(key),
      entries: () => this.#withAssumed(this.#told()),
      size: () => (this.#assumed.all() === undefined ? this.size : count(this.#withAssumed(this.#told()))),
    });
  }

  get size(): number {
    let size = 0;
    for (const part of this.#parts.values()) size += part.size;
    return size;
  }

  isSynced(partition?: string): boolean {
    if (partition !== undefined) return this.#part(partition).synced;
    return Array.from(this.#parts.values()).every(({ synced }) => synced);
  }

  resourceVersion(partition?: string): string {
    if (partition !== undefined) return this.#part(partition).resourceVersion;
    const versions = Array.from(this.#parts.values(), ({ resourceVersion }) => resourceVersion);
    if (versions.includes('')) return '';
    return versions.reduce((lowest, version) => (isOlder(version, lowest) ? version : lowest));
  }

  entry(key: string): Entry<T> | undefined {
    return this.#partOf(key)?.contents.entries.get(key);
  }

  snapshot(partition?: string): readonly Entry<T>[] {
    if (partition !== undefined) return this.#part(partition).snapshot();
    const [only, ...more] = this.#parts.values();
    if (only !== undefined && more.length === 0) return only.snapshot();
    return Array.from(this.#parts.values()).flatMap((part) => part.snapshot());
  }

  get(key: string): T | undefined {
    return this.#find(key)?.read();
  }

  list({ namespace, labels, filter }: ListOptions<T> = {}): T[] {
    const selector = labels === undefined ? undefined : parseLabelSelector(labels);
    if (filter !== undefined && typeof filter !== 'function') throw new KubeError('usage', 'filter is a function');
    const objects: T[] = [];
    const told = namespace === undefined ? this.snapshot() : this.#inNamespace(namespace);
    for (const entry of this.#withAssumed(told, namespace)) {
      if (selector !== undefined && !selector.matches(entry.labels())) continue;
      const object = entry.read();
      if (filter === undefined || filter(object)) objects.push(object);
    }
    return objects;
  }

  read(): ReadonlyMap<string, T> {
    return this.#view;
  }

  by(index: string, value: unknown): T[] {
    const known = this.#indexes.get(index);
    if (known === undefined) {
      const names = Array.from(this.#indexes.keys(), (name) => JSON.stringify(name)).join(', ');
      throw new KubeError(
        'usage',
        `there is no index ${JSON.stringify(index)}; ${names === '' ? 'this reflector has none' : `there are ${names}`}`,
      );
    }
    known.making.run(always);
    return this.#bucket(known, value).map((entry) => entry.read());
  }

  addIndex(name: string, fn: IndexFunction<T>): StepwiseIndexing {
    if (this.#indexes.has(name)) throw new KubeError('usage', `there is an index ${JSON.stringify(name)} already`);
    const key = Symbol(name);
    const table = new IndexTable<T>({ name, fn, onError: (failure) => this.#onIndexError?.(failure) });
    const making = new IndexMaking(this.#fill(key, table));
    this.#indexes.set(name, { key, table, making, assumed: new WeakMap() });
    return making;
  }

  assume(entry: Entry<T>, isShown = true): void {
    const partition = this.#partOf(entry.key);
    if (partition !== undefined) this.#assumed.add(entry, { partition, isShown });
  }

  told(key?: string): void {
    this.#assumed.told(key);
  }

  writer(partition: string): StoreWriter<T> {
    const part = this.#part(partition);
    if (part instanceof Partition) return part;
    throw new Error(`the partition ${JSON.stringify(partition)} does not change any more`);
  }

  share(writer: StoreWriter<T>): StepwiseIndexing {
    if (!(writer instanceof Partition)) throw new Error('a store shares the partitions of other stores, nothing else');
    // By its own word it is a partition of such objects.
    const shared = writer as Partition<T>;
    return new IndexMaking(this.#takeOver(shared));
  }

  *#takeOver(shared: Partition<T>): Generator<void, void> {
    const filled = new Set<IndexKey>();
    for (;;) {
      // Others may be added meanwhile.
      const missing = Array.from(this.#indexes.values()).filter(({ key }) => !filled.has(key));
      if (missing.length === 0) break;
      yield* shared.fillIndexes(new Map(missing.map(({ key, table }) => [key, table])));
      for (const { key } of missing) filled.add(key);
    }
    this.#assumed.move(this.#part(shared.partition), shared);
    this.#parts.set(shared.partition, shared);
  }

  part(partition: string): void {
    const shared = this.#part(partition);
    if (!(shared instanceof Partition)) return;
    const own = shared.freeze(Array.from(this.#indexes.values(), ({ key }) => key));
    this.#parts.set(partition, own);
    this.#assumed.move(shared, own);
  }

  *#fill(key: IndexKey, table: IndexTable<T>): Generator<void, void> {
    for (const name of this.partitions) {
      let part = this.#part(name);
      while (!part.contents.indexes.has(key)) {
        if (part instanceof FrozenPartition) part.addIndex(key, table);
        else {
          yield* part.fillIndexes(new Map([[key, table]]));
          // This store may have left it meanwhile, or taken another one.
          const filled = part;
          part = this.#part(name);
          if (part !== filled) filled.removeIndex(key);
        }
      }
    }
  }

  /** The partition that would hold the key: the only one, or that of its namespace. */
  #partOf(key: string): PartitionState<T> | undefined {
    return this.#parts.get('') ?? this.#parts.get(key.slice(0, key.indexOf('/')));
  }

  #part(name: string): Partition<T> | FrozenPartition<T> {
    const part = this.#parts.get(name);
    if (part === undefined) throw new Error(`the store has no partition ${JSON.stringify(name)}`);
    return part;
  }

  /** What a read by key finds: what is assumed, or what the server told. */
  #find(key: string): Entry<T> | undefined {
    const assumed = this.#assumed.get(key);
    return assumed === undefined ? this.entry(key) : (assumed ?? undefined);
  }

  /** What a read of many finds among what the server told. */
  #withAssumed(told: Iterable<Entry<T>>, namespace?: string): Iterable<Entry<T>> {
    const assumed = this.#assumed.all();
    if (assumed === undefined) return told;
    return overlay(told, assumed, (entry) => namespace === undefined || entry.namespace === namespace);
  }

  *#told(): Generator<Entry<T>, void> {
    for (const { contents } of this.#parts.values()) yield* contents.entries;
  }

  #inNamespace(namespace: string): Iterable<Entry<T>> {
    const part = this.#parts.get('') ?? this.#parts.get(namespace);
    return part?.contents.entries.inNamespace(namespace) ?? [];
  }

  #bucket(index: Index<T>, value: unknown): readonly Entry<T>[] {
    const told: Entry<T>[] = [];
    for (const { contents } of this.#parts.values()) {
      // One by one: a call takes only so many arguments.
      for (const entry of contents.indexes.get(index.key)?.get(value) ?? []) told.push(entry);
    }
    const assumed = this.#assumed.all();
    if (assumed === undefined) return told;
    return Array.from(overlay(told, assumed, (entry) => assumedIn(index, entry).has(value)));
  }
}

/** Where an index holds an own write. */
function assumedIn<T>({ table, assumed }: Index<T>, entry: Entry<T>): IndexTable<T> {
  const known = assumed.get(entry);
  if (known !== undefined) return known;
  const own = table.empty();
  assumed.set(entry, own); // before the function is asked, which may read its own index
  own.put(entry, entry.read());
  return own;
}

/** Entries as the server told them, with what is assumed in their places, and behind them what is not there yet. */
function* overlay<T>(
  told: Iterable<Entry<T>>,
  assumed: ReadonlyMap<string, Entry<T> | null>,
  belongs: (entry: Entry<T>) => boolean,
): Generator<Entry<T>, void> {
  const left = new Map(assumed);
  for (const entry of told) {
    const own = assumed.get(entry.key);
    left.delete(entry.key);
    if (own === undefined) yield entry;
    else if (own !== null && belongs(own)) yield own;
  }
  for (const own of left.values()) if (own !== null && belongs(own)) yield own;
}

function count(all: Iterable<unknown>): number {
  let size = 0;
  for (const _one of all) size += 1;
  return size;
}
