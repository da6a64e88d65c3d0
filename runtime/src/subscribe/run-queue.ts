import type { Clock } from '../io/clock.js';

/** Something that has work to do, for a while. */
export interface Runnable {
  /** Whether it waits in the queue. The queue sets it; it begins as `false`. */
  isReady: boolean;
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
  let ready: Runnable[] = [];
  let scheduled = false;

  const push = (runnable: Runnable): void => {
    if (runnable.isReady) return;
    runnable.isReady = true;
    ready.push(runnable);
  };
  const turn = (): void => {
    const end = o.clock.now() + TURN_MS;
    const isOver = (): boolean => o.clock.now() >= end;
    let done = 0;
    for (const runnable of ready) {
      done += 1;
      runnable.isReady = false;
      if (runnable.run(isOver)) push(runnable);
      if (done < ready.length && isOver()) break;
    }
    ready = ready.slice(done);
    scheduled = ready.length > 0;
    if (scheduled) o.clock.setTimer(0, turn);
  };

  return {
    add(runnable) {
      push(runnable);
      if (scheduled) return;
      scheduled = true;
      o.schedule(turn);
    },
  };
}
