import type { Clock } from '../io/clock.js';

/** Something that has work to do, for a while. */
export interface Runnable {
  /** Works until it has nothing more to do or `isOver`; true when there is more. */
  run(isOver: () => boolean): boolean;
}

/** Runs what is ready, fairly, and gives the event loop its turn every few milliseconds. */
export interface RunQueue {
  add(runnable: Runnable): void;
}

/** How long one turn of the event loop may be held, in ms. */
const TURN_MS = 8;

/** Makes a queue that runs its first turn soon after `add`, and further ones in later turns of the event loop. */
export function createRunQueue(o: { clock: Clock; schedule: (fn: () => void) => void }): RunQueue {
  const ready = new Set<Runnable>();
  let scheduled = false;

  const turn = (): void => {
    const end = o.clock.now() + TURN_MS;
    const isOver = (): boolean => o.clock.now() >= end;
    for (const runnable of ready) {
      ready.delete(runnable);
      if (runnable.run(isOver)) ready.add(runnable);
      if (ready.size > 0 && isOver()) break;
    }
    scheduled = ready.size > 0;
    if (scheduled) o.clock.setTimer(0, turn);
  };

  return {
    add(runnable) {
      ready.add(runnable);
      if (scheduled) return;
      scheduled = true;
      o.schedule(turn);
    },
  };
}
