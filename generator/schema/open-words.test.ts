import { Ajv } from 'ajv';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSchemas, schemaWord as $schema } from '../../tests/support/json-schemas.js';
import { compile, writeProject } from '../../tests/support/type-check.js';
import { openWords } from './open-words.js';

const text = { type: 'string' };
const number = { type: 'number' };
const definitions = {
  any: {},
  base: { type: 'object', additionalProperties: false, properties: { kind: text, size: number, free: true } },
  condition: {
    type: 'object',
    properties: { op: text },
    allOf: [{ type: 'object', properties: { all: { type: 'array', items: { $ref: '#/definitions/condition' } } } }],
  },
  node: {
    type: 'object',
    properties: { kind: text, child: { $ref: '#/definitions/node', properties: { kind: { enum: ['a', 'b'] } } } },
  },
  rule: { type: 'object', required: ['op'], properties: { op: text, size: number } },
  list: { type: 'array', properties: { a: text }, items: {} },
  count: { type: 'number', allOf: [{ anyOf: [{ type: 'array', items: { $ref: '#/definitions/count' } }, {}] }] },
  more: { $ref: '#/definitions/base', properties: { kind: { enum: ['a', 'b'] } } },
  keyword: {
    type: 'object',
    properties: {
      const: { $ref: '#/definitions/keyword' },
      other: { title: 'Other', 'x-of': { $ref: '#/definitions/keyword' }, unevaluatedProperties: { $ref: '#' } },
    },
  },
  hasOwnProperty: { type: 'object', properties: { hasOwnProperty: text }, required: ['hasOwnProperty'] },
};

interface Case {
  readonly schema: object;
  readonly accept: readonly unknown[];
  /** What neither a validator nor the type takes. */
  readonly reject?: readonly unknown[];
}

const cases: Readonly<Record<string, Case>> = {
  'a description alone': { schema: { description: 'Anything.' }, accept: ['a', 1, null, [1], { a: 1 }] },
  'a title alone': { schema: { title: 'Anything' }, accept: ['a', 1, null] },
  'a bound': { schema: { minimum: 1 }, accept: [2, 'a'] },
  'a pattern': { schema: { pattern: '^a', description: 'Starts with a.' }, accept: ['ab', 1] },
  'a format': { schema: { minLength: 1 }, accept: ['2026-01-01', true] },
  not: { schema: { not: { type: 'number' } }, accept: ['a', [1]] },
  'a condition': { schema: { if: { type: 'string' }, then: { minLength: 1 } }, accept: ['a', 1] },
  'unique items': { schema: { uniqueItems: true }, accept: [[1, 2], 'a'] },
  'required fields alone': { schema: { required: ['a'] }, accept: [{ a: 1 }, 'a'] },
  'a reference to anything, with words of its own': {
    schema: { $ref: '#/definitions/any', description: 'One.' },
    accept: ['a', 1, { b: 1 }],
  },
  'a text with branches about its form': {
    schema: { type: 'string', anyOf: [{ pattern: '^a' }, { const: '' }, { maxLength: 2 }] },
    accept: ['abc', '', 'b'],
    reject: [1, { a: 1 }],
  },
  'an enum with members that the type refuses': {
    schema: { type: 'string', enum: ['x', 1, null] },
    accept: ['x'],
    reject: [1, null],
  },
  'an enum of a type or null': {
    schema: { type: ['integer', 'null'], enum: [1, 1.5, 'x', null] },
    accept: [1, null],
    reject: [1.5, 'x'],
  },
  'an enum of a value that may be null, in the words of OpenAPI': {
    schema: { type: 'string', nullable: true, enum: ['x', null] },
    accept: ['x', null],
    reject: [1],
  },
  'an enum with objects and lists that the type refuses': {
    schema: { type: 'object', enum: [{ a: 1 }, ['x'], null] },
    accept: [{ a: 1 }],
    reject: [['x'], null],
  },
  'a list with an enum that the type of its items refuses': {
    schema: { type: 'array', items: { type: 'string', enum: [null] } },
    accept: [[]],
    reject: [[null]],
  },
  'a constant that the type refuses': {
    schema: { type: 'object', properties: { b: { type: 'boolean', const: 'true' } } },
    accept: [{}],
    reject: [{ b: 'true' }, { b: true }],
  },
  'a number with bounds in branches': {
    schema: { type: 'number', allOf: [{ minimum: 1 }, { not: { const: 3 } }] },
    accept: [2],
    reject: ['a'],
  },
  'an object or null with fields in a branch': {
    schema: { type: ['object', 'null'], properties: { a: text }, anyOf: [{ properties: { a: { const: 'x' } } }] },
    accept: [null, { a: 'x' }],
    reject: ['a'],
  },
  'a closed object with branches of required fields': {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { a: text, b: text },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    accept: [{ a: 'x' }],
    reject: [{ a: 'x', c: 1 }, { a: 1 }],
  },
  'an object with a condition and no fields': {
    schema: { type: 'object', allOf: [{ if: { required: ['a'] }, then: { required: ['b'] } }] },
    accept: [{}, { a: 1, b: 2 }],
    reject: ['a'],
  },
  'a tuple that may go on': {
    schema: { type: 'array', items: [text] },
    accept: [[], ['a'], ['a', 1, null]],
    reject: [[1]],
  },
  'a tuple that may not': {
    schema: { type: 'array', items: [text], maxItems: 1 },
    accept: [[], ['a']],
    reject: [['a', 1]],
  },
  'keys that no pattern meets': {
    schema: { type: 'object', properties: { b: number }, patternProperties: { '^x-': text } },
    accept: [{ 'x-a': 'a', b: 1, other: 2 }],
    reject: [{ b: 'a' }],
  },
  'a pattern that every key meets': {
    schema: { type: 'object', patternProperties: { '^.*$': text } },
    accept: [{ a: 'a' }],
    reject: [{ a: 1 }],
  },
  'patterns of a closed object': {
    schema: { type: 'object', patternProperties: { '^x-': text }, additionalProperties: false },
    accept: [{ 'x-a': 'a' }],
    reject: [{ 'x-a': 1 }],
  },
  'branches that lead back to the schema': {
    schema: { $ref: '#/definitions/condition' },
    accept: [{ op: 'and', all: [{ op: 'x' }] }],
    reject: [{ op: 1 }, { all: [{ all: 1 }] }],
  },
  'fields beside a reference to the schema around': {
    schema: { $ref: '#/definitions/node' },
    accept: [{ child: { kind: 'a', child: { kind: 'b' } } }],
    reject: [{ child: { kind: 1 } }, { kind: 1 }],
  },
  'branches that lead back to the root': {
    schema: { properties: { a: text }, allOf: [{ properties: { root: { $ref: '#' } } }] },
    accept: [{ a: 'x', root: { p0: 1 } }],
    reject: [{ a: 1 }, { root: { other: 1 } }],
  },
  'a closed reference as the one branch of an object': {
    schema: { type: 'object', allOf: [{ $ref: '#/definitions/base' }] },
    accept: [{ kind: 'x' }],
    reject: [{ kind: 1 }, { other: 1 }],
  },
  'fields beside a reference': {
    schema: { $ref: '#/definitions/more', properties: { kind: { const: 'a' } } },
    accept: [{ kind: 'a', size: 1, free: 'x' }],
    reject: [{ kind: 'c' }, { kind: 'a', size: 'x' }, { kind: 'a', other: 1 }],
  },
  'a description beside a reference': {
    schema: { $ref: '#/definitions/rule', description: 'One rule.', title: 'Own rule' },
    accept: [{ op: 'x', more: 1 }],
    reject: [{}, { op: 1 }],
  },
  'required fields beside a reference': {
    schema: { $ref: '#/definitions/rule', required: ['size', 'more'] },
    accept: [{ op: 'x', size: 1, more: 1 }],
    reject: [
      { op: 'x', size: 1 },
      { size: 1, more: 1 },
      { op: 'x', size: 'x', more: 1 },
    ],
  },
  'a choice beside a reference': {
    schema: {
      $ref: '#/definitions/rule',
      anyOf: [{ properties: { size: { const: 1 } } }],
      oneOf: [{ type: 'object' }],
    },
    accept: [{ op: 'x', size: 1 }],
    reject: [{ op: 'x', size: 2 }, { size: 1 }],
  },
  'a choice beside a reference to the schema around': {
    schema: {
      properties: {
        in: { type: 'object', properties: { b: { $ref: '#', anyOf: [{ $ref: '#' }, { type: 'null' }] } } },
      },
    },
    accept: [{ in: { b: { p0: 1 } } }],
    reject: [{ in: 1 }, { in: { b: { other: 1 } } }],
  },
  'named schemas in a choice that takes anything': {
    schema: {
      type: 'object',
      properties: {
        b: {
          anyOf: [{ $ref: '#', properties: { p0: { title: 'No name', type: 'array', items: [{ title: 'It' }] } } }, {}],
        },
      },
    },
    accept: [{ b: 1 }, { b: { p0: 'x', other: 1 } }],
    reject: ['a'],
  },
  'fields beside a choice that takes anything': {
    schema: { type: 'object', properties: { a: text }, oneOf: [{ title: 'A', type: 'null' }, true] },
    accept: [{ a: 'x' }],
    reject: [{ a: 1 }, 'a'],
  },
  'lists of short lists': {
    schema: { type: 'array', items: { type: 'array', items: text, maxItems: 1 } },
    accept: [[], [[]], [['a'], []], [['a'], ['b']]],
    reject: [['a'], [[1]], [['a', 'b']]],
  },
  'lists of tuples': {
    schema: { type: 'array', maxItems: 90, items: { type: 'array', items: [text, number] } },
    accept: [
      [],
      [[]],
      [['a'], []],
      [
        ['a', 1],
        ['b', 2, null],
      ],
    ],
    reject: [['a'], [[1]]],
  },
  'a value that looks like a reference': {
    schema: { const: { $ref: 'x' } },
    accept: [{ $ref: 'x' }],
    reject: [{ $ref: 'y' }, 'x'],
  },
  'a value that looks like a schema': {
    schema: { const: { items: { properties: true } } },
    accept: [{ items: { properties: true } }],
    reject: [{ items: { properties: false } }, { items: {} }],
  },
  'lists of values that look like references': {
    schema: { type: 'array', items: { description: 'Data.', enum: [{ $ref: '#' }, [{ $ref: '*/' }], 'a'] } },
    accept: [['a', { $ref: '#' }], [[{ $ref: '*/' }]]],
    reject: [{ $ref: '#' }, ['b'], [{ p0: 1 }]],
  },
  'fields that every object inherits': {
    schema: {
      type: 'object',
      properties: { constructor: text, valueOf: { type: 'array', items: text }, toString: {}, isPrototypeOf: number },
      required: ['isPrototypeOf'],
    },
    accept: [{ isPrototypeOf: 1 }, { isPrototypeOf: 1, constructor: 'x', toString: 1 }],
    reject: [{ isPrototypeOf: 1, constructor: 1 }, { isPrototypeOf: 'x' }],
  },
  'a field and a definition called hasOwnProperty': {
    schema: {
      type: 'object',
      properties: { hasOwnProperty: { $ref: '#/definitions/hasOwnProperty' }, name: { enum: ['hasOwnProperty_'] } },
      required: ['hasOwnProperty'],
    },
    accept: [{ hasOwnProperty: { hasOwnProperty: 'x' }, name: 'hasOwnProperty_' }],
    reject: [{}, { hasOwnProperty: {} }, { hasOwnProperty: { hasOwnProperty: 1 } }],
  },
  'fields of a list': {
    schema: { $ref: '#/definitions/list' },
    accept: [[], [1]],
    reject: [{ a: 'x' }, 1],
  },
  'branches of a number that lead back': {
    schema: { $ref: '#/definitions/count' },
    accept: [1],
    reject: ['a', [1]],
  },
  'words of others that lead back, beside a field named as a keyword': {
    schema: {
      $ref: '#/definitions/keyword',
    },
    accept: [{ const: { const: {} }, other: { a: 1 } }, { other: 'x' }],
    reject: [{ const: 1 }, { const: { const: 'x' } }],
  },
  'a condition that leads back, at a field named as a keyword': {
    schema: { properties: { const: { type: 'string', if: { $ref: '#' } }, enum: { not: { $ref: '#' } } } },
    accept: [{ const: 'a', enum: 1 }],
    reject: [{ const: 1 }],
  },
};

describe('what a JSON Schema does not say', () => {
  const schema = {
    $schema,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.values(cases).map((one, i) => [`p${i}`, one.schema])),
    definitions,
  };
  const probes = Object.entries(cases).flatMap(([title, { accept, reject = [] }], i) =>
    [...accept.map((value) => ({ value, isGood: true })), ...reject.map((value) => ({ value, isGood: false }))].map(
      ({ value, isGood }) => ({ title, isGood, value: { [`p${i}`]: value } }),
    ),
  );
  let folder: string;
  let refused: Set<number>;
  let others: unknown[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-open-words-'));
    const { files, messages } = await makeSchemas({ 'values.schema.json': schema });
    const lines = probes.map(({ value }) => `void (${JSON.stringify(value)} satisfies Values);`);
    const program = ["import type { Values } from './values.js';", ...lines].join('\n');
    writeProject(folder, [
      { path: 'values.ts', content: files['values.ts'] ?? '' },
      { path: 'probe.ts', content: program },
    ]);
    const errors = await compile(folder, {
      compiler: 'typescript7',
      include: ['*.ts'],
      runtime: 'declarations',
    });
    others = [...messages, ...errors.filter(({ file }) => file !== 'probe.ts')];
    refused = new Set(errors.map(({ line }) => line - 2));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has types without an error', () => {
    expect(others).toEqual([]);
  });

  it('is judged by a validator as the table says', () => {
    const isValid = new Ajv({ strict: false, ownProperties: true }).compile(schema);
    expect(probes.filter(({ value, isGood }) => isValid(value) !== isGood)).toEqual([]);
  });

  it.each(Object.keys(cases))('stays open, and what it says is kept: %s', (wanted) => {
    const wrong = probes.filter(({ title, isGood }, i) => title === wanted && refused.has(i) === isGood);
    expect(wrong).toEqual([]);
  });

  it('of a choice of hundreds of thousands of values makes the same as of a few', () => {
    const values = Array.from({ length: 300_000 }, (_, i) => i);
    expect(openWords({ enum: values })).toEqual({ enum: values });
  });
});
