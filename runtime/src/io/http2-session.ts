import { connect, type ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { Clock } from './clock.js';
import type { ExchangeResponse } from './http1-exchange.js';
import { sendOverSession } from './http2-stream.js';
import { LostConnection } from './lost-connection.js';
import type { Sending } from './node-http.js';
import type { ServerAddress } from './server-address.js';

/** A server that says nothing is asked after this long whether it is there, and has this long to answer (T10). */
const SILENCE_MS = 30_000;
const ANSWER_MS = 15_000;

/** A server tells its limit at once; one that does not within this time is not waited for any more. */
const SETTLE_MS = 1_000;

/** Large windows: with the protocol's own 64 KB a distant server sends a few megabytes a second at most. */
const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
const SESSION_WINDOW_BYTES = 16 * 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;
/** What Node may hold for a session, in megabytes; with its default of 10 many busy streams are refused. */
const MAX_SESSION_MB = 256;

/** A connection that carries many exchanges at once. */
export interface Http2Session {
  /** Sends a request, and resolves with the head of its answer. */
  exchange(sending: Sending): Promise<ExchangeResponse>;
  /** Exchanges that run. */
  readonly streams: number;
  /** How many the server allows at once; one until it has said so. */
  readonly limit: number;
  /** Resolves when the server tells its limit or takes too long to, when the last exchange that runs ends, or the session does. */
  change(): Promise<void>;
  readonly isSettled: boolean;
  /** Whether it has begun just now, and the server is about to tell its limit. */
  readonly isSettling: boolean;
  /** Whether new exchanges may begin: not after GOAWAY. */
  readonly usable: boolean;
  /** Monotonic time at which the last exchange ended. */
  readonly idleSince: number;
  /** Lets running exchanges end, and closes. */
  retire(): void;
  destroy(): void;
}

/** Begins a session on an open connection. */
export function createHttp2Session(socket: Socket, o: { address: ServerAddress; clock: Clock }): Http2Session {
  return new Session(socket, o);
}

class Session implements Http2Session {
  readonly #address: ServerAddress;
  readonly #clock: Clock;
  readonly #session: ClientHttp2Session;
  #streams = 0;
  #idleSince: number;
  #limit = 1;
  #settled = false;
  #waiting: (() => void)[] = [];
  #used = false;
  #heardAt: number;
  #reason: unknown;
  #timer: { cancel(): void } | undefined;
  #settling: { cancel(): void } | undefined;

  constructor(socket: Socket, { address, clock }: { address: ServerAddress; clock: Clock }) {
    this.#address = address;
    this.#clock = clock;
    this.#heardAt = this.#idleSince = clock.now();
    const session = connect(`https://${address.authority}`, {
      createConnection: () => socket,
      maxSessionMemory: MAX_SESSION_MB,
      settings: {
        enablePush: false,
        initialWindowSize: STREAM_WINDOW_BYTES,
        maxHeaderListSize: MAX_HEADER_BYTES,
      },
    });
    this.#session = session;
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    session.on('remoteSettings', ({ maxConcurrentStreams }) => {
      this.#settled = true;
      this.#limit = maxConcurrentStreams ?? Number.POSITIVE_INFINITY;
      this.#settle();
    });
    session.on('error', (error) => (this.#reason ??= error));
    session.on('close', () => {
      this.#timer?.cancel();
      this.#settle();
    });
    this.#settling = clock.setTimer(SETTLE_MS, () => this.#settle());
    session.unref(); // until there is a stream
  }

  get streams(): number {
    return this.#streams;
  }

  get limit(): number {
    return this.#limit;
  }

  get isSettled(): boolean {
    return this.#settled;
  }

  get isSettling(): boolean {
    return this.#settling !== undefined;
  }

  get idleSince(): number {
    return this.#idleSince;
  }

  get usable(): boolean {
    return !this.#session.closed && !this.#session.destroyed;
  }

  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  retire(): void {
    if (this.usable) this.#session.close();
  }

  destroy(): void {
    this.#end(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }));
  }

  /** Without a reason Node ends the streams as if they were whole. */
  #end(reason: Error): void {
    this.#reason ??= reason;
    this.#session.destroy();
  }

  async exchange(sending: Sending): Promise<ExchangeResponse> {
    const again = this.#used;
    this.#used = true;
    if (this.#streams++ === 0) this.#begin();
    try {
      return await sendOverSession(this.#session, {
        ...sending,
        address: this.#address,
        onBytes: () => (this.#heardAt = this.#clock.now()),
        onOver: () => this.#over(),
        reason: () => this.#reason,
      });
    } catch (error) {
      if (error instanceof LostConnection || !again || this.usable) throw error;
      throw new LostConnection('the session was closed', { cause: error, unsent: false });
    }
  }

  #begin(): void {
    this.#session.ref();
    this.#heardAt = this.#clock.now();
    this.#watchSilence(SILENCE_MS);
  }

  #over(): void {
    if (--this.#streams > 0) return;
    this.#idleSince = this.#clock.now();
    this.#timer?.cancel();
    if (this.usable) this.#session.unref(); // an idle session does not keep the process alive
    this.#changed();
  }

  #settle(): void {
    this.#settling?.cancel();
    this.#settling = undefined;
    this.#changed();
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Nothing else finds a peer that is gone without a word: TCP waits for minutes, and a quiet watch looks the same. */
  #watchSilence(ms: number): void {
    this.#timer = this.#clock.setTimer(ms, () => {
      const left = this.#heardAt + SILENCE_MS - this.#clock.now();
      if (left > 0) this.#watchSilence(left);
      else this.#ping();
    });
  }

  #ping(): void {
    const askedAt = this.#clock.now();
    if (this.#session.destroyed) return;
    this.#timer = this.#clock.setTimer(ANSWER_MS, () => {
      // A process that slept finds its timers due before the answer that has long been there: one turn to read it.
      this.#timer = this.#clock.setTimer(0, () => {
        if (this.#heardAt > askedAt) return this.#watchSilence(SILENCE_MS);
        const text = `the server did not answer a PING for ${ANSWER_MS / 1000} s`;
        this.#end(Object.assign(new Error(text), { code: 'ERR_HTTP2_PING_CANCEL' }));
      });
    });
    this.#session.ping((error) => {
      if (error !== null || this.#streams === 0) return;
      this.#timer?.cancel();
      this.#heardAt = this.#clock.now();
      this.#watchSilence(SILENCE_MS);
    });
  }
}
