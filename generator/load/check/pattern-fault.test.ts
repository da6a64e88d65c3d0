import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { patternFault } from './pattern-fault.js';

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
    ['[]', 'its brackets are not balanced'],
    ['[^]', 'its brackets are not balanced'],
    ['[[:alpha:]', 'its brackets are not balanced'],
    ['[]a][[:^digit:]][[:a]', undefined],
    ['[[:alfa:]]', 'it has [:alfa:], which RE2 does not know'],
    ['[z-a]', 'its range z-a is the wrong way round'],
    [String.raw`[\x41-\x{5A}😀-😁\d-z-]`, undefined],
    ['(?P<1x>a)(?<y>b)(?i-s:c)(?U)', undefined],
    ['(?P<x', 'it has (?P<x, which RE2 does not know'],
    ['(?P=x)', 'it has (?P, which RE2 does not know'],
    ['(?x)a', 'it has (?x, which RE2 does not know'],
    ['(?i-)a', 'it has (?i, which RE2 does not know'],
    ['(?>a)', 'it has (?>, which RE2 does not know'],
    [String.raw`\h`, String.raw`it has \h, which RE2 does not know`],
    [String.raw`\u0041`, String.raw`it has \u, which RE2 does not know`],
    [String.raw`[\b]`, String.raw`it has \b, which RE2 does not know`],
    [String.raw`\x{110000}`, String.raw`it has \x, which RE2 does not know`],
    [String.raw`\p{}`, String.raw`it has \p{}, which RE2 does not know`],
    [String.raw`\pL\p{Greek}\P{^Lu}`, undefined],
    [String.raw`\p{Any}\p{ASCII}\p{old-italic}\p{letter}\p{Inherited}\p{punct}[\p{digit}]`, undefined],
    // A script that Unicode may have one day.
    [String.raw`\p{Foo}\p{InFoo}`, undefined],
    [String.raw`^\p{Alnum}+$`, String.raw`it has \p{Alnum}, which RE2 does not know`],
    [String.raw`[\p{L}\P{Emoji}]`, String.raw`it has \P{Emoji}, which RE2 does not know`],
    [String.raw`\p{^Alphabetic}`, String.raw`it has \p{^Alphabetic}, which RE2 does not know`],
    [String.raw`\p{IsGreek}`, String.raw`it has \p{IsGreek}, which RE2 does not know`],
    [String.raw`\p{In_Latin}`, String.raw`it has \p{In_Latin}, which RE2 does not know`],
    [String.raw`\p{IsLu}\p{IsAlphabetic}`, String.raw`it has \p{IsLu}, which RE2 does not know`],
    [String.raw`\41\012\-\_\/`, undefined],
    ['a\\', 'it ends in a backslash'],
    ['*a', 'there is nothing that * repeats'],
    ['a|+', 'there is nothing that + repeats'],
    ['(?i)?', 'there is nothing that ? repeats'],
    ['a**', '* repeats a repetition, which RE2 cannot'],
    ['a{2}{3}', '{3} repeats a repetition, which RE2 cannot'],
    ['a*?(b+)+^*()*', undefined],
    ['a{,2}a{x}a{02}a{', undefined],
    ['a{1001}', '{1001} repeats more than 1000 times'],
    [`a{${'9'.repeat(50)}}`, '{9999999999999999999… repeats more than 1000 times'],
    ['(a{40}b){26}', '{26} repeats more than 1000 times'],
    ['(a{40}b){25}(a{1000})*', undefined],
    ['a{2,1}', '{2,1} asks for more than it allows'],
  ])('V19: of %s it says %s', (pattern, fault) => {
    expect(patternFault(pattern)).toBe(fault);
  });

  it('tells of a pattern of a million brackets at once', () => {
    const seconds = cpuSeconds(() => {
      for (const part of ['[[:', '(?:', 'a{', '[a]', String.raw`\Q`]) patternFault(part.repeat(300_000));
    });
    expect(seconds).toBeLessThan(5);
  });
});
