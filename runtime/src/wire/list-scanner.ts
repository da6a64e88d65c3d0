import { join } from './lines.js';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  parseJson,
  QUOTE,
} from './json-scan.js';
import type { RawObject } from './raw-object.js';
import { readRawObject } from './read-raw-object.js';
import { WireError } from './wire-error.js';

/** What a list says beside its items. */
export interface ListHead {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly resourceVersion?: string;
  /** The token of the next page; absent on the last one. */
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** Cuts the items out of a LIST body while it streams: no more than one item is ever held (L14). */
export interface ListScanner {
  /** Tells each item that `chunk` completes. Throws a `WireError` for what is no list, and for an item over `maxItemBytes`. */
  feed(chunk: Uint8Array, onItem: (raw: RawObject) => void): void;
  /** After the last chunk: the rest of the list. Throws a `WireError` (`decode`) when the body was cut off. */
  end(): ListHead;
}

/** Where in the body the scanner is. `value`: inside the value of a member; `item`: inside an item of `items`. */
type Place =
  | 'start'
  | 'key-or-end'
  | 'key'
  | 'colon'
  | 'value-start'
  | 'value'
  | 'item-or-end'
  | 'item'
  | 'after-item'
  | 'after-value'
  | 'done';

/** Makes a scanner for one body. */
export function createListScanner({ maxItemBytes }: { maxItemBytes: number }): ListScanner {
  const scanner = new Scanner(maxItemBytes);
  return {
    feed: (chunk, onItem) => scanner.feed(chunk, onItem),
    end: () => scanner.end(),
  };
}

class Scanner {
  readonly #max: number;
  #place: Place = 'start';
  #key = '';
  #wantsComma = false;
  #hasItems = false;
  readonly #members = new Map<string, unknown>();
  // The piece being read: its earlier bytes, and where it begins in this chunk.
  #fragments: Uint8Array[] = [];
  #held = 0;
  #from = 0;
  // How deep in the piece, and whether in a string of it.
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(maxItemBytes: number) {
    this.#max = maxItemBytes;
  }

  feed(chunk: Uint8Array, onItem: (raw: RawObject) => void): void {
    this.#from = 0;
    let i = 0;
    while (i < chunk.length) {
      switch (this.#place) {
        case 'key':
        case 'value':
        case 'item':
          i = this.#piece(chunk, i, onItem);
          break;
        default:
          i = this.#punctuation(chunk, i);
      }
    }
    this.#keep(chunk);
  }

  end(): ListHead {
    if (this.#place !== 'done') throw new WireError('decode', 'the list ends before its closing brace');
    const kind = this.#text('kind');
    if (!this.#hasItems || kind === 'Table')
      throw new WireError(
        'not-a-list',
        kind === undefined ? 'the answer is no list' : `the answer is a ${kind}, not a list`,
      );
    const metadata = this.#members.get('metadata');
    const of = (name: string): unknown =>
      isRecord(metadata) && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    const apiVersion = this.#text('apiVersion');
    const resourceVersion = of('resourceVersion');
    const next = of('continue');
    const remaining = of('remainingItemCount');
    return {
      ...(apiVersion === undefined ? {} : { apiVersion }),
      ...(kind === undefined ? {} : { kind }),
      ...(typeof resourceVersion === 'string' && resourceVersion !== '' ? { resourceVersion } : {}),
      ...(typeof next === 'string' && next !== '' ? { continue: next } : {}),
      ...(typeof remaining === 'number' ? { remainingItemCount: remaining } : {}),
    };
  }

  #text(name: string): string | undefined {
    const value = this.#members.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** One byte between pieces. Returns the next position; a piece begins at the byte that opens it. */
  #punctuation(chunk: Uint8Array, i: number): number {
    const c = chunk[i] ?? 0;
    if (c === 32 || c === 10 || c === 13 || c === 9) return i + 1;
    switch (this.#place) {
      case 'start':
        if (c !== OPEN_BRACE) throw new WireError('not-a-list', 'the answer is no JSON object');
        this.#place = 'key-or-end';
        return i + 1;
      case 'key-or-end':
        if (c === CLOSE_BRACE && !this.#wantsComma) return this.#next('done', i + 1);
        if (c !== QUOTE) throw unexpected('a key', c);
        return this.#begin('key', i);
      case 'colon':
        if (c !== COLON) throw unexpected('a colon', c);
        return this.#next('value-start', i + 1);
      case 'value-start':
        if (this.#key === 'items' && c === OPEN_BRACKET) {
          this.#hasItems = true;
          this.#wantsComma = false;
          return this.#next('item-or-end', i + 1);
        }
        return this.#begin('value', i);
      case 'item-or-end':
        if (c === CLOSE_BRACKET && !this.#wantsComma) return this.#next('after-value', i + 1);
        if (c !== OPEN_BRACE) throw unexpected('an item', c);
        return this.#begin('item', i);
      case 'after-item':
        if (c === CLOSE_BRACKET) return this.#next('after-value', i + 1);
        if (c !== COMMA) throw unexpected('a comma', c);
        this.#wantsComma = true;
        return this.#next('item-or-end', i + 1);
      case 'after-value':
        if (c === CLOSE_BRACE) return this.#next('done', i + 1);
        if (c !== COMMA) throw unexpected('a comma', c);
        this.#wantsComma = true;
        return this.#next('key-or-end', i + 1);
      case 'done':
        throw new WireError('decode', 'something follows the list');
      case 'key':
      case 'value':
      case 'item':
        return i;
      default:
        return this.#place satisfies never;
    }
  }

  #next(place: Place, i: number): number {
    this.#place = place;
    return i;
  }

  #begin(place: 'key' | 'value' | 'item', i: number): number {
    this.#place = place;
    this.#from = i;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    return i;
  }

  /** Reads on in a piece; when it is complete, uses it. Returns the next position. */
  #piece(chunk: Uint8Array, at: number, onItem: (raw: RawObject) => void): number {
    const end = this.#endOfPiece(chunk, at);
    if (end === -1) return chunk.length;
    this.#check(end - this.#from);
    let bytes = chunk;
    let range = { start: this.#from, end };
    if (this.#held > 0) {
      bytes = join([...this.#fragments, chunk.subarray(this.#from, end)]);
      range = { start: 0, end: bytes.length };
      this.#fragments = [];
      this.#held = 0;
    }
    this.#use(bytes, range, onItem);
    return end;
  }

  #use(bytes: Uint8Array, { start, end }: { start: number; end: number }, onItem: (raw: RawObject) => void): void {
    switch (this.#place) {
      case 'key': {
        const key = parseJson(bytes, start, end);
        this.#key = typeof key === 'string' ? key : '';
        this.#place = 'colon';
        return;
      }
      case 'item':
        this.#place = 'after-item';
        onItem(readRawObject(bytes, start, end));
        return;
      default: {
        const value = parseJson(bytes, start, end);
        // `items: null` is an empty list; Go servers print it so.
        if (this.#key === 'items' && value === null) this.#hasItems = true;
        if (this.#key === 'kind' || this.#key === 'apiVersion' || this.#key === 'metadata')
          this.#members.set(this.#key, value);
        this.#place = 'after-value';
      }
    }
  }

  /** The position after the piece, or -1 when the chunk ends before it does. */
  #endOfPiece(chunk: Uint8Array, at: number): number {
    let i = at;
    let depth = this.#depth;
    let inString = this.#inString;
    const { length } = chunk;
    if (this.#escaped && i < length) {
      i += 1;
      this.#escaped = false;
    }
    while (i < length) {
      const c = chunk[i];
      if (inString) {
        if (c === BACKSLASH) {
          i += 2;
          continue;
        }
        i += 1;
        if (c !== QUOTE) continue;
        inString = false;
        if (depth === 0) return i;
        continue;
      }
      if (c === QUOTE) inString = true;
      else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth += 1;
      else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        // A scalar ends before the bracket that closes what holds it.
        if (depth === 0) return i;
        depth -= 1;
        if (depth === 0) return i + 1;
      } else if (depth === 0 && (c === COMMA || c === 32 || c === 10 || c === 13 || c === 9)) return i;
      i += 1;
    }
    this.#escaped = i > length;
    this.#depth = depth;
    this.#inString = inString;
    return -1;
  }

  /** Copies what the chunk holds of an unfinished piece: the transport may use the chunk's buffer again. */
  #keep(chunk: Uint8Array): void {
    if (this.#place !== 'key' && this.#place !== 'value' && this.#place !== 'item') return;
    this.#check(chunk.length - this.#from);
    this.#fragments.push(chunk.slice(this.#from));
    this.#held += chunk.length - this.#from;
    this.#from = 0;
  }

  #check(more: number): void {
    if (this.#held + more > this.#max)
      throw new WireError('overflow', `an item of the list is longer than ${this.#max} bytes`);
  }
}

function unexpected(wanted: string, byte: number): WireError {
  return new WireError('decode', `${wanted} is expected in the list, not ${JSON.stringify(String.fromCharCode(byte))}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
