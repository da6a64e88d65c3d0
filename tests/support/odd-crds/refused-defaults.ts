import { field, root, type OddVersion } from './odd-version.js';

/** Texts that are none of a format. */
const noTexts = {
  date: ['2020-13-01', '2021-02-29', '1900-02-29', '2020-00-01', '2020-01-00'],
  datetime: ['', '2020-01-01', '2020-01-01T00:00:00', '2021-02-29T00:00:00Z', '2020-01-01T24:00:00Z'],
  'date-time': ['2020-01-01T00:00:60Z', '2020-01-01T00:00:00+0100', '2020-01-01T00:00:00.Z'],
  duration: ['', 'x', '10', '1.2.3', 's', '.s', 'x1sx', '1hrs', '1mon', '1dx'],
  byte: ['', 'YWJ', 'YWJj=', 'a b='],
  uri: ['', 'nope', 'a b', '#x', '?x', '1:2'],
  email: ['', 'x', 'a.b'],
  ipv4: ['', '999.1.1.1', '1.2.3', '1.2.3.4.5', '::1', '1.2.3.4/8'],
  ipv6: ['', '1.2.3.4', 'x::', 'fe80::1%eth0'],
  cidr: ['', '1.2.3.4', '::/', '10.0.0.0/x'],
  mac: ['', '00', '00-00-00-00-00-zz'],
  uuid: ['', 'x', '00000000-0000-0000-0000-00000000000'],
  uuid3: ['00000000-0000-4000-8000-000000000000'],
  uuid4: ['00000000-0000-3000-8000-000000000000'],
  uuid5: ['00000000-0000-4000-8000-000000000000'],
  hostname: ['', '-a', 'a_b', 'a b'],
  hexcolor: ['', '#ff', 'red'],
  rgbcolor: ['', '1,2,3'],
  ssn: ['', '12-34-5678', '123456789'],
};

/** Versions of CRDs that an API server refuses for a default in them. */
export const refusedDefaults: readonly OddVersion[] = [
  field({ type: 'string', oneOf: [{ minLength: 1 }, { maxLength: 5 }], default: 'abc' }),
  field({ type: 'string', anyOf: [{ pattern: '^x' }, { enum: ['y'] }], default: 'abc' }),
  field({ type: 'string', allOf: [{ pattern: '^x' }], default: 'abc' }),
  field({ type: 'string', allOf: [{ maxLength: 2 }, { format: 'hostname' }], default: 'abc' }),
  field({ type: 'string', not: { enum: ['abc'] }, default: 'abc' }),
  ...[2 ** 31, 2 ** 32 - 1].map((maximum) => field({ type: 'integer', format: 'int32', maximum, default: 1 })),
  field({ type: 'integer', format: 'int32', minimum: -(2 ** 31) - 1, default: 1 }),
  // 2^63 - 1 is read as 2^63.
  ...[2 ** 63, 1e19].flatMap((limit) => [
    field({ type: 'integer', maximum: limit, default: 1 }),
    field({ type: 'integer', format: 'int64', minimum: -limit, default: 1 }),
  ]),
  field({ type: 'object', required: [null], default: {} }),
  ...[1, 1.5, true, {}].flatMap((value) => [
    field({ 'x-kubernetes-int-or-string': true, format: 'int-or-string', default: value }),
    field({ 'x-kubernetes-preserve-unknown-fields': true, format: 'int64', default: value }),
  ]),
  field({ type: 'string', pattern: String.raw`^\s$`, default: '\v' }),
  field({ type: 'string', pattern: '.', default: '\n' }),
  field({
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
    default: {},
  }),
  field({
    type: 'object',
    properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } },
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
    default: {},
  }),
  field({ type: 'integer', multipleOf: 2, default: 3 }),
  field({ type: 'integer', minimum: 3, exclusiveMinimum: true, default: 3 }),
  field({ type: 'integer', maximum: 3, exclusiveMaximum: true, default: 3 }),
  field({ type: 'object', properties: { a: { type: 'string' } }, minProperties: 1, default: {} }),
  field({ type: 'object', additionalProperties: { type: 'string' }, maxProperties: 1, default: { a: 'x', b: 'y' } }),
  field({ type: 'object', properties: { a: { type: 'string' } }, default: { b: 1 } }),
  field({
    type: 'object',
    properties: { a: { type: 'object', properties: { c: { type: 'integer' } } } },
    default: { a: { d: 1 } },
  }),
  field({ type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } }, default: [{ b: 1 }] }),
  field({ type: 'string', format: 'date-time', default: 'nope' }),
  field({ type: 'integer', format: 'int32', default: 3000000000 }),
  field({
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
    default: { a: 1 },
  }),
  field({ type: 'number', default: '1' }),
  root({
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { a: { type: 'string' } }, not: { properties: { a: { default: 'x' } } } },
    },
  }),
  root({ type: 'object', properties: { spec: { type: 'string' } }, default: {} }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { name: { type: 'string', default: 'x' } } } },
  }),
  root({ type: 'object', properties: { apiVersion: { type: 'string', default: 'v1' } } }),
  field({
    type: 'object',
    properties: { a: { type: 'string', default: 'x' }, b: { type: 'string' } },
    required: ['a'],
    default: {},
  }),
  field({
    type: 'object',
    properties: { o: { type: 'object', properties: { a: { type: 'string', default: 'x' } }, required: ['a'] } },
    default: { o: {} },
  }),
  root({ type: 'object', properties: { metadata: { type: 'object', default: {} } } }),
  field({
    type: 'object',
    additionalProperties: { type: 'object', properties: { a: { type: 'string' } } },
    default: { k: { b: 1 } },
  }),
  field({
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
    default: { apiVersion: '', kind: 'a' },
  }),
  field({
    type: 'object',
    properties: {
      e: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    },
    default: { e: {} },
  }),
  field({ type: 'string', format: 'date-time', default: '2020-01-01 10:00:00' }),
  field({ type: 'string', format: 'date-time', default: '2020-01-01T10:00' }),
  field({ type: 'string', format: 'date-time', default: '2020-01-01' }),
  field({ type: 'string', format: 'date', default: '2020-1-1' }),
  field({ 'x-kubernetes-int-or-string': true, minimum: 5, default: 3 }),
  field({
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'string', nullable: true } },
    default: { a: null, b: null },
  }),
  field({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'], default: { a: null } }),
  field({ type: 'object', properties: { a: { type: 'string', default: 'x' } }, default: { a: null } }),
  field({ type: 'object', additionalProperties: true, default: { a: { b: 'x' } } }),
  field({ type: 'string', format: 'date', default: [{ a: 'x' }] }),
  field({ type: 'integer', format: 'int32', default: 'x' }),
  field({ type: 'integer', default: 1e20 }),
  field({ type: 'integer', maximum: 2.5, default: 1 }),
  field({ type: 'integer', multipleOf: 0.5, default: 1 }),
  field({ type: 'number', multipleOf: 0.5, default: 1 }),
  field({ type: 'number', maximum: 1.5, exclusiveMaximum: true, default: 1 }),
  field({ 'x-kubernetes-int-or-string': true, type: 'integer', default: 'auto' }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], default: true }),
  ...Object.entries(noTexts).flatMap(([format, texts]) =>
    texts.map((text) => field({ type: 'string', format, default: text })),
  ),
];

/** What it refuses too, though kube-gen does not say so: see docs/fidelity-gaps.md. */
export const unsaidDefaults: readonly OddVersion[] = [
  field({ type: 'string', format: 'ipv6', default: '::1::' }),
  field({ type: 'string', format: 'isbn', default: 'nope' }),
  field({ type: 'string', format: 'hostname', default: '1.2' }),
  field({ type: 'integer', default: 3, 'x-kubernetes-validations': [{ rule: 'self > 5' }] }),
];
