/**
 * Why the API server cannot take a `pattern`, or `undefined`. Its patterns are RE2: no look-around, no back references. JavaScript
 * reads the rest as RE2 does, except for what only RE2 has (`(?i)`, `\A`, `\z`, POSIX classes), which is not judged here.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function patternFault(pattern: string): string | undefined {
  // Escapes and classes first: `\(?=` and `[(?=]` look for these characters themselves.
  const bare = pattern.replaceAll(/\\Q[^]*?(?:\\E|$)|\\[^1-9]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/g, '.');
  if (/\(\?(?:[=!]|<[=!])/.test(bare)) return 'it looks ahead or behind, which RE2 cannot';
  if (/\\[1-9]/.test(bare)) return 'it refers back to a group, which RE2 cannot';
  let depth = 0;
  for (const char of bare) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth < 0) break;
  }
  return depth === 0 ? undefined : 'its brackets are not balanced';
}

/** A `pattern` as a regular expression, or `undefined` where JavaScript reads it in another way than RE2, or not at all. */
export function asRegExp(pattern: string): RegExp | undefined {
  if (/\(\?(?![:<])|\(\?P|\\[AzQCpP]|\[:|\(\?</.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // RE2 allows what the `u` flag forbids (`\-`); without an expression nothing is claimed about the pattern.
    return undefined;
  }
}
