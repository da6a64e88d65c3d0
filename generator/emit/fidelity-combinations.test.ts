import { describe, expect, it } from 'vitest';
import { declarationOf, printSmall } from '../../tests/support/small-crd.js';
import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { object, preserve, requires, text } from '../../tests/support/schema-words.js';

const abc = { a: text, b: text, c: text };

const cases = {
  'F21 combinations only restrict: the type comes from the properties': {
    crd: {
      spec: object(abc, {
        anyOf: [{ properties: { a: { pattern: '^x' } } }, { properties: { b: { minLength: 3 } } }],
        allOf: [{ properties: { c: { maxLength: 4 } } }],
        not: requires('a', 'c'),
      }),
    },
    accept: ['{}', "{ a: 'x', b: 'y' }", "{ c: 'z' }"],
    reject: ['{ a: 1 }', "{ d: 'x' }"],
  },
  'F22 exactly one of': {
    crd: { spec: object({ ...abc, other: text }, { oneOf: [requires('a'), requires('b')] }) },
    accept: ["{ a: 'x' }", "{ b: 'x' }", "{ a: 'x', other: 'y', c: 'z' }"],
    reject: ['{}', "{ a: 'x', b: 'y' }", "{ other: 'x' }", "{ a: 'x', unknown: 1 }"],
    compiles: [
      'if (foo.spec !== undefined && foo.spec.a !== undefined) { const s: string = foo.spec.a; const n: undefined = foo.spec.b; void s; void n; }',
    ],
  },
  'F22 at most one of, with a branch for none': {
    crd: {
      spec: object(abc, { oneOf: [{ not: { anyOf: [requires('a'), requires('b')] } }, requires('a'), requires('b')] }),
    },
    accept: ['{}', "{ a: 'x' }", "{ b: 'x' }", "{ c: 'x' }"],
    reject: ["{ a: 'x', b: 'y' }"],
  },
  'F22 at least one of': {
    crd: { spec: object(abc, { anyOf: [requires('a'), requires('b')] }) },
    accept: ["{ a: 'x' }", "{ b: 'x' }", "{ a: 'x', b: 'y', c: 'z' }"],
    reject: ['{}', "{ c: 'x' }"],
  },
  'F22 branches with several names': {
    crd: { spec: object({ ...abc, d: text }, { oneOf: [requires('a', 'b'), requires('c', 'd')] }) },
    accept: ["{ a: 'x', b: 'y' }", "{ c: 'x', d: 'y' }", "{ a: 'x', b: 'y', c: 'z' }"],
    reject: ['{}', "{ a: 'x' }", "{ a: 'x', c: 'y' }", "{ a: 'x', b: 'y', c: 'z', d: 'w' }"],
  },
  'F22 what all branches ask for is no part of the choice': {
    crd: {
      spec: object({ ...abc, d: text }, { oneOf: [requires('a', 'b'), requires('a', 'c'), requires('a', 'd')] }),
    },
    accept: ["{ a: 'x', b: 'y' }", "{ a: 'x', c: 'y' }", "{ a: 'x', d: 'y' }"],
    reject: ['{}', "{ a: 'x' }", "{ b: 'x' }", "{ a: 'x', b: 'y', c: 'z' }", "{ c: 'x', d: 'y' }"],
    compiles: ['const s: string | undefined = foo.spec?.a; void s;'],
  },
  'F22 what all branches refuse is no part of the choice either': {
    crd: {
      spec: object(abc, {
        anyOf: [
          { ...requires('b'), not: requires('a') },
          { ...requires('c'), not: requires('a') },
        ],
      }),
    },
    accept: ["{ b: 'x' }", "{ c: 'x' }", "{ b: 'x', c: 'y' }"],
    reject: ['{}', "{ a: 'x' }", "{ a: 'x', b: 'y' }"],
  },
  'F22 required in allOf is promoted': {
    crd: { spec: object(abc, { allOf: [requires('a'), requires('b')] }) },
    accept: ["{ a: 'x', b: 'y' }"],
    reject: ["{ a: 'x' }", '{}'],
    compiles: ['const s: string | undefined = foo.spec?.a; void s;'],
  },
  'F22 a choice about a field that allOf narrows for every object': {
    crd: {
      schema: object(
        { v: preserve, b: text },
        { anyOf: [requires('v'), requires('b')], allOf: [{ properties: { v: { enum: ['y'] } } }] },
      ),
    },
    type: 'FooManifest',
    accept: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, v: 'y' }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, b: 'x' }",
    ],
    reject: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, v: 'z' }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' } }",
    ],
  },
  'F22 a field that the server fills in is always there': {
    crd: {
      spec: object(
        { a: { ...text, default: 'x' }, b: text, c: text },
        { oneOf: [requires('a'), requires('b')], anyOf: [requires('a'), requires('c')] },
      ),
    },
    accept: ['{}', "{ a: 'x' }", "{ c: 'y' }"],
    reject: ["{ b: 'x' }", "{ a: 'x', b: 'y' }"],
  },
  'F22, V7 a branch that names an undeclared field adds none': {
    crd: {
      spec: object(abc, { anyOf: [requires('a'), requires('ghost')], oneOf: [requires('b'), requires('phantom')] }),
    },
    accept: ["{ a: 'x', b: 'y' }"],
    reject: ["{ b: 'y' }", "{ ghost: 'x', b: 'y' }", "{ a: 'x' }"],
  },
  'F22 a branch narrows what it types': {
    crd: {
      spec: object(
        { type: { type: 'string', enum: ['A', 'B', 'C'] }, a: text, b: text },
        {
          required: ['type'],
          oneOf: [
            { properties: { type: { enum: ['A'] } }, required: ['a'] },
            { properties: { type: { enum: ['B', 'C'] } }, required: ['b'] },
          ],
        },
      ),
    },
    accept: ["{ type: 'A', a: 'x' }", "{ type: 'B', b: 'x' }", "{ type: 'C', b: 'x' }"],
    reject: ["{ type: 'A', b: 'x' }", "{ type: 'B', a: 'x' }", "{ type: 'D', a: 'x' }", "{ a: 'x' }"],
    compiles: ["if (foo.spec?.type === 'A') { const a: string = foo.spec.a; void a; }"],
  },
  'F22 a branch tells what an untyped field is': {
    crd: {
      spec: object(
        { port: { 'x-kubernetes-int-or-string': true }, v: preserve },
        {
          anyOf: [
            { properties: { port: { type: 'integer' } }, required: ['port'] },
            { properties: { v: { type: 'string' } }, required: ['v'] },
          ],
        },
      ),
    },
    accept: ['{ port: 1 }', "{ v: 'x' }", "{ port: 'http', v: 'x' }", '{ port: 1, v: 5 }'],
    reject: ['{}', "{ port: 'http' }", '{ v: 5 }'],
  },
  'F22 choices in items and map values': {
    crd: {
      spec: object({
        list: { type: 'array', items: object(abc, { oneOf: [requires('a'), requires('b')] }) },
        map: { type: 'object', additionalProperties: object(abc, { anyOf: [requires('a'), requires('b')] }) },
      }),
    },
    accept: ["{ list: [{ a: 'x' }, { b: 'y' }], map: { k: { a: 'x', b: 'y' } } }"],
    reject: ["{ list: [{ a: 'x', b: 'y' }] }", '{ map: { k: {} } }'],
  },
  'F22 in an open object the choice may be about a field without a schema': {
    crd: { spec: object({ a: text }, { ...preserve, oneOf: [requires('a'), requires('b')] }) },
    accept: ["{ a: 'x' }", '{ b: 1 }', '{ b: 1, c: 2 }'],
    reject: ['{}', "{ a: 'x', b: 1 }"],
  },
  'F22 thousands of alternatives are left to words at once': {
    crd: {
      spec: {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: Array.from({ length: 3000 }, (_, i) => ({ required: ['a', 'b'].slice(i % 2) })),
      },
    },
    accept: ["{ a: 'x' }"],
  },
  'F22 more alternatives than one can read are left to words': {
    crd: {
      spec: object(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, text])), {
        oneOf: Array.from({ length: 20 }, (_, i) => requires(`f${i}`)),
      }),
    },
    accept: ['{}', "{ f1: 'x' }", "{ f1: 'x', f2: 'y' }"],
  },
  'F22, F5 a choice at the root may ask for metadata, which is there and is metadata all the same': {
    crd: {
      schema: {
        type: 'object',
        properties: {
          metadata: { type: 'object' },
          kind: { type: 'string' },
          a: { type: 'string' },
          b: { type: 'string' },
        },
        oneOf: [{ required: ['metadata', 'a'] }, { required: ['kind', 'b'] }],
        anyOf: [{ required: ['metadata'] }, { required: ['zz'] }],
      },
    },
    type: "Omit<FooManifest, 'apiVersion' | 'kind'>",
    accept: ["{ metadata: { name: 'x' }, a: 'x' }", "{ metadata: { generateName: 'x' }, b: 'x' }"],
    compiles: [
      "const one: FooManifest = { apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'x' }, a: 'x' }; void one;",
      'const name: string = foo.metadata.name; void name;',
    ],
    fails: [
      "const none: FooManifest = { apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'x' } }; void none;",
      "const both: FooManifest = { apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'x' }, a: '', b: '' }; void both;",
    ],
  },
  'F22 a choice at the root makes the kind a union': {
    crd: { schema: object({ spec: object(abc), data: text }, { oneOf: [requires('spec'), requires('data')] }) },
    type: 'FooManifest',
    accept: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, spec: {} }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, data: 'x' }",
    ],
    reject: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, data: 'x', spec: {} }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, spec: { d: 1 } }",
    ],
  },
  'F22 a choice with defaults in it has both views': {
    crd: {
      spec: object(
        { a: object({ n: { type: 'integer', default: 1 } }), b: text },
        { oneOf: [requires('a'), requires('b')] },
      ),
    },
    accept: ['{ a: {} }', "{ b: 'x' }"],
    reject: ['{}', "{ a: {}, b: 'x' }"],
    compiles: ['if (foo.spec?.a !== undefined) { const n: number = foo.spec.a.n; void n; }'],
  },
  'F23 not is left to words': {
    crd: { spec: object(abc, { not: requires('a', 'b') }) },
    accept: ["{ a: 'x', b: 'y' }", '{}'],
  },
  'F24 a value that only its branches type is their union, formats apart': {
    crd: {
      spec: object({
        either: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
        dates: {
          oneOf: [
            { type: 'string', format: 'date' },
            { type: 'string', format: 'date-time' },
          ],
        },
        three: { oneOf: [{ type: 'boolean' }, { type: 'string' }, { type: 'array' }] },
        typed: { type: 'string', anyOf: [{ pattern: '^a' }, { pattern: '^b' }] },
      }),
    },
    accept: ['{ either: 1 }', "{ either: 'x', dates: 'x', three: true, typed: 'c' }", '{ three: [1] }'],
    reject: ['{ either: true }', '{ dates: 1 }', '{ three: 1 }', '{ typed: 1 }'],
  },
  'F15, F24 enums in the branches of a value make it a union': {
    crd: {
      spec: object({
        both: { type: 'string', allOf: [{ enum: ['a', 'b', 'c'] }, { enum: ['b', 'c', 'd'] }] },
        either: { type: 'string', anyOf: [{ enum: ['a'] }, { enum: ['b', 1] }] },
        free: { type: 'string', anyOf: [{ enum: ['a'] }, { pattern: '^b' }] },
        nested: { type: 'integer', allOf: [{ anyOf: [{ enum: [1] }, { enum: [2] }] }] },
        fewer: { type: 'string', enum: ['a', 'b', 'c'], allOf: [{ enum: ['a', 'b'] }], not: { enum: ['b'] } },
        // Branches do not see a null.
        nothing: { type: 'string', nullable: true, allOf: [{ enum: ['a'] }] },
        port: { 'x-kubernetes-int-or-string': true, oneOf: [{ enum: ['auto'] }, { enum: [80, 443] }] },
        list: { type: 'array', items: { type: 'string', allOf: [{ enum: ['a'] }] } },
        map: { type: 'object', additionalProperties: { type: 'boolean', not: { enum: [false] } } },
      }),
    },
    accept: [
      "{ both: 'b', either: 'b', free: 'bcd', nested: 2, fewer: 'a', nothing: null }",
      "{ nothing: 'a', port: 80, list: ['a'], map: { x: true } }",
      "{ port: 'auto' }",
    ],
    reject: [
      "{ both: 'a' }",
      "{ both: 'd' }",
      "{ either: 'c' }",
      '{ either: 1 }',
      '{ nested: 3 }',
      "{ fewer: 'b' }",
      "{ nothing: 'b' }",
      "{ port: 'none' }",
      '{ port: 81 }',
      "{ list: ['b'] }",
      '{ map: { x: false } }',
    ],
  },
  'F22 a branch rules values of an enum out': {
    crd: {
      spec: object(
        { mode: { type: 'string', enum: ['on', 'off'] }, reason: text },
        { anyOf: [requires('reason'), { properties: { mode: { not: { enum: ['off'] } } }, required: ['mode'] }] },
      ),
    },
    accept: ["{ mode: 'on' }", "{ mode: 'off', reason: 'x' }", "{ reason: 'x' }"],
    reject: ["{ mode: 'off' }", '{}'],
  },
  'F25, V8 required and undeclared: in an open parent and in a map the field must be there': {
    crd: {
      spec: object({
        open: object({ a: text }, { ...preserve, required: ['ghost'] }),
        map: { type: 'object', additionalProperties: { type: 'integer' }, required: ['ghost'] },
      }),
    },
    accept: ["{ open: { ghost: 1, a: 'x' }, map: { ghost: 1, b: 2 } }"],
    reject: ["{ open: { a: 'x' } }", '{ map: {} }', "{ map: { ghost: 'x' } }"],
  },
  'F25, V8 required and undeclared: in a closed parent no phantom, and on lists no effect': {
    crd: {
      spec: object({
        closed: object({ a: text, b: text }, { required: ['ghost', 'a'] }),
        list: { type: 'array', items: text, required: ['ghost'] },
        s: { type: 'string', required: ['x'] },
      }),
    },
    accept: ["{ closed: { a: 'x' }, list: ['x'], s: 'y' }"],
    reject: ["{ closed: { b: 'x' } }", "{ closed: { a: 'x', ghost: 1 } }"],
  },
} satisfies Record<string, TypeCase>;

describe('combinations', () => {
  judgeCases(cases);

  it('F22 prints a base interface and a union with `?: never` on the others', () => {
    const { text: module } = printSmall({
      spec: object(
        { a: text, b: object({ n: { type: 'integer' } }), c: text },
        { oneOf: [requires('a'), requires('b')] },
      ),
    });
    expect(declarationOf(module, 'FooSpecBase')).toBe(
      'export interface FooSpecBase {\n  readonly a?: string;\n  readonly b?: FooSpecB;\n  readonly c?: string;\n}',
    );
    expect(module).toContain(
      'export type FooSpec = FooSpecBase &\n  (\n    | { readonly a: string; readonly b?: never }\n    | { readonly a?: never; readonly b: FooSpecB }\n  );\n',
    );
  });
});
