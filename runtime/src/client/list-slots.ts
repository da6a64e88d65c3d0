import { onAbort } from '../io/on-abort.js';

/** Waits for a place. The returned function gives it back, once. Rejects with the signal's reason when it fires. */
export type AcquireSlot = (signal: AbortSignal) => Promise<() => void>;

/** Lets so many initial lists run at once; the others wait in line. */
export function createListSlots(places: number): AcquireSlot {
  let free = places;
  const waiting = new Set<() => void>();

  function release(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      free++;
      const [next] = waiting;
      next?.();
    };
  }

  return (signal) =>
    new Promise((resolve, reject) => {
      const take = (): void => {
        waiting.delete(take);
        forget();
        free--;
        resolve(release());
      };
      const forget = onAbort(signal, () => {
        waiting.delete(take);
        // A signal's reason is whatever its owner gave.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        reject(signal.reason);
      });
      if (signal.aborted) return;
      if (free > 0) take();
      else waiting.add(take);
    });
}
