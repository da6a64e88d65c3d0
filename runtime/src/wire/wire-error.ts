/** What is wrong with received bytes. `overflow`: a line or item longer than allowed; `not-a-list`: another kind of answer. */
export type WireFault = 'decode' | 'overflow' | 'not-a-list';

/** Bytes that are not what the Kubernetes API sends. The driver drops the connection and resumes (W5). */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly t: WireFault;

  constructor(t: WireFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.t = t;
  }
}
