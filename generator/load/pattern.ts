/** Escapes and classes as dots: `\(?=` and `[(?=]` look for these characters themselves. */
function withoutClasses(pattern: string): string {
  return pattern.replaceAll(/\\Q[^]*?(?:\\E|$)|\\[^1-9]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/g, '.');
}

/** Longer patterns are nobody's. */
const longestPattern = 10_000;

/** No more ways through a text are tried: most are left early, so that it takes milliseconds, and some seconds where somebody wants it to. */
const mostWays = 1e8;

/**
 * Whether JavaScript can try a pattern on a text of that length at once. Where RE2 walks through it once, JavaScript goes back and forth:
 * with `(a+)+$` twice as long for each character.
 */
export function isQuick(pattern: string, length: number): boolean {
  if (pattern.length > longestPattern) return false;
  // Of each open group the choices in it: repeats, things that may be there or not, branches.
  const open: number[] = [];
  // Repeats that stand side by side, of which one is where the match begins; things that may be there or not; ways to go on at each
  // character of a repeated group.
  let [repeats, options, ways] = [pattern.startsWith('^') ? 0 : 1, 0, 1];
  for (const [token] of withoutClasses(pattern).matchAll(/\((?:\?:)?|\)?(?:[*+?]|\{\d+(?:,\d*)?\})\??|\)|\|/g)) {
    if (token.startsWith('(')) {
      open.push(0);
      continue;
    }
    const inside = token.startsWith(')') ? (open.pop() ?? 0) : 0;
    const isRepeat = /[*+{]/.test(token);
    if (isRepeat && inside > 0) ways += inside > 2 ? 2 * inside : 1;
    else if (isRepeat) repeats += 1;
    else if (token !== ')') options += 1;
    const above = open.pop();
    if (above !== undefined) open.push(above + inside + (token === ')' ? 0 : token === '|' ? 2 : 1));
  }
  const tried = repeats * Math.log(length + 1) + options * Math.LN2 + (ways > 1 ? length * Math.log(ways) : 0);
  return tried <= Math.log(mostWays);
}

/** To RE2 these are all spaces that there are, and a dot is anything but a line end; to JavaScript there are more of both. */
const characters: ReadonlyMap<string, string> = new Map([
  ['\\s', '\\t\\n\\f\\r '],
  ['\\S', '\\0-\\x08\\v\\x0e-\\x1f!-\\u{10ffff}'],
  ['.', '\\0-\\x09\\v-\\u{10ffff}'],
]);

/** A `pattern` as a regular expression, or `undefined` where JavaScript reads it in another way than RE2, or not at all. */
export function asRegExp(pattern: string): RegExp | undefined {
  if (/\(\?(?![:<])|\(\?P|\\[AzQCpP]|\[:|\(\?<|\[\^?\]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern.replaceAll(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|\./g, asInRe2), 'u');
  } catch {
    // RE2 allows what the `u` flag forbids (`\-`); without an expression nothing is claimed about the pattern.
    return undefined;
  }
}

/** An escape, a class or a dot of a pattern, as JavaScript writes it. */
function asInRe2(part: string): string {
  if (!part.startsWith('[')) return characters.has(part) ? `[${characters.get(part)}]` : part;
  // The `u` flag forbids a range from here, or to here.
  if (/[^[^]-\\[sS]|\\[sS]-[^\]]/.test(part)) return part;
  return part.replaceAll(/\\[^]/g, (escape) => characters.get(escape) ?? escape);
}
