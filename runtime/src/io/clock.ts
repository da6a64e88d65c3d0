/** Time and chance, in one object, so that tests own both. */
export interface Clock {
  /** Monotonic milliseconds, from any moment. */
  now(): number;
  /** Milliseconds since the epoch. */
  wallNow(): number;
  /** A number from 0 and below 1. */
  random(): number;
  /** Calls `fn` once, after so many milliseconds and never in this turn of the event loop, unless it is cancelled before. */
  setTimer(ms: number, fn: () => void): { cancel(): void };
}
