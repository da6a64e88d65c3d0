import type { Readable } from 'node:stream';

/** So many bytes wait for the reader before the stream is held. */
const BACKLOG_BYTES = 1024 * 1024;

/** What a body needs to know of its connection. */
export interface BodySource {
  readonly stream: Readable;
  /** Whether all of the message is there; asked when the stream closes without saying so. */
  isComplete(): boolean;
  /** Turns the stream's error into the one to tell. */
  failure(error: unknown): unknown;
  /** Leaves the connection: nobody will read the rest. */
  leave(): void;
}

type Result = IteratorResult<Uint8Array, undefined>;

/**
 * A body as an async iterable without a stream's iterator between: chunks are handed out as they came, and many that wait need no turn
 * of the event loop each.
 */
export function createBody(source: BodySource): AsyncIterableIterator<Uint8Array> {
  const { stream } = source;
  const chunks: Uint8Array[] = [];
  let backlog = 0;
  let waiting: { resolve(result: Result): void; reject(error: unknown): void } | undefined;
  let ended = false;
  let failed: { error: unknown } | undefined;

  function finish(failure: { error: unknown } | undefined): void {
    if (ended) return;
    ended = true;
    failed = failure;
    const reader = waiting;
    waiting = undefined;
    if (reader === undefined) return;
    if (failure === undefined) return reader.resolve({ done: true, value: undefined });
    failed = undefined; // told once
    reader.reject(failure.error);
  }

  stream.on('data', (chunk: Uint8Array) => {
    const reader = waiting;
    waiting = undefined;
    if (reader !== undefined) return reader.resolve({ done: false, value: chunk });
    chunks.push(chunk);
    backlog += chunk.length;
    if (backlog > BACKLOG_BYTES) stream.pause();
  });
  stream.on('end', () => finish(undefined));
  stream.on('error', (error: unknown) => finish({ error: source.failure(error) }));
  stream.on('close', () => {
    if (source.isComplete()) finish(undefined);
    else finish({ error: source.failure(Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' })) });
  });

  function next(): Promise<Result> {
    const chunk = chunks.shift();
    if (chunk !== undefined) {
      backlog -= chunk.length;
      if (chunks.length === 0 && stream.isPaused()) stream.resume();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (failed !== undefined) {
      const { error } = failed;
      failed = undefined;
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what `failure` made of it
      return Promise.reject(error);
    }
    if (ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => (waiting = { resolve, reject }));
  }

  function leave(): Promise<Result> {
    chunks.length = 0;
    failed = undefined;
    if (!ended) {
      finish(undefined);
      source.leave();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  const body: AsyncIterableIterator<Uint8Array> = { next, return: leave, [Symbol.asyncIterator]: () => body };
  return body;
}
