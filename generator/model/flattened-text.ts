const item = /^(?:[-*+]|\d+[.)])\s/;

/**
 * A description with its paragraphs, where controller-gen before 0.13 flattened it: it made a blank of each line break, and " \n " of
 * each empty line. Indented lines, which keep their tab, are lines again too. Other texts stay as they are.
 */
export function unflattened(text: string): string {
  if (!text.includes(' \n ') || /[^ ]\n|\n[^ ]/.test(text)) return text;
  const parts = text.split(' \n ').map((part) => (part.startsWith('\t') ? part.replaceAll(' \t', '\n\t') : part));
  return parts.reduce((before, part, i) => {
    const isList = item.test(part) && item.test(parts[i - 1] ?? '');
    return `${before}${isList ? '\n' : '\n\n'}${part}`;
  });
}
