import { setTimeout as pause } from 'node:timers/promises';

/** Asks until it is so; rejects after `timeoutMs` (30 s) with what it was that did not happen. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await pause(50);
  }
}

/** Writes without a pause until it is told to end. What fails is counted: the server may be away. */
export function underLoad(write: (n: number) => Promise<unknown>): { readonly stop: () => Promise<Load> } {
  const over = new AbortController();
  const load = { done: 0, failed: 0 };
  const run = async (): Promise<Load> => {
    for (let n = 0; !over.signal.aborted; n++) {
      try {
        await write(n);
        load.done++;
      } catch {
        load.failed++;
        await pause(20);
      }
    }
    return load;
  };
  const running = run();
  return {
    stop: () => {
      over.abort();
      return running;
    },
  };
}

/** How many writes were answered, and how many were not. */
export interface Load {
  readonly done: number;
  readonly failed: number;
}
