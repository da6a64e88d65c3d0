import type { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { Change } from './change.js';
import type { Mailbox } from './mailbox.js';

/** How long a consumer may go on without the event loop turning, in ms. */
const TURN_MS = 8;

/** How an iteration is made. */
export interface IterationOptions<T> {
  readonly mailbox: Mailbox<T>;
  readonly clock: Clock;
  readonly onStop: () => void;
}

/** One `for await` over changes. */
export class Iteration<T> implements AsyncIterator<Change<T>, undefined> {
  readonly #options: IterationOptions<T>;
  #wake: (() => void) | undefined;
  #stopped = false;
  #error: KubeError | undefined;
  #turnBegan = Number.NEGATIVE_INFINITY;
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
  }

  next(): Promise<IteratorResult<Change<T>, undefined>> {
    const answer = this.#last.then(() => this.#next());
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  return(): Promise<IteratorResult<Change<T>, undefined>> {
    this.stop();
    return Promise.resolve({ done: true, value: undefined });
  }

  async #next(): Promise<IteratorResult<Change<T>, undefined>> {
    await this.#yieldTurn();
    while (!this.#stopped) {
      const change = this.#options.mailbox.take();
      if (change !== undefined) return { done: false, value: change };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#turnBegan = this.#options.clock.now();
    }
    const error = this.#error;
    this.#error = undefined;
    if (error !== undefined) throw error;
    return { done: true, value: undefined };
  }

  /** A loop over a large set runs on promises alone, which would keep timers and sockets waiting. */
  async #yieldTurn(): Promise<void> {
    const { clock } = this.#options;
    if (clock.now() - this.#turnBegan < TURN_MS) return;
    if (this.#turnBegan !== Number.NEGATIVE_INFINITY) {
      await new Promise<void>((resolve) => {
        clock.setTimer(0, resolve);
      });
    }
    this.#turnBegan = clock.now();
  }
}
