import type { Transport, TransportRequest, TransportResponse } from '../../runtime/src/io/transport.js';

const encoder = new TextEncoder();

/** A server without sockets: a test sees each request and answers it when and how it likes. */
export class ScriptedTransport implements Transport {
  readonly requests: ScriptedRequest[] = [];

  request(request: TransportRequest): Promise<TransportResponse> {
    return new Promise((resolve, reject) => {
      this.requests.push(new ScriptedRequest(request, { resolve, reject }));
    });
  }

  /** The newest request. */
  get last(): ScriptedRequest {
    const last = this.requests.at(-1);
    if (last === undefined) throw new Error('there was no request');
    return last;
  }

  /** Requests that nobody answered and nobody aborted. */
  get open(): ScriptedRequest[] {
    return this.requests.filter((request) => !request.ended);
  }

  /** All requests in a word or two each: `list`, `stream`, `watch 12`, `probe`. */
  get told(): string[] {
    return this.requests.map((request) => request.told);
  }
}

interface Answer {
  resolve(response: TransportResponse): void;
  reject(error: Error): void;
}

/** One request and its answer. */
export class ScriptedRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  ended = false;
  readonly #answer: Answer;
  readonly #chunks: (Uint8Array | Error | undefined)[] = [];
  #more: (() => void) | undefined;
  #answered = false;

  constructor(request: TransportRequest, answer: Answer) {
    const url = new URL(request.path, 'http://server');
    this.path = url.pathname;
    this.query = url.searchParams;
    this.headers = request.headers;
    this.signal = request.signal;
    this.#answer = answer;
    const onAbort = (): void => this.#push(new Error('aborted'));
    if (request.signal.aborted) onAbort();
    else request.signal.addEventListener('abort', onAbort);
    if (request.signal.aborted) answer.reject(new Error('aborted'));
    else request.signal.addEventListener('abort', () => answer.reject(new Error('aborted')));
  }

  get told(): string {
    const version = this.query.get('resourceVersion');
    const about = version === null ? '' : ` ${version}`;
    if (this.query.has('sendInitialEvents')) return `stream${about}`;
    if (this.query.has('watch')) return `watch${about}`;
    if (this.query.get('limit') === '1') return 'probe';
    return this.query.has('continue') ? 'page' : `list${about}`;
  }

  /** No answer: the connection was refused. */
  refuse(code = 'ECONNREFUSED'): void {
    this.ended = true;
    this.#answer.reject(Object.assign(new Error(`connect ${code}`), { code }));
  }

  /** A whole answer. */
  answer(body: unknown, o: { status?: number; headers?: Record<string, string> } = {}): void {
    this.open(o);
    this.raw(typeof body === 'string' ? body : JSON.stringify(body));
    this.end();
  }

  /** An error answer with a Status. */
  fail(
    status: number,
    o: { reason?: string; message?: string; headers?: Record<string, string>; causes?: unknown[] } = {},
  ): void {
    const { reason = 'Unknown', message = `status ${status}`, headers = {}, causes } = o;
    const details = causes === undefined ? {} : { details: { causes } };
    this.answer(
      { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: status, reason, message, ...details },
      { status, headers },
    );
  }

  /** The head of an answer whose body comes by `send`, `raw`, `end` and `break`. */
  open(o: { status?: number; headers?: Record<string, string> } = {}): this {
    if (this.#answered) return this;
    this.#answered = true;
    this.#answer.resolve({ status: o.status ?? 200, headers: o.headers ?? {}, body: this.#body() });
    return this;
  }

  /** Watch events. */
  send(...events: readonly unknown[]): void {
    this.open();
    this.raw(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  }

  raw(text: string): void {
    this.#push(encoder.encode(text));
  }

  bytes(chunk: Uint8Array): void {
    this.#push(chunk);
  }

  /** Pieces of the body that nobody has taken yet. */
  get waiting(): number {
    return this.#chunks.length;
  }

  /** The end of the body, as the server meant it. */
  end(): void {
    this.open();
    this.#push(undefined);
  }

  /** The connection is cut. */
  break(): void {
    this.#push(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
  }

  #push(chunk: Uint8Array | Error | undefined): void {
    if (chunk instanceof Error || chunk === undefined) this.ended = true;
    this.#chunks.push(chunk);
    this.#more?.();
  }

  async *#body(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      while (this.#chunks.length > 0) {
        const chunk = this.#chunks.shift();
        if (chunk === undefined) return;
        if (chunk instanceof Error) throw chunk;
        yield chunk;
      }
      await new Promise<void>((resolve) => {
        this.#more = resolve;
      });
    }
  }
}
