/** What to say of a key that its object already has, so many lines further up; 0 where that is not known, or the same line. */
export function keyTwiceMessage(key: string, linesUp: number): string {
  const named = key === '' ? 'this key' : `the key ${JSON.stringify(key.length > 60 ? `${key.slice(0, 57)}...` : key)}`;
  const where = linesUp === 0 ? '' : `, ${linesUp} ${linesUp === 1 ? 'line' : 'lines'} further up`;
  return `${named} was already there in the same object${where}`;
}

/** The same of a key that begins at `at` of a YAML text, behind its quote if it has one. */
export function keyTwiceInYaml(text: string, at: number): string {
  const key = keyAt(text, at);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(start, at);
  const isInBlock = /^[- ]*["']?$/.test(before);
  return keyTwiceMessage(
    key,
    isInBlock ? linesUpTo(key, text, { start, indent: before.replace(/["']$/, '').length }) : 0,
  );
}

/** How many lines above `start` the same key stands as far to the right, in a block that begins there or above; 0 where it does not. */
function linesUpTo(key: string, text: string, place: { readonly start: number; readonly indent: number }): number {
  const { indent } = place;
  for (let { start } = place, up = 1; start > 0; up += 1) {
    const end = start - 1;
    start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    const before = line.slice(0, indent).trimStart();
    const quote = /^["']/.test(line.slice(indent)) ? 1 : 0;
    if (/^[- ]*$/.test(before) && line[indent] !== ' ' && keyAt(line, indent + quote) === key) return up;
    // What stands further to the left is outside of the object, or the dash before its first key.
    if ((before !== '' && !before.startsWith('#')) || line.startsWith('---')) return 0;
  }
  return 0;
}

const plainKey = /(?:[^\n\r:"',}]|:(?! |$))*/my;

function keyAt(text: string, at: number): string {
  plainKey.lastIndex = at;
  return plainKey.exec(text)?.[0].trim() ?? '';
}
