/** Narrower columns would hold one word a line. */
const LEAST = 24;

/**
 * Breaks the lines of a help text between words, for a terminal of so many columns. What stands in a second column goes on below it, or,
 * where there is no room beside the first, on lines of its own.
 */
export function wrapHelp(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= columns ? [line] : wrapLine(line, columns)))
    .join('\n');
}

function wrapLine(line: string, columns: number): string[] {
  const [, first = '', gap = '', second = ''] = /^( +\S.*?)( {2,})(\S.*)$/.exec(line) ?? [];
  const lead = ' '.repeat(line.search(/\S/));
  if (second === '') return fill(line.trimStart(), { lead, columns });
  const indent = first.length + gap.length;
  if (columns - indent >= LEAST) {
    const [start = '', ...rest] = fill(second, { lead: ' '.repeat(indent), columns });
    return [`${first}${gap}${start.trimStart()}`, ...rest];
  }
  return [...fill(first.trimStart(), { lead, columns }), ...fill(second, { lead: ' '.repeat(10), columns })];
}

/** Words on lines that begin with `lead`. A word that is longer than a line stays whole. */
function fill(text: string, { lead, columns }: { readonly lead: string; readonly columns: number }): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && lead.length + line.length + 1 + word.length > columns) {
      lines.push(lead + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, lead + line];
}
