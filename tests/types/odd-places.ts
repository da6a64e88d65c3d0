import type { OddSchema } from './odd-schemas.js';
import { object, requires, text } from '../support/schema-words.js';

const int = { type: 'integer' };
const letter = { type: 'string', enum: ['p', 'q'] };
const intOrString = { 'x-kubernetes-int-or-string': true };
const keep = { 'x-kubernetes-preserve-unknown-fields': true };
const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true };
const map = (values: unknown, more: object = {}): object => ({ type: 'object', additionalProperties: values, ...more });
const list = (items: unknown, more: object = {}): object => ({ type: 'array', items, ...more });
const oneOf = (...names: string[]): object => ({ oneOf: names.map((name) => requires(name)) });
const anyOf = (...names: string[]): object => ({ anyOf: names.map((name) => requires(name)) });
/** `constructor` and the like as keys of their own. */
const json = (source: string): unknown => JSON.parse(source);

/** Rules in places where they seldom stand: below items and map values, in resources in resources. A real API server confirms every line. */
export const oddPlaces: readonly OddSchema[] = [
  {
    name: 'embedded resources of which the server fills something in',
    spec: object({
      t: {
        ...embedded,
        properties: {
          apiVersion: { ...text, default: 'v1' },
          kind: { ...text, enum: ['A', 'B'], default: 'A' },
          metadata: { type: 'object', default: {} },
        },
        required: ['kind', 'metadata'],
      },
      l: list({
        ...embedded,
        ...keep,
        properties: { kind: { ...text, default: 'A' }, a: int, b: int },
        oneOf: [requires('a', 'kind'), requires('b', 'metadata')],
      }),
    }),
    accept: [
      { t: {} },
      { t: { kind: 'B', metadata: { name: 'x' } } },
      { l: [{ apiVersion: 'v1', a: 1 }] },
      { l: [{ apiVersion: 'v1', kind: 'C', metadata: {}, b: 1, z: 1 }] },
    ],
    reject: [{ t: { kind: 'C' } }, { t: { z: 1 } }, { l: [{ a: 1 }] }, { l: [{ apiVersion: 'v1', b: 1 }] }],
  },
  {
    name: 'fields that only a branch names, in open and closed objects',
    spec: object({
      some: object(
        { a: text },
        { ...keep, anyOf: [{ properties: { b: { enum: ['x'] } }, ...requires('b') }, requires('a')] },
      ),
      all: map(true, { allOf: [{ properties: { b: { enum: ['x', 1] } } }] }),
      closed: object({ a: text, c: text }, { oneOf: [{ properties: { ghost: { enum: ['x'] } } }, requires('a')] }),
      none: object({ a: text }, { maxProperties: 0 }),
    }),
    accept: [
      { some: { b: 'x', c: 1 }, all: { b: 1, c: 2 }, closed: { c: 'x' }, none: {} },
      { some: { a: 'x', b: 'y' }, all: {}, closed: {} },
    ],
    reject: [
      ...[{ b: 'y' }, { b: null }, {}].map((some) => ({ some })),
      ...[{ b: 'y' }, { b: null }].map((all) => ({ all })),
      ...[{ a: 'x' }, { ghost: 'x' }].map((closed) => ({ closed })),
      { none: { a: 'x' } },
    ],
  },
  {
    name: 'values of any type with rules for objects, and null among items of any type',
    spec: object({
      any: { ...keep, ...requires('a') },
      asked: list({ ...keep, ...requires('a') }),
      fields: list({ ...keep, properties: { a: text } }),
      values: list({ ...keep, anyOf: [{ enum: ['a'] }, { enum: ['b'] }] }),
      members: list({ ...keep, enum: ['a'] }),
    }),
    accept: [
      {
        any: { a: 1, b: 2 },
        asked: [null, 's', { a: 1 }],
        fields: [null, 1, { a: 'x' }],
        values: [null, 'b'],
        members: ['a'],
      },
      ...['s', 1, true, [1], { a: null }].map((any) => ({ any })),
    ],
    reject: [
      ...[{}, { b: 1 }].map((any) => ({ any })),
      { asked: [{}] },
      { fields: [{ a: 1 }] },
      { values: ['c'] },
      { members: [null] },
    ],
  },
  {
    name: 'a choice that an enum makes, of a field that may be null',
    spec: object(
      { k: { ...text, nullable: true, default: 'A' }, a: int, b: int },
      {
        oneOf: [
          { properties: { k: { enum: ['A'] } }, ...requires('a') },
          { properties: { k: { enum: ['B', null] } }, ...requires('b') },
        ],
      },
    ),
    accept: [{ a: 1 }, { k: 'B', b: 1 }, { k: 'A', a: 1, b: 1 }],
    reject: [{ k: null, a: 1 }, { k: null, b: 1 }, { b: 1 }, {}],
  },
  {
    name: 'branches that leave null alone',
    spec: object(
      {
        k: { ...text, nullable: true },
        l: list(text, { nullable: true }),
        o: object({ x: int }, { nullable: true, ...oneOf('x') }),
      },
      {
        anyOf: [{ properties: { k: { not: { enum: ['A'] } } } }],
        allOf: [{ properties: { l: { minItems: 1 } } }, { properties: { k: { pattern: '^x' } } }],
      },
    ),
    accept: [
      { k: null, l: null, o: null },
      { k: 'x', l: ['a'], o: { x: 1 } },
    ],
    reject: [{ k: 1 }, { l: [null] }, { o: {} }],
  },
  {
    name: 'unknown fields that are kept, at every level',
    spec: object({
      a: { ...keep, properties: { x: int, y: { ...keep, properties: { z: text } } } },
      b: list({ ...embedded, properties: { x: int } }, keep),
      c: map(map({ ...keep, nullable: true }, keep), keep),
      d: list(list(object({ s: object({}) }), keep), keep),
    }),
    accept: [
      { a: { x: 1, y: { z: '', q: 1 }, q: null }, b: [{ apiVersion: 'v1', kind: 'A', x: 1, y: 2 }] },
      { a: 'x', c: { a: { b: null, c: [1] } }, d: [[{ s: {}, z: 1 }]] },
      { a: { y: 3 } },
    ],
    reject: [{ a: { x: 's' } }, { b: [{ kind: 'A' }] }, { c: { a: 1 } }, { d: [[{ s: { z: 1 } }]] }],
  },
  {
    name: 'choices in items of items, in map values and in embedded resources',
    spec: object({
      l: list(
        object(
          {
            a: text,
            b: object({ c: int, d: int }, oneOf('c', 'd')),
            e: list(object({ f: int, g: int }, anyOf('f', 'g'))),
          },
          oneOf('a', 'b', 'e'),
        ),
      ),
      m: map(
        list({
          ...embedded,
          properties: { a: int, b: int, c: object({ d: int, e: int }, anyOf('d', 'e')) },
          oneOf: [requires('a'), requires('b', 'c')],
        }),
      ),
    }),
    accept: [
      { l: [{ a: 'x' }, { b: { c: 1 } }, { e: [{ f: 1, g: 1 }] }] },
      { m: { k: [{ apiVersion: 'v1', kind: 'K', b: 1, c: { d: 1 } }] } },
    ],
    reject: [
      { l: [{ b: {} }] },
      { l: [{ a: 'x', e: [] }] },
      { l: [{ e: [{}] }] },
      { m: { k: [{ apiVersion: 'v1', kind: 'K', b: 1 }] } },
      { m: { k: [{ apiVersion: 'v1', kind: 'K', b: 1, c: {} }] } },
    ],
  },
  {
    name: 'choices about the keys of a map',
    spec: object({
      i: map(int, { oneOf: [requires('x'), requires('y', 'z')], required: ['w'] }),
      e: map(letter, anyOf('x', 'y')),
    }),
    accept: [{ i: { w: 1, x: 1, y: 1 } }, { i: { w: 1, y: 1, z: 1 } }, { e: { y: 'q', k: 'p' } }],
    reject: [{ i: { w: 1 } }, { i: { x: 1 } }, { i: { w: 1, x: 1, y: 1, z: 1 } }, { e: { k: 'p' } }, { e: { x: 'z' } }],
  },
  {
    name: 'defaults below items and map values, for keys of a list too',
    spec: object({
      m: map(list(map(object({ a: { ...text, default: 'x' }, b: int }, requires('a', 'b'))))),
      l: list(object({ a: { ...text, default: 'A' }, b: { ...int, default: 0 }, v: { type: 'number' } }), {
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['a', 'b'],
        default: [{ v: 1.5 }],
      }),
      n: list({ ...letter, nullable: true, default: 'p' }),
      o: map({ ...object({ a: int }), nullable: true, default: {} }),
    }),
    accept: [{ m: { k: [{ z: { b: 1 } }] } }, { l: [{}, { b: 1 }], n: ['q'], o: { a: null, b: {} } }],
    reject: [{ m: { k: [{ z: {} }] } }, { n: [null] }, { o: { a: 1 } }, { l: [{}, { a: 'A', b: 0 }, { b: 'x' }] }],
  },
  {
    name: 'names that every object inherits, below items and map values',
    spec: object({
      l: list(
        object(Object.fromEntries(['constructor', 'toString', 'valueOf', '__proto__'].map((name) => [name, letter]))),
      ),
      m: map(
        object(
          Object.fromEntries(
            ['hasOwnProperty', 'isPrototypeOf'].map((name) => [name, { ...intOrString, enum: [1, 'a'] }]),
          ),
        ),
      ),
    }),
    accept: [
      { l: [{}], m: { a: {} } },
      json(
        '{"l":[{"constructor":"p"},{"toString":"q","__proto__":"p"}],"m":{"k":{"hasOwnProperty":1,"isPrototypeOf":"a"}}}',
      ),
    ],
    reject: [
      json('{"l":[{"constructor":"z"}]}'),
      json('{"l":[{"__proto__":1}]}'),
      json('{"m":{"k":{"isPrototypeOf":2}}}'),
    ],
  },
  {
    name: 'enums whose members look alike',
    spec: object({
      a: { ...text, enum: ['1', 'true', 'null', ''] },
      b: { ...intOrString, enum: [1, '1', 'true'] },
      c: { ...keep, enum: [1, '1', true, 'true', null] },
      d: list({ ...text, allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }),
      e: map({ ...text, oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }),
    }),
    accept: [
      { a: 'null', b: '1', c: true },
      { a: '', b: 1, c: 'true', d: ['b'], e: { k: 'a', l: 'c' } },
    ],
    reject: [{ a: 1 }, { b: true }, { c: 'null' }, { c: 2 }, { d: ['a'] }, { e: { k: 'd' } }],
  },
];
