import { describe, expect, it } from 'vitest';
import { asRegExp, isQuick } from './pattern.js';

describe('asRegExp and isQuick', () => {
  it('only makes expressions of what JavaScript reads as RE2 does', () => {
    expect(asRegExp('^a+$')?.test('aa')).toBe(true);
    const others = ['(?i)a', String.raw`\Aa\z`, '[[:alpha:]]', '(?P<n>a)', String.raw`\-`, '[]a[]', String.raw`[\s-z]`];
    expect(others.filter((pattern) => asRegExp(pattern) !== undefined)).toEqual([]);
  });

  it.each([
    ['^.$', ['\r', '\u2028', '\u2029', 'é', '😀'], ['\n', '']],
    [String.raw`^\s$`, [' ', '\t', '\r', '\f', '\n'], ['\v', '\u00A0', '\uFEFF', '\u2003']],
    [String.raw`^\S$`, ['\v', '\u00A0', '\uFEFF', '\u2003'], [' ', '\t', '\n']],
    [String.raw`^[\Sx\n]+$`, ['\n', '\v😀!'], [' ', '\r']],
    [String.raw`^[\s.]$`, [' ', '.'], ['\v', 'a']],
    [String.raw`^[^a\s-]$`, ['\v', '\u00A0', 'b'], ['-', ' ', '\t']],
    [String.raw`^\.\\s\[.\]$`, ['.\\s[a]'], ['a\\s[a]', '.\\ [a]']],
  ])('reads %s as RE2 does', (pattern, matched, others) => {
    const expression = asRegExp(pattern);
    expect([...matched, ...others].filter((text) => expression?.test(text))).toEqual(matched);
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
    ['^[(+*]\\)+', 1_000_000, true],
    ['[(+*]\\)+', 1000, true],
    ['a+X', 1_000_000, false],
    [String.raw`a+\S*X`, 1000, false],
    ['^((a|[a-z])?[a-z]+){0,30}X', 21, false],
    ['((a|[a-z])?(a|[a-z])?)+?$', 11, false],
    ['^((a|[a-z])+)*$', 26, false],
    ['['.repeat(100_000), 1, false],
  ])('whether %s can be tried on %i characters at once: %s', (pattern, length, quick) => {
    expect(isQuick(pattern, length)).toBe(quick);
  });
});
