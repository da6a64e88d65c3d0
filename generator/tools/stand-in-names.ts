/**
 * A copy of a document of JSON in which another name stands for each of some, and the way back in what a tool prints of it. A tool may
 * ask an object for what every object inherits (`schema.hasOwnProperty(…)`), and find a field of the document. The names are changed
 * wherever they occur, in references and texts, too, so that all stays right.
 */
export function withStandIns<T extends object>(
  document: T,
  names: readonly string[],
): { readonly document: T; readonly restore: (text: string) => string } {
  const name = names.join('|');
  return {
    document: JSON.parse(JSON.stringify(document).replace(new RegExp(name, 'g'), '$&_')) as T,
    restore: (text) => text.replace(new RegExp(`(${name})_`, 'g'), '$1'),
  };
}
