import type { IncomingMessage } from 'node:http';

import { readYaml } from '../../yaml/index.js';
import { badRequest, bodyTooLarge, unsupportedMediaType } from '../state/status.js';

/** As API servers have it: 3 MiB. */
export const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

/** The bytes of a request's body. Too many are a 413. */
export async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  // Read to the end all the same: an answer to a request that is still being sent gets lost.
  if (size > BODY_LIMIT_BYTES) throw bodyTooLarge(BODY_LIMIT_BYTES);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The media type of a `Content-Type`, without its parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The value of a JSON or YAML body; `undefined` for none. */
export function parseBody(bytes: Uint8Array, contentType: string): unknown {
  if (bytes.length === 0) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (contentType === 'application/yaml') return readAs('yaml', () => readYaml(text));
  if (contentType !== '' && !contentType.endsWith('json'))
    throw unsupportedMediaType(['application/json', 'application/yaml']);
  return readAs('json', () => JSON.parse(text) as unknown);
}

function readAs(format: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    throw badRequest(
      `couldn't get version/kind; ${format} parse error: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}
