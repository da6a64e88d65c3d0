import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../tests/support/cpu-seconds.js';
import { printSmall } from '../../tests/support/small-crd.js';
import { judge } from '../../tests/support/type-judge.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';

const blanks = `x${' '.repeat(200_000)}y`;
const words = 'two words '.repeat(100_000);
const names = Array.from({ length: 10_000 }, (_, i) => `f${i}`);
/** More than one call takes arguments. */
const hosts = Array.from({ length: 130_000 }, (_, i) => `h${i}`);
const fieldsNamed = (some: readonly string[], schema: object): object =>
  object(Object.fromEntries(some.map((name) => [name, schema])));

/** An object with 64 alternatives, each of two fields that are there or not: to see whether one of them always holds takes long. */
function manyAlternatives(name: string, seed: number): [string, object] {
  let state = seed + 1;
  const below = (end: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
  const fields = names.slice(0, 64);
  const condition = (field: number): object => {
    const required = { required: [fields[field]] };
    return below(2) === 0 ? required : { not: required };
  };
  const anyOf = fields.map(() => {
    const first = below(64);
    return { allOf: [condition(first), condition((first + 1 + below(63)) % 64)] };
  });
  return [name, object(Object.fromEntries(fields.map((one) => [one, text])), { anyOf })];
}

describe('huge schemas take no more time than they are long', () => {
  it.each([
    ['a format full of blanks', { ...text, format: blanks }],
    ['a pattern full of blanks', { ...text, pattern: blanks }],
    ['a pattern of many words', { ...text, pattern: words }],
    ['a rule full of blanks', { ...text, 'x-kubernetes-validations': [{ rule: blanks, message: blanks }] }],
    ['a description that is deprecated with many words', { ...text, description: `Deprecated: ${words}` }],
    ['a list item with many words', { ...text, description: `- ${words}` }],
    ['a long name of a list', object({ [`${'a'.repeat(100_000)}1`]: { type: 'array', items: object({ text }) } })],
    [
      'thousands of objects that nothing meets',
      object(Object.fromEntries(names.map((name) => [name, { ...object({ [name]: text }), required: ['none'] }]))),
    ],
    [
      'a branch that asks for thousands of fields',
      { ...object(Object.fromEntries(names.map((name) => [name, text]))), anyOf: [{ required: names }, {}] },
    ],
    ['choices that every object may meet', object(Object.fromEntries(names.slice(0, 200).map(manyAlternatives)))],
    ['thousands of patterns', { ...text, allOf: hosts.map((pattern) => ({ pattern })) }],
    ['fields that nobody declares', { type: 'object', ...preserve, required: hosts }],
    ['a choice of thousands of values', { ...text, anyOf: [{ enum: hosts }, { enum: ['other'] }] }],
    ['thousands of values, and again in a branch', { ...text, enum: hosts, allOf: [{ enum: ['x', ...hosts] }] }],
    ['thousands of values that are ruled out', { ...text, enum: hosts, not: { enum: ['x', ...hosts.slice(1)] } }],
    ['a branch that every object meets', { ...fieldsNamed(hosts, text), allOf: [{ required: hosts }] }],
    [
      'branches of which each follows from another',
      {
        ...fieldsNamed(names, text),
        allOf: [
          ...names.slice(1).map((name, i) => ({ anyOf: [{ not: requires(`f${i}`) }, requires(name)] })),
          requires('f0'),
        ],
      },
    ],
    ['thousands of objects', object(Object.fromEntries(hosts.map((name) => [name, object({ [name]: text })])))],
  ])('F30, F32 %s', (_, schema) => {
    let printed = '';
    const seconds = cpuSeconds(() => {
      printed = printSmall({ spec: object({ x: schema }) }).text;
    });
    expect(printed).toContain('export interface FooSpec');
    expect(seconds).toBeLessThan(10);
  });

  const levels = (count: number, around: (inner: object) => object, innermost: object): object =>
    Array.from({ length: count }).reduce<object>(around, innermost);
  const lists = (inner: object): object => ({ type: 'array', items: inner });
  const listsOrNull = (inner: object): object => ({ type: 'array', nullable: true, items: inner });
  const maps = (inner: object): object => ({ type: 'object', additionalProperties: inner });

  it('F32 lists in lists and maps in maps are followed as deep as anybody reads them', () => {
    const [open, close] = ['['.repeat(60), ']'.repeat(60)];
    const member = { type: 'string', enum: ['a'] };
    expect(
      judge({
        sixty: { crd: { spec: levels(60, lists, text) }, accept: [`${open}'a'${close}`], reject: [`${open}1${close}`] },
        lists: { crd: { spec: levels(3_050, lists, member) }, accept: ['[[[]]]'], reject: ['[[1]]'] },
        listsOrNull: { crd: { spec: levels(3_050, listsOrNull, member) }, accept: ['[null]'], reject: ['[1]'] },
        maps: { crd: { spec: levels(3_050, maps, member) }, accept: ['{ a: { b: {} } }'], reject: ['{ a: 1 }'] },
      }),
    ).toEqual({ sixty: [], lists: [], listsOrNull: [], maps: [] });
  });

  it.each(['anyOf', 'oneOf', 'allOf', 'not'])('F32 thousands of %s in each other are words, or nothing', (key) => {
    const deep = levels(3_000, (inner) => ({ [key]: key === 'not' ? inner : [inner] }), { required: ['a'] });
    for (const node of [
      { ...object({ a: text }), ...deep },
      { ...text, ...deep },
    ])
      expect(printSmall({ spec: object({ x: node }) }).text).toContain('export interface FooSpec');
  });
});
