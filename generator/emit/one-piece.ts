/**
 * The same text. V8 keeps a text that was put together as a tree of its pieces until somebody looks at a character: of a text that is kept,
 * the tree would take more room than the characters, and be copied with each collection of garbage.
 */
export function inOnePiece(text: string): string {
  return Number.isNaN(text.charCodeAt(0)) ? '' : text;
}
