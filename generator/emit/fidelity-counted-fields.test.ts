import { describe, expect, it } from 'vitest';
import { judgeCases } from '../../tests/support/judge-cases.js';
import { declarationOf, printSmall } from '../../tests/support/small-crd.js';

const text = { type: 'string' };
const fields = { a: text, b: { type: 'object', properties: { n: { type: 'integer' } } }, c: text };
const counted = (more: object, properties: object = fields): object => ({ type: 'object', properties, ...more });
const fieldsUpTo = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, text]));

describe('objects whose fields are counted', () => {
  judgeCases({
    'F22 minProperties 1 with maxProperties 1 is exactly one of all fields': {
      crd: { spec: counted({ minProperties: 1, maxProperties: 1 }) },
      accept: ["{ a: 'x' }", '{ b: {} }', "{ c: 'x' }"],
      reject: ['{}', "{ a: 'x', b: {} }", "{ a: 'x', c: 'y' }", "{ a: 'x', d: 1 }", '{ a: 1 }'],
    },
    'F22 maxProperties 1 alone is at most one of all fields': {
      crd: { spec: counted({ maxProperties: 1 }) },
      accept: ['{}', "{ a: 'x' }", '{ b: { n: 1 } }'],
      reject: ["{ a: 'x', b: {} }", "{ b: {}, c: 'y' }"],
    },
    'F22 maxProperties 0 forbids all fields': {
      crd: { spec: counted({ maxProperties: 0 }) },
      accept: ['{}'],
      reject: ["{ a: 'x' }", '{ b: {} }', '{ d: 1 }'],
    },
    'F22 of a single field that is counted, it must be there': {
      crd: { spec: counted({ minProperties: 1, maxProperties: 1 }, { only: text }) },
      accept: ["{ only: 'x' }"],
      reject: ['{}'],
    },
    'F22 a null counts where it is kept': {
      crd: { spec: counted({ minProperties: 1, maxProperties: 1 }, { a: { ...text, nullable: true }, b: text }) },
      accept: ['{ a: null }', "{ b: 'x' }"],
      reject: ["{ a: null, b: 'x' }"],
    },
    'F22 a field that the server fills in is counted, too: beside it there is no other': {
      crd: { spec: counted({ maxProperties: 1 }, { a: { ...text, default: 'x' }, b: text }) },
      accept: ['{}', "{ a: 'y' }"],
      reject: ["{ b: 'x' }"],
    },
    'F22 where fields without a schema may be, one of those may be the one': {
      crd: { spec: counted({ minProperties: 1, maxProperties: 1, additionalProperties: true }) },
      accept: ['{ other: 1 }', "{ a: 'x' }"],
      reject: ['{ a: 1 }'],
    },
    'F22 a branch that counts names some of the fields only: it is left to words': {
      crd: {
        spec: counted({
          allOf: [{ minProperties: 1, maxProperties: 1, properties: { a: { maxLength: 3 }, b: { maxProperties: 1 } } }],
        }),
      },
      accept: ["{ c: 'x' }", "{ a: 'x' }", '{ b: {} }'],
    },
    'F22 more fields than one can read in a union, and larger counts, are left to the tags': {
      crd: {
        spec: {
          type: 'object',
          properties: {
            many: counted({ minProperties: 1, maxProperties: 1 }, fieldsUpTo(17)),
            two: counted({ maxProperties: 2 }),
            some: counted({ minProperties: 1 }),
          },
        },
      },
      accept: ["{ many: { f0: 'x', f1: 'y' }, two: { a: 'x', b: {}, c: 'y' }, some: {} }"],
    },
    'F22 sixteen fields are not too many, and an object without fields has none to count': {
      crd: {
        spec: {
          type: 'object',
          properties: {
            many: counted({ minProperties: 1, maxProperties: 1 }, fieldsUpTo(16)),
            none: { type: 'object', maxProperties: 1 },
            nothing: { type: 'object', maxProperties: 0 },
          },
        },
      },
      accept: ["{ many: { f0: 'x' }, none: {}, nothing: {} }"],
      reject: ["{ many: { f0: 'x', f1: 'y' } }", '{ many: {} }'],
    },
  });

  it('F22 tells a choice that is made by counting as a sentence', () => {
    const { text: module } = printSmall({ spec: counted({ minProperties: 1, maxProperties: 1 }) });
    expect(declarationOf(module, 'FooSpec')).toContain(
      '| { readonly a: string; readonly b?: never; readonly c?: never }',
    );
    expect(module).toContain('Exactly one of `a`, `b` or `c` must be set.');
    expect(printSmall({ spec: counted({ maxProperties: 1 }) }).text).toContain(
      'At most one of `a`, `b` or `c` may be set.',
    );
  });

  it.each([
    ['has a single field', counted({ maxProperties: 1 }, { only: text }), /\bnever\b|Must|may be/],
    ['has no field', counted({ maxProperties: 1 }, {}), /Must|may be/],
    ['has a choice of its own', counted({ maxProperties: 1, oneOf: [{ required: ['a'] }, {}] }), /At most one/],
    ['has several of its own', counted({ maxProperties: 1, anyOf: [{ required: ['a'] }, {}] }), /At most one/],
  ])('F22 makes no choice where an object %s', (_what, spec, said) => {
    const { text: module, messages } = printSmall({ spec });
    expect(module).not.toMatch(said);
    expect(messages).toEqual([]);
  });
});
