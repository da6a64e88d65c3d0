import { onAbort } from '../io/on-abort.js';
import type { ReflectorStatus } from './status.js';

/** A slow listener is told the newest statuses, this many of them. */
const WAITING = 16;

/** Those who listen to status. Each is told in order, one call at a time, soon after the change. */
export interface StatusListeners {
  add(handler: (status: ReflectorStatus) => unknown, signal: AbortSignal | undefined): { stop(): void };
  /** Whether anybody listens. */
  readonly size: number;
  tell(status: ReflectorStatus): void;
  /** No more statuses come; what was told is still handled. */
  close(): void;
  /** Resolves when no handler runs any more. Never rejects. */
  drained(): Promise<void>;
}

/** Makes a list without listeners. Errors of handlers go to `onError`. */
export function createStatusListeners(onError: (error: unknown) => void): StatusListeners {
  /** Each with what takes it from its signal, which may live long. */
  const listeners = new Map<Listener, () => void>();
  const running = new Set<Promise<void>>();
  const run = (listener: Listener): void => {
    const promise = listener.run(onError).finally(() => running.delete(promise));
    running.add(promise);
  };
  return {
    add(handler, signal) {
      const listener = new Listener(handler);
      const stop = (): void => {
        listener.stop();
        listeners.get(listener)?.();
        listeners.delete(listener);
      };
      if (signal?.aborted !== true) listeners.set(listener, onAbort(signal, stop));
      return { stop };
    },
    get size() {
      return listeners.size;
    },
    tell(status) {
      for (const listener of listeners.keys()) if (listener.push(status)) run(listener);
    },
    close() {
      for (const forget of listeners.values()) forget();
      listeners.clear();
    },
    async drained() {
      await Promise.all(running);
    },
  };
}

class Listener {
  readonly #handler: (status: ReflectorStatus) => unknown;
  #waiting: ReflectorStatus[] = [];
  #running = false;

  constructor(handler: (status: ReflectorStatus) => unknown) {
    this.#handler = handler;
  }

  /** True when nobody reads the mailbox yet. */
  push(status: ReflectorStatus): boolean {
    this.#waiting.push(status);
    if (this.#waiting.length > WAITING) this.#waiting.shift();
    const idle = !this.#running;
    this.#running = true;
    return idle;
  }

  stop(): void {
    this.#waiting = [];
  }

  async run(onError: (error: unknown) => void): Promise<void> {
    // Not in the step that changed the status: a handler may call the reflector.
    await Promise.resolve();
    for (let status = this.#waiting.shift(); status !== undefined; status = this.#waiting.shift()) {
      try {
        await this.#handler(status);
      } catch (error) {
        onError(error);
      }
    }
    this.#running = false;
  }
}
