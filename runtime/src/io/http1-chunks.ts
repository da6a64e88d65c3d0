import { Http1Error } from './http1-error.js';

/** Takes a chunked body apart. */
export interface ChunkReader {
  /**
   * Reads `bytes` from `start`, moves what belongs to the body together in place, and tells where it lies: an HTTP chunk for each event
   * must not cost a piece for each event.
   */
  take(bytes: Uint8Array, start: number): ChunkedPiece;
}

/** The body's bytes among those taken, and how far they were read. */
export interface ChunkedPiece {
  readonly start: number;
  readonly end: number;
  /** The index after the last byte that was read. */
  readonly next: number;
  /** Whether the body is over. */
  readonly done: boolean;
}

const CR = 13;
const LF = 10;
const SEMICOLON = 59;
const SPACE = 32;
const TAB = 9;

/** So many bytes may stand in chunk extensions of one chunk, and in the trailer. */
const MAX_EXTRA_BYTES = 16 * 1024;
const MAX_CHUNK_BYTES = 2 ** 40;

type Expecting =
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailer'
  | 'trailer-line'
  | 'last-lf'
  | 'nothing';

/** Reads a chunked body (RFC 9112, 7.1), cut anywhere. Throws `Http1Error`. */
export function createChunkReader(): ChunkReader {
  return new Reader();
}

class Reader implements ChunkReader {
  #expecting: Expecting = 'size';
  /** Bytes of the chunk that are still to come. */
  #left = 0;
  #digits = 0;
  /** Bytes of extensions or of the trailer. */
  #extra = 0;

  take(bytes: Uint8Array, start: number): ChunkedPiece {
    let at = start;
    let from = start;
    let to = start;
    while (at < bytes.length && this.#expecting !== 'nothing') {
      if (this.#expecting !== 'data') {
        this.#control(bytes[at++] as number); // in bounds, by the loop
        continue;
      }
      const length = Math.min(this.#left, bytes.length - at);
      if (to === from) from = to = at;
      else bytes.copyWithin(to, at, at + length);
      to += length;
      at += length;
      this.#left -= length;
      if (this.#left === 0) this.#expecting = 'data-cr';
    }
    return { start: from, end: to, next: at, done: this.#expecting === 'nothing' };
  }

  #control(byte: number): void {
    switch (this.#expecting) {
      case 'size':
        return this.#size(byte);
      case 'extension':
        this.#count('chunk extensions without end');
        if (byte === CR) this.#expecting = 'size-lf';
        return;
      case 'size-lf':
        this.#extra = 0;
        this.#digits = 0;
        return this.#must(byte === LF, this.#left === 0 ? 'trailer' : 'data');
      case 'data-cr':
        return this.#must(byte === CR, 'data-lf');
      case 'data-lf':
        return this.#must(byte === LF, 'size');
      case 'trailer':
        this.#expecting = byte === CR ? 'last-lf' : 'trailer-line';
        return;
      case 'trailer-line':
        this.#count('a trailer without end');
        if (byte === LF) this.#expecting = 'trailer';
        return;
      case 'last-lf':
        return this.#must(byte === LF, 'nothing');
      case 'data':
      case 'nothing':
        throw new Error(`no control byte is expected here: ${this.#expecting}`);
    }
  }

  #size(byte: number): void {
    const value = hexValue(byte);
    if (value !== undefined) {
      this.#left = this.#left * 16 + value;
      this.#digits++;
      if (this.#left > MAX_CHUNK_BYTES) throw new Http1Error('a chunk is too large');
      return;
    }
    if (this.#digits === 0) throw new Http1Error('a chunk size is no number');
    this.#expecting = afterSize(byte);
  }

  #must(right: boolean, next: Expecting): void {
    if (!right) throw new Http1Error('a chunk does not end where its size says');
    this.#expecting = next;
  }

  #count(what: string): void {
    if (++this.#extra > MAX_EXTRA_BYTES) throw new Http1Error(what);
  }
}

function afterSize(byte: number): Expecting {
  if (byte === CR) return 'size-lf';
  if (byte === SEMICOLON || byte === SPACE || byte === TAB) return 'extension';
  throw new Http1Error('a chunk size is no number');
}

function hexValue(byte: number): number | undefined {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : undefined;
}
