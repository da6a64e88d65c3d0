import type { ObjectEventType } from '../wire/watch-event.js';
import type { RawObject } from '../wire/raw-object.js';
import type { Entry } from './entry.js';
import type { Difference, Outcome } from './outcome.js';

/**
 * A commit that can be interrupted: the difference is worked out beside the store, then the buffer takes the store's
 * place in one assignment, then what the old objects held is given back.
 */
export interface StepwiseCommit<T> {
  /**
   * Goes on while `more()` says true (asked once per some hundred objects). True when all is done. Until then readers see
   * the old state; no `apply` and no `begin` on this writer meanwhile.
   */
  run(more: () => boolean): boolean;
  /** What changed: deleted first, then the others in list order (R4). Empty until the buffer took the store's place. */
  readonly outcomes: readonly Difference<T>[];
}

/** What `begin` may say about the list that follows. */
export interface BeginOptions {
  /** The server lost history (R12): equal versions may stand for different objects, so contents are compared. */
  readonly historyLost?: boolean;
}

/** Changes one partition of a store. Only the driver has it. */
export interface StoreWriter<T> {
  readonly partition: string;
  readonly resourceVersion: string;
  /** How many objects the partition holds. */
  readonly size: number;
  /** It has held a whole set. */
  readonly synced: boolean;
  /**
   * The stored entry of exactly this version (key, uid, resourceVersion): put it again, or leave an event that brings it,
   * without making a new entry. Never after `begin({ historyLost: true })`.
   */
  known(raw: RawObject): Entry<T> | undefined;
  /** The stored entry of any version. */
  stored(key: string): Entry<T> | undefined;

  /** An empty buffer beside the store; drops one that is open. */
  begin(options?: BeginOptions): void;
  /** Into the buffer (L4). False, and nothing done, for an object of another namespace than the partition's. */
  put(entry: Entry<T>): boolean;
  /** Out of the buffer (L4). */
  remove(key: string): void;
  /** Makes the buffer the store, in steps. */
  commit(resourceVersion: string): StepwiseCommit<T>;
  /** Drops the buffer, or a commit that has not taken the store's place: store, indexes and version stay (R6). */
  discard(): void;

  /** One event. The partition's version becomes the entry's, unless that is older. */
  apply(type: ObjectEventType, entry: Entry<T>): Outcome<T>;
  /** Takes out an object whose newer state cannot be kept (E10): `deleted` with `finalStateUnknown`, or `unknown`. */
  evict(key: string): Outcome<T>;
  /** A bookmark (W12). */
  advance(resourceVersion: string): void;
}
