/** `decode`: not what Kubernetes sends. `overflow`: a line or item over the limit. `not-a-list`: JSON, but no list of objects. */
export type WireErrorTag = 'decode' | 'overflow' | 'not-a-list';

/** Bytes that could not be read. The message never holds any of them. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly t: WireErrorTag;

  constructor(t: WireErrorTag, message: string) {
    super(message);
    this.t = t;
  }
}

/**
 * Thrown when the bytes end in the middle of a value: cut off, or to be continued by the next chunk. One for all, because a list
 * meets it at the end of each chunk, and a new error costs as much as reading an object.
 */
export const endOfBytes: WireError = new WireError('decode', 'not valid JSON: it ends too early');
