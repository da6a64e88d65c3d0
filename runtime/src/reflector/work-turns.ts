import type { Clock } from '../io/clock.js';

const TURN_MS = 5;

/**
 * Shares the event loop among all reflectors of one clock: long work is done in pieces, and after about 5 ms of it everything else
 * gets its turn (L14). One waiter goes on per turn, so that twenty reflectors do not add up to a long one.
 */
export interface WorkTurns {
  /** Work was done for so long. */
  worked(ms: number): void;
  /** Whether the turn is used up: then await `next`. */
  readonly spent: boolean;
  /** Resolves in a later turn. */
  next(): Promise<void>;
}

const turnsOfClock = new WeakMap<Clock, WorkTurns>();

/** The turns of a clock; the same for all who ask. */
export function workTurns(clock: Clock): WorkTurns {
  const known = turnsOfClock.get(clock);
  if (known !== undefined) return known;
  const turns = createWorkTurns(clock);
  turnsOfClock.set(clock, turns);
  return turns;
}

function createWorkTurns(clock: Clock): WorkTurns {
  let workedMs = 0;
  const waiting: (() => void)[] = [];

  function turn(): void {
    workedMs = 0;
    waiting.shift()?.();
    if (waiting.length > 0) clock.setTimer(0, turn);
  }

  return {
    worked(ms) {
      workedMs += ms;
    },
    get spent() {
      return workedMs >= TURN_MS;
    },
    next() {
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 1) clock.setTimer(0, turn);
      });
    },
  };
}
