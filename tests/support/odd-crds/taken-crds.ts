import { keywords } from '../../../generator/load/check/schema-keywords.js';
import { field, root, version, type OddVersion } from './odd-version.js';

/** Texts of a format, some of which one would not think of. */
const texts = {
  date: ['2024-02-29', '2000-02-29', '0000-01-01'],
  'date-time': [
    '2020-01-01T10:00:00Z',
    '2020-01-01t10:00:00.123+01:00',
    '2020-01-01T23:59:59 5z',
    '2020-01-01T00:00:00+99:99t5',
  ],
  datetime: ['2020-01-01T10:00:00Z'],
  duration: [
    '0',
    '+1.5h',
    '-.5s',
    '1h30m',
    '3 days',
    '2 W',
    'in 5 minutes',
    '1us',
    '1µs',
    '1μs',
    '7nanos',
    '1hour',
    '1e3s',
    '1_0s',
    '1 secs',
    '5 wk',
    '2weekends',
  ],
  byte: ['YWJj', 'YQ==', '+/8='],
  uri: ['/', '/a b', 'a:', 'mailto:x', 'https://a.b/c?d#e', '*', 'urn:x', '//a'],
  email: ['a@b', 'A <a@b.c>'],
  ipv4: ['1.2.3.4', '001.002.3.4', '::ffff:1.2.3.4'],
  ipv6: ['::', '::1', 'fe80::1', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8'],
  cidr: ['10.0.0.0/8', '010.0.0.1/8', '::/0', '::ffff:1.2.3.4/96'],
  mac: ['00:00:5e:00:53:01', '00-00-5E-00-53-01', '0000.5e00.5301', '02:00:5e:10:00:00:00:01'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ABCDEFab00000000000000000000AAAA'],
  uuid3: ['00000000-0000-3000-0000-000000000000'],
  uuid4: ['00000000-0000-4000-8000-000000000000'],
  uuid5: ['00000000-0000-5000-a000-000000000000'],
  hostname: ['a', 'a-', '1', 'a.bc', 'a-b.c-d.example', 'é', '日本', '€'],
  hexcolor: ['#fff', 'FFFFFF'],
  rgbcolor: ['rgb(1,2,3)', 'rgb( 1 , 2 , 3 )'],
  ssn: ['123-45-6789', '123 45 6789'],
  isbn: ['0321751043'],
  password: ['', 'x'],
  binary: ['', 'x'],
};

/** Null, but for the keywords that make the field what it is. */
function withoutValue(keyword: string): object {
  return /int-or-string|preserve/.test(keyword) ? {} : { [keyword]: null };
}

/** Versions of CRDs that an API server takes, near to what it refuses. */
export const takenCrds: readonly OddVersion[] = [
  field({ type: 'integer', format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1, default: 1 }),
  field({ type: 'integer', minimum: -(2 ** 62), maximum: 2 ** 62, multipleOf: 1, default: 1 }),
  ...['50%', null, []].map((value) =>
    field({ 'x-kubernetes-preserve-unknown-fields': true, format: 'int-or-string', default: value }),
  ),
  field({ 'x-kubernetes-int-or-string': true, format: '', default: 1 }),
  field({
    'x-kubernetes-int-or-string': true,
    anyOf: [{ type: 'integer', items: 'x', required: null }, { type: 'string' }],
  }),
  ...[{ definitions: {} }, { patternProperties: {} }, { enum: [] }, { externalDocs: null }].map((more) =>
    field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer', ...more }, { type: 'string' }] }),
  ),
  // A keyword without a value is none.
  ...[...keywords.keys()].flatMap((keyword) => [
    field({ 'x-kubernetes-preserve-unknown-fields': true, ...withoutValue(keyword) }),
    field({ type: 'object', additionalProperties: { 'x-kubernetes-int-or-string': true, ...withoutValue(keyword) } }),
    field({ type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true, ...withoutValue(keyword) } }),
  ]),
  field({ 'x-kubernetes-int-or-string': true, type: '' }),
  field({ type: 'string', items: [] }),
  // What is neither a schema nor a list of them is none.
  ...[true, false, 'a', 1].flatMap((items) => [
    field({ type: 'string', items }),
    field({ 'x-kubernetes-preserve-unknown-fields': true, items }),
    field({ type: 'array', items: { type: 'string' }, anyOf: [{ items }] }),
  ]),
  field({ type: 'object', properties: {}, additionalProperties: { type: 'string' } }),
  field({ type: 'object', properties: {}, additionalProperties: false }),
  // Null in a list of branches is a schema that says nothing.
  ...['allOf', 'anyOf', 'oneOf'].map((key) => field({ type: 'string', [key]: [null] })),
  field({ type: 'object', properties: { a: { type: 'string' } }, anyOf: [null, { required: ['a'] }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, oneOf: [{ not: null }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ properties: { a: null } }] }),
  field({ type: 'string', oneOf: [{ minLength: 4 }, { maxLength: 5 }], default: 'abc' }),
  field({ type: 'string', not: { enum: ['abd'] }, default: 'abc' }),
  field({
    type: 'object',
    properties: { a: { type: 'string' } },
    'x-kubernetes-preserve-unknown-fields': true,
    default: { b: 1 },
  }),
  field({ type: 'string', format: 'duration', default: '5 hours' }),
  field({ type: 'string', format: 'nonsense', default: 'nope' }),
  field({ type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set', default: ['a', 'a'] }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
    default: [{ k: 'a' }, { k: 'a' }],
  }),
  field({ type: 'integer', default: 7, 'x-kubernetes-validations': [{ rule: 'self > 5' }] }),
  field({ type: 'string', nullable: true, enum: ['a', null], default: null }),
  field({ type: 'string', default: null }),
  field({ 'x-kubernetes-int-or-string': true, default: 1.5 }),
  field({ 'x-kubernetes-int-or-string': true, default: true }),
  field({
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
    default: { apiVersion: 'v1', kind: 'X' },
  }),
  field({ type: 'integer', default: 1 }),
  field({ type: 'array', items: { type: 'string', default: 'x' }, 'x-kubernetes-list-type': 'set' }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, 'x-kubernetes-map-type': 'atomic' },
    'x-kubernetes-list-type': 'set',
  }),
  field({ type: 'array', items: { type: 'array', items: { type: 'string' } }, 'x-kubernetes-list-type': 'set' }),
  field({
    type: 'array',
    items: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'atomic' },
    'x-kubernetes-list-type': 'set',
  }),
  field({ 'x-kubernetes-int-or-string': true, type: 'integer' }),
  field({ 'x-kubernetes-int-or-string': true, properties: { a: { type: 'string' } } }),
  field({ 'x-kubernetes-int-or-string': true, items: { type: 'string' } }),
  field({ 'x-kubernetes-int-or-string': true, format: 'int32' }),
  field({ type: 'string', 'x-kubernetes-preserve-unknown-fields': true }),
  field({ type: 'array', items: { type: 'string' }, anyOf: [{ items: { minLength: 3 } }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ properties: { z: { minLength: 3 } } }] }),
  field({
    type: 'object',
    properties: { a: { type: 'object', properties: { b: { type: 'string' } } } },
    anyOf: [{ properties: { a: { properties: { z: {} } } } }],
  }),
  field({ type: 'integer', exclusiveMinimum: true }),
  field({ type: 'string', minimum: 3 }),
  field({ type: 'string', minLength: -1 }),
  field({ type: 'string', minLength: 5, maxLength: 1 }),
  field({ type: 'integer', multipleOf: 0 }),
  field({ type: 'integer', multipleOf: -2 }),
  field({ type: 'string', enum: ['a', 'a'] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, required: ['a', 'a'] }),
  field({ type: 'string', pattern: '(?i)^\\pL+$' }),
  // A dot is anything but a line end to RE2, and only five spaces are spaces.
  ...['\u00A0', '\u2028', '\v', '\uFEFF'].map((space) =>
    field({ type: 'string', pattern: String.raw`^\S.[\wä]$`, default: `${space}${space}ä` }),
  ),
  field({ type: 'string', pattern: '^.$', default: '\r' }),
  field({ type: 'string', pattern: '[]ab[]', default: 'a' }),
  field({ type: 'string', pattern: String.raw`[]a[:alpha:]]|[[:^alpha:]](?P<x>\41(?<y>a{,2}))(?s-i:\Q((\E)` }),
  field({ type: 'object', items: { type: 'string' } }),
  field({ type: 'array', items: { type: 'string' }, properties: { a: { type: 'string' } } }),
  field({ type: 'string', additionalProperties: true }),
  field({ type: 'array', items: { type: 'string' }, uniqueItems: false }),
  field({ type: 'string', externalDocs: { url: 'x' }, example: { a: 1 } }),
  root({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
  root({ 'x-kubernetes-preserve-unknown-fields': true, properties: { spec: { type: 'object' } } }),
  root({ type: 'object', format: 'date', default: [] }),
  // Of `metadata` nothing is said with what counts as absent.
  ...[
    ...['$schema', 'description', 'format', 'id', 'pattern', 'title'].map((key) => ({ [key]: '' })),
    ...['allOf', 'anyOf', 'enum', 'items', 'oneOf'].map((key) => ({ [key]: [] })),
    ...['exclusiveMaximum', 'nullable', 'uniqueItems', 'x-kubernetes-int-or-string'].map((key) => ({ [key]: false })),
  ].map((nothing) => root({ type: 'object', properties: { metadata: { type: 'object', ...nothing } } })),
  root({ type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { generateName: { type: 'string', maxLength: 3 } } } },
  }),
  root({ type: 'object', properties: { kind: { type: 'string', enum: ['Foo'] } } }),
  root({ type: 'object', properties: { kind: { type: 'string', pattern: '^F' } } }),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.a[0]', statusReplicasPath: '.status.b' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.spec[?(@.a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    {
      additionalPrinterColumns: [
        { name: 'A', type: 'string', jsonPath: '.spec' },
        { name: 'A', type: 'string', jsonPath: '.spec' },
      ],
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  root({
    type: 'object',
    properties: {
      metadata: {
        type: 'object',
        properties: { name: { type: 'string', 'x-kubernetes-validations': [{ rule: 'true' }] } },
      },
    },
  }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { name: { type: 'string', description: 'x' } } } },
  }),
  root({ type: 'object', properties: { metadata: { type: 'object', properties: { name: { type: 'integer' } } } } }),
  root({ type: 'object', properties: { kind: { type: 'string', description: 'x', minLength: 1 } } }),
  root({ type: 'object', properties: { kind: { type: 'string', nullable: true } } }),
  field({ type: 'string', example: 'x' }),
  field({ type: 'string', externalDocs: { url: 'http://x' } }),
  root({
    type: 'object',
    properties: { spec: { type: 'string' } },
    default: { apiVersion: 'v1', kind: 'X', spec: 'a' },
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { 'x-kubernetes-int-or-string': true } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'boolean' } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { 'x-kubernetes-preserve-unknown-fields': true } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({ type: 'array', items: { 'x-kubernetes-preserve-unknown-fields': true }, 'x-kubernetes-list-type': 'set' }),
  field({ type: 'array', items: { 'x-kubernetes-int-or-string': true }, 'x-kubernetes-list-type': 'set' }),
  field({
    type: 'array',
    items: { 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
    'x-kubernetes-list-type': 'set',
  }),
  field({ type: 'object', additionalProperties: { type: 'string' }, 'x-kubernetes-map-type': 'granular' }),
  field({ type: 'string', anyOf: [{ example: 'x' }] }),
  field({ type: 'string', anyOf: [{ externalDocs: { url: 'x' } }] }),
  field({ type: 'string', anyOf: [{ format: 'date' }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, oneOf: [{ required: ['zz'] }] }),
  field({
    type: 'array',
    items: { type: 'object', properties: { a: { type: 'string' } } },
    anyOf: [{ items: { properties: { b: { minLength: 1 } } } }],
  }),
  field({ type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ items: { minLength: 1 } }] }),
  field({ type: 'object', additionalProperties: { type: 'string' }, anyOf: [{ properties: { a: { minLength: 1 } } }] }),
  field({
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    anyOf: [{ properties: { a: { minLength: 1 } } }],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { a: { type: 'string' } } },
    'x-kubernetes-preserve-unknown-fields': true,
    default: [{ b: 1 }],
  }),
  field({
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    properties: { spec: { type: 'object', properties: {} } },
    default: { apiVersion: 'v1', kind: 'a', metadata: { name: 'x' }, spec: {} },
  }),
  field({ type: 'integer', format: 'int64', default: 3000000000 }),
  field({ type: 'number', multipleOf: 0.1, default: 0.3 }),
  field({ 'x-kubernetes-int-or-string': true, pattern: '^a', default: 3 }),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'date', format: 'date', jsonPath: '.spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', format: 'password', jsonPath: '.spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.spec.x[?(@.a=="b")].c' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a b' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a[' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a[1:2]' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.metadata.annotations.a\\.b/c' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '..a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '.a[*].b' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.x.y.z', statusReplicasPath: '.status.b' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    {
      subresources: {
        scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b', labelSelectorPath: '.spec.l' },
      },
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    {
      subresources: {
        scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b', labelSelectorPath: '.status.l[0]' },
      },
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    {
      subresources: { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b', labelSelectorPath: '' } },
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'boolean' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string', enum: ['x'] } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version({ type: 'object', properties: { a: { type: 'string' } } }, { selectableFields: [{ jsonPath: '.a' }] }),
  version({ type: 'object', properties: { kind: { type: 'string' } } }, { selectableFields: [{ jsonPath: '.kind' }] }),
  version(
    { type: 'object', properties: { spec: { type: 'object', additionalProperties: { type: 'string' } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    { type: 'object', properties: { status: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.status.a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { 'a-b': { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a-b' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string', nullable: true } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          properties: {
            a0: { type: 'string' },
            a1: { type: 'string' },
            a2: { type: 'string' },
            a3: { type: 'string' },
            a4: { type: 'string' },
            a5: { type: 'string' },
            a6: { type: 'string' },
            a7: { type: 'string' },
          },
        },
      },
    },
    {
      selectableFields: [
        { jsonPath: '.spec.a0' },
        { jsonPath: '.spec.a1' },
        { jsonPath: '.spec.a2' },
        { jsonPath: '.spec.a3' },
        { jsonPath: '.spec.a4' },
        { jsonPath: '.spec.a5' },
        { jsonPath: '.spec.a6' },
        { jsonPath: '.spec.a7' },
      ],
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    {
      deprecated: true,
      deprecationWarning:
        'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü',
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { deprecated: true, deprecationWarning: 'a 🎉 …' },
  ),
  // As Go says int-or-string, also where nothing else does.
  field({ type: 'string', anyOf: [{ type: 'integer' }, { type: 'string' }] }),
  field({ 'x-kubernetes-preserve-unknown-fields': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer', default: null }, { type: 'string' }] }),
  field({
    type: 'object',
    properties: { metadata: { type: 'object' } },
    anyOf: [{ required: ['metadata'] }],
  }),
  // Only the root's combinations must be about declared fields.
  field({ type: 'object', properties: { a: { type: 'string' } }, oneOf: [{ properties: { q: { minLength: 1 } } }] }),
  // Defaults below the values of a map are not looked at.
  field({
    type: 'object',
    additionalProperties: { type: 'object', properties: { a: { type: 'string', format: 'date', default: '' } } },
  }),
  field({ type: 'object', definitions: {}, patternProperties: {}, id: '', $schema: '' }),
  version({ type: 'object', properties: { spec: { type: 'object' } }, enum: null }, { subresources: { status: {} } }),
  // Beside a format the type of texts and lists is not asked for, and integers are compared with what is left of a fraction.
  field({ type: 'string', format: 'date', default: ['x', 1] }),
  field({ type: 'array', items: { type: 'string' }, format: 'any', default: 'x' }),
  field({ type: 'boolean', format: 'int32', default: [] }),
  field({ type: 'number', minimum: 0.5, default: 0 }),
  field({ type: 'number', format: 'int32', default: 3e9 }),
  field({ type: 'number', enum: [1, 2.5], default: 1.5 }),
  field({
    'x-kubernetes-int-or-string': true,
    anyOf: [
      { type: 'integer', enum: [], additionalProperties: false },
      { type: 'string', allOf: [] },
    ],
  }),
  field({ 'x-kubernetes-int-or-string': true, type: 'integer', default: 1 }),
  field({ 'x-kubernetes-int-or-string': true, default: true }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], default: 'x' }),
  ...[
    { type: 'object', properties: { labels: { type: 'object' }, name: { type: 'integer' } } },
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    { type: 'object', additionalProperties: true, nullable: true, default: {} },
    { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], minProperties: 1 },
  ].map((metadata) => field({ type: 'object', 'x-kubernetes-embedded-resource': true, properties: { metadata } })),
  // In a branch the zero of a keyword's type is nothing.
  ...[
    { additionalProperties: false },
    { nullable: false },
    { description: '' },
    { title: '' },
    { 'x-kubernetes-int-or-string': false },
    { 'x-kubernetes-embedded-resource': false },
    { 'x-kubernetes-validations': [] },
    { 'x-kubernetes-list-map-keys': [] },
    { type: '' },
    { items: [] },
    { allOf: [null] },
    { not: null },
    { properties: { a: null } },
    ...[...keywords.keys()].map((keyword) => ({ [keyword]: null })),
  ].map((zero) => field({ type: 'string', anyOf: [{ minLength: 1, ...zero }] })),
  ...Object.entries(texts).flatMap(([format, all]) =>
    all.map((text) => field({ type: 'string', format, default: text })),
  ),
];
