import { giveUp } from './give-up.js';
import { colon, hash, newline, space, tab } from './character-codes.js';
import type { Lines } from './lines.js';

/** Words that stand for something else than themselves without quotes, as keys too (V18). */
export const plainWords: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE', 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
]);

/** Signs that begin something else than plain text, or may. */
const otherStart = /[-?:,[\]{}#&*!|>'"%@`<=+.0-9]/;
const number = /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,9})\.\d{1,9})$/;
/** What begins like a number and is none, whatever YAML calls a number: it holds a sign that none has, or two dots. */
const noNumber = /[ g-mp-wyzG-MP-WYZ/%$#,;()]|^\d+\.\d+\./;
const infinity = /^[-+]?\.inf$/i;

/** Plain text without a line end, as the value that it stands for. */
export function resolvePlain(text: string): string | number | boolean | null {
  if (!otherStart.test(text[0] ?? '#')) {
    if (text.length > 5) return text;
    const word = plainWords.get(text);
    return word === undefined ? text : word;
  }
  if (number.test(text)) return Number(text);
  return checkStart(text);
}

function checkStart(text: string): string {
  return /^(?:[0-9]|[-+.=][^ ]|\. )/.test(text) && noNumber.test(text) && !infinity.test(text) ? text : giveUp();
}

/** Reads plain text, over as many lines as it takes, and goes to the line after it. `from` is the place of its first character. */
export function readPlain(
  lines: Lines,
  { from, parent }: { readonly from: number; readonly parent: number },
): string | number | boolean | null {
  const { text } = lines;
  let part = readPart(text, from);
  const first = text.slice(from, part.end);
  lines.enter(lines.endOfLine(part.end) + 1);
  let more = '';
  while (lines.indent > parent && !part.isLast) {
    const empty = emptyLines(text, { from: part.end, to: lines.start });
    if (empty === undefined) break;
    part = readPart(text, lines.content);
    more += (empty === 0 ? ' ' : '\n'.repeat(empty)) + text.slice(lines.content, part.end);
    lines.enter(lines.endOfLine(part.end) + 1);
  }
  if (more === '') return resolvePlain(first);
  // Text of several lines is a text whatever it looks like; only its first sign must not mean something else.
  if (otherStart.test(first[0] ?? '#')) checkStart(`${first} `);
  return first + more;
}

/** The part of plain text that stands on one line: where it ends, and whether a comment after it ends the text too. */
function readPart(text: string, from: number): { end: number; isLast: boolean } {
  let end = from;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === newline) break;
    if (code === space) continue;
    if (code === hash && at > from && text.charCodeAt(at - 1) === space) return { end, isLast: true };
    if (code === tab) giveUp();
    if (code === colon) {
      const next = text.charCodeAt(at + 1);
      // A map where none may be, or the end of the text.
      if (next === space || next === newline || Number.isNaN(next)) giveUp();
    }
    end = at + 1;
  }
  return { end, isLast: false };
}

/** How many empty lines there are in between; `undefined` if there is a comment, which ends plain text. */
function emptyLines(text: string, { from, to }: { readonly from: number; readonly to: number }): number | undefined {
  let ends = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === newline) ends += 1;
    else if (code !== space) return undefined;
  }
  return ends - 1;
}
