/** Codes of the characters that lines are read by. */
export const space = 32;
export const hash = 35;
export const dash = 45;
export const colon = 58;
export const newline = 10;
export const tab = 9;

/** The first character at `from` or behind it that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at += 1;
  return at;
}
