import { copyOf, join } from './bytes.js';
import { fastScan, type Window } from './fast-scan.js';
import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, parseJson, QUOTE } from './json-scan.js';
import { createPieceEnd, findPieceEnd, type PieceEnd } from './piece-end.js';
import type { RawObject } from './raw-object.js';
import { scanObject } from './read-raw-object.js';
import { endOfBytes, WireError } from './wire-error.js';

/** What a list says beside its items. */
export interface ListHead {
  readonly kind: string | undefined;
  readonly resourceVersion: string | undefined;
  /** The token of the next page; `undefined` on the last one. */
  readonly continue: string | undefined;
  /** How many items had no usable name: anomalies to count. */
  readonly skipped: number;
}

/** Cuts the items out of a LIST body while it streams: no more than one item is ever held (L14). */
export interface ListScanner {
  /** Tells each item that `chunk` completes. Throws a `WireError` for what is no list, and for an item over `maxItemBytes`. */
  feed(chunk: Uint8Array, onItem: (raw: RawObject) => void): void;
  /** After the last chunk: the rest of the list. Throws a `WireError` (`decode`) when the body was cut off. */
  end(): ListHead;
}

/** Where in the body the scanner is. `key`, `value` and `item` are pieces, which end in this chunk or in a later one. */
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
  return new Scanner(maxItemBytes);
}

class Scanner implements ListScanner {
  readonly #max: number;
  #place: Place = 'start';
  #key = '';
  #wantsComma = false;
  #hasItems = false;
  #skipped = 0;
  #kind: string | undefined;
  #metadata: unknown;
  // A piece that began in an earlier chunk: its bytes so far, and what looks for its end.
  #fragments: Uint8Array[] = [];
  #held = 0;
  #pieceEnd: PieceEnd | undefined;
  #window: Window | undefined;

  constructor(maxItemBytes: number) {
    this.#max = maxItemBytes;
  }

  feed(chunk: Uint8Array, onItem: (raw: RawObject) => void): void {
    let i = 0;
    this.#window = undefined;
    while (i < chunk.length) {
      switch (this.#place) {
        case 'item':
          i = this.#pieceEnd === undefined ? this.#item(chunk, i, onItem) : this.#piece(chunk, i, onItem);
          break;
        case 'key':
        case 'value':
          i = this.#piece(chunk, i, onItem);
          break;
        default:
          i = this.#punctuation(chunk, i);
      }
    }
  }

  end(): ListHead {
    if (this.#place !== 'done') throw endOfBytes;
    const kind = this.#kind;
    if (!this.#hasItems || kind === 'Table')
      throw new WireError(
        'not-a-list',
        kind === undefined ? 'the answer is no list' : `the answer is a ${kind.slice(0, 40)}, not a list of objects`,
      );
    const metadata = this.#metadata;
    const of = (name: string): string | undefined => {
      const value = isRecord(metadata) && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    return { kind, resourceVersion: of('resourceVersion'), continue: of('continue'), skipped: this.#skipped };
  }

  /** One byte between pieces. Returns the next position; a piece begins at the byte that opens it. */
  #punctuation(chunk: Uint8Array, i: number): number {
    const c = chunk[i] ?? 0;
    if (c === 32 || c === 10 || c === 13 || c === 9) return i + 1;
    switch (this.#place) {
      case 'start':
        if (c !== OPEN_BRACE) throw new WireError('not-a-list', 'the answer is no JSON object');
        return this.#next('key-or-end', i + 1);
      case 'key-or-end':
        if (c === CLOSE_BRACE && !this.#wantsComma) return this.#next('done', i + 1);
        if (c !== QUOTE) throw unexpected('a key', c);
        return this.#next('key', i);
      case 'colon':
        if (c !== COLON) throw unexpected('a colon', c);
        return this.#next('value-start', i + 1);
      case 'value-start':
        if (this.#key !== 'items' || c !== OPEN_BRACKET) return this.#next('value', i);
        this.#hasItems = true;
        this.#wantsComma = false;
        return this.#next('item-or-end', i + 1);
      case 'item-or-end':
        if (c === CLOSE_BRACKET && !this.#wantsComma) return this.#next('after-value', i + 1);
        if (c !== OPEN_BRACE) throw unexpected('an item', c);
        return this.#next('item', i);
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

  /** An item that begins here. Most end in the chunk they begin in, and are read from it in one pass without a copy. */
  #item(chunk: Uint8Array, at: number, onItem: (raw: RawObject) => void): number {
    const fast = this.#readFast(chunk, at);
    if (fast === 'cut') return this.#piece(chunk, at, onItem);
    try {
      const { raw, end } = fast === undefined ? scanObject(chunk, at, chunk.length) : { raw: fast, end: fast.end };
      this.#check(end - at);
      this.#tell(raw, onItem);
      return end;
    } catch (error) {
      if (error === endOfBytes) return this.#piece(chunk, at, onItem);
      throw error;
    }
  }

  #readFast(chunk: Uint8Array, at: number): RawObject | 'cut' | undefined {
    const scan = fastScan();
    if (scan === undefined) return undefined;
    let window = (this.#window ??= scan.window(chunk, at));
    let read = scan.object(window, at);
    if (read !== 'cut' || window.end === chunk.length) return read;
    // The window moves on over a large chunk.
    window = this.#window = scan.window(chunk, at);
    read = scan.object(window, at);
    return read !== 'cut' || window.end === chunk.length ? read : undefined;
  }

  /** Reads on in a piece; when it is complete, uses it. Returns the next position. */
  #piece(chunk: Uint8Array, at: number, onItem: (raw: RawObject) => void): number {
    this.#pieceEnd ??= createPieceEnd();
    const end = findPieceEnd(this.#pieceEnd, chunk, at);
    if (end === -1) {
      this.#check(chunk.length - at);
      // A copy: the transport may use the chunk's buffer again.
      this.#fragments.push(copyOf(chunk, at, chunk.length));
      this.#held += chunk.length - at;
      return chunk.length;
    }
    this.#check(end - at);
    const whole = this.#held === 0 ? chunk.subarray(at, end) : join([...this.#fragments, chunk.subarray(at, end)]);
    this.#fragments = [];
    this.#held = 0;
    this.#pieceEnd = undefined;
    this.#use(whole, onItem);
    return end;
  }

  #use(whole: Uint8Array, onItem: (raw: RawObject) => void): void {
    switch (this.#place) {
      case 'key': {
        const key = parseJson(whole, 0, whole.length);
        this.#key = typeof key === 'string' ? key : '';
        this.#place = 'colon';
        return;
      }
      case 'item':
        this.#tell(scanObject(whole, 0, whole.length).raw, onItem);
        return;
      default: {
        const value = parseJson(whole, 0, whole.length);
        // `items: null` is an empty list; Go servers print it so.
        if (this.#key === 'items' && value === null) this.#hasItems = true;
        if (this.#key === 'kind' && typeof value === 'string') this.#kind = value;
        if (this.#key === 'metadata') this.#metadata = value;
        this.#place = 'after-value';
      }
    }
  }

  #tell(raw: RawObject | undefined, onItem: (raw: RawObject) => void): void {
    this.#place = 'after-item';
    if (raw === undefined) this.#skipped += 1;
    else onItem(raw);
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
