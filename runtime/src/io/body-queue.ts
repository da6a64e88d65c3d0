/** A body that is filled at one end and read at the other. */
export interface BodyQueue {
  readonly body: AsyncIterableIterator<Uint8Array>;
  /** Bytes that wait to be read. */
  readonly backlog: number;
  /** Whether the reader waits: the next chunk goes to it at once. */
  readonly isAwaited: boolean;
  push(chunk: Uint8Array): void;
  /** The body is whole. */
  end(): void;
  /** The body broke off: after what is there the reader gets `error`, once. */
  fail(error: unknown): void;
}

/** What the filling end wants to know. */
export interface BodyReaderEvents {
  /** The reader is done with a chunk: its buffer may be used again. */
  onTaken(chunk: Uint8Array): void;
  /** The reader leaves before the end. Not called after `end` or `fail`. */
  onLeft(): void;
}

type Result = IteratorResult<Uint8Array, undefined>;
const over: Result = { done: true, value: undefined };

/** A chunk that waits for the reader, and the one behind it. */
interface Waiting {
  readonly chunk: Uint8Array;
  next: Waiting | undefined;
}

/** A reader that waits for a chunk. */
interface Reader {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Makes a body without a stream between: a chunk costs its reader one promise. */
export function createBodyQueue(on: BodyReaderEvents): BodyQueue {
  return new Queue(on);
}

class Queue implements BodyQueue, AsyncIterableIterator<Uint8Array> {
  readonly #on: BodyReaderEvents;
  /** The first and the last of those that wait: to take the first out of a long array costs as much as the array is long. */
  #first: Waiting | undefined;
  #last: Waiting | undefined;
  #backlog = 0;
  #lent: Uint8Array | undefined;
  #reader: Reader | undefined;
  #state: 'open' | 'ended' | 'failed' = 'open';
  #failure: unknown;

  constructor(on: BodyReaderEvents) {
    this.#on = on;
  }

  get body(): AsyncIterableIterator<Uint8Array> {
    return this;
  }

  get backlog(): number {
    return this.#backlog;
  }

  get isAwaited(): boolean {
    return this.#reader !== undefined;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    const read = this.#lent;
    const chunk = this.#shift();
    this.#lent = undefined;
    if (read !== undefined) this.#on.onTaken(read);
    if (chunk !== undefined) return Promise.resolve(this.#lend(chunk));
    if (this.#state === 'open') return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
    if (this.#state === 'ended') return Promise.resolve(over);
    this.#state = 'ended';
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what the filling end gave
    return Promise.reject(this.#failure);
  }

  return(): Promise<Result> {
    const running = this.#state === 'open';
    this.#state = 'ended';
    this.#first = undefined;
    this.#backlog = 0;
    this.#lent = undefined;
    this.#takeReader()?.resolve(over);
    if (running) this.#on.onLeft();
    return Promise.resolve(over);
  }

  push(chunk: Uint8Array): void {
    if (this.#state !== 'open') return;
    const reader = this.#takeReader();
    if (reader !== undefined) return reader.resolve(this.#lend(chunk));
    const waiting: Waiting = { chunk, next: undefined };
    if (this.#first === undefined || this.#last === undefined) this.#first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
    this.#backlog += chunk.length;
  }

  end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    this.#takeReader()?.resolve(over);
  }

  fail(error: unknown): void {
    if (this.#state !== 'open') return;
    const reader = this.#takeReader();
    this.#state = reader === undefined ? 'failed' : 'ended';
    this.#failure = error;
    reader?.reject(error);
  }

  #shift(): Uint8Array | undefined {
    const waiting = this.#first;
    if (waiting === undefined) return undefined;
    this.#first = waiting.next;
    this.#backlog -= waiting.chunk.length;
    return waiting.chunk;
  }

  #lend(chunk: Uint8Array): Result {
    this.#lent = chunk;
    return { done: false, value: chunk };
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    return reader;
  }
}
