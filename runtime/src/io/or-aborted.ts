import { onAbort } from './on-abort.js';

/** `promise`, or a rejection with the signal's reason as soon as it fires. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // Also when the signal came first: a later rejection of `promise` must find a handler.
    void promise.then(resolve, reject).finally(() => forget());
    // A signal's reason is whatever its owner gave.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    const forget = onAbort(signal, () => reject(signal.reason));
  });
}
