import type { Change } from './change.js';
import type { Subscription } from './hub.js';
import type { Mailbox } from './mailbox.js';
import type { Runnable, RunQueue } from './run-queue.js';

/** How a subscriber is made. */
export interface SubscriberOptions<T> {
  readonly mailbox: Mailbox<T>;
  readonly handler: (change: Change<T>) => unknown;
  readonly types: ReadonlySet<Change<T>['type']> | undefined;
  readonly queue: RunQueue;
  readonly onError: (error: unknown) => void;
  /** Takes it out of the hub. */
  readonly onStop: () => void;
}

/** Calls one handler with one change at a time. */
export class Subscriber<T> implements Subscription, Runnable {
  readonly ended: Promise<void>;
  isReady = false;
  readonly #options: SubscriberOptions<T>;
  #stopped = false;
  #running = false;
  #resolveEnded: () => void = () => {};

  constructor(options: SubscriberOptions<T>) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  /** Something is in the mailbox. */
  wake(): void {
    if (!this.#stopped && !this.#running) this.#options.queue.add(this);
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#options.onStop();
    if (!this.#running) this.#resolveEnded();
  }

  run(isOver: () => boolean): boolean {
    const { mailbox, types } = this.#options;
    while (!this.#stopped && !this.#running) {
      const change = mailbox.take();
      if (change === undefined) {
        if (mailbox.isEmpty) return false;
      } else if (types === undefined || types.has(change.type)) this.#call(change);
      if (mailbox.isEmpty) return false;
      if (isOver()) return !this.#stopped && !this.#running;
    }
    return false;
  }

  #call(change: Change<T>): void {
    let result: PromiseLike<unknown> | undefined;
    this.#running = true;
    try {
      const returned = this.#options.handler(change);
      // Only a look: it may throw, too.
      if (isThenable(returned)) result = returned;
    } catch (error) {
      this.#options.onError(error);
    }
    if (result === undefined) {
      this.#finish();
      return;
    }
    // Its next call waits for this one; a rejection is reported and harms nobody (U10).
    void Promise.resolve(result)
      .catch((error: unknown) => this.#options.onError(error))
      .then(() => {
        this.#finish();
        this.wake();
      });
  }

  #finish(): void {
    this.#running = false;
    if (this.#stopped) this.#resolveEnded();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
