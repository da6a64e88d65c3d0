import { copyOf, join } from './bytes.js';
import { quickBytes } from './quick-bytes.js';
import { WireError } from './wire-error.js';

/** Called with the range of one line; the bytes are valid only during the call. */
export type OnLine = (bytes: Uint8Array, start: number, end: number) => void;

/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  /** Tells each line that `chunk` completes. Throws a `WireError` (`overflow`) for a line over `maxLineBytes`. */
  feed(chunk: Uint8Array, onLine: OnLine): void;
  /** How many bytes of an unfinished line are held. */
  readonly pending: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;

/**
 * Lines end with LF; a CR before it is dropped, blank lines are skipped, an unfinished last line is never told (W4).
 * Bytes, not text: a chunk may end inside a character, and U+2028 in a string is no line end.
 */
export function createLineSplitter({ maxLineBytes }: { maxLineBytes: number }): LineSplitter {
  // Fragments are joined once, when the line ends: joining at each chunk would cost the square of the line's length.
  let fragments: Uint8Array[] = [];
  let pending = 0;

  const tell = (bytes: Uint8Array, range: { start: number; end: number }, onLine: OnLine): void => {
    const end = range.end > range.start && bytes[range.end - 1] === CR ? range.end - 1 : range.end;
    if (end > range.start && !isBlank(bytes, range.start, end)) onLine(bytes, range.start, end);
  };
  const check = (length: number): void => {
    if (length > maxLineBytes) throw new WireError('overflow', `a line is longer than ${maxLineBytes} bytes`);
  };

  return {
    get pending() {
      return pending;
    },
    feed(chunk, onLine) {
      const searched = quickBytes(chunk);
      let start = 0;
      for (let end = searched.indexOf(LF); end !== -1; end = searched.indexOf(LF, start)) {
        check(pending + end - start);
        if (pending === 0) {
          tell(chunk, { start, end }, onLine);
        } else {
          // The chunk's buffer may be used again by the transport, so the last piece is copied with the others.
          const line = join([...fragments, chunk.subarray(start, end)]);
          fragments = [];
          pending = 0;
          tell(line, { start: 0, end: line.length }, onLine);
        }
        start = end + 1;
      }
      if (start === chunk.length) return;
      check(pending + chunk.length - start);
      fragments.push(copyOf(chunk, start, chunk.length));
      pending += chunk.length - start;
    },
  };
}

/** Blanks between two JSON texts mean nothing, to other clients neither. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte !== SPACE && byte !== TAB && byte !== CR) return false;
  }
  return true;
}
