import { giveUp } from './give-up.js';
import { newline, skipSpaces, space } from './character-codes.js';
import type { Lines } from './lines.js';

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  [' ', ' '],
]);

/** Reads a text in quotes, over as many lines as it takes, and goes to the line after it. `from` is the place of the first quote. */
export function readQuoted(lines: Lines, { from, parent }: { readonly from: number; readonly parent: number }): string {
  const { text } = lines;
  const quote = text[from];
  let value = '';
  let at = from + 1;
  // What stands before `done` is in the value.
  let done = at;
  for (;;) {
    const char = text[at];
    // Tabs count as spaces at the ends of lines only.
    if (char === undefined || char === '\t') return giveUp();
    if (char === quote) {
      value += text.slice(done, at);
      if (quote === '"' || text[at + 1] !== "'") break;
      value += "'";
      at = done = at + 2;
    } else if (char === '\\' && quote === '"') {
      value += text.slice(done, at);
      const escape = readEscape(lines, { at: at + 1, parent });
      value += escape.value;
      at = done = escape.end;
    } else if (char === '\n') {
      const fold = readFold(lines, { at, parent });
      value += withoutSpacesAtEnd(text.slice(done, at)) + fold.value;
      at = done = fold.end;
    } else {
      at += 1;
    }
  }
  lines.leave(at + 1);
  return value;
}

function withoutSpacesAtEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === space) end -= 1;
  return text.slice(0, end);
}

interface Piece {
  readonly value: string;
  readonly end: number;
}

function readEscape({ text }: Lines, { at, parent }: { readonly at: number; readonly parent: number }): Piece {
  const char = text[at] ?? '';
  if (char === '\n') {
    const next = readLineStart(text, { at: at + 1, parent });
    return next === undefined ? giveUp() : { value: '', end: next };
  }
  if (char === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) {
    return { value: String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16)), end: at + 5 };
  }
  return { value: escapes.get(char) ?? giveUp(), end: at + 1 };
}

/** A line end within quotes is a space; with empty lines after it, those. */
function readFold({ text }: Lines, { at, parent }: { readonly at: number; readonly parent: number }): Piece {
  let empty = 0;
  let start = at + 1;
  let end = readLineStart(text, { at: start, parent });
  while (end === undefined) {
    empty += 1;
    start = text.indexOf('\n', start) + 1;
    end = readLineStart(text, { at: start, parent });
  }
  return { value: empty === 0 ? ' ' : '\n'.repeat(empty), end };
}

/** Where a line within quotes begins after its indentation; `undefined` for an empty line. */
function readLineStart(
  text: string,
  { at, parent }: { readonly at: number; readonly parent: number },
): number | undefined {
  const start = skipSpaces(text, at);
  if (start >= text.length) return giveUp();
  if (text.charCodeAt(start) === newline) return undefined;
  return start - at > parent ? start : giveUp();
}
