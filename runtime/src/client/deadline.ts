import { checkSignal, checkTimeout } from '../check-arguments.js';
import { isKubeError, KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import { onAbort } from '../io/on-abort.js';

/** A signal that fires when the caller's does (`aborted`, or the `KubeError` that is its reason), when time is up (`timeout`), with `closed` and its reason, or by `abort`. Its reason is the `KubeError`. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Stops the clock; the caller's signal still counts. */
  stopClock(): void;
  readonly abort: (error: KubeError) => void;
  /** Takes the timer and the listeners away. Must be called. */
  release(): void;
}

/** Makes a deadline for `what`, which stands in its messages. */
export function createDeadline(
  clock: Clock,
  options: {
    signal?: AbortSignal | undefined;
    timeoutMs?: number | undefined;
    what: string;
    /** Fires when the cluster closes. */
    closed?: AbortSignal;
  },
): Deadline {
  const { signal, timeoutMs, what, closed } = options;
  checkSignal(signal);
  checkTimeout(timeoutMs);
  const controller = new AbortController();
  const forget = onAbort(signal, () => {
    const reason: unknown = signal?.reason;
    controller.abort(isKubeError(reason) ? reason : new KubeError('aborted', `${what} was aborted`, { cause: reason }));
  });
  const forgetClosed = onAbort(closed, () => controller.abort(closed?.reason));
  const timer =
    timeoutMs === undefined || controller.signal.aborted
      ? undefined
      : clock.setTimer(timeoutMs, () =>
          controller.abort(new KubeError('timeout', `${what} took longer than ${timeoutMs} ms`)),
        );
  return {
    signal: controller.signal,
    stopClock: () => timer?.cancel(),
    abort: (error) => controller.abort(error),
    release: () => {
      timer?.cancel();
      forget();
      forgetClosed();
    },
  };
}
