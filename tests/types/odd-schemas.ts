import { object, requires, text } from '../support/schema-words.js';

/** A schema for the `spec` of a kind, with values that an API server takes and stores as they are written, and values that it refuses. */
export interface OddSchema {
  readonly name: string;
  readonly spec: object;
  readonly accept: readonly unknown[];
  /** For what a type can see. */
  readonly reject: readonly unknown[];
}

const int = { type: 'integer' };
const intOrString = { 'x-kubernetes-int-or-string': true };
const keep = { 'x-kubernetes-preserve-unknown-fields': true };
const embedded = { type: 'object', 'x-kubernetes-embedded-resource': true };
const map = (values: unknown): object => ({ type: 'object', additionalProperties: values });
const list = (items: unknown, more: object = {}): object => ({ type: 'array', items, ...more });
const oneOf = (...names: string[]): object => ({ oneOf: names.map((name) => requires(name)) });
/** `__proto__` as a key, which only JSON can write. */
const json = (source: string): unknown => JSON.parse(source);

/** Combinations of rules that no single rule's test has. A real API server confirms every line (tests/cluster). */
export const oddSchemas: readonly OddSchema[] = [
  {
    name: 'nullable, enum and default together',
    spec: object(
      {
        a: { type: 'string', nullable: true, enum: ['x', 'y'], default: 'x' },
        b: { type: 'string', nullable: true, default: 'q' },
        c: { type: 'integer', nullable: true },
        d: object({ e: { type: 'string', default: 'z' } }, { nullable: true }),
        f: object({ e: { type: 'string', default: 'z' } }, { default: {} }),
      },
      requires('c'),
    ),
    accept: [{ c: null }, { c: 1, a: 'y', b: null, d: null }, { c: 1, d: {} }, { c: 3, f: {} }],
    reject: [{ c: 1, a: 'z' }, {}, { c: 'x' }],
  },
  {
    name: 'int-or-string in lists in maps',
    spec: object({
      m: map(list(intOrString)),
      l: list(list({ ...intOrString, nullable: true })),
      n: map(map({ ...intOrString, anyOf: [{ type: 'integer' }, { type: 'string' }] })),
    }),
    accept: [{ m: { a: [1, 'b'], b: [] }, l: [[null, 1], []], n: { x: { y: 1, z: '50%' } } }],
    reject: [{ m: { a: 1 } }, { l: [[true]] }, { n: { x: 1 } }],
  },
  {
    name: 'items that keep unknown fields, and lists that open their items one level',
    spec: object({
      a: list({ type: 'object', ...keep }),
      b: list(keep),
      c: list(object({ x: int, sub: object({ q: text }) }), keep),
      d: list(list(object({ x: int }), keep)),
      f: map(object({ k: int }, keep)),
    }),
    accept: [
      { a: [{ x: 1, y: { z: null } }], b: [1, 'a', { q: 1 }, [1]], c: [{ x: 1, y: 2 }], d: [[{ x: 1, w: 1 }]] },
      { c: [{ zzz: [null] }], f: { a: { k: 1, z: 1 } } },
    ],
    reject: [{ a: ['x'] }, { c: [{ sub: { w: 1 } }] }, { f: { a: { k: 's' } } }],
  },
  {
    name: 'embedded resources in maps and lists',
    spec: object({
      m: map({ ...embedded, ...keep }),
      n: map({ ...embedded, properties: { spec: object({ r: int }), kind: { type: 'string', enum: ['A', 'B'] } } }),
      l: list({ ...embedded, nullable: true, properties: { data: map(text) }, required: ['data'] }),
      one: {
        ...embedded,
        properties: { metadata: object({ name: { type: 'string', maxLength: 5 } }) },
        required: ['metadata'],
      },
    }),
    accept: [
      { m: { a: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', labels: { a: 'b' } }, spec: { q: 1 } } } },
      {
        n: { z: { apiVersion: 'v1', kind: 'A', spec: { r: 1 } } },
        l: [null, { apiVersion: 'v1', kind: 'Q', data: {} }],
      },
      { one: { apiVersion: 'v1', kind: 'Q', metadata: { name: 'abc', annotations: { 'a/b': 'c' } } } },
    ],
    reject: [
      { m: { a: { kind: 'Pod' } } },
      { n: { z: { apiVersion: 'v1', kind: 'A', foo: 1 } } },
      { n: { z: { apiVersion: 'v1', kind: 'C' } } },
      { one: { apiVersion: 'v1', kind: 'Q' } },
    ],
  },
  {
    name: 'a branch of a oneOf with an anyOf in it',
    spec: object(
      { a: text, b: text, c: text, d: text },
      { oneOf: [{ ...requires('a'), anyOf: [requires('b'), requires('c')] }, requires('d')] },
    ),
    accept: [{ a: '1', b: '2' }, { a: '1', b: '2', c: '3' }, { d: '1' }, { d: '1', a: '1' }, { d: 'x', b: 'y' }],
    reject: [{ a: '1' }, {}, { a: '1', b: '1', d: '1' }],
  },
  {
    name: 'choices in open objects, about fields that have no schema',
    spec: object({
      a: {
        ...object({ a: text, b: int }, { oneOf: [requires('a'), requires('b'), requires('z')] }),
        additionalProperties: true,
      },
      b: object(
        { a: text, b: object({ c: int }) },
        { ...keep, anyOf: [requires('a'), requires('b', 'q')], required: ['w'] },
      ),
    }),
    accept: [
      { a: { a: 'x' } },
      { a: { z: null } },
      { a: { a: 'x', y: [1] } },
      { b: { a: 'x', w: 1 } },
      { b: { b: { c: 1 }, q: null, w: null } },
    ],
    reject: [{ a: { a: 1 } }, { b: { w: 1, a: 2 } }, { b: { a: 'x' } }],
  },
  {
    name: 'names that mean something to JavaScript, or need quotes',
    spec: object(
      Object.fromEntries([
        ['__proto__', text],
        ['constructor', int],
        ['toString', object({ a: text })],
        ['hasOwnProperty', list(text)],
        ['valueOf', intOrString],
        ...[
          'a-b',
          '1',
          '01',
          '1e3',
          '"q"',
          "'",
          '`${x}`',
          'new\nline',
          '*/',
          '\\',
          'a\u2028b',
          '日本',
          '</script>',
          '\t',
        ].map((name) => [name, text]),
        ['', { type: 'boolean' }],
      ]),
      requires('__proto__', '', 'a-b'),
    ),
    accept: [
      json('{"__proto__":"x","":true,"a-b":"q"}'),
      json(
        '{"__proto__":"x","":true,"a-b":"q","constructor":1,"1":"x","*/":"c","toString":{},"hasOwnProperty":["x"],"valueOf":7}',
      ),
      json(
        '{"__proto__":"x","":true,"a-b":"q","new\\nline":"y","\\\\":"z","a\\u2028b":"w","</script>":"s","\\t":"t","01":"e"}',
      ),
    ],
    reject: [{ '': true, 'a-b': 'q' }, json('{"__proto__":1,"":true,"a-b":"q"}')],
  },
  {
    name: 'choices over such names',
    spec: object({
      a: object({ toString: text, valueOf: object({ a: int }), a: text }, oneOf('toString', 'a')),
      b: object(
        Object.fromEntries([
          ['__proto__', text],
          ['a', int],
        ]),
        oneOf('__proto__', 'a'),
      ),
      c: object({ 'a-b': text, '1': int, '': text }, oneOf('a-b', '1', '')),
    }),
    accept: [
      { a: { a: 'x' }, b: { a: 1 }, c: { 1: 1 } },
      { a: { toString: 'x', valueOf: {} }, b: json('{"__proto__":"x"}') },
    ],
    reject: [{ a: {} }, { b: {} }, { b: json('{"__proto__":"x","a":1}') }, { c: {} }, { c: { 1: 1, '': 'x' } }],
  },
  {
    name: 'required without a schema',
    spec: object({
      m: { ...map(int), ...requires('x') },
      o: { type: 'object', ...keep, ...requires('x', 'constructor') },
      p: { ...object({ q: text }, requires('q', 'zz')), additionalProperties: true },
      q: { ...map(object({ a: int })), ...requires('first') },
    }),
    accept: [
      { m: { x: 1, y: 2 }, o: { x: null, constructor: 1 } },
      { p: { q: 'x', zz: {} }, q: { first: { a: 1 } } },
    ],
    reject: [{ m: {} }, { p: { q: 'x' } }, { q: { second: {} } }],
  },
  {
    name: 'lists by keys of which one has a default',
    spec: object({
      ports: list(
        object({ port: int, protocol: { type: 'string', default: 'TCP', enum: ['TCP', 'UDP'] } }, requires('port')),
        { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
      ),
    }),
    accept: [{ ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] }],
    reject: [{ ports: [{}] }, { ports: [{ port: 1, protocol: 'x' }] }],
  },
  {
    name: 'choices about fields that the server fills in',
    spec: object({
      a: object(
        { a: { type: 'string', default: 'x' }, b: text, c: text },
        { ...oneOf('b', 'c'), anyOf: [requires('a'), requires('b')] },
      ),
      b: object({ a: { type: 'string', default: 'x' }, b: text }, oneOf('a', 'b')),
      c: list(
        object(
          { a: text, b: { type: 'string', default: 'q' }, c: int },
          { oneOf: [requires('a'), requires('c'), { not: { anyOf: [requires('a'), requires('c')] } }] },
        ),
      ),
    }),
    accept: [
      { a: { b: '1' } },
      { a: { a: 'q', c: 'z' }, b: {} },
      { b: { a: 'q' }, c: [{}, { a: '' }, { c: 1, b: 'x' }] },
    ],
    reject: [{ a: {} }, { a: { b: '1', c: '2' } }, { c: [{ a: '', c: 1 }] }],
  },
  {
    name: 'a choice between fields that may be null',
    spec: object({ a: { ...text, nullable: true }, b: { ...int, nullable: true } }, oneOf('a', 'b')),
    accept: [{ a: null }, { b: null }, { a: 'x' }],
    reject: [{ a: null, b: null }, {}],
  },
  {
    name: 'a field that says which other must be there',
    spec: object(
      { type: { type: 'string', enum: ['A', 'B', 'C'] }, a: object({ x: int }), b: object({ y: int }) },
      {
        ...requires('type'),
        oneOf: [
          { properties: { type: { enum: ['A'] } }, ...requires('a') },
          { properties: { type: { enum: ['B'] } }, ...requires('b') },
          { properties: { type: { enum: ['C'] } } },
        ],
      },
    ),
    accept: [
      { type: 'A', a: { x: 1 } },
      { type: 'B', b: {} },
      { type: 'C' },
      { type: 'A', a: {}, b: {} },
      { type: 'C', a: {} },
    ],
    reject: [{ type: 'D' }, { type: 'A' }, { type: 'B', a: {} }],
  },
  {
    name: 'combinations of values',
    spec: object({
      a: { ...intOrString, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '^x' },
      b: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
      c: { type: 'string', oneOf: [{ pattern: '^a' }, { enum: ['b', 'c'] }] },
      d: list(text, { anyOf: [{ maxItems: 1 }, { minItems: 3 }] }),
      e: { type: 'number', allOf: [{ minimum: 1 }, { maximum: 3 }], not: { enum: [2] } },
      f: { ...intOrString, enum: ['auto', 1, '2'] },
      g: { type: 'string', nullable: true, allOf: [{ enum: ['x', 'y'] }, { enum: ['y', 'z'] }] },
      h: { type: 'string', enum: ['on', 'off', 'auto'], not: { enum: ['auto'] } },
    }),
    accept: [
      { a: 1, b: '1.2.3.4', c: 'abc', d: ['x'], e: 1.5, f: 'auto' },
      { a: 'xy', c: 'b', f: 1 },
      { f: '2', g: null },
      { g: 'y', h: 'on' },
    ],
    reject: [{ a: true }, { b: 1 }, { c: 1 }, { f: '1' }, { f: 2 }, { g: 'x' }, { g: 'z' }, { h: 'auto' }],
  },
  {
    name: 'enums with odd members',
    spec: object({
      a: { type: 'string', enum: ['', 'a', 1, null, true] },
      b: { type: 'integer', enum: [1, '1'] },
      c: { type: 'boolean', enum: [true] },
      d: { type: 'number', enum: [0, 1e21, 1e-7, 0.1] },
      e: { type: 'array', items: text, enum: [['a'], ['b', 'c']] },
      g: { ...keep, enum: ['a', 1, { x: 1 }, null, [1]] },
      h: { ...keep, enum: ['a', true] },
      i: { type: 'string', enum: ['true', 'null', '1', '*/', '`', '${', '\\', '\u2028', '</script>', "'", '"', '\n'] },
    }),
    accept: [
      { a: '', b: 1, c: true, d: 0 },
      { a: 'a', d: 1e21, e: ['b', 'c'], g: { x: 1 } },
      { d: 1e-7, g: 'a', h: true, i: '*/' },
      { i: '\u2028' },
    ],
    reject: [{ a: 'b' }, { a: 1 }, { b: '1' }, { c: false }, { d: 2 }, { h: 'b' }, { i: 'x' }],
  },
  {
    name: 'fields without a type',
    spec: object({
      a: { ...keep, properties: { x: int } },
      b: { ...keep, nullable: true },
      c: { ...keep, properties: { x: text }, ...requires('x') },
      d: map(keep),
      e: map({ ...keep, nullable: true }),
    }),
    accept: [
      { a: 1, b: null },
      { a: { x: 1, y: 2 }, b: { x: null } },
      { a: [1], c: { x: 'x', q: 1 } },
      { c: 'text', d: { a: 1, b: { c: null } }, e: { a: null } },
    ],
    reject: [{ a: { x: 's' } }, { c: { x: 1 } }],
  },
  {
    name: 'null at every level',
    spec: object({
      l: list(object({ a: { ...text, nullable: true } }, { nullable: true }), { nullable: true }),
      m: { ...map(list({ ...map({ ...text, nullable: true }), nullable: true }, { nullable: true })), nullable: true },
      e: { type: 'object', nullable: true },
      r: object({ a: int }, { ...keep, nullable: true }),
    }),
    accept: [
      { l: null, m: null, e: null, r: null },
      { l: [null, { a: null }], m: { a: null, b: [null, { c: null }] }, e: {}, r: { z: null } },
    ],
    reject: [{ l: [1] }, { e: { x: 1 } }],
  },
  {
    name: 'fields called like keywords of a schema, and like those of an object',
    spec: object({
      metadata: object({ name: text, labels: map(text) }),
      template: object({ metadata: { type: 'object' } }),
      status: object({ a: text }),
      kind: text,
      apiVersion: int,
      properties: object(
        {
          properties: text,
          required: list(text),
          items: int,
          enum: list(text),
          default: text,
          type: int,
          $ref: text,
          not: text,
          allOf: text,
        },
        requires('type'),
      ),
    }),
    accept: [
      {
        metadata: { name: 'x', labels: { a: 'b' } },
        template: { metadata: {} },
        status: {},
        kind: 'x',
        apiVersion: 1,
        properties: { type: 1, required: ['x'], $ref: 'y' },
      },
    ],
    reject: [{ template: { metadata: { labels: {} } } }, { properties: {} }, { kind: 1 }],
  },
  {
    name: 'conditions that hold for every object',
    spec: object({ a: text, b: text, c: text }, { allOf: [requires('a'), { anyOf: [requires('b'), requires('c')] }] }),
    accept: [
      { a: '', b: '' },
      { a: '', c: '' },
    ],
    reject: [{ b: '' }, { a: '' }],
  },
  {
    name: 'pairs of fields of which one is set',
    spec: object(
      { a: text, b: text, c: text },
      { oneOf: [requires('a', 'b'), requires('b', 'c'), requires('a', 'c')] },
    ),
    accept: [
      { a: '', b: '' },
      { b: '', c: '' },
    ],
    reject: [{ a: '' }, { a: '', b: '', c: '' }],
  },
  {
    name: 'closed and open maps',
    spec: object({
      a: { type: 'object', additionalProperties: false },
      b: { type: 'object', additionalProperties: true },
      d: map({ type: 'object' }),
      e: map(map({ type: 'string', enum: ['a', 'b'] })),
      f: list(list(list({ type: 'string', enum: ['a', 'b'] }))),
    }),
    accept: [{ a: {}, b: { x: [1] }, d: { x: {} }, e: { x: { y: 'a' } }, f: [[['a', 'b']], []] }],
    reject: [{ a: { x: 1 } }, { d: { x: { y: 1 } } }, { e: { x: { y: 'c' } } }, { f: [['a']] }],
  },
  {
    name: 'the two types of int-or-string beside another type, or none',
    spec: object({
      text: { type: 'string', anyOf: [{ type: 'integer' }, { type: 'string' }] },
      count: { type: 'integer', anyOf: [{ type: 'integer' }, { type: 'string' }] },
      flag: { type: 'boolean', anyOf: [{ type: 'integer' }, { type: 'string' }] },
      any: { 'x-kubernetes-preserve-unknown-fields': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      both: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer', default: null }, { type: 'string' }] },
    }),
    accept: [{ text: 'a' }, { count: 1 }, { any: 1 }, { any: 'a' }, { both: 1 }, { both: 'a' }],
    reject: [{ text: 1 }, { count: 'a' }, { any: true }, { any: {} }, { any: [1] }, { both: true }],
  },
  {
    name: 'V20, F22 null in a branch is nothing: a branch of null takes all, a field of null says nothing of it',
    spec: object({
      any: object({ a: text, b: int }, { anyOf: [null, requires('a')] }),
      one: object({ a: text, b: int }, { oneOf: [null, requires('a')] }),
      all: object({ a: text, b: int }, { allOf: [null, requires('a')] }),
      not: object({ a: text, b: int }, { anyOf: [{ not: null }, requires('a')], not: null }),
      field: object(
        { a: text, b: int },
        { oneOf: [{ properties: { a: null }, required: ['a'], not: null, allOf: null }, requires('b')] },
      ),
      text: { ...text, anyOf: [null, { enum: ['x'] }] },
    }),
    accept: [
      { any: {}, not: {}, text: 'z' },
      { any: { b: 1 }, one: { b: 1 }, all: { a: 'x' }, not: { b: 1 }, field: { a: 'x' } },
      { field: { b: 1 } },
    ],
    reject: [{ one: { a: 'x' } }, { all: { b: 1 } }, { field: {} }, { field: { a: 'x', b: 1 } }, { any: { a: 1 } }],
  },
  {
    name: 'V20, F22 an empty type is none, in a branch as beside int-or-string or a field of any type',
    spec: object({
      one: object(
        { a: text, b: { type: 'string', enum: ['x', 'y'] } },
        {
          oneOf: [
            { type: '', required: ['a'] },
            { required: ['b'], properties: { b: { type: '', enum: ['x'] } } },
          ],
        },
      ),
      both: { ...intOrString, type: '' },
      any: { ...keep, type: '', items: null, properties: null, additionalProperties: null },
      map: { ...map(text), properties: {} },
      list: list(text, { anyOf: [{ items: [] }, { items: null }] }),
    }),
    accept: [
      { one: { a: 'q' }, both: 1, any: [1] },
      { one: { b: 'x' }, both: 'a', any: { x: null }, map: { x: 'y' }, list: ['x'] },
      { any: 'text' },
    ],
    reject: [{ one: {} }, { both: true }, { map: { x: 1 } }, { list: [1] }],
  },
  {
    name: 'F22 an object whose fields are counted has one of them',
    spec: object({
      one: object({ a: text, b: { ...text, nullable: true } }, { minProperties: 1, maxProperties: 1 }),
      most: object({ a: text, b: int }, { maxProperties: 1 }),
      only: object({ a: text }, { minProperties: 1, maxProperties: 1 }),
      filled: object({ a: { ...text, default: 'x' }, b: text }, { minProperties: 1, maxProperties: 1 }),
      open: object({ a: text }, { minProperties: 1, maxProperties: 1, ...keep }),
      asked: object({ a: text, b: text }, { maxProperties: 1, ...requires('a') }),
      both: object(
        { a: text, b: text, c: text },
        { maxProperties: 1, allOf: [{ anyOf: [requires('a'), requires('b')] }] },
      ),
    }),
    accept: [
      { one: { a: 'x' }, most: {}, only: { a: 'x' }, filled: {}, open: { z: 1 }, asked: { a: 'x' }, both: { a: 'x' } },
      { one: { b: null }, most: { b: 1 }, filled: { a: 'y' }, open: { a: 'x' }, both: { b: 'x' } },
    ],
    reject: [
      ...[{}, { a: 'x', b: 'y' }, { a: 'x', b: null }].map((one) => ({ one })),
      { most: { a: 'x', b: 1 } },
      { only: {} },
      { filled: { b: 'x' } },
      ...[{}, { a: 'x', b: 'y' }, { b: 'x' }].map((asked) => ({ asked })),
      ...[{}, { c: 'x' }, { a: 'x', b: 'y' }].map((both) => ({ both })),
    ],
  },
];
