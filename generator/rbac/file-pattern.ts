/** Whether a path matches one of the patterns: `*` and `?` within a part of a path, `**` any parts, `{a,b}` either; a folder stands for all in it. */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.map(expressionOf);
  return (path) => all.some((one) => one.test(path));
}

function expressionOf(pattern: string): RegExp {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const isBraced = /^(?:[^{}]*\{[^{}]*\})*[^{}]*$/.test(plain);
  let isInside = false;
  const source = plain.replaceAll(/\*\*\/|\*\*|[*?{},\\^$.|+()[\]]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part === ',') return isInside ? '|' : ',';
    if (!isBraced || (part !== '{' && part !== '}')) return `\\${part}`;
    isInside = part === '{';
    return isInside ? '(?:' : ')';
  });
  return new RegExp(`^${source}(?:/|$)`);
}
