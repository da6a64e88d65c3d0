import { jsonStreamStarts } from './json-positions.js';

interface DocumentText {
  readonly text: string;
  readonly start: number;
  /** How many lines stand before it. */
  readonly line: number;
}

/** What of a text is one document each, as far as that shows without reading it, and where it begins. */
export function* documentTexts(text: string): Generator<DocumentText> {
  const starts = jsonStreamStarts(text);
  if (starts === undefined) yield* yamlTexts(text);
  else yield* textsFrom(text, starts);
}

function* textsFrom(text: string, starts: readonly number[]): Generator<DocumentText> {
  let line = 0;
  for (const [i, start] of starts.entries()) {
    line += countLines(text.slice(starts[i - 1] ?? 0, start));
    yield { text: text.slice(start, starts[i + 1]), start, line };
  }
}

function* yamlTexts(text: string): Generator<DocumentText> {
  let start = 0;
  let line = 0;
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) {
    const chunk = text.slice(start, match.index);
    // Comments and directives stand in front of the first document.
    if (!/^[ \t]*[^ \t\r\n#%]/m.test(chunk)) continue;
    yield { text: chunk, start, line };
    line += countLines(chunk);
    start = match.index;
  }
  yield { text: text.slice(start), start, line };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
