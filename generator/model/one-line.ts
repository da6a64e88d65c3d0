/** A text without its line breaks and the blanks around them, in time that grows with its length only. */
export function oneLine(text: string): string {
  if (!text.includes('\n')) return text.trim();
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}
