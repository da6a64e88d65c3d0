import { join } from '../wire/bytes.js';
import { createChunkReader } from './http1-chunks.js';
import { Http1Error } from './http1-error.js';
import { parseHead, type ResponseHead } from './http1-head.js';

/** What a reader of an answer tells. */
export interface ResponseEvents {
  onHead(head: ResponseHead): void;
  /** Bytes of the body: a part of what was fed, changed in place. */
  onBody(bytes: Uint8Array): void;
  onEnd(): void;
}

/** Reads one answer from the bytes of a connection, cut anywhere. */
export interface ResponseReader {
  /** Reads more bytes, and returns how many of them belonged to the answer. Throws `Http1Error`. */
  feed(bytes: Uint8Array): number;
  /** The connection ended: whether the answer is whole. */
  finish(): boolean;
}

const MAX_HEAD_BYTES = 64 * 1024;
const LF = 10;
const latin1 = new TextDecoder('latin1');

/** Makes the reader of the answer to a request with this method. Answers 1xx are passed over. */
export function createResponseReader(method: string, on: ResponseEvents): ResponseReader {
  return new Reader(method, on);
}

class Reader implements ResponseReader {
  readonly #method: string;
  readonly #on: ResponseEvents;
  readonly #chunks = createChunkReader();
  #phase: 'head' | 'length' | 'chunked' | 'close' | 'end' = 'head';
  #headBytes: Uint8Array = new Uint8Array(0);
  #left = 0;

  constructor(method: string, on: ResponseEvents) {
    this.#method = method;
    this.#on = on;
  }

  feed(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#phase) {
        case 'head':
          at += this.#takeHead(bytes.subarray(at));
          break; // after a 1xx another head follows, else the body
        case 'length':
          at = this.#takeLength(bytes, at);
          break;
        case 'chunked':
          at = this.#takeChunks(bytes, at);
          break;
        case 'close':
          this.#on.onBody(bytes.subarray(at));
          return bytes.length;
        case 'end':
          return at;
      }
    }
    return at;
  }

  finish(): boolean {
    if (this.#phase === 'close') this.#end();
    return this.#phase === 'end';
  }

  /** Collects the head; it is short, and mostly whole in the first piece. */
  #takeHead(bytes: Uint8Array): number {
    const before = this.#headBytes.length;
    const all = before === 0 ? bytes : join([this.#headBytes, bytes]);
    if (!beginsLikeHttp(all)) throw new Http1Error('the answer does not begin like one of HTTP/1.1');
    const length = headLength(all, Math.max(0, before - 3));
    if ((length ?? all.length) > MAX_HEAD_BYTES) throw new Http1Error('the head of the answer is too large');
    if (length === undefined) {
      this.#headBytes = before === 0 ? bytes.slice() : all;
      return bytes.length;
    }
    this.#headBytes = new Uint8Array(0);
    this.#begin(parseHead(latin1.decode(all.subarray(0, length - 4)), this.#method));
    return length - before;
  }

  #begin(head: ResponseHead): void {
    if (head.status === 101) throw new Http1Error('the answer changes the protocol, which was not asked for');
    if (head.status < 200) return;
    const { framing } = head;
    if (framing.t === 'length') this.#left = framing.bytes;
    if (framing.t !== 'none') this.#phase = framing.t;
    this.#on.onHead(head);
    if (framing.t === 'none') this.#end();
  }

  #takeLength(bytes: Uint8Array, start: number): number {
    const end = Math.min(start + this.#left, bytes.length);
    this.#left -= end - start;
    this.#on.onBody(bytes.subarray(start, end));
    if (this.#left === 0) this.#end();
    return end;
  }

  #takeChunks(bytes: Uint8Array, start: number): number {
    const piece = this.#chunks.take(bytes, start);
    if (piece.end > piece.start) this.#on.onBody(bytes.subarray(piece.start, piece.end));
    if (piece.done) this.#end();
    return piece.next;
  }

  #end(): void {
    this.#phase = 'end';
    this.#on.onEnd();
  }
}

const BEGINNING = Uint8Array.from('HTTP/1.', (character) => character.charCodeAt(0));

/** Another protocol may never send what ends a head. */
function beginsLikeHttp(bytes: Uint8Array): boolean {
  return BEGINNING.every((byte, at) => at >= bytes.length || bytes[at] === byte);
}

/** Where the empty line after the head ends. */
function headLength(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(LF, from); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    if (at >= 3 && bytes[at - 1] === 13 && bytes[at - 2] === LF && bytes[at - 3] === 13) return at + 1;
  }
  return undefined;
}
