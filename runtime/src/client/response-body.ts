import type { TransportResponse } from '../io/transport.js';

/** Reads a body into one block. Stops at `limit` bytes and leaves the rest; for texts of errors. */
export async function readBody(
  response: TransportResponse,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(new Uint8Array(chunk)); // a copy: the transport may use the chunk's buffer again
    size += chunk.length;
    if (size >= limit) break;
  }
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Leaves a body unread, so that the connection is free. */
export async function leaveBody(response: TransportResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.();
}
