const classes: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  word: '\\w',
  xdigit: '0-9a-fA-F',
};

/**
 * A pattern of a schema as a JavaScript expression. Kubernetes matches with RE2; `undefined` for what JavaScript cannot say, so that
 * nothing valid is refused.
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readPattern(text: string): RegExp | undefined {
  // Flags that stand first hold for all of it, also behind a `^`.
  const flags = /^\^?\(\?([is]+)\)/.exec(text)?.[1];
  const portable = (flags === undefined ? text : text.replace(`(?${flags})`, ''))
    .replaceAll(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole);
  // Without `u`, JavaScript takes needless escapes as RE2 does, but reads `\p{L}` as the letter p.
  const modes = portable.includes('\\p') || portable.includes('\\P') ? ['u'] : ['u', ''];
  for (const mode of modes) {
    try {
      return new RegExp(portable, (flags ?? '') + mode);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
    }
  }
  return undefined;
}
