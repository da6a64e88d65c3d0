import { createBodyQueue } from './body-queue.js';
import type { ResponseHead } from './http1-head.js';
import { createResponseReader } from './http1-response.js';
import type { ReadBuffers } from './read-buffers.js';

/** An answer whose body can be read by hand. */
export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterableIterator<Uint8Array>;
}

/** A request that was sent, until its answer is whole. */
export interface Exchange {
  /** Resolves with the head of the answer. */
  readonly response: Promise<ExchangeResponse>;
  /** Whether anything of the answer came. */
  readonly begun: boolean;
  /** Whether the answer is whole. */
  readonly over: boolean;
  /** How long the connection may be used again when the answer is whole; 0: not at all. */
  readonly keepAliveMs: number;
  /** Bytes of the body that wait for their reader. */
  readonly backlog: number;
  /** Takes what the connection read; true when a part of it is lent to the reader of the body. Throws `Http1Error`. */
  feed(bytes: Uint8Array): { readonly used: number; readonly lent: boolean };
  /** The connection ended, or broke because of `error`. */
  closed(error: unknown): void;
}

/** What an exchange tells its connection. */
export interface ExchangeOptions {
  readonly method: string;
  readonly buffers: ReadBuffers;
  /** Makes of what went wrong the error to tell. */
  readonly tell: (error: unknown) => unknown;
  /** The reader took something of the backlog. */
  readonly onTaken: () => void;
  /** The reader leaves before the end. */
  readonly onLeft: () => void;
}

/** Begins an exchange; its request is for the caller to send. */
export function createExchange({ method, buffers, tell, onTaken, onLeft }: ExchangeOptions): Exchange {
  let settle: { resolve(response: ExchangeResponse): void; reject(error: unknown): void } | undefined;
  const response = new Promise<ExchangeResponse>((resolve, reject) => (settle = { resolve, reject }));
  const state = { begun: false, over: false, keepAliveMs: 0, lent: false };
  const queue = createBodyQueue({
    onTaken: (chunk) => {
      buffers.giveBack(chunk);
      onTaken();
    },
    onLeft,
  });
  const reader = createResponseReader(method, {
    onHead: ({ status, headers, keepAlive, keepAliveMs }: ResponseHead) => {
      state.keepAliveMs = keepAlive ? keepAliveMs : 0;
      settle?.resolve({ status, headers, body: queue.body });
      settle = undefined;
    },
    onBody: (bytes) => {
      const chunk = queue.isAwaited ? bytes : buffers.keep(bytes);
      if (chunk === bytes) state.lent = true;
      queue.push(chunk);
    },
    onEnd: () => {
      state.over = true;
      queue.end();
    },
  });

  function fail(error: unknown): void {
    state.over = true;
    state.keepAliveMs = 0;
    if (settle === undefined) return queue.fail(tell(error));
    settle.reject(error);
    settle = undefined;
  }

  return {
    response,
    get begun() {
      return state.begun;
    },
    get over() {
      return state.over;
    },
    get keepAliveMs() {
      return state.keepAliveMs;
    },
    get backlog() {
      return queue.backlog;
    },
    feed(bytes) {
      state.begun = true;
      state.lent = false;
      return { used: reader.feed(bytes), lent: state.lent };
    },
    closed(error) {
      if (state.over || (error === undefined && reader.finish())) return;
      fail(error ?? Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }));
    },
  };
}
