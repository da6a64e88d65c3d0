import { KubeError } from '../errors.js';
import { compareResourceVersions } from '../wire/resource-version.js';
import { parseLabelSelector } from '../wire/selector.js';
import type { Entry } from './entry.js';
import { IndexTable } from './index-table.js';
import { Partition } from './partition.js';
import { StoreView } from './store-view.js';
import type { IndexFailure, IndexFunction, ListOptions, Store, StoreOptions } from './store.js';
import type { StoreWriter } from './store-writer.js';

/** Makes an empty store. */
export function createStore<T>(options: StoreOptions<T>): Store<T> {
  return new CacheStore(options);
}

class CacheStore<T> implements Store<T> {
  readonly partitions: readonly string[];
  indexFailures = 0;
  readonly #parts: readonly Partition<T>[];
  readonly #partsByName: ReadonlyMap<string, Partition<T>>;
  readonly #names: Set<string>;
  readonly #onIndexError: StoreOptions<T>['onIndexError'];
  readonly #view: StoreView<T>;

  constructor({ partitions, indexes = {}, onIndexError }: StoreOptions<T>) {
    this.partitions = partitions;
    this.#onIndexError = onIndexError;
    this.#names = new Set(Object.keys(indexes));
    this.#parts = partitions.map((name) => new Partition<T>(name, this.#tables(indexes)));
    this.#partsByName = new Map(this.#parts.map((part) => [part.partition, part]));
    this.#view = new StoreView(
      () => this.#parts.map(({ contents }) => contents.entries),
      (key) => this.entry(key),
    );
  }

  get size(): number {
    return this.#view.size;
  }

  resourceVersion(partition?: string): string {
    if (partition !== undefined) return this.#part(partition).resourceVersion;
    const versions = this.#parts.map(({ resourceVersion }) => resourceVersion);
    if (versions.includes('')) return '';
    return versions.reduce((lowest, version) =>
      (compareResourceVersions(version, lowest) ?? 0) < 0 ? version : lowest,
    );
  }

  entry(key: string): Entry<T> | undefined {
    return this.#partOf(key)?.contents.entries.get(key);
  }

  get(key: string): T | undefined {
    return this.entry(key)?.read();
  }

  snapshot(partition?: string): readonly Entry<T>[] {
    if (partition !== undefined) return this.#part(partition).snapshot();
    const [only, ...more] = this.#parts;
    return only !== undefined && more.length === 0 ? only.snapshot() : this.#parts.flatMap((part) => part.snapshot());
  }

  list({ namespace, labels, filter }: ListOptions<T> = {}): T[] {
    const selector = labels === undefined ? undefined : parseLabelSelector(labels);
    const objects: T[] = [];
    for (const entry of namespace === undefined ? this.snapshot() : this.#inNamespace(namespace)) {
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
    if (!this.#names.has(index)) {
      const known = [...this.#names].map((name) => JSON.stringify(name)).join(', ');
      throw new KubeError(
        'usage',
        `there is no index ${JSON.stringify(index)}; ${known === '' ? 'this reflector has none' : `there are ${known}`}`,
      );
    }
    return this.#bucket(index, value).map((entry) => entry.read());
  }

  addIndex(name: string, fn: IndexFunction<T>): void {
    if (this.#names.has(name)) throw new KubeError('usage', `there is an index ${JSON.stringify(name)} already`);
    this.#names.add(name);
    for (const [table, index] of this.#tables({ [name]: fn })) this.#build(table, index);
  }

  writer(partition: string): StoreWriter<T> {
    return this.#part(partition);
  }

  /** The partition that would hold the key: the only one, or that of its namespace. */
  #partOf(key: string): Partition<T> | undefined {
    return this.#partsByName.get('') ?? this.#partsByName.get(key.slice(0, key.indexOf('/')));
  }

  #part(name: string): Partition<T> {
    const part = this.#partsByName.get(name);
    if (part === undefined) throw new Error(`the store has no partition ${JSON.stringify(name)}`);
    return part;
  }

  #tables(functions: Readonly<Record<string, IndexFunction<T>>>): Map<string, IndexTable<T>> {
    const onError = (failure: IndexFailure): void => {
      this.indexFailures += 1;
      this.#onIndexError?.(failure);
    };
    const table = (name: string, fn: IndexFunction<T>): IndexTable<T> => new IndexTable({ name, fn, onError });
    return new Map(Object.entries(functions).map(([name, fn]) => [name, table(name, fn)]));
  }

  #inNamespace(namespace: string): Iterable<Entry<T>> {
    const part = this.#partsByName.get('') ?? this.#partsByName.get(namespace);
    return part?.contents.entries.inNamespace(namespace) ?? [];
  }

  #build(name: string, table: IndexTable<T>): void {
    for (const part of this.#parts) part.addIndex(name, table);
  }

  #bucket(index: string, value: unknown): Entry<T>[] {
    return this.#parts.flatMap(({ contents }) => [...(contents.indexes.get(index)?.get(value) ?? [])]);
  }
}
