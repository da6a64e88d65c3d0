import type { Socket } from 'node:net';
import { createExchange, type Exchange, type ExchangeResponse } from './http1-exchange.js';
import { LostConnection } from './lost-connection.js';
import type { OpenSocket, SocketOpener } from './node-socket.js';
import { onAbort } from './on-abort.js';
import { createReadBuffers, type ReadBuffers } from './read-buffers.js';
import type { TransportRequest } from './transport.js';

/** So many bytes wait for the reader of a body before the socket is held. */
const BACKLOG_BYTES = 1024 * 1024;

/** One connection, for one exchange after another. */
export interface Connection {
  /** Sends a request, and resolves with the head of its answer. */
  exchange(message: Message): Promise<ExchangeResponse>;
  /** Whether another exchange may begin. */
  readonly usable: boolean;
  /** How long it may be idle, as far as the server says. */
  readonly keepAliveMs: number;
  destroy(): void;
}

/** A request on its way. */
export interface Message {
  readonly head: string;
  readonly request: TransportRequest;
  /** Makes of what breaks the body of the answer the error for its reader. */
  readonly tell: (error: unknown) => unknown;
}

/** What a connection tells. */
export interface ConnectionEvents {
  /** Gives up while the connection is being opened. */
  readonly signal: AbortSignal;
  /** The exchange is over, well or not. */
  readonly onOver: () => void;
}

/** Takes a connection that is open already and idle: until an exchange begins it does not keep the process alive. */
export function adoptConnection(open: OpenSocket, onOver: () => void): Connection {
  const connection = new Http1Connection(onOver);
  connection.start(open);
  open.socket.unref();
  return connection;
}

/** Opens a connection. */
export async function createConnection(opener: SocketOpener, on: ConnectionEvents): Promise<Connection> {
  const connection = new Http1Connection(on.onOver);
  const onread = { buffer: connection.buffers.next, callback: connection.onRead };
  connection.start(await opener.open({ onread, protocols: ['http/1.1'], signal: on.signal }));
  return connection;
}

function cut(): Error {
  return Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
}

class Http1Connection implements Connection {
  readonly buffers: ReadBuffers = createReadBuffers();
  readonly #onOver: () => void;
  #socket: Socket | undefined;
  #current: Exchange | undefined;
  #forget = (): void => undefined;
  #used = false;
  #keepAliveMs = Number.POSITIVE_INFINITY;
  #held = false;
  #broken: unknown;

  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  start({ socket, inPlace }: OpenSocket): void {
    this.#socket = socket;
    if (!inPlace) {
      socket.on('data', (chunk: Uint8Array) => {
        if (!this.onRead(chunk.length, chunk)) socket.pause();
      });
      socket.resume();
    }
    socket.on('error', (error) => (this.#broken = error));
    socket.on('close', () => this.#over((exchange) => exchange.closed(this.#broken)));
  }

  get usable(): boolean {
    return this.#current === undefined && this.#socket?.destroyed === false && this.#socket.writable;
  }

  get keepAliveMs(): number {
    return this.#keepAliveMs;
  }

  destroy(): void {
    // Else an answer that ends with its connection would pass for whole.
    this.#broken ??= cut();
    this.#socket?.destroy();
  }

  async exchange({ head, request, tell }: Message): Promise<ExchangeResponse> {
    // Nothing would ever tell of it: its end has been told already.
    if (this.#socket?.destroyed !== false) {
      this.#onOver();
      throw this.#broken ?? this.#socket?.errored ?? cut();
    }
    const again = this.#used;
    this.#used = true;
    const exchange = createExchange({
      method: request.method,
      buffers: this.buffers,
      tell,
      onTaken: () => this.#onTaken(),
      onLeft: () => this.destroy(),
    });
    this.#current = exchange;
    this.#forget = onAbort(request.signal, () => this.destroy());
    this.#send(head, request.body);
    try {
      return await exchange.response;
    } catch (error) {
      if (!again || exchange.begun) throw error;
      throw new LostConnection('the connection was closed while it was idle', { cause: error, unsent: false });
    }
  }

  #send(head: string, body: Uint8Array | undefined): void {
    const socket = this.#socket;
    socket?.ref();
    socket?.cork();
    socket?.write(head, 'latin1');
    if (body !== undefined) socket?.write(body);
    socket?.uncork();
  }

  /** Called by the socket with each read; false holds it. */
  readonly onRead = (length: number, buffer: Uint8Array): boolean => {
    let lent = false;
    try {
      lent = this.#take(buffer.subarray(0, length));
    } catch (error) {
      this.destroy();
      this.#over((exchange) => exchange.closed(error));
    }
    this.buffers.filled(buffer, { bytes: length, lent });
    this.#held = this.#current !== undefined && this.#current.backlog > BACKLOG_BYTES;
    return !this.#held;
  };

  #take(bytes: Uint8Array): boolean {
    const exchange = this.#current;
    if (exchange === undefined) {
      this.destroy(); // nobody asked: whatever this is, the next answer would begin with it
      return false;
    }
    const { used, lent } = exchange.feed(bytes);
    if (!exchange.over) return lent;
    this.#keepAliveMs = exchange.keepAliveMs;
    // What is left of a request that was answered early would be in the way of the next one.
    const isFree = exchange.keepAliveMs > 0 && used === bytes.length && this.#socket?.writableLength === 0;
    if (!isFree) this.destroy();
    else this.#socket?.unref(); // an idle connection does not keep the process alive
    this.#over(() => undefined);
    return lent;
  }

  #over(end: (exchange: Exchange) => void): void {
    const exchange = this.#current;
    if (exchange === undefined) return;
    this.#current = undefined;
    this.#forget();
    end(exchange);
    this.#onOver();
  }

  #onTaken(): void {
    if (!this.#held || (this.#current !== undefined && this.#current.backlog > BACKLOG_BYTES / 2)) return;
    this.#held = false;
    this.#socket?.resume();
  }
}
