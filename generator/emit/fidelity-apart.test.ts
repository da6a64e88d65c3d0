import { describe, expect, it } from 'vitest';
import { judgeCases } from '../../tests/support/judge-cases.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';
import { printSmall } from '../../tests/support/small-crd.js';
import type { TypeCase } from '../../tests/support/type-judge.js';

const integer = { type: 'integer' };
const list = (items: object): object => ({ type: 'array', items });
const map = (values: object): object => ({ type: 'object', additionalProperties: values });
const abc = { a: text, b: text, c: text };

/** What differs, two schemas of which each takes a value that the other refuses, and these values. */
const pairs: readonly [what: string, first: object, second: object, onlyFirst: string, onlySecond: string][] = [
  ['the items of their lists', list(text), list(integer), "['x']", '[1]'],
  ['the values of their maps', map(text), map(integer), "{ k: 'x' }", '{ k: 1 }'],
  ['the maps in their lists', list(map(text)), list(map(integer)), "[{ k: 'x' }]", '[{ k: 1 }]'],
  ['what may be null', { ...text, nullable: true }, { ...integer, nullable: true }, "'x'", '1'],
  ['their words', { ...text, enum: ['x'] }, { ...text, enum: ['y'] }, "'x'", "'y'"],
  ['a word and a number', { enum: ['1'], ...text }, { enum: [1], ...integer }, "'1'", '1'],
  ['what stands for numbers', { 'x-kubernetes-int-or-string': true }, { type: 'boolean' }, "'x'", 'true'],
  [
    'deeper fields',
    object({ n: object({ a: text }) }),
    object({ n: object({ a: integer }) }),
    "{ n: { a: 'x' } }",
    '{ n: { a: 1 } }',
  ],
  [
    'the fields that a choice asks for',
    object(abc, { oneOf: [requires('a'), requires('b')] }),
    object(abc, { oneOf: [requires('b'), requires('c')] }),
    "{ a: 'x' }",
    "{ c: 'x' }",
  ],
  [
    'what a choice asks for',
    object(abc, { anyOf: [requires('a'), requires('b')] }),
    object(abc, { anyOf: [{ not: requires('a') }, { not: requires('b') }] }),
    "{ a: 'x', b: 'x' }",
    '{}',
  ],
];

const cases = Object.fromEntries(
  pairs.map(([what, first, second, onlyFirst, onlySecond]): [string, TypeCase] => [
    `F31 objects that differ in ${what} are two types`,
    {
      crd: { spec: object({ one: object({ f: first, g: text }), two: object({ f: second, g: text }) }) },
      accept: [`{ one: { f: ${onlyFirst} }, two: { f: ${onlySecond} } }`],
      reject: [`{ one: { f: ${onlySecond} } }`, `{ two: { f: ${onlyFirst} } }`],
    },
  ]),
);

describe('objects that are nearly the same', () => {
  judgeCases({
    ...cases,
    'F31 an open object and a closed one with the same fields are two types': {
      crd: { spec: object({ open: object(abc, preserve), closed: object(abc) }) },
      accept: ["{ open: { a: 'x', more: 1 }, closed: { a: 'x' } }"],
      reject: ["{ closed: { a: 'x', more: 1 } }"],
    },
    'F31 objects that differ in what must be there are two types, and in what is filled in': {
      crd: {
        spec: object({
          must: object(abc, requires('a')),
          may: object(abc),
          filled: object({ ...abc, a: { ...text, default: 'x' } }),
        }),
      },
      accept: ["{ must: { a: 'x' }, may: {}, filled: {} }"],
      reject: ['{ must: {} }'],
      compiles: [
        'const a: string | undefined = foo.spec?.filled?.a; const b: string | undefined = foo.spec?.may?.a; void a; void b;',
      ],
      fails: ['if (foo.spec?.may !== undefined) { const a: string = foo.spec.may.a; void a; }'],
    },
    'F2, F25 of a map that asks for a field the values have both views': {
      crd: {
        spec: object({
          map: { ...map(object({ n: { type: 'integer', default: 1 } })), ...requires('one') },
        }),
      },
      accept: ['{ map: { one: {}, other: { n: 2 } } }'],
      reject: ['{ map: {} }', '{ map: { other: {} } }'],
      compiles: [
        "const n: number | undefined = foo.spec?.map?.one.n; const m: number | undefined = foo.spec?.map?.['other']?.n; void n; void m;",
      ],
    },
  });

  it.each([
    ['a description', { ...text, description: 'First.' }, { ...text, description: 'Second.' }, ['First.', 'Second.']],
    ['a bound', { ...text, maxLength: 7 }, { ...text, maxLength: 8 }, ['@maxLength 7', '@maxLength 8']],
    ['the kind of a bound', { ...text, maxLength: 7 }, { ...text, minLength: 7 }, ['@maxLength 7', '@minLength 7']],
    [
      'a bound of the items',
      list({ ...text, maxLength: 7 }),
      list({ ...text, maxLength: 8 }),
      ['maxLength 7', 'maxLength 8'],
    ],
    ['a rule', { ...text, not: { pattern: 'x' } }, { ...text, not: { pattern: 'y' } }, ['"x"', '"y"']],
  ])(
    'F31 objects that differ in %s of a field are two types, each with its own docs',
    (_what, first, second, words) => {
      const { text: module } = printSmall({
        spec: object({ one: object({ f: first, g: text }), two: object({ f: second, g: text }) }),
      });
      for (const word of words) expect(module).toContain(word);
      expect(module).toContain('interface FooSpecOne');
      expect(module).toContain('interface FooSpecTwo');
    },
  );
});
