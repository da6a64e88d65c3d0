import { orAborted } from './or-aborted.js';

/** Work that many wait for and that is done once at a time. It is given up when the last of them leaves. */
export interface SharedOpening {
  /** Starts it, or waits for the one that runs. Rejects with its error, or when `signal` fires. */
  join(signal: AbortSignal): Promise<void>;
  /** Gives up what runs. */
  close(): void;
}

/** Makes it of `open`, which must end when its signal fires. */
export function createSharedOpening(open: (signal: AbortSignal) => Promise<void>): SharedOpening {
  let running: { readonly controller: AbortController; readonly done: Promise<void>; waiting: number } | undefined;

  function start(): NonNullable<typeof running> {
    const controller = new AbortController();
    const own = { controller, waiting: 0, done: open(controller.signal) };
    void own.done
      .catch(() => undefined) // each who waits gets it
      .finally(() => {
        if (running === own) running = undefined;
      });
    running = own;
    return own;
  }

  async function join(signal: AbortSignal): Promise<void> {
    const own = running ?? start();
    own.waiting++;
    try {
      await orAborted(own.done, signal);
    } finally {
      if (--own.waiting === 0 && running === own) {
        running = undefined;
        own.controller.abort();
      }
    }
  }

  return { join, close: () => running?.controller.abort() };
}
