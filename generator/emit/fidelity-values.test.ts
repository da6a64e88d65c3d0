import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { declarationOf, printSmall } from '../../tests/support/small-crd.js';
import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { object, preserve } from '../../tests/support/schema-words.js';

const cases = {
  'F11, V4 int-or-string is a number or a string, with or without anyOf and type': {
    crd: {
      spec: object({
        bare: { 'x-kubernetes-int-or-string': true },
        spelled: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
        typed: { 'x-kubernetes-int-or-string': true, type: 'string' },
      }),
    },
    accept: ['{ bare: 1, spelled: 1, typed: 1 }', "{ bare: '1', spelled: '50%', typed: 'a' }"],
    reject: ['{ bare: true }', '{ spelled: true }', '{ typed: [] }', '{ bare: null }'],
  },
  'V3 an enum beside int-or-string tells 1 from "1"': {
    crd: { spec: object({ a: { 'x-kubernetes-int-or-string': true, enum: ['auto', 1] } }) },
    accept: ["{ a: 'auto' }", '{ a: 1 }'],
    reject: ["{ a: '1' }", '{ a: 2 }'],
  },
  'F12 preserve-unknown-fields keeps the types of the known fields': {
    crd: {
      spec: object({
        known: object({ n: { type: 'integer' } }, preserve),
        free: { type: 'object', ...preserve },
        any: preserve,
      }),
    },
    accept: ["{ known: { n: 1, other: 'x' }, free: { a: { b: 1 } }, any: 5 }", '{ any: [null] }', '{ any: { a: 1 } }'],
    reject: ["{ known: { n: 'x' } }", '{ free: 1 }', '{ free: [1] }', '{ unknown: 1 }'],
    compiles: [
      "const n: number | undefined = foo.spec?.known?.n; const o: unknown = foo.spec?.known?.['other']; void n; void o;",
    ],
  },
  'F12 preserve-unknown-fields works on items and map values': {
    crd: {
      spec: object({
        list: { type: 'array', items: preserve },
        map: { type: 'object', additionalProperties: { type: 'object', ...preserve } },
      }),
    },
    accept: ["{ list: [1, 'a', {}], map: { a: { b: 1 } } }"],
    reject: ['{ map: { a: 1 } }', '{ list: 1 }'],
  },
  'V7 on a list preserve-unknown-fields opens the items one level': {
    crd: {
      spec: object({
        list: {
          type: 'array',
          ...preserve,
          items: object({ n: { type: 'integer' }, sub: object({ a: { type: 'string' } }) }),
        },
      }),
    },
    accept: ['{ list: [{ n: 1, other: 2 }] }'],
    reject: ["{ list: [{ n: 'x' }] }", '{ list: [{ sub: { b: 1 } }] }'],
  },
  'V7 on a list of lists preserve-unknown-fields opens the items of the inner lists': {
    crd: {
      spec: object({
        grid: {
          type: 'array',
          ...preserve,
          items: {
            type: 'array',
            items: object({ n: { type: 'integer' }, rows: { type: 'array', items: object({}) } }),
          },
        },
        maps: {
          type: 'array',
          ...preserve,
          items: { type: 'object', additionalProperties: object({ n: { type: 'integer' } }) },
        },
      }),
    },
    accept: ['{ grid: [[{ n: 1, other: 2 }], [{ rows: [{}] }]] }', '{ maps: [{ a: { n: 1 } }] }'],
    reject: ["{ grid: [[{ n: 'x' }]] }", '{ grid: [[{ rows: [{ b: 1 }] }]] }', '{ maps: [{ a: { b: 1 } }] }'],
  },
  'V7 sub-objects of an open object stay closed, and map values beside preserve-unknown-fields are checked': {
    crd: {
      spec: object({
        open: object({ sub: object({ a: { type: 'string' } }) }, preserve),
        map: { type: 'object', ...preserve, additionalProperties: { type: 'string' } },
      }),
    },
    accept: ["{ open: { sub: { a: 'x' }, more: 1 }, map: { a: 'b' } }"],
    reject: ['{ open: { sub: { b: 1 } } }', '{ map: { a: 1 } }'],
  },
  'F12 without a type a value with known fields may also be no object': {
    crd: { spec: object({ p: { ...preserve, properties: { labels: { type: 'array', items: { type: 'string' } } } } }) },
    accept: ["{ p: { labels: ['a'], other: 1 } }", "{ p: [{ labels: 'x' }] }", "{ p: 'text' }", '{ p: 1 }'],
    reject: ["{ p: { labels: 'a' } }"],
  },
  'F13, V14 an embedded object has apiVersion, kind and typed metadata': {
    crd: {
      spec: object({
        open: { type: 'object', 'x-kubernetes-embedded-resource': true, ...preserve },
        closed: { type: 'object', 'x-kubernetes-embedded-resource': true },
        more: object(
          { spec: object({ a: { type: 'string' } }), metadata: { type: 'object' } },
          { 'x-kubernetes-embedded-resource': true },
        ),
      }),
    },
    accept: [
      "{ open: { apiVersion: 'v1', kind: 'Pod', spec: { a: 1 } } }",
      "{ closed: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { a: 'b' } } } }",
      "{ more: { apiVersion: 'v1', kind: 'Pod', metadata: { annotations: {} }, spec: { a: 'x' } } }",
    ],
    reject: [
      "{ open: { kind: 'Pod' } }",
      "{ open: { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 1 } } } }",
      "{ closed: { apiVersion: 'v1', kind: 'Pod', spec: {} } }",
      "{ more: { apiVersion: 'v1', kind: 'Pod', metadata: { lables: {} } } }",
      '{ more: { spec: {} } }',
    ],
  },
  'F13 what the server fills in of an embedded object may be left out': {
    crd: {
      spec: object({
        t: object(
          {
            apiVersion: { type: 'string', enum: ['v1', 'v2'] },
            kind: { type: 'string', default: 'Pod' },
            metadata: { type: 'object', properties: { name: { type: 'string' } }, default: {} },
          },
          { 'x-kubernetes-embedded-resource': true, required: ['kind', 'metadata'] },
        ),
      }),
    },
    accept: ["{ t: { apiVersion: 'v1' } }", "{ t: { apiVersion: 'v2', kind: 'Q', metadata: { name: 'a' } } }"],
    reject: ['{ t: {} }', "{ t: { apiVersion: 'v3' } }"],
    compiles: [
      'const t = foo.spec?.t; if (t) { const k: string = t.kind; const m: object = t.metadata; void [k, m]; }',
    ],
  },
  'F13, F17 an embedded object that is a map, which no API server takes, is open': {
    crd: {
      spec: object({
        x: { type: 'object', 'x-kubernetes-embedded-resource': true, additionalProperties: { type: 'string' } },
      }),
    },
    accept: ["{ x: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, other: 1 } }"],
    reject: ["{ x: { kind: 'Pod' } }"],
  },
  'F14, V1 nullable fields, items and map values take null, others do not': {
    crd: {
      spec: object(
        {
          a: { type: 'string', nullable: true },
          b: { type: 'string' },
          list: { type: 'array', items: { type: 'integer', nullable: true } },
          map: { type: 'object', additionalProperties: { type: 'string', nullable: true } },
          obj: object({ x: { type: 'string' } }, { nullable: true }),
          filled: { type: 'string', nullable: true, default: 'x' },
        },
        { required: ['a'] },
      ),
    },
    accept: ['{ a: null, list: [1, null], map: { k: null }, obj: null, filled: null }', "{ a: 'x', obj: { x: 'y' } }"],
    reject: ['{ a: null, b: null }', '{ list: [] }', '{ a: undefined }'],
    compiles: ['const f: string | null | undefined = foo.spec?.filled; void f;'],
    fails: ['const f: string | undefined = foo.spec?.filled; void f;'],
  },
  'F14, V2 beside an enum null is refused, nullable or not': {
    crd: {
      spec: object({ a: { type: 'string', nullable: true, enum: ['x', null] }, b: { type: 'string', enum: ['y'] } }),
    },
    accept: ["{ a: 'x' }", "{ b: 'y' }"],
    reject: ['{ a: null }', '{ b: null }'],
  },
  'F15, V3 an enum is exactly its values, of the right type': {
    crd: {
      spec: object({
        text: {
          type: 'string',
          enum: ['a', 1, '', "it's", '"q"', 'back\\slash', 'new\nline', '`${x}`', '</script>', '\u2028', 'a'],
        },
        number: { type: 'integer', enum: [1, 2.5, -3, '1'] },
        flag: { type: 'boolean', enum: [true] },
        mixed: { 'x-kubernetes-int-or-string': true, enum: ['1', 1] },
        never: { type: 'string', enum: [1] },
        free: { type: 'string', enum: [] },
      }),
    },
    accept: [
      "{ text: 'a' }",
      "{ text: '' }",
      '{ text: "it\'s" }',
      '{ text: \'"q"\' }',
      "{ text: 'back\\\\slash' }",
      "{ text: 'new\\nline' }",
      "{ text: '`${x}`' }",
      "{ text: '</script>' }",
      "{ text: '\\u2028' }",
      '{ number: 1 }',
      '{ number: -3 }',
      '{ flag: true }',
      "{ mixed: '1' }",
      '{ mixed: 1 }',
      "{ free: 'anything' }",
    ],
    reject: [
      "{ text: '1' }",
      '{ text: 1 }',
      '{ number: 2.5 }',
      "{ number: '1' }",
      '{ flag: false }',
      "{ never: 'x' }",
      '{ never: 1 }',
    ],
  },
  'V3 an enum of objects or lists restricts by what can be met': {
    crd: {
      spec: object({
        text: { type: 'string', enum: ['a', { b: 1 }, ['c']] },
        list: { type: 'array', items: { type: 'string' }, enum: [['a'], {}] },
        map: object({ b: { type: 'integer' } }, { enum: [[1]] }),
      }),
    },
    accept: ["{ text: 'a' }", "{ list: ['a'] }"],
    reject: ["{ text: 'b' }", '{ map: {} }'],
  },
  'F15 thousands of members compile': {
    crd: { spec: object({ a: { type: 'string', enum: Array.from({ length: 4000 }, (_, i) => `member-${i}`) } }) },
    accept: ["{ a: 'member-3999' }"],
    reject: ["{ a: 'member-4000' }"],
    compiles: ["const a: FooSpecA = 'member-0'; void a;"],
  },
  'F16 numbers are number and every string format is string': {
    crd: {
      spec: object({
        i: { type: 'integer', format: 'int64' },
        n: { type: 'number', format: 'double' },
        t: { type: 'string', format: 'date-time' },
        b: { type: 'string', format: 'byte' },
        d: { type: 'string', format: 'binary' },
        q: { type: 'string', format: 'unheard-of' },
      }),
    },
    accept: ["{ i: 1, n: 1.5, t: '2020-01-01T00:00:00Z', b: 'aGk=', d: 'x', q: 'y' }"],
    reject: ['{ i: 1n }', '{ t: new Date() }', "{ i: '1' }"],
  },
  'V5 what is an integer on the wire is a number here, however it is written; what may not fit is said above it': {
    crd: { spec: object({ i: { type: 'integer', format: 'int32' }, l: { type: 'integer', format: 'int64' } }) },
    accept: ['{ i: 1.0, l: 1e3 }'],
    reject: ["{ i: '1' }", '{ l: 1n }', '{ i: true }'],
    compiles: ['const i: number | undefined = foo.spec?.i; void i;'],
  },
  'V15 a format stays a string and is said above it, whether the server checks it or not': {
    crd: {
      spec: object({
        checked: { type: 'string', format: 'date-time' },
        checkedToo: { type: 'string', format: 'cidr', maxLength: 18 },
        not: { type: 'string', format: 'password' },
      }),
    },
    accept: ["{ checked: '2020-01-01T00:00:00Z', checkedToo: '10.0.0.0/8', not: 'x' }"],
    reject: ['{ checked: new Date() }', '{ checkedToo: 1 }', '{ not: [] }'],
  },
  'F17 maps, open objects and closed ones': {
    crd: {
      spec: object({
        map: { type: 'object', additionalProperties: { type: 'integer' } },
        open: { type: 'object', additionalProperties: true },
        openToo: { type: 'object', additionalProperties: true, properties: { a: { type: 'string' } } },
        closed: { type: 'object', additionalProperties: false },
        both: { type: 'object', additionalProperties: { type: 'integer' }, properties: { a: { type: 'string' } } },
      }),
    },
    accept: ["{ map: { a: 1 }, open: { a: [1] }, openToo: { a: 'x', b: 1 }, closed: {}, both: { a: 'x', b: 1 } }"],
    reject: ["{ map: { a: 'x' } }", '{ openToo: { a: 1 } }', '{ closed: { a: 1 } }', '{ both: { a: 1 } }'],
    compiles: ["const n: number | undefined = foo.spec?.map?.['a']; void n;"],
  },
  'F18, V6 an object without fields is empty, and lists may be lists of lists': {
    crd: {
      spec: object({
        none: { type: 'object' },
        metadata: { type: 'object' },
        grid: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
        any: { type: 'array' },
        choices: { type: 'array', items: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
      }),
    },
    accept: ["{ none: {}, metadata: {}, grid: [[1, 2], []], any: [1, 'a', null, {}], choices: [['a'], ['b']] }"],
    reject: [
      '{ none: { a: 1 } }',
      '{ metadata: { labels: {} } }',
      "{ grid: [['a']] }",
      '{ grid: [1] }',
      "{ choices: [['c']] }",
      '{ any: {} }',
      '{ none: 5 }',
      '{ none: [1] }',
    ],
  },
  'F19, V16 bounds on lists are no tuples': {
    crd: { spec: object({ a: { type: 'array', minItems: 2, maxItems: 3, items: { type: 'string' } } }) },
    accept: ["{ a: ['x'] }", "{ a: ['x', 'y', 'z', 'w'] }"],
    compiles: ['const a: readonly string[] | undefined = foo.spec?.a; void a;'],
  },
} satisfies Record<string, TypeCase>;

describe('values', () => {
  judgeCases(cases);

  it.for<[string, object, string]>([
    ['F11 int-or-string', { 'x-kubernetes-int-or-string': true }, 'readonly x?: IntOrString;'],
    ['F12 anything', preserve, 'readonly x?: unknown;'],
    ['F12 a free object', { type: 'object', ...preserve }, 'readonly x?: { readonly [key: string]: unknown };'],
    [
      'F13 any object',
      { type: 'object', 'x-kubernetes-embedded-resource': true, ...preserve },
      'readonly x?: OpenEmbeddedObject;',
    ],
    ['F13 an object', { type: 'object', 'x-kubernetes-embedded-resource': true }, 'readonly x?: EmbeddedObject;'],
    ['F14 a nullable string', { type: 'string', nullable: true }, 'readonly x?: string | null;'],
    [
      'F14 a nullable list',
      { type: 'array', items: { type: 'string' }, nullable: true },
      'readonly x?: readonly string[] | null;',
    ],
    [
      'F14 nullable items',
      { type: 'array', items: { type: 'string', nullable: true } },
      'readonly x?: readonly (string | null)[];',
    ],
    ['F15 an enum', { type: 'string', enum: ['a', 'b'] }, "readonly x?: 'a' | 'b';"],
    [
      'F15 a list of an enum',
      { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
      "readonly x?: readonly ('a' | 'b')[];",
    ],
    [
      'F17 a map',
      { type: 'object', additionalProperties: { type: 'integer' } },
      'readonly x?: { readonly [key: string]: number };',
    ],
    ['F18 an empty object', { type: 'object' }, 'readonly x?: EmptyObject;'],
    ['F18 a list of anything', { type: 'array' }, 'readonly x?: readonly unknown[];'],
    [
      'F18 a list of lists',
      { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      'readonly x?: readonly (readonly number[])[];',
    ],
  ])('%s is printed as one would write it', ([, schema, want], context) => {
    const { text } = printSmall({ spec: object({ x: schema }) });
    expect(text).toContain(`  ${want}\n`);
    show(context, { given: { x: schema }, printed: want });
  });

  it('F15 gives a long enum a name and several members a line', () => {
    const { text } = printSmall({
      spec: object({ zone: { type: 'string', enum: Array.from({ length: 30 }, (_, i) => `zone-${i}`) } }),
    });
    const union = declarationOf(text, 'FooSpecZone');
    expect(union.split('\n').length).toBeLessThan(8);
    expect(Math.max(...union.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain('  readonly zone?: FooSpecZone;\n');
  });

  it('nothing is ever any', () => {
    const { text } = printSmall({
      spec: object({ a: preserve, b: { type: 'array' }, c: { type: 'object', ...preserve } }),
    });
    expect(text).not.toMatch(/\bany\b/);
  });
});
