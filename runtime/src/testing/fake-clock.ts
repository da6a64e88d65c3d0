import type { Clock } from '../io/clock.js';
import { nextTurn } from '../io/next-turn.js';

/** Where a `FakeClock` begins, and its chance. */
export interface FakeClockOptions {
  /** Monotonic milliseconds at the start. Default 0. */
  readonly now?: number;
  /** Milliseconds since the epoch at the start. Default 2030-01-01T00:00:00Z. */
  readonly wallNow?: number;
  /** Numbers in [0, 1) instead of the built-in, always equal sequence. */
  readonly random?: () => number;
}

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/**
 * A `Clock` that stands still until it is told to go on: no test waits, and each run is the same.
 *
 * Timers fire in the order of their time, those of one time in the order they were set.
 */
export class FakeClock implements Clock {
  readonly #timers: Timer[] = [];
  readonly #random: () => number;
  #now: number;
  #wallOffset: number;

  constructor(options: FakeClockOptions = {}) {
    this.#now = options.now ?? 0;
    this.#wallOffset = (options.wallNow ?? Date.UTC(2030, 0, 1)) - this.#now;
    this.#random = options.random ?? repeatableRandom();
  }

  /** Monotonic milliseconds. */
  now(): number {
    return this.#now;
  }

  /** Milliseconds since the epoch. */
  wallNow(): number {
    return this.#now + this.#wallOffset;
  }

  random(): number {
    return this.#random();
  }

  setTimer(ms: number, fn: () => void): { cancel(): void } {
    const timer: Timer = { at: this.#now + Math.max(0, ms), fn };
    const after = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(after === -1 ? this.#timers.length : after, 0, timer);
    return {
      cancel: () => {
        const index = this.#timers.indexOf(timer);
        if (index !== -1) this.#timers.splice(index, 1);
      },
    };
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.length;
  }

  /** In how many milliseconds the next timer fires; `undefined` when none is set. */
  get nextInMs(): number | undefined {
    const first = this.#timers[0];
    return first === undefined ? undefined : first.at - this.#now;
  }

  /**
   * Goes on by `ms` milliseconds. After each timer, and once more at the end, everything that waits for a promise runs
   * before the next timer fires, as it would with real time between them.
   */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    // Promise chains of any length run in between.
    await nextTurn();
    while (this.#fireNext(until)) await nextTurn();
    this.#now = Math.max(this.#now, until);
  }

  /** As `advance`, in one go: what the timers promise runs only after all of them have fired. */
  advanceSync(ms: number): void {
    const until = this.#now + ms;
    while (this.#fireNext(until));
    this.#now = Math.max(this.#now, until);
  }

  /** Moves the wall clock alone, as a suspended laptop or a corrected clock does. */
  jumpWall(ms: number): void {
    this.#wallOffset += ms;
  }

  #fireNext(until: number): boolean {
    const first = this.#timers[0];
    if (first === undefined || first.at > until) return false;
    this.#timers.shift();
    this.#now = Math.max(this.#now, first.at);
    first.fn();
    return true;
  }
}

/** mulberry32 with a fixed seed. */
function repeatableRandom(): () => number {
  let seed = 0x9e3779b9;
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
