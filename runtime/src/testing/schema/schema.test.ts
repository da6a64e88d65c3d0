import { describe, expect, it } from 'vitest';

import { cpuSeconds } from '../../../../tests/support/cpu-seconds.js';
import type { JsonObject } from '../state/json.js';
import { applyDefaults } from './defaults.js';
import { prune } from './prune.js';
import { readStructural } from './structural.js';
import { validate } from './validate.js';

/** A whole object whose `spec.x` has the schema. */
function schemaOf(x: unknown) {
  return readStructural({
    type: 'object',
    properties: { spec: { type: 'object', properties: { x } } },
  });
}

function wholeOf(x: unknown): JsonObject {
  return { apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }, spec: x === undefined ? {} : { x } };
}

/** What is stored for `x`, after pruning and defaults. */
function stored(x: unknown, schema: unknown): unknown {
  const object = structuredClone(wholeOf(x));
  const structural = schemaOf(schema);
  prune(object, structural);
  applyDefaults(object, structural);
  return (object['spec'] as JsonObject)['x'];
}

/** What is wrong with `x`. */
function faults(x: unknown, schema: unknown, before?: unknown): string[] {
  const object = structuredClone(wholeOf(x));
  const structural = schemaOf(schema);
  applyDefaults(object, structural);
  return validate(object, structural, before === undefined ? undefined : wholeOf(before)).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

const string = { type: 'string' };
const object = (properties: Record<string, unknown>, more: object = {}) => ({ type: 'object', properties, ...more });

describe('pruning', () => {
  it('V6: drops what the schema does not declare, at any depth, and names it', () => {
    const whole = wholeOf({ a: 'x', b: 1, list: [{ c: 1, d: 1 }] });
    const schema = schemaOf(object({ a: string, list: { type: 'array', items: object({ c: { type: 'integer' } }) } }));
    expect(prune({ ...whole, extra: 1 }, schema)).toEqual(['spec.x.b', 'spec.x.list[0].d', 'extra']);
    expect(whole['spec']).toEqual({ x: { a: 'x', list: [{ c: 1 }] } });
  });

  it.each([
    [
      'additionalProperties: true keeps any key, but no fields of the objects below',
      { type: 'object', additionalProperties: true },
      { a: { b: 1 }, c: 'x', list: [{ d: 1 }, 3, [{ e: 1 }]] },
      { a: {}, c: 'x', list: [{}, 3, [{}]] },
    ],
    [
      'additionalProperties: true does so in an open object, too',
      { type: 'object', additionalProperties: true, 'x-kubernetes-preserve-unknown-fields': true },
      { a: { b: 1 }, c: 'x' },
      { a: {}, c: 'x' },
    ],
    ['additionalProperties: false keeps nothing', { type: 'object', additionalProperties: false }, { a: 1 }, {}],
    [
      'a map of objects keeps what they declare',
      { type: 'object', additionalProperties: object({ a: string }) },
      { k: { a: 'x', b: 1 } },
      { k: { a: 'x' } },
    ],
    [
      'an open object keeps all but what its declared parts do not know',
      object({ a: object({ b: string }) }, { 'x-kubernetes-preserve-unknown-fields': true }),
      { a: { b: 'x', c: 1 }, d: { e: 1 } },
      { a: { b: 'x' }, d: { e: 1 } },
    ],
    [
      'an open list opens its items by one level',
      { type: 'array', items: object({ a: object({ b: string }) }), 'x-kubernetes-preserve-unknown-fields': true },
      [{ a: { b: 'x', c: 1 }, d: 1 }],
      [{ a: { b: 'x' }, d: 1 }],
    ],
    [
      'a property that only a branch names is unknown',
      object({ a: string }, { anyOf: [{ properties: { b: string } }] }),
      { a: 'x', b: 'y' },
      { a: 'x' },
    ],
  ])('V7: %s', (_, schema, given, want) => {
    expect(stored(given, schema)).toEqual(want);
  });

  it('V17: properties called __proto__, constructor and "" are plain keys', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"object","properties":{"a":{"type":"string","default":"d"}}},"constructor":{"type":"string"},"":{"type":"string"}}}',
    ) as unknown;
    const given = JSON.parse('{"__proto__":{"b":1},"constructor":"c","":"e","toString":1}') as unknown;
    expect(JSON.stringify(stored(given, schema))).toBe('{"__proto__":{"a":"d"},"constructor":"c","":"e"}');
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  it('reads the metadata of an embedded resource as metadata', () => {
    const embedded = {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    };
    expect(
      stored({ kind: 'Pod', metadata: { name: 'a', odd: 1, labels: { a: null } }, spec: { b: 1 } }, embedded),
    ).toEqual({
      kind: 'Pod',
      metadata: { name: 'a', labels: { a: '' } },
      spec: { b: 1 },
    });
  });
});

describe('defaults and nulls', () => {
  it.each([
    [
      'kept where it is nullable, also beside a default',
      object({ a: { ...string, nullable: true, default: 'd' } }),
      { a: null },
      { a: null },
    ],
    ['dropped where it is not', object({ a: string }), { a: null }, {}],
    ['dropped in a map value', { type: 'object', additionalProperties: string }, { a: null }, {}],
    ['replaced by a default', object({ a: { ...string, default: 'd' } }), { a: null }, { a: 'd' }],
    [
      'kept inside an open object',
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      { a: null },
      { a: null },
    ],
    ['kept in a list item', { type: 'array', items: string }, [null], [null]],
  ])('V1: null is %s', (_, schema, given, want) => {
    expect(stored(given, schema)).toEqual(want);
  });

  it.each([
    ['list items', { type: 'array', items: object({ a: { ...string, default: 'd' } }) }, [{}], [{ a: 'd' }]],
    [
      'map values',
      { type: 'object', additionalProperties: object({ a: { ...string, default: 'd' } }) },
      { k: {} },
      { k: { a: 'd' } },
    ],
    [
      'open objects',
      object({ a: { ...string, default: 'd' } }, { 'x-kubernetes-preserve-unknown-fields': true }),
      { b: 1 },
      { a: 'd', b: 1 },
    ],
    [
      'objects that are a default themselves',
      object({ a: object({ b: { ...string, default: 'd' } }, { default: {} }) }),
      {},
      { a: { b: 'd' } },
    ],
  ])('V10: defaults are filled in in %s', (_, schema, given, want) => {
    expect(stored(given, schema)).toEqual(want);
  });

  it('V10: defaults are not filled in below a parent that is not there', () => {
    expect(stored({}, object({ a: object({ b: { ...string, default: 'd' } }) }))).toEqual({});
  });

  it('gives each object a default of its own', () => {
    const schema = { type: 'array', items: object({ a: { type: 'array', items: string, default: ['d'] } }) };
    const [first, second] = stored([{}, {}], schema) as { a: string[] }[];
    expect(first?.a).not.toBe(second?.a);
  });
});

describe('validation', () => {
  it.each([
    ['type', string, 1, 'spec.x: Invalid value: "integer": spec.x in body must be of type string: "integer"'],
    [
      'a null in a list',
      { type: 'array', items: string },
      [null],
      'spec.x[0]: Invalid value: "null": spec.x[0] in body must be of type string: "null"',
    ],
    ['required', object({ a: string }, { required: ['a'] }), {}, 'spec.x.a: Required value'],
    ['enum', { ...string, enum: ['a', 'b'] }, 'c', 'spec.x: Unsupported value: "c": supported values: "a", "b"'],
    [
      'pattern',
      { ...string, pattern: '^a+$' },
      'b',
      'spec.x: Invalid value: "b": spec.x in body should match \'^a+$\'',
    ],
    [
      'minimum',
      { type: 'integer', minimum: 1 },
      0,
      'spec.x: Invalid value: 0: spec.x in body should be greater than or equal to 1',
    ],
    [
      'exclusive maximum',
      { type: 'number', maximum: 1, exclusiveMaximum: true },
      1,
      'spec.x: Invalid value: 1: spec.x in body should be less than 1',
    ],
    [
      'multipleOf',
      { type: 'number', multipleOf: 0.1 },
      0.35,
      'spec.x: Invalid value: 0.35: spec.x in body should be a multiple of 0.1',
    ],
    [
      'minLength',
      { ...string, minLength: 1 },
      '',
      'spec.x: Invalid value: "": spec.x in body should be at least 1 chars long',
    ],
    [
      'minItems',
      { type: 'array', minItems: 1 },
      [],
      'spec.x: Invalid value: 0: spec.x in body should have at least 1 items',
    ],
    ['maxItems', { type: 'array', maxItems: 1 }, [1, 2], 'spec.x: Too many: 2: must have at most 1 item'],
    [
      'maxProperties',
      { type: 'object', additionalProperties: true, maxProperties: 1 },
      { a: 1, b: 2 },
      'spec.x: Too many: 2: must have at most 1 item',
    ],
    [
      'format',
      { ...string, format: 'date-time' },
      'today',
      'spec.x: Invalid value: "today": spec.x in body must be of type date-time: "today"',
    ],
    [
      'not',
      object({ a: string }, { not: { required: ['a'] } }),
      { a: 'x' },
      '<nil>: Invalid value: "": "spec.x" must not validate the schema (not)',
    ],
    [
      'V14: the kind of an embedded resource',
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      { apiVersion: 'v1' },
      'spec.x.kind: Required value',
    ],
    [
      'V16: a set',
      { type: 'array', items: string, 'x-kubernetes-list-type': 'set' },
      ['a', 'a'],
      'spec.x[1]: Duplicate value: "a"',
    ],
  ])('tells what is wrong: %s', (_, schema, given, want) => {
    expect(faults(given, schema)).toEqual([want]);
  });

  it('V2: an enum refuses null, also where null is allowed', () => {
    expect(faults(null, { ...string, nullable: true, enum: ['a'] })).toHaveLength(1);
    expect(faults(null, { ...string, nullable: true })).toEqual([]);
  });

  it('V3: a member of another type than the schema’s can never be met, and an empty enum restricts nothing', () => {
    expect(faults(1, { ...string, enum: ['a', 1] })).toHaveLength(1);
    expect(faults('1', { ...string, enum: ['a', 1] })).toHaveLength(1);
    expect(faults('anything', { ...string, enum: [] })).toEqual([]);
  });

  it('V4: int-or-string takes whole numbers and strings, whatever type stands beside it', () => {
    const schema = { type: 'string', 'x-kubernetes-int-or-string': true };
    expect([1, '1', 1.0].flatMap((value) => faults(value, schema))).toEqual([]);
    expect([1.5, true].map((value) => faults(value, schema).length)).toEqual([1, 1]);
  });

  it('V5: int32 is checked for its range, and integers for 64 bits', () => {
    expect(faults(2 ** 31 - 1, { type: 'integer', format: 'int32' })).toEqual([]);
    expect(faults(2 ** 31, { type: 'integer', format: 'int32' })).toHaveLength(1);
    expect(faults(2 ** 63, { type: 'integer' })).toHaveLength(1);
  });

  it('V8: required names what must be there in an open object, and means nothing on a list', () => {
    expect(faults({}, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, required: ['a'] })).toHaveLength(
      1,
    );
    expect(faults([], { type: 'array', items: string, required: ['a'] })).toEqual([]);
  });

  it('V11: an update may leave alone what a newer schema refuses, and nothing else', () => {
    const schema = object({ color: { ...string, enum: ['red'] }, size: { type: 'integer' } });
    expect(faults({ color: 'old', size: 2 }, schema, { color: 'old', size: 1 })).toEqual([]);
    expect(faults({ color: 'older', size: 2 }, schema, { color: 'old', size: 1 })).toHaveLength(1);
    expect(faults({ color: 'old', size: 2 }, schema)).toHaveLength(1);
  });

  it('V11: the members of a list of type map are known by their keys', () => {
    const schema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: object({ name: string, color: { ...string, enum: ['red'] } }),
    };
    const before = [{ name: 'a', color: 'old' }];
    expect(
      faults(
        [
          { name: 'b', color: 'red' },
          { name: 'a', color: 'old' },
        ],
        schema,
        before,
      ),
    ).toEqual([]);
    expect(
      faults(
        [
          { name: 'b', color: 'old' },
          { name: 'a', color: 'old' },
        ],
        schema,
        before,
      ),
    ).toHaveLength(1);
  });

  it('finds each of many members of a list of type map among those before, all changed, in the time of one pass', () => {
    const schema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: object({ name: string, color: { ...string, enum: ['red'] }, size: { type: 'integer' } }),
    };
    const members = (size: number) => Array.from({ length: 20_000 }, (_, i) => ({ name: `m${i}`, color: 'old', size }));
    let told: string[] = [];
    expect(cpuSeconds(() => (told = faults(members(2), schema, members(1))))).toBeLessThan(2);
    expect(told).toEqual([]);
  });

  it('tells of more faults than a call takes arguments', () => {
    const list = { type: 'array', items: { type: 'integer' } };
    const wrong = Array.from({ length: 150_000 }, () => 'a');
    expect(faults(wrong, list)).toHaveLength(150_000);
    expect(faults(wrong, { type: 'array', items: {}, anyOf: [list] })).toHaveLength(150_001);
  });

  it('V15: counts characters, not the units of their encoding', () => {
    expect(faults('🙂🙂', { ...string, maxLength: 2 })).toEqual([]);
    expect(faults('🙂', { ...string, minLength: 2 })).toHaveLength(1);
  });

  it('V16: two members of a list of type map may not have the same keys, defaults included', () => {
    const schema = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: object({ port: { type: 'integer' }, protocol: { ...string, default: 'TCP' } }),
    };
    expect(faults([{ port: 1 }, { port: 1, protocol: 'UDP' }], schema)).toEqual([]);
    expect(faults([{ port: 1 }, { port: 1, protocol: 'TCP' }], schema)).toEqual([
      'spec.x[1]: Duplicate value: {"port":1,"protocol":"TCP"}',
    ]);
  });

  it('an atomic list, and one of no type, may have a member twice', () => {
    const list = { type: 'array', items: string };
    expect(faults(['a', 'a'], { ...list, 'x-kubernetes-list-type': 'atomic' })).toEqual([]);
    expect(faults(['a', 'a'], list)).toEqual([]);
  });

  it('V20: null and an empty type say nothing, in a branch as elsewhere', () => {
    const either = (...branches: unknown[]) => object({ a: string, b: string }, { anyOf: branches });
    expect(faults({ b: 'x' }, either(null, { required: ['a'] }))).toEqual([]);
    expect(faults({ b: 'x' }, either({ not: null }, { required: ['a'] }))).toEqual([]);
    expect(faults({ b: 'x' }, either({ type: '', properties: { a: null }, required: ['b'] }))).toEqual([]);
    expect(faults({ a: 'x' }, either({ type: '', required: ['b'] }))).toContain('spec.x.b: Required value');
    expect(faults(1, { 'x-kubernetes-preserve-unknown-fields': true, type: '' })).toEqual([]);
  });

  it('oneOf wants exactly one branch, and says how many hold', () => {
    const schema = object({ a: string, b: string }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] });
    expect(faults({ a: 'x' }, schema)).toEqual([]);
    expect(faults({}, schema)[0]).toContain('Found none valid');
    expect(faults({ a: 'x', b: 'y' }, schema)[0]).toContain('Found 2 valid alternatives');
  });

  it('does not enforce a pattern that only RE2 can read, and reads what both can', () => {
    expect(faults('x', { ...string, pattern: '(?P<a>y)' })).toHaveLength(1);
    expect(faults('Y', { ...string, pattern: '(?i)^y$' })).toEqual([]);
    expect(faults('Warn', { ...string, pattern: '^(?i)(abort|warn)?$' })).toEqual([]);
    expect(faults('warning', { ...string, pattern: '^(?i)(abort|warn)?$' })).toHaveLength(1);
    expect(faults('é', { ...string, pattern: '^\\pL$' })).toEqual([]);
  });
});
