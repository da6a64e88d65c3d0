import { describe } from 'vitest';
import { judgeCases } from '../../tests/support/judge-cases.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';

const list = (items: object): object => ({ type: 'array', items: { ...preserve, ...items } });

describe('objects and values that the schema leaves open', () => {
  judgeCases({
    'F22 a branch narrows a field that only it names, where the object is open': {
      crd: {
        spec: object({
          one: object(
            { a: text },
            { ...preserve, anyOf: [{ properties: { b: { enum: ['x'] } }, ...requires('b') }, requires('a')] },
          ),
          all: { type: 'object', additionalProperties: true, allOf: [{ properties: { b: { enum: ['x', 1] } } }] },
          map: {
            type: 'object',
            additionalProperties: text,
            allOf: [{ properties: { b: { enum: ['x'] } } }],
          },
        }),
      },
      accept: [
        "{ one: { b: 'x', c: 1 } }",
        "{ one: { a: 'x', b: 'y', c: 1 } }",
        "{ all: { b: 'x' } }",
        '{ all: { b: 1, c: 2 } }',
        '{ all: {} }',
        "{ map: { b: 'x' } }",
      ],
      reject: [
        "{ one: { b: 'y' } }",
        '{ one: { b: null } }',
        '{ one: {} }',
        "{ all: { b: 'y' } }",
        '{ all: { b: null } }',
      ],
      compiles: ["if (foo.spec?.all?.b === 'x') { const b: unknown = foo.spec.all.c; void b; }"],
    },
    'F25 a value of any type with required fields needs them where it is an object': {
      crd: { spec: object({ any: { ...preserve, ...requires('a') }, items: list(requires('a')) }) },
      accept: [
        '{ any: { a: 1, b: 2 } }',
        "{ any: 's' }",
        '{ any: [1] }',
        '{ any: 1 }',
        '{ any: true }',
        "{ items: [null, 'x', { a: 1 }] }",
      ],
      reject: ['{ any: {} }', '{ any: { b: 1 } }', '{ items: [{}] }'],
    },
    'F12, V1 an item of any type may be null, whatever is said of its fields or by its branches': {
      crd: {
        spec: object({
          fields: list({ properties: { a: text } }),
          values: list({ anyOf: [{ enum: ['a'] }, { enum: ['b'] }] }),
          types: list({ anyOf: [{ type: 'integer' }, { type: 'string' }] }),
          members: list({ enum: ['a', 'b'] }),
        }),
      },
      accept: ["{ fields: [null, { a: 'x' }], values: [null, 'a'], types: [null, 1], members: ['a'] }"],
      reject: ['{ members: [null] }', "{ values: ['c'] }", '{ types: [true] }', '{ fields: [{ a: 1 }] }'],
    },
    'F22 a field that no object can have tells no branch from another': {
      crd: {
        spec: object({
          never: object({ a: text, c: text }, { oneOf: [{ properties: { ghost: { enum: ['x'] } } }, requires('a')] }),
          either: object({ a: text }, { anyOf: [{ properties: { ghost: { enum: ['x'] } } }, requires('a')] }),
        }),
      },
      accept: ['{ never: {} }', "{ never: { c: 'x' } }", '{ either: {} }', "{ either: { a: 'x' } }"],
      reject: ["{ never: { a: 'x' } }", "{ never: { ghost: 'x' } }"],
    },
  });
});
