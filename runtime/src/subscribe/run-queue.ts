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

/** How a queue is made. */
export interface RunQueueOptions {
  readonly clock: Clock;
  readonly schedule: (fn: () => void) => void;
  /** Hears of what a runnable throws: all others have their turn all the same, and it goes on with what it has left (U10). */
  readonly onError: (error: unknown) => void;
}

/** Makes a queue that runs its first turn soon after `add`, and further ones in later turns of the event loop. */
export function createRunQueue(o: RunQueueOptions): RunQueue {
  let ready: Runnable[] = [];
  let scheduled = false;

  const push = (runnable: Runnable): void => {
    if (runnable.isReady) return;
    runnable.isReady = true;
    ready.push(runnable);
  };
  const hasMore = (runnable: Runnable, isOver: () => boolean): boolean => {
    try {
      return runnable.run(isOver);
    } catch (error) {
      o.onError(error);
      return true;
    }
  };
  const turn = (): void => {
    const end = o.clock.now() + TURN_MS;
    const isOver = (): boolean => o.clock.now() >= end;
    let done = 0;
    for (const runnable of ready) {
      done += 1;
      runnable.isReady = false;
      if (hasMore(runnable, isOver)) push(runnable);
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
