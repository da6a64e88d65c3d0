import { describe, expect, it } from 'vitest';
import { helpText } from './help.js';
import { wrapHelp } from './wrap-help.js';

const line = '      --paths                             for OpenAPI input: the types of every operation';

describe('help in a terminal', () => {
  it.each<[string, string, number, string[]]>([
    ['leaves what fits', 'Usage: kube-gen', 15, ['Usage: kube-gen']],
    ['breaks between words', 'a bc def', 5, ['a bc', 'def']],
    ['keeps a long word whole', 'see abcdefgh', 6, ['see', 'abcdefgh']],
    ['keeps the indent', '  a bc def', 6, ['  a bc', '  def']],
    [
      'goes on below the second column',
      line,
      72,
      ['      --paths                             for OpenAPI input: the types', `${' '.repeat(42)}of every operation`],
    ],
    [
      'puts the second column on lines of its own where there is no room',
      line,
      40,
      ['      --paths', '          for OpenAPI input: the types', '          of every operation'],
    ],
  ])('%s', (_, text, columns, want) => {
    expect(wrapHelp(text, columns).split('\n')).toEqual(want);
  });

  it.each(['generate', 'serve', 'diff', 'rbac', 'completion'] as const)('of %s fits 80 columns', (command) => {
    const whole = helpText(command);
    const wrapped = helpText(command, 80);
    expect(wrapped.split('\n').filter((one) => one.length > 80)).toEqual([]);
    expect(wrapped.split(/\s+/)).toEqual(whole.split(/\s+/));
  });
});
