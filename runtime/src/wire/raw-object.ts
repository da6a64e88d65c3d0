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
  /** Which members it has, in order; 0 for one with a member that is not of `MEMBERS`, or has one twice. */
  readonly order: MemberOrder;
  /** The values of `spec` and `status`; `undefined` when there are none, or `order` is 0. */
  readonly spec: ByteRange | undefined;
  readonly status: ByteRange | undefined;
}

/** The members that most objects have. */
export const MEMBERS = ['kind', 'apiVersion', 'metadata', 'spec', 'status'] as const;

/** Members in their order, a decimal digit each: 1 is the first of `MEMBERS`, so that 12345 is the object with all of them. */
export type MemberOrder = number;
