import type { Clock } from '../io/clock.js';

const TICK_MS = 30_000;
const SUSPENDED_MS = 60_000;

/**
 * Calls back when the process stood still for a minute or more, until it is cancelled (W20): timers stand still in a suspended process
 * and come late in a stopped one; the wall clock tells both.
 */
export function watchForSuspension(clock: Clock, suspended: () => void): { cancel(): void } {
  let timer = tick(clock.wallNow());

  function tick(since: number): { cancel(): void } {
    return clock.setTimer(TICK_MS, () => {
      const wall = clock.wallNow();
      timer = tick(wall);
      if (wall - since > TICK_MS + SUSPENDED_MS) suspended();
    });
  }

  return { cancel: () => timer.cancel() };
}
