import type { Clock } from '../io/clock.js';
import { workTurns } from './work-turns.js';

const SLICE_MS = 5;

/** Work that can be interrupted: goes on while `more()` says true, and answers whether it is done. */
export interface Job {
  run(more: () => boolean): boolean;
}

/** A job with what must follow its end in the same moment, before anybody else has a turn. */
export function withEnd(job: Job, end: () => void): Job {
  return {
    run: (more) => {
      const isDone = job.run(more);
      if (isDone) end();
      return isDone;
    },
  };
}

/** Goes on with a long job for some milliseconds; true when it is done. If it is not, the rest belongs in later turns (L14). */
export function runSlice(clock: Clock, job: Job): boolean {
  const began = clock.now();
  const done = job.run(() => clock.now() - began < SLICE_MS);
  workTurns(clock).worked(clock.now() - began);
  return done;
}

/** Goes on with it in later turns, until it is done (true) or not wanted any more. */
export async function runInTurns(clock: Clock, job: Job, isWanted: () => boolean): Promise<boolean> {
  do {
    await workTurns(clock).next();
    if (!isWanted()) return false;
  } while (!runSlice(clock, job));
  return true;
}
