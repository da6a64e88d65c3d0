import { giveUp } from './give-up.js';
import { newline, skipSpaces } from './character-codes.js';
import type { Lines } from './lines.js';

/** Reads a text after `|` or `>` and goes to the line after it. `from` is the place of that sign. */
export function readBlockText(
  lines: Lines,
  { from, parent }: { readonly from: number; readonly parent: number },
): string {
  const { text } = lines;
  const folded = text[from] === '>';
  const strips = text[from + 1] === '-';
  const header = from + (strips ? 2 : 1);
  if (!lines.isBlank(header)) giveUp();
  const { rows, end } = readRows(lines, { start: lines.endOfLine(header) + 1, parent });
  lines.enter(end);
  if (rows.length === 0) return '';
  const value = folded ? fold(rows) : rows.join('\n');
  return strips ? value : `${value}\n`;
}

/** The rows of the text without their indentation and without empty ones at the end, and where the next line begins. */
function readRows(
  lines: Lines,
  { start, parent }: { readonly start: number; readonly parent: number },
): { rows: string[]; end: number } {
  const { text } = lines;
  const rows: string[] = [];
  let at = start;
  let indent = -1;
  let empty = 0;
  while (at < text.length) {
    const content = skipSpaces(text, at);
    const isEmpty = content >= text.length || text.charCodeAt(content) === newline;
    const isDeeper = indent !== -1 && content - at > indent;
    // Spaces alone are text where they stand further to the right, and a fault before the first row.
    if (isEmpty && (isDeeper || (indent === -1 && content - at > parent + 1))) giveUp();
    if (isEmpty) empty += 1;
    else {
      if (indent === -1) indent = content - at;
      if (content - at < indent || indent <= parent) break;
      for (; empty > 0; empty -= 1) rows.push('');
    }
    const end = lines.endOfLine(content);
    if (!isEmpty) rows.push(text.slice(at + indent, end));
    at = end + 1;
  }
  return { rows, end: at };
}

/** Rows of a folded text: a line end is a space; with empty lines after it, those. */
function fold(rows: readonly string[]): string {
  let value = '';
  let empty = 0;
  for (const row of rows) {
    // Rows that stand further to the right keep their line ends.
    if (row.startsWith(' ') || row.startsWith('\t')) giveUp();
    if (row === '') empty += 1;
    else {
      value += value === '' ? '\n'.repeat(empty) : empty === 0 ? ' ' : '\n'.repeat(empty);
      value += row;
      empty = 0;
    }
  }
  return value;
}
