import { oneLine } from '../model/one-line.js';
import type { Docs } from '../model/resource.js';
import { asMarkdown, fence } from './markdown.js';
import { commentText } from './text.js';

const lineWidth = 120;

/** How docs are printed. */
export interface JsdocOptions {
  readonly indent: string;
  /** Without docs only the bare `@deprecated` is left. */
  readonly docs: boolean;
}

/** What a comment of our own says. */
export interface Note {
  /** Text that needs no escaping; left out without docs. */
  readonly text: string;
  readonly docs: boolean;
  /** The warning of a deprecated version, which is no description: it is said in any case. */
  readonly deprecated: string | undefined;
}

/** A comment of our own. */
export function note({ text, docs, deprecated }: Note): string {
  const lines = docs ? [text] : [];
  const warning = deprecated === undefined ? [] : deprecation(deprecated, lineWidth - 3);
  return comment([...lines, ...warning], '');
}

function deprecation(reason: string, room: number): string[] {
  return wrapWords(`@deprecated ${tagText(asMarkdown(reason))}`.trimEnd(), { room, hang: '  ' });
}

/** A JSDoc comment with the line break after it; empty when there is nothing to say. */
export function jsdoc(docs: Docs, { indent, docs: isWanted }: JsdocOptions): string {
  const isDeprecated = docs.deprecated !== undefined;
  if (!isWanted) return isDeprecated ? `${indent}/** @deprecated */\n` : '';
  const room = lineWidth - indent.length - 3;
  const lines = wrapText(docs.description, room);
  if (docs.rules.length > 0) {
    if (lines.length > 0) lines.push('');
    for (const rule of docs.rules) addTo(lines, wrapText(docs.rules.length > 1 ? `- ${rule}` : rule, room));
  }
  const tags = docs.tags.map(([name, text]) => (text === '' ? `@${name}` : `@${name} ${tagText(text)}`));
  const tagLines = tags.flatMap((tag) => wrapWords(tag, { room, hang: '  ' }));
  if (docs.deprecated !== undefined) addTo(tagLines, deprecation(docs.deprecated, room));
  if (tagLines.length > 0 && lines.length > 0) lines.push('');
  addTo(lines, tagLines);
  return comment(lines, indent);
}

/** The comment above a field. */
export type FieldComment = (docs: Docs) => string;

/**
 * Prints the comments of fields. Nearly all hold a description and nothing else, and many modules have the same ones: each is wrapped
 * once.
 */
export function fieldComments(isWanted: boolean): FieldComment {
  const known = new Map<string, string>();
  return (docs) => {
    const { description, deprecated, rules, tags } = docs;
    const print = (): string => jsdoc(docs, { indent: '  ', docs: isWanted });
    if (deprecated !== undefined || rules.length > 0 || tags.length > 0) return print();
    const before = known.get(description);
    if (before !== undefined) return before;
    const text = print();
    known.set(description, text);
    return text;
  };
}

/** Lines of one text may be more than one call takes arguments. */
function addTo(lines: string[], more: readonly string[]): void {
  for (const line of more) lines.push(line);
}

function comment(lines: readonly string[], indent: string): string {
  const [only, ...more] = lines;
  if (only === undefined) return '';
  const single = `${indent}/** ${only} */`;
  if (more.length === 0 && single.length <= lineWidth) return `${single}\n`;
  const body = lines.map((line) => (line === '' ? `${indent} *\n` : `${indent} * ${line}\n`)).join('');
  return `${indent}/**\n${body}${indent} */\n`;
}

function tagText(text: string): string {
  return commentText(oneLine(text));
}

/** Wraps text of a schema: its own line breaks, paragraphs, lists and code blocks stay. */
function wrapText(text: string, room: number): string[] {
  if (text === '') return [];
  const shown = commentText(asMarkdown(text));
  if (shown.length <= room && !shown.includes('\n')) return [shown];
  const raw = shown.split('\n').map((line) => line.trimEnd());
  const lines: string[] = [];
  let isFenced = false;
  let carried = '';
  for (const [i, own] of raw.entries()) {
    const line = carried + (carried === '' ? own : own.trimStart());
    carried = '';
    // Only these can start a fence or a code block; most lines need no further question.
    const mayBeCode = /^[\s`]/.test(line);
    const isFence = mayBeCode && fence.test(line);
    if (isFence) isFenced = !isFenced;
    if (line === '' && (lines.length === 0 || lines.at(-1) === '')) continue;
    if (line.length <= room || isFence || isFenced || (mayBeCode && /^(?: {4}|\t)/.test(line))) {
      lines.push(line);
      continue;
    }
    const hang = hangOf(line);
    const wrapped = wrapWords(line, { room, hang });
    // The last few words would make a short line in the midst of a sentence.
    if (wrapped.length > 1 && goesOn(raw[i + 1], hang)) carried = `${wrapped.pop()} `;
    addTo(lines, wrapped);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Whether a line is the rest of the sentence before it: it stands in as far, no code block, and starts with a small letter. */
function goesOn(line: string | undefined, hang: string): boolean {
  return line !== undefined && hang.length < 4 && line.startsWith(hang) && /^[a-z(]/.test(line.slice(hang.length));
}

/** How far the lines after the first one stand in: below the text of a list item. */
function hangOf(line: string): string {
  const marker = /^\s*(?:(?:[-*+]|\d+[.)])\s+)?/.exec(line)?.[0] ?? '';
  return ' '.repeat(marker.length);
}

const blockMarker = /(?:>|```|~~~|(?:[-+*]|1[.)]|#{1,6})(?: |$))/y;

/** Whether a line that begins there would begin a quote, code, a list or a heading, as editors read it: Markdown. */
function opensBlockAt(line: string, at: number): boolean {
  blockMarker.lastIndex = at;
  return blockMarker.test(line);
}

function wrapWords(line: string, { room, hang }: { readonly room: number; readonly hang: string }): string[] {
  const lines: string[] = [];
  let [start, indent, least] = [0, '', hang.length];
  while (indent.length + line.length - start > room) {
    const end = start + room - indent.length;
    let before = line.lastIndexOf(' ', end);
    while (before > start + least && opensBlockAt(line, before + 1)) before = line.lastIndexOf(' ', before - 1);
    // A word longer than the line stands alone: it may be an address.
    const cut = before > start + least ? before : line.indexOf(' ', end);
    if (cut < 0) break;
    lines.push(indent + line.slice(start, cut).trimEnd());
    for (start = cut; line[start] === ' ';) start += 1;
    [indent, least] = [hang, 0];
  }
  lines.push(indent + line.slice(start));
  return lines;
}
