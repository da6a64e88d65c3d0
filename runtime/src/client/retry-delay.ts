import type { Clock } from '../io/clock.js';
import type { TransportResponse } from '../io/transport.js';
import { retryAfterMs } from './retry-after.js';

const MOST_TRIES = 4;
/** Who must wait longer gets the error, which tells how long. */
const LONGEST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 100;

/**
 * How many milliseconds to wait before the same request is sent again, or undefined when it must not be. A 429 or 5xx of a read is tried
 * again with growing, jittered pauses, or when the server says (Retry-After). A replace or delete is tried again only when the server says
 * so: else it may have been done, and the second answer would be a conflict or not-found. A create or patch never is.
 */
export function retryDelay(
  { status, headers }: Pick<TransportResponse, 'status' | 'headers'>,
  { method, tries, clock }: { method: string; tries: number; clock: Clock },
): number | undefined {
  if (tries >= MOST_TRIES || !isTemporary(status)) return undefined;
  const asked = retryAfterMs(headers['retry-after'], clock.wallNow());
  if (asked !== undefined && asked > LONGEST_WAIT_MS) return undefined;
  if (method === 'GET' || method === 'HEAD') {
    return Math.max(asked ?? 0, FIRST_WAIT_MS * 3 ** (tries - 1) * (1 + clock.random()));
  }
  return method === 'PUT' || method === 'DELETE' ? asked : undefined;
}

function isTemporary(status: number): boolean {
  return status === 429 || status === 500 || status === 502 || status === 503 || status === 504;
}
