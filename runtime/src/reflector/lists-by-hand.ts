import type { ClusterInternals } from '../cluster-internals.js';
import { KubeError } from '../errors.js';
import { onAbort } from '../io/on-abort.js';
import type { Trouble } from './protocol.js';

/** One list of a partition that is running. */
export interface RunningList {
  /** What went wrong, or nothing. */
  readonly done: Promise<Trouble | undefined>;
  cancel(): void;
}

/** What lists by hand need of the reflector that they are of. */
export interface HandDriven {
  /** `foos.example.dev`. */
  readonly resource: string;
  readonly stopped: boolean;
  readonly internals: Pick<ClusterInternals, 'closed'>;
  stoppedError(): KubeError;
  /** One for each partition. */
  readonly watchers: readonly { list(): RunningList }[];
}

/** The lists that a reflector is asked for by hand: one after the other, each of all partitions. */
export class ListsByHand {
  readonly #of: HandDriven;
  readonly #onIdle: () => void;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #cancel: (() => void) | undefined;

  /** @param onIdle Called when the last list that was asked for has ended. */
  constructor(of: HandDriven, onIdle: () => void) {
    this.#of = of;
    this.#onIdle = onIdle;
  }

  /** Whether one is running or waiting for its turn. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Lists, after those that were asked for before. Throws what went wrong, `aborted` or `stopped`. */
  poll(signal: AbortSignal | undefined): Promise<void> {
    this.#waiting++;
    const poll = this.#last.then(() => this.#listOnce(signal));
    const settle = (): void => {
      this.#waiting--;
      if (this.#waiting === 0) this.#onIdle();
    };
    this.#last = poll.then(settle, settle);
    return new Promise((resolve, reject) => {
      // Who gives up while it waits for its turn need not wait for the others.
      const forget = onAbort(signal, () => reject(this.#abortedError(signal)));
      void poll.then(resolve, reject).finally(forget);
    });
  }

  /** Cancels the one that is running; those that wait find the reflector stopped. */
  stop(): void {
    this.#cancel?.();
  }

  async #listOnce(signal: AbortSignal | undefined): Promise<void> {
    this.#throwIfOver(signal);
    const lists = this.#of.watchers.map((watcher) => watcher.list());
    const cancel = (): void => {
      for (const list of lists) list.cancel();
    };
    this.#cancel = cancel;
    const forget = onAbort(signal, cancel);
    const forgetClosed = onAbort(this.#of.internals.closed, cancel);
    try {
      const troubles = await Promise.all(lists.map(({ done }) => done));
      this.#throwIfOver(signal);
      const trouble = troubles.find((each) => each !== undefined);
      if (trouble !== undefined) throw errorOf(trouble);
    } finally {
      this.#cancel = undefined;
      forget();
      forgetClosed();
    }
  }

  #throwIfOver(signal: AbortSignal | undefined): void {
    if (this.#of.stopped) throw this.#of.stoppedError();
    this.#of.internals.closed.throwIfAborted();
    if (signal?.aborted === true) throw this.#abortedError(signal);
  }

  #abortedError(signal: AbortSignal | undefined): KubeError {
    return new KubeError('aborted', `the list of ${this.#of.resource} was aborted`, { cause: signal?.reason });
  }
}

function errorOf(trouble: Trouble): KubeError {
  const { code, message, status, reason, auditId } = trouble;
  return new KubeError(code, message, { status, reason, auditId });
}
