/** Escapes and classes as dots: `\(?=` and `[(?=]` look for these characters themselves. */
function withoutClasses(pattern: string): string {
  return pattern.replaceAll(/\\Q[^]*?(?:\\E|$)|\\[^1-9]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/g, '.');
}

/** No more ways through a text are tried: most are left early, so that it takes some milliseconds at most. */
const mostWays = 1e8;

/**
 * Whether JavaScript can try a pattern on a text of that length at once. Where RE2 walks through it once, JavaScript goes back and forth:
 * with `(a+)+$` twice as long for each character.
 */
export function isQuick(pattern: string, length: number): boolean {
  const open: { hasChoice: boolean; branches: number }[] = [];
  // Repeats that stand side by side, things that may be there or not, and ways to go on at each character of a repeated group.
  let [repeats, options, ways] = [0, 0, 1];
  for (const [token] of withoutClasses(pattern).matchAll(/\((?:\?:)?|\)?(?:[*+?]|\{\d+(?:,\d*)?\})\??|\)|\|/g)) {
    const group = open.at(-1);
    if (token.startsWith('(')) open.push({ hasChoice: false, branches: 0 });
    else if (token === '|' && group !== undefined)
      Object.assign(group, { hasChoice: true, branches: group.branches + 1 });
    else if (token === '|') options += 1;
    else {
      const closed = token.startsWith(')') ? open.pop() : undefined;
      const isRepeat = /[*+{]/.test(token);
      if (isRepeat && closed?.hasChoice === true) ways += 1 + closed.branches;
      else if (isRepeat) repeats += 1;
      else options += 1;
      const above = open.at(-1);
      if (above !== undefined) above.hasChoice ||= token !== ')' || closed?.hasChoice === true;
    }
  }
  const tried = repeats * Math.log(length + 1) + options * Math.LN2 + (ways > 1 ? length * Math.log(ways) : 0);
  return tried <= Math.log(mostWays);
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
