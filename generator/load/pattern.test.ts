import { describe, expect, it } from 'vitest';
import { asRegExp, isQuick } from './pattern.js';

describe('asRegExp and isQuick', () => {
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

  it.each([
    ['^(a+)+$', 20, true],
    ['^(a+)+$', 40, false],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 60, false],
    ['^(a|aa)*$', 60, false],
    ['(a?){30}$', 30, false],
    ['a*b*c*d*e*f*g*$', 100, false],
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 15, true],
    ['^.*$', 1_000_000, true],
    ['[(+*]\\)+', 1_000_000, true],
  ])('whether %s can be tried on %i characters at once: %s', (pattern, length, quick) => {
    expect(isQuick(pattern, length)).toBe(quick);
  });
});
