import { endOfBytes, WireError } from './wire-error.js';

/** Bytes of JSON's punctuation. */
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const BACKSLASH = 92;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** How deep arrays and objects may be nested: as deep as the API server itself reads. */
const MAX_DEPTH = 10_000;

// `bytes[i] as number` below: `i` is always checked against `end` before, which the compiler cannot see.

/** 1: may stand in a string as it is. */
const plain: Uint8Array = new Uint8Array(256).fill(1, 32);
plain[QUOTE] = 0;
plain[BACKSLASH] = 0;

/** For each open bracket whether it is an object's. One for all calls: nothing below calls back. */
const open: Uint8Array = new Uint8Array(MAX_DEPTH);

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a range of bytes; what is no UTF-8 becomes U+FFFD. */
function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** The first position from `at` that is no white space, at most `end`. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const c = bytes[i];
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) break;
    i += 1;
  }
  return i;
}

/** The position after the string whose opening quote is at `at`. */
function skipString(bytes: Uint8Array, at: number, end: number): number {
  let i = at + 1;
  while (i < end) {
    const c = bytes[i] as number;
    i += 1;
    if (plain[c] === 1) continue;
    if (c === QUOTE) return i;
    if (c !== BACKSLASH) throw new WireError('decode', 'a control character stands in a string');
    i = skipEscape(bytes, i, end);
  }
  throw endOfBytes;
}

/** The position after the escape whose backslash is before `at`. */
function skipEscape(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) throw endOfBytes;
  switch (bytes[at]) {
    case QUOTE:
    case BACKSLASH:
    case 47: // "/"
    case 98: // b
    case 102: // f
    case 110: // n
    case 114: // r
    case 116: // t
      return at + 1;
    case 117: {
      // uXXXX
      for (let i = at + 1; i <= at + 4; i += 1) {
        if (i >= end) throw endOfBytes;
        if (!isHex(bytes[i] as number)) throw new WireError('decode', 'a broken escape stands in a string');
      }
      return at + 5;
    }
    default:
      throw new WireError('decode', 'a broken escape stands in a string');
  }
}

function isHex(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
}

/** What may come next in a value. */
const VALUE = 0;
const KEY = 1;
const COMMA_OR_CLOSE = 2;
const VALUE_OR_CLOSE = 3;
const KEY_OR_CLOSE = 4;

/**
 * The position after the value that starts at `at`. What it passes, `JSON.parse` takes: bytes can be kept now and parsed when they
 * are read. One loop, so that no depth of nesting overflows the stack. Throws a `WireError` (`decode`), `endOfBytes` when the
 * bytes end before the value does.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  let depth = 0;
  let inObject = 0;
  let next = VALUE;
  while (i < end) {
    const c = bytes[i] as number;
    if (c === QUOTE) {
      i = skipString(bytes, i, end);
      if (next === KEY || next === KEY_OR_CLOSE) {
        i = skipColon(bytes, i, end);
        next = VALUE;
      } else if (next === COMMA_OR_CLOSE) throw unexpected('a string');
      else if (depth === 0) return i;
      else next = COMMA_OR_CLOSE;
      continue;
    }
    i += 1;
    if (c === COMMA) {
      if (next !== COMMA_OR_CLOSE) throw unexpected('a comma');
      next = inObject;
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (next !== VALUE && next !== VALUE_OR_CLOSE) throw unexpected('an opening bracket');
      if (depth === MAX_DEPTH) throw new WireError('decode', `nested deeper than ${MAX_DEPTH}`);
      open[depth] = inObject;
      depth += 1;
      inObject = c === OPEN_BRACE ? KEY : VALUE;
      next = c === OPEN_BRACE ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
    } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      const closes = next === COMMA_OR_CLOSE || next === (c === CLOSE_BRACE ? KEY_OR_CLOSE : VALUE_OR_CLOSE);
      if (!closes || depth === 0 || inObject !== (c === CLOSE_BRACE ? KEY : VALUE))
        throw unexpected('a closing bracket');
      depth -= 1;
      if (depth === 0) return i;
      inObject = open[depth] as number;
      next = COMMA_OR_CLOSE;
    } else if (c !== 32 && c !== 10 && c !== 13 && c !== 9) {
      if (next !== VALUE && next !== VALUE_OR_CLOSE) throw unexpected('a value');
      i = skipScalar(bytes, i - 1, end);
      if (depth === 0) return i;
      next = COMMA_OR_CLOSE;
    }
  }
  throw endOfBytes;
}

/** The position after the colon that must follow a key, with what space there is. */
function skipColon(bytes: Uint8Array, at: number, end: number): number {
  const i = skipSpace(bytes, at, end);
  if (i >= end) throw endOfBytes;
  if (bytes[i] !== COLON) throw unexpected('no colon');
  return i + 1;
}

/** The position after the number, `true`, `false` or `null` at `at`. */
function skipScalar(bytes: Uint8Array, at: number, end: number): number {
  switch (bytes[at]) {
    case 116:
      return skipWord(bytes, { at, end, word: 'true' });
    case 102:
      return skipWord(bytes, { at, end, word: 'false' });
    case 110:
      return skipWord(bytes, { at, end, word: 'null' });
    default:
      return skipNumber(bytes, at, end);
  }
}

function skipWord(bytes: Uint8Array, o: { at: number; end: number; word: string }): number {
  for (let i = 0; i < o.word.length; i += 1) {
    if (o.at + i >= o.end) throw endOfBytes;
    if (bytes[o.at + i] !== o.word.charCodeAt(i)) throw unexpected('a word');
  }
  return o.at + o.word.length;
}

function skipNumber(bytes: Uint8Array, at: number, end: number): number {
  let i = bytes[at] === 45 ? at + 1 : at;
  // No leading zeros.
  i = i < end && bytes[i] === 48 ? i + 1 : skipDigits(bytes, i, end);
  if (i < end && bytes[i] === 46) i = skipDigits(bytes, i + 1, end);
  if (i < end && (bytes[i] === 101 || bytes[i] === 69)) {
    i += 1;
    if (i < end && (bytes[i] === 43 || bytes[i] === 45)) i += 1;
    i = skipDigits(bytes, i, end);
  }
  return i;
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && (bytes[i] as number) >= 48 && (bytes[i] as number) <= 57) i += 1;
  if (i >= end && i === at) throw endOfBytes;
  if (i === at) throw unexpected('a value');
  return i;
}

function unexpected(what: string): WireError {
  return new WireError('decode', `not valid JSON: ${what} where none can be`);
}

/** The text of the string in `[start, end)`, quotes included. */
export function readString(bytes: Uint8Array, start: number, end: number): string {
  for (let i = start + 1; i < end - 1; i += 1) {
    if (bytes[i] === BACKSLASH) return parseString(bytes, start, end);
  }
  return decodeText(bytes, start + 1, end - 1);
}

function parseString(bytes: Uint8Array, start: number, end: number): string {
  const value = parseJson(bytes, start, end);
  if (typeof value !== 'string') throw new WireError('decode', 'a string is not one');
  return value;
}

/** The value in `[start, end)`; a `WireError` when it is no JSON. */
export function parseJson(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(decodeText(bytes, start, end));
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new WireError('decode', 'not valid JSON');
  }
}

/** Called for each member: where its key is (quotes included) and where its value starts. Returns where the value ends. */
export type OnMember = (key: { start: number; end: number }, value: number) => number;

/** Walks the members of the object that opens at `at`; returns the position after its end. Throws as `skipValue`. */
export function walkObject(bytes: Uint8Array, range: { at: number; end: number }, onMember: OnMember): number {
  const { at, end } = range;
  if (at >= end) throw endOfBytes;
  if (bytes[at] !== OPEN_BRACE) throw new WireError('decode', 'an object is expected');
  let i = skipSpace(bytes, at + 1, end);
  if (i < end && bytes[i] === CLOSE_BRACE) return i + 1;
  while (i < end) {
    if (bytes[i] !== QUOTE) throw new WireError('decode', 'a key is expected');
    const keyEnd = skipString(bytes, i, end);
    const value = skipSpace(bytes, skipColon(bytes, keyEnd, end), end);
    i = skipSpace(bytes, onMember({ start: i, end: keyEnd }, value), end);
    if (i >= end) break;
    if (bytes[i] === CLOSE_BRACE) return i + 1;
    if (bytes[i] !== COMMA) throw new WireError('decode', 'a comma is expected');
    i = skipSpace(bytes, i + 1, end);
  }
  throw endOfBytes;
}
