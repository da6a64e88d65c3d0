import { describe, expect, it } from 'vitest';
import { asRegExp, patternFault } from './pattern.js';

describe('patternFault', () => {
  it.each([
    ['^[a-z]+$', undefined],
    [String.raw`^\(?=x`, undefined],
    ['[(?=]', undefined],
    ['[[:alpha:])]+', undefined],
    [']', undefined],
    ['(?P<name>x)(?i)y', undefined],
    [String.raw`\Q(((\E`, undefined],
    [String.raw`[\]()]`, undefined],
    [String.raw`\d{1,2}(\.\d+)?`, undefined],
    ['(?=x)y', 'it looks ahead or behind, which RE2 cannot'],
    ['^(?!x)', 'it looks ahead or behind, which RE2 cannot'],
    ['(?<!x)y', 'it looks ahead or behind, which RE2 cannot'],
    [String.raw`(a)\1`, 'it refers back to a group, which RE2 cannot'],
    ['(a', 'its brackets are not balanced'],
    ['a)(', 'its brackets are not balanced'],
  ])('V19: of %s it says %s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });

  it('only makes expressions of what JavaScript reads as RE2 does', () => {
    expect(asRegExp('^a+$')?.test('aa')).toBe(true);
    expect(['(?i)a', String.raw`\Aa\z`, '[[:alpha:]]', '(?P<n>a)', String.raw`\-`].map(asRegExp)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
