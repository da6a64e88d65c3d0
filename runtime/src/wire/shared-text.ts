import { readString } from './json-scan.js';

/** As many texts as a cluster has namespaces, roughly; a power of two. */
const SLOTS = 512;
/** Longer texts are not worth comparing: a namespace has at most 63 characters. */
const LONGEST = 64;

/**
 * Makes a reader of JSON strings that gives the same string for the same bytes, as far as it remembers: what stands in each object
 * is decoded and kept once. `[start, end)` is the string with its quotes.
 */
export function createSharedText(): (bytes: Uint8Array, start: number, end: number) => string {
  const slots: (string | undefined)[] = Array.from({ length: SLOTS });
  return (bytes, start, end) => {
    if (end - start - 2 > LONGEST) return readString(bytes, start, end);
    let hash = 0;
    for (let i = start + 1; i < end - 1; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = slots[slot];
    if (known !== undefined && isSame(known, bytes, { start: start + 1, end: end - 1 })) return known;
    const text = readString(bytes, start, end);
    slots[slot] = text;
    return text;
  };
}

/** Whether the bytes are exactly this text, in ASCII and without escapes. */
function isSame(text: string, bytes: Uint8Array, range: { start: number; end: number }): boolean {
  if (text.length !== range.end - range.start) return false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    // A backslash in the text was written with two; the same bytes would be another text.
    if (c !== bytes[range.start + i] || c > 127 || c === 92) return false;
  }
  return true;
}
