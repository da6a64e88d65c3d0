import { checkSignal, checkTimeout } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import { onAbort } from '../io/on-abort.js';
import { textOf } from '../text-of.js';

/** What somebody waits for. */
export interface WaitOptions<R> {
  /** Looks whether it has come. What it throws is what the waiter gets. */
  readonly check: () => { readonly value: R } | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What was waited for, for messages. */
  readonly what: string;
  /** The error when time is up. Default: a `timeout` that names `what`. */
  readonly timedOut?: (timeoutMs: number) => KubeError;
}

/** Those who wait for the cache to come to something: `ready`, `caughtUp`, `waitFor`. */
export interface WaitingRoom {
  wait<R>(options: WaitOptions<R>): Promise<R>;
  /** Something changed: everybody looks again, soon and once, however often this is called. */
  wake(): void;
  /** Everybody leaves with this error, those who come later too. */
  close(error: KubeError): void;
}

interface Waiter {
  look(): void;
  leave(error: KubeError): void;
}

/** Makes an empty room. */
export function createWaitingRoom(clock: Clock): WaitingRoom {
  const waiters = new Set<Waiter>();
  let closed: KubeError | undefined;
  let waking = false;

  function wake(): void {
    if (waking || waiters.size === 0) return;
    waking = true;
    // Not queueMicrotask, which Jest's fake timers hold back.
    void Promise.resolve().then(() => {
      waking = false;
      for (const waiter of waiters) waiter.look();
    });
  }

  function wait<R>(options: WaitOptions<R>): Promise<R> {
    const { check, timeoutMs, signal, what } = options;
    return new Promise<R>((resolve, reject) => {
      checkTimeout(timeoutMs);
      checkSignal(signal);
      const end = (): void => {
        waiters.delete(waiter);
        timer?.cancel();
        forget();
      };
      const leave = (error: unknown): void => {
        end();
        reject(error instanceof Error ? error : new Error(textOf(error), { cause: error }));
      };
      const aborted = (): void => leave(abortedError(what, signal));
      const look = (): void => {
        try {
          const found = check();
          if (found === undefined) return;
          end();
          resolve(found.value);
        } catch (error) {
          leave(error);
        }
      };
      const waiter: Waiter = { look, leave };
      let timer: { cancel(): void } | undefined;
      let forget = (): void => undefined;
      if (closed !== undefined) return leave(closed);
      if (signal?.aborted === true) return aborted();
      waiters.add(waiter);
      forget = onAbort(signal, aborted);
      if (timeoutMs !== undefined) {
        timer = clock.setTimer(timeoutMs, () => leave(options.timedOut?.(timeoutMs) ?? tooLate(what, timeoutMs)));
      }
      look();
    });
  }

  return {
    wait,
    wake,
    close(error) {
      closed = error;
      for (const waiter of waiters) waiter.leave(error);
    },
  };
}

function abortedError(what: string, signal: AbortSignal | undefined): KubeError {
  return new KubeError('aborted', `waiting for ${what} was aborted`, { cause: signal?.reason });
}

function tooLate(what: string, timeoutMs: number): KubeError {
  return new KubeError('timeout', `${what} did not come within ${timeoutMs} ms`);
}
