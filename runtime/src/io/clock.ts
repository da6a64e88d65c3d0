/**
 * Time and chance, in one object, so that tests own both.
 *
 * `now` is monotonic milliseconds, `wallNow` milliseconds since the epoch, `random` a number in [0, 1).
 * A timer of 0 ms fires in a later turn of the event loop.
 */
export interface Clock {
  now(): number;
  wallNow(): number;
  random(): number;
  setTimer(ms: number, fn: () => void): { cancel(): void };
}
