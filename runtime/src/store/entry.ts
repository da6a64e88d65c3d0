import type { RawObject } from '../wire/raw-object.js';

/**
 * One version of one object in a store. Whether it holds the parsed object or its bytes is not to be seen from outside:
 * two reads give the same object (`===`) for as long as somebody holds it.
 */
export interface Entry<T> {
  /** `namespace/name`, or `name` without a namespace. */
  readonly key: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Whether `read` may have to parse. */
  readonly lazy: boolean;
  read(): T;
  /** `metadata.labels`; cheaper than `read` when the object is not parsed. */
  labels(): Readonly<Record<string, string>> | undefined;
  /** As `read`, for who looks once and lets go: the object may be a fresh one that nobody else will see. */
  glance(): T;
  /** From now on this is the object: somebody read it before the server told this version. To be called before anybody reads the entry. */
  adopt(object: T): void;
  /** Counts one more store that holds it, and one less. Bytes with an owner are moved together when their neighbours are gone. */
  retain(): void;
  release(): void;
  /** For who holds it long after the store let go of it: it then keeps no more than its own bytes in memory. */
  detach(): void;
}

/** Makes entries. All of a reflector come from one maker. */
export interface EntryMaker<T> {
  /**
   * An entry of what a server sent: without managedFields unless they are wanted, with `apiVersion` and `kind`, transformed
   * once. Copies what it needs of `raw.bytes`. Throws `QuarantineError` when the transform does not do (E10),
   * `WireError` (`decode`) when the bytes are no JSON. `before` is the version that it may follow: the two then share the text of
   * their key, which is looked up faster by its very self.
   */
  make(raw: RawObject, before?: Entry<T>): Entry<T>;
  /** The last state of a deleted object: as `make`, without the transform (S8). */
  tombstone(raw: RawObject): Entry<T>;
  /** An entry of an object that is already parsed. Throws as `make`. */
  from(object: T): Entry<T>;
}
