import type { Clock } from '../io/clock.js';
import { workTurns } from './work-turns.js';

const SLICE_MS = 5;

/** Goes on with a long job for some milliseconds; true when it is done. If it is not, the rest belongs in later turns (L14). */
export function runSlice(clock: Clock, job: { run(more: () => boolean): boolean }): boolean {
  const began = clock.now();
  const done = job.run(() => clock.now() - began < SLICE_MS);
  workTurns(clock).worked(clock.now() - began);
  return done;
}
