/** A range of bytes: `start` belongs to it, `end` does not. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One object as it came, and what was read from its bytes without parsing it.
 *
 * `bytes` is the reader's buffer: it is valid only during the callback that hands the object out.
 */
export interface RawObject {
  readonly bytes: Uint8Array;
  /** Where the object's `{` stands. */
  readonly start: number;
  /** After its `}`. */
  readonly end: number;
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** `namespace/name`, or `name` without a namespace. */
  readonly key: string;
  /** Never empty, never with a slash. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** `''` when there is none. */
  readonly uid: string;
  /** `''` when there is none. */
  readonly resourceVersion: string;
  /** The value of `metadata`, braces included. */
  readonly metadata: ByteRange;
  /** `metadata.managedFields` with its key and one comma: what is left without this range is JSON again. */
  readonly managedFields: ByteRange | undefined;
}
