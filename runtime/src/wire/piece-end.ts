import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-scan.js';

/** How far the search for the end of a JSON value has come: the value comes in pieces, and each byte is looked at once. */
export interface PieceEnd {
  depth: number;
  inString: boolean;
  /** The last byte was a backslash in a string. */
  escaped: boolean;
}

/** A search that has not begun. */
export function createPieceEnd(): PieceEnd {
  return { depth: 0, inString: false, escaped: false };
}

/**
 * The position after the value that starts or goes on at `at`, or -1 when it goes on after this chunk. Only strings and brackets
 * count: the rest is judged by who reads it. A scalar ends before what follows it.
 */
export function findPieceEnd(search: PieceEnd, chunk: Uint8Array, at: number): number {
  const { length } = chunk;
  let { depth } = search;
  let i = search.escaped ? at + 1 : at;
  search.escaped = false;
  for (;;) {
    if (search.inString) {
      i = stringEnd(search, chunk, i);
      if (i === -1) break;
      search.inString = false;
      if (depth === 0) return i;
    }
    if (i >= length) break;
    const c = chunk[i];
    i += 1;
    if (c === QUOTE) search.inString = true;
    else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth += 1;
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
      if (depth === 0) return i - 1;
      depth -= 1;
      if (depth === 0) return i;
    } else if (depth === 0 && (c === COMMA || c === 32 || c === 10 || c === 13 || c === 9)) return i - 1;
  }
  search.depth = depth;
  return -1;
}

/** The position after the closing quote, or -1. */
function stringEnd(search: PieceEnd, chunk: Uint8Array, at: number): number {
  const { length } = chunk;
  let i = at;
  while (i < length) {
    const c = chunk[i];
    i += 1;
    if (c === QUOTE) return i;
    if (c === BACKSLASH) i += 1;
  }
  search.escaped = i > length;
  return -1;
}
