import { field, root, version, type OddVersion } from './odd-version.js';

/** Versions of CRDs that an API server takes, near to what it refuses. */
export const takenCrds: readonly OddVersion[] = [
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
  field({ type: 'object', items: { type: 'string' } }),
  field({ type: 'array', items: { type: 'string' }, properties: { a: { type: 'string' } } }),
  field({ type: 'string', additionalProperties: true }),
  field({ type: 'array', items: { type: 'string' }, uniqueItems: false }),
  field({ type: 'string', externalDocs: { url: 'x' }, example: { a: 1 } }),
  root({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
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
];
