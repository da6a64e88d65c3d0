import { WireError } from './wire-error.js';

/** Bytes of JSON's punctuation. */
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const BACKSLASH = 92;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

const decoder = new TextDecoder();

/** The text of a range of bytes. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
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
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  let i = at + 1;
  while (i < end) {
    const c = bytes[i];
    if (c === QUOTE) return i + 1;
    i += c === BACKSLASH ? 2 : 1;
  }
  throw new WireError('decode', 'a string does not end');
}

/**
 * The position after the value that starts at `at`. Only brackets and strings are looked at: what is inside is judged by
 * the parse. Iterative, so that no depth of nesting overflows the stack.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at, end);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipScalar(bytes, at, end);
  let depth = 0;
  let i = at;
  while (i < end) {
    const c = bytes[i];
    if (c === QUOTE) {
      i = skipString(bytes, i, end);
      continue;
    }
    i += 1;
    if (c === OPEN_BRACE || c === OPEN_BRACKET) depth += 1;
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  throw new WireError('decode', 'a value does not end');
}

function skipScalar(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end) {
    const c = bytes[i];
    if (c === COMMA || c === CLOSE_BRACE || c === CLOSE_BRACKET || c === 32 || c === 10 || c === 13 || c === 9) break;
    i += 1;
  }
  if (i === at) throw new WireError('decode', 'a value is missing');
  return i;
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

/**
 * Walks the members of the object that opens at `at`; returns the position after its end, or earlier when `isEnough` says so.
 */
export function walkObject(
  bytes: Uint8Array,
  range: { at: number; end: number; isEnough?: () => boolean },
  onMember: OnMember,
): number {
  const { at, end, isEnough } = range;
  if (bytes[at] !== OPEN_BRACE) throw new WireError('decode', 'an object is expected');
  let i = skipSpace(bytes, at + 1, end);
  if (i < end && bytes[i] === CLOSE_BRACE) return i + 1;
  while (i < end) {
    if (bytes[i] !== QUOTE) throw new WireError('decode', 'a key is expected');
    const keyEnd = skipString(bytes, i, end);
    const colon = skipSpace(bytes, keyEnd, end);
    if (colon >= end || bytes[colon] !== COLON) throw new WireError('decode', 'a colon is expected');
    i = skipSpace(bytes, onMember({ start: i, end: keyEnd }, skipSpace(bytes, colon + 1, end)), end);
    if (isEnough?.() === true) return i;
    if (i < end && bytes[i] === CLOSE_BRACE) return i + 1;
    if (i >= end || bytes[i] !== COMMA) throw new WireError('decode', 'a comma is expected');
    i = skipSpace(bytes, i + 1, end);
  }
  throw new WireError('decode', 'an object does not end');
}
