import { describe, expect, it } from 'vitest';
import { isJudged, matches } from './pattern.js';

describe('matches', () => {
  it.each([
    ['^.$', ['\r', '\u2028', '\u2029', 'é', '😀'], ['\n', '']],
    [String.raw`^\s$`, [' ', '\t', '\r', '\f', '\n'], ['\v', '\u00A0', '\uFEFF', '\u2003']],
    [String.raw`^\S$`, ['\v', '\u00A0', '\uFEFF', '\u2003'], [' ', '\t', '\n']],
    [String.raw`^[\Sx\n]+$`, ['\n', '\v😀!'], [' ', '\r']],
    [String.raw`^[\s.]$`, [' ', '.'], ['\v', 'a']],
    [String.raw`^[^a\s-]$`, ['\v', '\u00A0', 'b'], ['-', ' ', '\t']],
    [String.raw`^\.\\s\[.\]$`, ['.\\s[a]'], ['a\\s[a]', '.\\ [a]']],
    [String.raw`\Aa\-\x41\101\_\z`, ['a-AA_'], ['a-AA_\n', 'a']],
    [String.raw`\bfoo\B`, ['a foox', 'foo_'], ['foo', 'afoox']],
    ['^(?P<n>a|bc|)(?:d)?$', ['', 'a', 'bc', 'bcd', 'd'], ['b', 'ab', 'da']],
    ['^(ab?){2,3}$', ['aa', 'abab', 'aaba'], ['a', 'aaaa', 'b']],
    ['^a{0}b{2,}$', ['bb', 'bbbb'], ['abb', 'b']],
    ['^(a*)*(|b)+$', ['', 'aaab', 'bb'], ['ba']],
    ['^a{,2}$', ['a{,2}'], ['a', 'aa']],
    ['', ['', 'a'], []],
  ])('reads %j as RE2 does', (pattern, matched, others) => {
    const texts = [...matched, ...others];
    expect(texts.filter((text) => matches(pattern, text))).toEqual(matched);
    expect(texts.filter((text) => matches(pattern, text) === undefined)).toEqual([]);
  });

  it('says nothing of a pattern that RE2 cannot read, or that it reads with more knowledge', () => {
    const patterns = ['(?i)a', '(?s:.)', '[[:alpha:]]', '[]a[]', String.raw`[\s-z]`, String.raw`\pL`, '(?=a)', 'a**'];
    expect(patterns.filter((pattern) => matches(pattern, 'b') !== undefined)).toEqual([]);
  });

  it.each([
    ['^(a+)+$', 1000],
    [String.raw`(\w?\S*?){2,10}X`, 5000],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 10_000],
    ['(a?){30}b', 1000],
    ['a*a*a*a*a*a*a*a*X', 10_000],
    ['^((((a|aa)*)*)*)*$', 10_000],
    [`${'('.repeat(90)}a${')*'.repeat(90)}X`, 1000],
    [`${'(|'.repeat(90)}a${'){0,1}'.repeat(90)}X`, 1000],
    ['(a?a?a?a?){0,250}X', 90],
    ['['.repeat(100_000), 1],
    ['('.repeat(100_000) + ')'.repeat(100_000), 1],
  ])('looks at %.30s and a text of %i characters for a few milliseconds', (pattern, length) => {
    const begin = process.cpuUsage();
    expect(matches(pattern, `${'a'.repeat(length)}!`)).not.toBe(true);
    const { user } = process.cpuUsage(begin);
    expect(user / 1000).toBeLessThan(1000);
  });

  it.each([
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 253, true],
    ['^.*$', 50_000, true],
    ['^(([a-z]{0,10}){0,10}){0,10}$', 1000, false],
    ['(?i)a', 1, false],
  ])('whether %s is judged for %i characters: %s', (pattern, length, judged) => {
    expect(isJudged(pattern, length)).toBe(judged);
  });
});
