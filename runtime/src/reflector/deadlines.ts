import type { Clock } from '../io/clock.js';
import type { TimerName } from './protocol.js';

/** The machine's timers. */
export interface Deadlines {
  /** Sets or moves a timer. Moving it later costs nothing, so that every byte of a stream may do it. */
  arm(name: TimerName, ms: number): void;
  disarm(name: TimerName): void;
  disarmAll(): void;
}

interface Timer {
  at: number;
  /** When the clock's timer fires; never after `at`. */
  firesAt: number;
  handle: { cancel(): void } | undefined;
}

/** Makes timers on a clock that call `fire` when their time has come. */
export function createDeadlines(clock: Clock, fire: (name: TimerName) => void): Deadlines {
  const timers = new Map<TimerName, Timer>();

  function set(name: TimerName, timer: Timer, now: number): void {
    timer.firesAt = timer.at;
    timer.handle = clock.setTimer(Math.max(0, timer.at - now), () => {
      const later = clock.now();
      // Moved on meanwhile: only now is it worth a new timer. Platform timers may be early by a fraction of a millisecond.
      if (timer.at - later >= 1) return set(name, timer, later);
      timers.delete(name);
      fire(name);
    });
  }

  function disarm(name: TimerName): void {
    timers.get(name)?.handle?.cancel();
    timers.delete(name);
  }

  return {
    arm(name, ms) {
      const now = clock.now();
      const at = now + ms;
      const timer = timers.get(name);
      if (timer !== undefined && at >= timer.firesAt) {
        timer.at = at;
        return;
      }
      disarm(name);
      const fresh: Timer = { at, firesAt: at, handle: undefined };
      timers.set(name, fresh);
      set(name, fresh, now);
    },
    disarm,
    disarmAll() {
      for (const name of timers.keys()) disarm(name);
    },
  };
}
