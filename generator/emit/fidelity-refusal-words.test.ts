import { describe, expect, it } from 'vitest';
import { printSmall } from '../../tests/support/small-crd.js';
import { object, requires, text } from '../../tests/support/schema-words.js';

const fields = { a: text, b: text, c: text, d: text };
const none = (...names: string[]): object => ({ not: { anyOf: names.map((name) => requires(name)) } });
const no = (name: string): object => ({ not: requires(name) });
const is = (type: string): object => ({ properties: { a: { enum: [type] } } });

/** What is said of an object with these words. */
function said(words: object, own: object = fields): string[] {
  const { text: module } = printSmall({ spec: object({ one: object(own, words) }) });
  const [, comment = ''] = /\{\n((?: {2}\/\*\*(?:(?!\*\/).)*\*\/\n)?) {2}readonly one\?:/s.exec(module) ?? [];
  const lines = comment.replaceAll(/\/\*\*|^ *\*\/|\*\/|^ *\*/gm, '').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

describe('what is said about fields that must not be there', () => {
  it.each([
    [
      {
        oneOf: [
          { ...no('b'), ...requires('a') },
          { ...no('a'), ...requires('b') },
        ],
      },
      'Exactly one of `a` or `b` must be set.',
    ],
    [
      {
        anyOf: [
          { ...no('b'), ...requires('a') },
          { ...no('a'), ...requires('b') },
        ],
      },
      'Exactly one of `a` or `b` must be set.',
    ],
    // References of Config Connector: `name` and `namespace`, or `external`.
    [
      {
        oneOf: [
          { ...no('b'), ...requires('a') },
          { ...none('a', 'c'), ...requires('b') },
        ],
      },
      'Exactly one of `a` or `b` must be set, `b` without `c`.',
    ],
    [
      {
        oneOf: [
          { ...none('b', 'c', 'd'), ...requires('a') },
          { ...none('a', 'c'), ...requires('b') },
        ],
      },
      'Exactly one of `a` or `b` must be set, `a` without `c` or `d`, `b` without `c`.',
    ],
    [
      {
        oneOf: [
          { ...no('c'), ...requires('a', 'b') },
          { ...none('a', 'b'), ...requires('c') },
        ],
      },
      'Exactly one of `a` with `b` or `c` must be set, `c` without `a` or `b`.',
    ],
    // Or neither of them.
    [
      {
        oneOf: [{ ...no('b'), ...requires('a') }, { ...none('a', 'c'), ...requires('b') }, none('a', 'c', 'd', 'b')],
      },
      'At most one of `a` or `b` may be set, `b` without `c`. `c` or `d` may only be set with one of them.',
    ],
    [
      { anyOf: [none('a', 'b'), { ...no('b'), ...requires('a') }, { ...no('a'), ...requires('b') }] },
      'At most one of `a` or `b` may be set.',
    ],
    [{ anyOf: [no('a'), requires('b')] }, '`a` may only be set with `b`.'],
    [{ anyOf: [none('a', 'd'), requires('b', 'c')] }, '`a` or `d` may only be set with `b` and `c`.'],
    [{ anyOf: [no('a'), requires('a', 'b')] }, '`a` may only be set with `b`.'],
    [{ oneOf: [requires('a', 'b'), none('a', 'b')] }, '`a` and `b` must be set together or not at all.'],
    [{ anyOf: [none('b', 'a'), requires('a', 'b')] }, '`a` and `b` must be set together or not at all.'],
    [{ oneOf: [no('a'), requires('b')] }, '`a` and `b` must be set together or not at all.'],
    [{ anyOf: [no('a'), no('b'), no('c')] }, '`a`, `b` and `c` must not be set together.'],
    [{ allOf: [{ description: 'Not both.', not: requires('a', 'b') }] }, '`a` and `b` must not be set together.'],
  ])('F22, F23 %j has a sentence', (words, want) => {
    expect(said(words)).toEqual([want]);
  });

  it.each([
    [{ oneOf: [{ ...no('b'), ...requires('a') }, requires('b')] }],
    [{ oneOf: [none('a', 'd'), requires('b')] }],
    [
      {
        oneOf: [
          { ...no('b'), ...is('X'), ...requires('a') },
          { ...no('a'), ...requires('b') },
        ],
      },
    ],
    [{ oneOf: [no('a'), no('b'), no('c')] }],
    [{ anyOf: [no('a'), is('X')] }],
    [
      {
        anyOf: [
          { ...no('b'), maxProperties: 1, ...requires('a') },
          { ...no('a'), ...requires('b') },
        ],
      },
    ],
    [{ anyOf: [none('a', 'b'), requires('b', 'c')] }],
    [{ oneOf: [{ ...no('b'), ...requires('a') }, { ...none('a', 'c'), ...requires('b') }, none('a', 'c')] }],
    [{ oneOf: [{ ...no('c'), ...requires('a', 'b') }, { ...no('a'), ...requires('c') }, none('a', 'c')] }],
    [{ allOf: [{ maxProperties: 3, not: requires('a', 'b') }] }],
  ])('F22, F23 what a short sentence would not say whole has none: %j', (words) => {
    for (const line of said(words)) expect(line).toMatch(/^(?:`\[|Must match)/);
  });

  it.each([
    [
      {
        oneOf: [
          { ...no('b'), ...requires('a') },
          { ...none('a', 'ghost'), ...requires('b') },
        ],
      },
      ['Exactly one of `a` or `b` must be set.'],
    ],
    [{ oneOf: [requires('a'), requires('b'), requires('ghost')] }, ['Exactly one of `a` or `b` must be set.']],
    [
      { oneOf: [none('a', 'b', 'ghost'), requires('a'), requires('b'), requires('ghost')] },
      ['At most one of `a` or `b` may be set.'],
    ],
    [none('a', 'b', 'ghost'), ['None of `a` or `b` may be set.']],
    [{ not: requires('a', 'ghost') }, []],
    [{ anyOf: [requires('a'), no('ghost')] }, []],
  ])('F23 no field is named that no object can have: %j', (words, want) => {
    expect(said(words)).toEqual(want);
    expect(said({ ...words, 'x-kubernetes-preserve-unknown-fields': true }).join(' ')).toContain('ghost');
  });

  it('F22, F25 names fields that no object can have where it warns of them', () => {
    const { messages } = printSmall({ spec: object({ a: text }, { oneOf: [requires('ghost'), requires('other')] }) });
    expect(messages.join('\n')).toContain('Exactly one of `ghost` or `other` must be set.');
  });
});
