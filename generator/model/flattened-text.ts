const item = /^(?:[-*+]|\d+[.)])\s/;

/** A description as its author wrote it, as far as can be told, where a tool has made one line of what were several. */
export function unflattened(text: string): string {
  return withFences(withParagraphs(text));
}

/**
 * controller-gen before 0.13 made a blank of each line break, and " \n " of each empty line. Indented lines, which keep their tab, are
 * lines again too. Other texts stay as they are.
 */
function withParagraphs(text: string): string {
  if (!text.includes(' \n ') || /[^ ]\n|\n[^ ]/.test(text)) return text;
  const parts = text.split(' \n ').map((part) => (part.startsWith('\t') ? part.replaceAll(' \t', '\n\t') : part));
  return parts.reduce((before, part, i) => {
    const isList = item.test(part) && item.test(parts[i - 1] ?? '');
    return `${before}${isList ? '\n' : '\n\n'}${part}`;
  });
}

/** The fences of a block of code, which stand in the lines of its first and last words: in Markdown they need lines of their own. */
function withFences(text: string): string {
  return text.includes('``` ') ? text.replace(/^``` (?=\S)([^`]*\S) ```$/gm, '```\n$1\n```') : text;
}
