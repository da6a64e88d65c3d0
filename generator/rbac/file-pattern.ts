/** Which files a run leaves out: `--exclude`. */
export interface FileFilter {
  /** Whether a path matches one of the patterns. */
  matches(path: string): boolean;
  /** Patterns that never matched anything, as they were written. */
  unused(): string[];
}

/** Compiles patterns: `*` and `?` within a part of a path, `**` any parts, `{a,b}` either; a folder stands for all in it. */
export function createFileFilter(patterns: readonly string[]): FileFilter {
  const all = patterns.map((text) => ({ text, expression: expressionOf(text), used: false }));
  return {
    matches: (path) => {
      // All are asked: a pattern that matches any counts as used.
      const found = all.filter(({ expression }) => expression.test(path));
      for (const one of found) one.used = true;
      return found.length > 0;
    },
    unused: () => all.filter(({ used }) => !used).map(({ text }) => text),
  };
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
