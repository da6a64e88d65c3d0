/**
 * A description whose notes for developers are a paragraph. In Go's sources they stand below a line `---`, and controller-gen before 0.15
 * left them in: in Markdown, which editors read, such a line makes a heading of the text above it. Older ones made one line of it all.
 */
export function notesApart(text: string): string {
  // In a block of code the dashes part documents.
  if (!text.includes('---') || text.includes('```')) return text;
  return text.replace(/(\S[ \t]*)\n---[ \t]*\n(?=[ \t]*\S)/g, '$1\n\n').replace(/(?<=[.!?:)]) --- (?=[A-Z])/g, '\n\n');
}
