import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { createBodyQueue } from './body-queue.js';

/** So many bytes wait for the reader before unpacking waits. */
const BACKLOG_BYTES = 1024 * 1024;

/**
 * What a gzip body holds: told at each flush, not at the end (a watch never ends), through all its members. A body that breaks off is an
 * error. `tell` makes of an error the one that the reader gets.
 */
export function gunzipBody(
  packed: AsyncIterableIterator<Uint8Array>,
  tell: (error: unknown) => unknown,
): AsyncIterableIterator<Uint8Array> {
  const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH });
  const queue = createBodyQueue({
    onTaken: () => {
      if (queue.backlog === 0 && gunzip.isPaused()) gunzip.resume();
    },
    onLeft: () => gunzip.destroy(),
  });
  gunzip.on('data', (chunk: Uint8Array) => {
    queue.push(chunk);
    if (queue.backlog > BACKLOG_BYTES) gunzip.pause();
  });
  gunzip.on('end', () => queue.end());
  // Called for errors of either; that the last bytes went in does not yet mean that all came out.
  pipeline(Readable.from(copies(packed)), gunzip, (error) => {
    if (error !== undefined && error !== null) queue.fail(tell(error));
  });
  gunzip.on('error', (error) => queue.fail(tell(error)));
  return queue.body;
}

/**
 * The transport uses a chunk's buffer again while zlib still works on it in its thread. No generator: one that waits for a chunk can be
 * left when that has come, and not before.
 */
function copies(body: AsyncIterableIterator<Uint8Array>): AsyncIterableIterator<Uint8Array> {
  const copied: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      const { done, value } = await body.next();
      return done === true ? { done, value: undefined } : { done: false, value: value.slice() };
    },
    return: async () => (await body.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => copied,
  };
  return copied;
}
