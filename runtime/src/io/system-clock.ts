import type { Clock } from './clock.js';
import { inNextTurn } from './next-turn.js';

/** Longer delays overflow the platform's timers, which then fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of the platform. A timer of 0 ms fires after I/O that is already there, where the platform has `setImmediate`. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  random: () => Math.random(),
  setTimer: (ms, fn) => (ms <= 0 ? (inNextTurn(fn) ?? later(0, fn)) : later(ms, fn)),
};

function later(ms: number, fn: () => void): { cancel(): void } {
  let handle: ReturnType<typeof setTimeout>;
  const arm = (left: number): void => {
    handle =
      left > LONGEST_TIMER_MS ? setTimeout(() => arm(left - LONGEST_TIMER_MS), LONGEST_TIMER_MS) : setTimeout(fn, left);
  };
  arm(ms);
  return { cancel: () => clearTimeout(handle) };
}
