import type { Entry } from './entry.js';
import type { StoreWriter } from './store-writer.js';

/** Work that can be interrupted: indexes are made over many objects. */
export interface StepwiseIndexing {
  /** Goes on while `more()` says true (asked once per some hundred objects). True when all is done. */
  run(more: () => boolean): boolean;
}

/** Which objects a read is about. */
export interface ListOptions<T> {
  /** Costs this namespace's objects, not all. */
  readonly namespace?: string;
  readonly labels?: string | Readonly<Record<string, string>> | undefined;
  readonly filter?: (object: T) => boolean;
}

/** An index function: the value or values under which an object is found. `undefined` and `null` mean none. */
export type IndexFunction<T> = (object: T) => unknown;

/**
 * The objects of one reflector, in memory. Reads are synchronous; no read ever sees half of a change (R5).
 *
 * It is one store over several partitions: one for each watched namespace, or the one named `''` for all (S11).
 */
export interface Store<T> {
  readonly size: number;
  /** The partitions' names, as given. */
  readonly partitions: readonly string[];
  /** Whether a partition, or each of them, has held a whole set. */
  isSynced(partition?: string): boolean;
  /** What the last change or bookmark of a partition said; the lowest of all without a name, `''` while one is missing. */
  resourceVersion(partition?: string): string;

  get(key: string): T | undefined;
  /** A snapshot (S2). */
  list(options?: ListOptions<T>): T[];
  /** A live view without a copy; values are read when they are asked for. */
  read(): ReadonlyMap<string, T>;
  /** A snapshot of what an index holds under `value` (`Map` equality). Throws `KubeError` (`usage`) for an unknown index. */
  by(index: string, value: unknown): T[];
  /**
   * From now on `by` reads this index, all of it (S5): it finishes at once what is not made yet. Until then the index may be made in
   * steps. Throws `KubeError` (`usage`) for a name in use.
   */
  addIndex(name: string, fn: IndexFunction<T>): StepwiseIndexing;
  /** Shows the result of an own write in all reads above until the partition's version has come there (S12); or hides it, when the write took it out of the selection. */
  assume(entry: Entry<T>, isShown?: boolean): void;

  /** The server told a change of this object, or a whole set. To be called before anybody reads it. */
  told(key?: string): void;

  /** As the server told it, nothing assumed. */
  entry(key: string): Entry<T> | undefined;
  /** A snapshot that callers share: equal arrays while nothing changes. Of one partition, or of all. */
  snapshot(partition?: string): readonly Entry<T>[];
  /** The only way to change a partition. One writer each. */
  writer(partition: string): StoreWriter<T>;
  /** Takes the partition of another store in place of its own of that name, in steps; in the end both show it (U14). */
  share(writer: StoreWriter<T>): StepwiseIndexing;
  /** Leaves a shared partition to the others, and goes on showing what it is now. */
  part(partition: string): void;
}

/** One call of an index function that threw. */
export interface IndexFailure {
  readonly index: string;
  readonly key: string;
  readonly error: unknown;
}

/** How a store is made. */
export interface StoreOptions<T> {
  /** The watched namespaces, or `['']` for all. */
  readonly partitions: readonly string[];
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** Hears of each index function that threw; the object is then in no bucket of it (S5). */
  readonly onIndexError?: (failure: IndexFailure) => void;
  /** Monotonic ms, for what is assumed and forgotten again. Default: nothing is forgotten by age. */
  readonly now?: () => number;
}
