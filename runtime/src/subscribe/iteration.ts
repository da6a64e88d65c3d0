import type { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { Change } from './change.js';
import type { Mailbox } from './mailbox.js';

/** How long a consumer may go on without the event loop turning, in ms. */
const TURN_MS = 8;
/** A few changes are handed out without a look at the clock: whoever takes them one by one need not wait for it. */
const BURST = 16;

/** How an iteration is made. */
export interface IterationOptions<T> {
  readonly mailbox: Mailbox<T>;
  readonly clock: Clock;
  readonly onStop: () => void;
}

/** One `for await` over changes. */
export class Iteration<T> {
  readonly #options: IterationOptions<T>;
  #wake: (() => void) | undefined;
  #endTurn: (() => void) | undefined;
  #stopped = false;
  #error: KubeError | undefined;
  /** Since when, and how many times, a change was there without waiting. */
  #turnBegan = 0;
  #taken = 0;
  /** Calls of `next` are answered one after the other, however they are made. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: IterationOptions<T>) {
    this.#options = options;
  }

  /** Something is in the mailbox. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  stop(error?: KubeError): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#error = error;
    this.#options.onStop();
    this.wake();
    this.#endTurn?.();
  }

  next(): Promise<IteratorResult<Change<T>, undefined>> {
    const answer = this.#last.then(() => this.#next());
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #next(): Promise<IteratorResult<Change<T>, undefined>> {
    const { mailbox, clock } = this.#options;
    while (!this.#stopped) {
      if (this.#isLong()) await this.#nextTurn();
      const change = this.#stopped ? undefined : mailbox.take();
      if (change !== undefined) return { done: false, value: change };
      if (this.#stopped || !mailbox.isEmpty) continue;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#taken = 0;
      this.#turnBegan = clock.now();
    }
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  /** A loop over a large set runs on promises alone, which would keep timers and sockets waiting. */
  #isLong(): boolean {
    const now = this.#options.clock.now();
    if (this.#taken === 0) this.#turnBegan = now;
    this.#taken += 1;
    return this.#taken > BURST && now - this.#turnBegan >= TURN_MS;
  }

  async #nextTurn(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.#options.clock.setTimer(0, resolve);
      this.#endTurn = () => {
        timer.cancel();
        resolve();
      };
    });
    this.#endTurn = undefined;
    this.#taken = 0;
  }
}
