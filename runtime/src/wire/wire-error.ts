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
