import { KubeError } from '../errors.js';
import type { TransportResponse } from '../io/transport.js';
import { join } from '../wire/bytes.js';

/** Longer answers are not read when nothing else is asked for: many times what the largest object or OpenAPI document has. */
export const DEFAULT_MAX_BYTES: number = 256 * 1024 * 1024;
/** Longer lists are not read: V8 makes no longer strings, which is what they are parsed from. */
export const LIST_MAX_BYTES: number = 512 * 1024 * 1024 - 24;

/** Reads a body into one block. Stops at `limit` bytes and leaves the rest; for texts of errors. */
export async function readStart(response: TransportResponse, limit: number): Promise<Uint8Array> {
  return join((await readChunks(response, limit)).chunks);
}

/** Reads a whole body into one block. Leaves the rest and rejects with `protocol` as soon as more than `maxBytes` came, counted unpacked. */
export async function readBody(response: TransportResponse, maxBytes: number, what: string): Promise<Uint8Array> {
  const { chunks, size } = await readChunks(response, maxBytes + 1);
  if (size <= maxBytes) return join(chunks);
  throw new KubeError(
    'protocol',
    `the answer to ${what} is longer than ${maxBytes} bytes, and the rest was not read. If it may be: allow more with \`maxBytes\`, or read it as it comes with \`as: 'stream'\`; lists can be cut to pages`,
    { status: response.status },
  );
}

/** Reads until the end, or until there are `enough` bytes. */
async function readChunks(
  response: TransportResponse,
  enough: number,
): Promise<{ readonly chunks: Uint8Array[]; readonly size: number }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(new Uint8Array(chunk)); // a copy: the transport may use the chunk's buffer again
    size += chunk.length;
    if (size >= enough) break;
  }
  return { chunks, size };
}

/** Leaves a body unread, so that the connection is free. */
export async function leaveBody(response: TransportResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.();
}
