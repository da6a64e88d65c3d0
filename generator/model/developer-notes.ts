/**
 * A description whose notes for developers are a paragraph. In Go's sources they stand below a line `---`, and controller-gen before 0.15
 * left them in: in Markdown, which editors read, such a line makes a heading of the text above it. Older ones made one line of it all.
 */
export function notesApart(text: string): string {
  // In a block of code the dashes part documents.
  if (!text.includes('---') || text.includes('```')) return text;
  return withoutLastDashes(text)
    .replace(/(\S[ \t]*)\n---[ \t]*\n(?=[ \t]*\S)/g, '$1\n\n')
    .replace(/(?<=[.!?:)]) --- (?=[A-Z])/g, '\n\n');
}

/** Of dashes with no notes below them nothing is left: in Markdown they make a heading, too. */
function withoutLastDashes(text: string): string {
  const above = text.endsWith('---') ? text.slice(0, -3) : '';
  return /(?:\n|[.!?:)] )$/.test(above) ? above.trimEnd() : text;
}
