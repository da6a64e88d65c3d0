import type { ServerResponse } from 'node:http';

import type { Clock } from '../../io/clock.js';

/** One HTTP answer that can be slowed down and broken off. */
export interface Answer {
  /** Sends status and headers. */
  head(status: number, headers: Readonly<Record<string, string | readonly string[]>>): void;
  /** Resolves when there is room for more, or the connection is gone. */
  write(bytes: string | Uint8Array): Promise<void>;
  end(): void;
  /** Resolves when all that was written has left this process, or the connection is gone. */
  flushed(): Promise<void>;
  /** The connection is gone, or the answer is complete. */
  readonly closed: boolean;
  /** Calls `fn` when the connection closes; at once when it is closed. */
  onClose(fn: () => void): void;
  /** Closes the connection in the middle of the answer. */
  drop(): void;
  /** The same with a TCP reset. */
  reset(): void;
  /** From now on no more than this many bytes in a second. */
  throttle(bytesPerS: number): void;
}

const SLICE_MS = 20;

/** `began` is told the status once, and `undefined` when the connection is broken before there is one. */
export function createAnswer(
  response: ServerResponse,
  clock: Clock,
  began: (status: number | undefined) => void,
): Answer {
  return new HttpAnswer(response, clock, began);
}

class HttpAnswer implements Answer {
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #began: (status: number | undefined) => void;
  #bytesPerS: number | undefined;
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(response: ServerResponse, clock: Clock, began: (status: number | undefined) => void) {
    this.#response = response;
    this.#clock = clock;
    this.#began = began;
    // A client that goes away is no error of the server; `closed` tells.
    response.on('error', () => undefined);
  }

  get closed(): boolean {
    return this.#response.destroyed || this.#response.writableEnded || this.#response.closed;
  }

  onClose(fn: () => void): void {
    if (this.#response.closed || this.#response.destroyed) fn();
    else this.#response.once('close', fn);
  }

  head(status: number, headers: Readonly<Record<string, string | readonly string[]>>): void {
    if (this.closed) return;
    for (const [name, value] of Object.entries(headers)) this.#response.setHeader(name, value);
    this.#response.writeHead(status);
    this.#response.flushHeaders();
    this.#began(status);
  }

  throttle(bytesPerS: number): void {
    this.#bytesPerS = bytesPerS;
  }

  async write(bytes: string | Uint8Array): Promise<void> {
    const perS = this.#bytesPerS;
    if (perS === undefined) return this.#writeAll(bytes);
    const whole = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    const slice = Math.max(1, Math.floor((perS * SLICE_MS) / 1000));
    const pauseMs = (slice / perS) * 1000;
    for (let at = 0; at < whole.length && !this.closed; at += slice) {
      await this.#writeAll(whole.subarray(at, at + slice));
      await this.#pause(pauseMs);
    }
  }

  async #writeAll(bytes: string | Uint8Array): Promise<void> {
    if (this.closed) return;
    let hasRoom = true;
    this.#lastWrite = new Promise((resolve) => {
      // The callback also comes, with an error, for what can no longer be sent.
      hasRoom = this.#response.write(bytes, () => resolve());
    });
    if (hasRoom || this.#response.destroyed) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#response.off('drain', done);
        this.#response.off('close', done);
        resolve();
      };
      this.#response.once('drain', done);
      this.#response.once('close', done);
    });
  }

  async #pause(ms: number): Promise<void> {
    if (this.closed) return;
    await new Promise<void>((resolve) => {
      const timer = this.#clock.setTimer(ms, () => {
        this.#response.off('close', gone);
        resolve();
      });
      const gone = (): void => {
        timer.cancel();
        resolve();
      };
      this.#response.once('close', gone);
    });
  }

  async flushed(): Promise<void> {
    await Promise.race([this.#lastWrite, new Promise<void>((resolve) => this.onClose(resolve))]);
  }

  end(): void {
    if (!this.closed) this.#response.end();
  }

  drop(): void {
    this.#breakOff();
    this.#response.destroy();
  }

  reset(): void {
    this.#breakOff();
    const socket = this.#response.socket;
    socket?.resetAndDestroy();
    this.#response.destroy();
  }

  #breakOff(): void {
    if (!this.#response.headersSent && !this.closed) this.#began(undefined);
  }
}
