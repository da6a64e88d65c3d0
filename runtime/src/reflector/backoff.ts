import type { Backoff } from './protocol.js';

const FIRST_MS = 800;
const CAP_MS = 30_000;
const RESET_AFTER_MS = 120_000;
const HEALTHY_STREAM_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 300_000;

/** No failure yet. */
export const freshBackoff: Backoff = { attempt: 0, failedAt: Number.NEGATIVE_INFINITY };

/** Whether a stream did its work, so that the next failure begins a new row (E2). */
export function isHealthyStream(stream: { readonly delivered: boolean; readonly livedMs: number }): boolean {
  return stream.delivered && stream.livedMs >= HEALTHY_STREAM_MS;
}

/** The row of failures as it stands at `now`: forgotten after two quiet minutes or a healthy stream (E2). */
export function settleBackoff(backoff: Backoff, o: { readonly now: number; readonly healthy: boolean }): Backoff {
  return o.healthy || o.now - backoff.failedAt >= RESET_AFTER_MS ? freshBackoff : backoff;
}

/** One more failure. */
export function countFailure(backoff: Backoff, now: number): Backoff {
  return { attempt: backoff.attempt + 1, failedAt: now };
}

/**
 * How long to wait, in ms: 0.8 s doubled for each failure before, at most 30 s, times [1, 2) so that a thousand clients do not come
 * back together (E1); never less than the server asked for, up to five minutes (E3).
 */
export function backoffMs(
  attempt: number,
  o: { readonly rand: number; readonly retryAfterMs?: number | undefined },
): number {
  const delay = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt, 16)) * (1 + o.rand);
  return Math.max(delay, Math.min(o.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS));
}
