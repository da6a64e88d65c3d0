import { field, root, version, type OddVersion } from './odd-version.js';

/** Versions of CRDs that an API server refuses. */
export const refusedCrds: readonly OddVersion[] = [
  field({ type: '' }),
  field({ type: 'string', pattern: '[a-' }),
  field({ type: '', properties: { a: { type: 'string' } } }),
  field(null),
  field({ type: 'array', items: null }),
  field({ type: 'array', items: [] }),
  field({ type: 'object', properties: { a: null } }),
  root({ type: 'object', properties: {}, additionalProperties: { type: 'string' } }),
  root({ type: 'object', properties: {}, additionalProperties: false }),
  field({
    type: 'array',
    items: {
      type: 'object',
      properties: { k: { type: 'object', properties: { a: { type: 'string' } } } },
      required: ['k'],
    },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } } },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['z'],
  }),
  field({
    type: 'array',
    items: { type: 'string' },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['z'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': [],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k', 'k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string', nullable: true } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } } },
    'x-kubernetes-list-type': 'set',
  }),
  field({ type: 'array', items: { type: 'string', nullable: true }, 'x-kubernetes-list-type': 'set' }),
  field({ type: 'string', 'x-kubernetes-list-type': 'set' }),
  field({ type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'bag' }),
  field({ type: 'array', items: { type: 'string' }, 'x-kubernetes-map-type': 'atomic' }),
  field({ type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-map-type': 'loose' }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'string' }, { type: 'integer' }] }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'boolean' }] }),
  field({ type: 'object', 'x-kubernetes-embedded-resource': true }),
  field({ type: 'string', 'x-kubernetes-embedded-resource': true }),
  field({ 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true }),
  field({ type: 'object', 'x-kubernetes-embedded-resource': true, additionalProperties: { type: 'string' } }),
  field({ type: 'object', 'x-kubernetes-preserve-unknown-fields': false }),
  field({ type: 'string', anyOf: [{ nullable: true }] }),
  field({ type: 'string', anyOf: [{ description: 'x' }] }),
  field({ type: 'string', anyOf: [{ title: 'x' }] }),
  field({
    type: 'object',
    properties: { a: { type: 'string' } },
    anyOf: [{ 'x-kubernetes-preserve-unknown-fields': true }],
  }),
  field({
    type: 'object',
    properties: { a: { type: 'string' } },
    anyOf: [{ additionalProperties: { type: 'string' } }],
  }),
  field({ type: 'string', anyOf: [{ 'x-kubernetes-validations': [{ rule: 'true' }] }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, not: { type: 'object' } }),
  field({ type: 'string', pattern: '(' }),
  field({ type: 'string', pattern: '(?=a)' }),
  field({ type: 'array', items: { type: 'string' }, uniqueItems: true }),
  field({ type: 'string', id: 'x', $schema: 'http://json-schema.org/draft-04/schema#' }),
  field({ type: 'null' }),
  field({ type: '' }),
  root({ type: 'object', properties: { spec: { type: 'string' } }, nullable: true }),
  root({ type: 'object', additionalProperties: { type: 'string' } }),
  root({ type: 'array', items: { type: 'string' } }),
  root({ type: 'object', properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } } }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
  }),
  root({
    type: 'object',
    properties: { metadata: { type: 'object', 'x-kubernetes-validations': [{ rule: 'true' }] } },
  }),
  root({ type: 'object', properties: { metadata: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }),
  root({ type: 'object', properties: { metadata: { type: 'string' } } }),
  root({ type: 'object', properties: { kind: { type: 'integer' } } }),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: 'spec.replicas', statusReplicasPath: '.status.replicas' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.spec.a' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.a' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.a', statusReplicasPath: '.status.b' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    {
      subresources: {
        scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.b', labelSelectorPath: '.foo' },
      },
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'text', jsonPath: '.spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', format: 'x', jsonPath: '.spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.spec.b' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.spec' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'number' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    {
      type: 'object',
      properties: { spec: { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } } },
    },
    { selectableFields: [{ jsonPath: '.spec.a[0]' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.spec.a' }, { jsonPath: '.spec.a' }] },
  ),
  version(
    { type: 'object', properties: { metadata: { type: 'object', properties: { name: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: '.metadata.name' }] },
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
            a8: { type: 'string' },
            a9: { type: 'string' },
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
        { jsonPath: '.spec.a8' },
        { jsonPath: '.spec.a9' },
      ],
    },
  ),
  version({ type: 'object', properties: { spec: { type: 'string' } } }, { deprecationWarning: 'x' }),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    {
      deprecated: true,
      deprecationWarning:
        'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { deprecated: true, deprecationWarning: 'x\ny' },
  ),
  version({ type: 'object', properties: { spec: { type: 'string' } } }, { deprecated: true, deprecationWarning: '' }),
  root({ type: 'object', properties: { metadata: { type: 'object', description: 'x' } } }),
  root({ type: 'object', properties: { metadata: { type: 'object', title: 'x' } } }),
  root({ type: 'object', properties: { metadata: { type: 'object', nullable: true } } }),
  root({ type: 'object', properties: { metadata: { type: 'object', maxProperties: 3 } } }),
  root({ type: 'object', properties: { metadata: {} } }),
  root({ type: 'object', properties: { metadata: { type: 'object', oneOf: [{ required: ['name'] }] } } }),
  root({
    type: 'object',
    properties: {
      metadata: {
        type: 'object',
        properties: { name: { type: 'string' } },
        anyOf: [{ properties: { name: { maxLength: 3 } } }],
      },
    },
  }),
  root({ type: 'object', properties: { metadata: { type: 'object', enum: [{}] } } }),
  root({ type: 'object', properties: { kind: {} } }),
  root({ type: 'object', properties: { apiVersion: { type: 'integer' } } }),
  field({ type: 'string', id: 'x' }),
  field({ type: 'string', $schema: 'http://json-schema.org/draft-04/schema#' }),
  root({ type: 'object', additionalProperties: true }),
  root({ type: 'object', additionalProperties: false }),
  root({ type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'array', items: { type: 'string' } } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { a: { type: 'string' } }, required: ['k'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, required: ['k'], nullable: true },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({
    type: 'array',
    items: { type: 'string' },
    'x-kubernetes-list-type': 'set',
    'x-kubernetes-list-map-keys': ['k'],
  }),
  field({ type: 'object', 'x-kubernetes-list-map-keys': ['k'] }),
  field({
    type: 'array',
    items: { type: 'object', properties: { k: { type: 'string' } }, 'x-kubernetes-map-type': 'granular' },
    'x-kubernetes-list-type': 'set',
  }),
  field({
    type: 'array',
    items: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    'x-kubernetes-list-type': 'set',
  }),
  field({
    type: 'array',
    items: { type: 'object', additionalProperties: { type: 'string' } },
    'x-kubernetes-list-type': 'set',
  }),
  field({ 'x-kubernetes-preserve-unknown-fields': true, 'x-kubernetes-list-type': 'atomic' }),
  field({ 'x-kubernetes-int-or-string': true, 'x-kubernetes-list-type': 'atomic' }),
  field({ 'x-kubernetes-preserve-unknown-fields': true, 'x-kubernetes-map-type': 'atomic' }),
  field({ type: 'object', properties: { a: { type: 'string' } }, oneOf: [{ title: 'A', required: ['a'] }] }),
  field({
    type: 'object',
    properties: { a: { type: 'string' } },
    oneOf: [{ properties: { a: { description: 'x' } } }],
  }),
  field({
    type: 'object',
    additionalProperties: { type: 'string' },
    anyOf: [{ additionalProperties: { minLength: 1 } }],
  }),
  field({ type: 'array', items: { type: 'string' }, anyOf: [{ uniqueItems: true }] }),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '[0]' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '{.spec}' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: '' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec', statusReplicasPath: '.status.b' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.specx', statusReplicasPath: '.status.b' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.spec.q' } } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'integer' } } } } },
    { subresources: { scale: { specReplicasPath: '.spec.a', statusReplicasPath: '' } } },
  ),
  version(
    {
      type: 'object',
      properties: { spec: { type: 'object', properties: { a: { 'x-kubernetes-int-or-string': true } } } },
    },
    { selectableFields: [{ jsonPath: '.spec.a' }] },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } } },
    { selectableFields: [{ jsonPath: 'spec.a' }] },
  ),
  version({ type: 'object', properties: { spec: { type: 'string' } } }, { deprecated: false, deprecationWarning: 'x' }),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    {
      deprecated: true,
      deprecationWarning:
        'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü',
    },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'string' } } },
    { deprecated: true, deprecationWarning: 'a\tb' },
  ),
  // With a status subresource the root is restricted.
  version(
    { type: 'object', properties: { spec: { type: 'object' } }, oneOf: [{ required: ['spec'] }] },
    { subresources: { status: {} } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object' } }, maxProperties: 9 },
    { subresources: { status: {} } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object' } }, 'x-kubernetes-map-type': 'atomic' },
    { subresources: { status: {} } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object' } }, definitions: {} },
    { subresources: { status: {} } },
  ),
  version(
    { type: 'object', properties: { spec: { type: 'object' } }, patternProperties: {} },
    { subresources: { status: {} } },
  ),
  // A combination of the root names what it does not declare.
  root({ type: 'object', properties: { spec: { type: 'object' } }, oneOf: [{ properties: { q: { minLength: 1 } } }] }),
  root({
    type: 'object',
    properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } },
    not: { anyOf: [{ properties: { spec: { properties: { b: { minLength: 1 } } } } }] },
  }),
  root({
    type: 'object',
    properties: { a: { type: 'string' } },
    allOf: [{ properties: { a: { items: { minLength: 1 } } } }],
  }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer', minimum: 1 }, { type: 'string' }] }),
  field({
    'x-kubernetes-int-or-string': true,
    allOf: [{ minimum: 1 }, { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
  }),
  field({ 'x-kubernetes-int-or-string': true, 'x-kubernetes-preserve-unknown-fields': true }),
  field({
    type: 'object',
    'x-kubernetes-int-or-string': true,
    'x-kubernetes-embedded-resource': true,
    properties: { a: { type: 'string' } },
  }),
  field({
    type: 'object',
    properties: { metadata: { type: 'object', properties: { a: { type: 'string' } } } },
    anyOf: [{ properties: { metadata: { required: ['a'] } } }],
  }),
  field({
    type: 'array',
    items: { type: 'string', properties: { a: { type: 'string' } }, required: ['a'] },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['a'],
  }),
  field({ type: 'object', dependencies: {} }),
  field({ type: 'string', maxLength: 1e30 }),
  field({ type: 'string', externalDocs: { url: 1 } }),
  field({ type: 'string', 'x-kubernetes-validations': [{ rule: 'true', message: 1 }] }),
  field({ type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', optionalOldSelf: 'yes' }] }),
  root({
    type: 'object',
    properties: { a: { type: 'object', additionalProperties: { type: 'string' } } },
    anyOf: [{ properties: { a: { properties: { b: { minLength: 1 } } } } }],
  }),
  field({ type: 'string', externalDocs: { url: 'http://a', name: 'a' } }),
  field({ type: 'string', anyOf: [{ additionalProperties: true }] }),
  field({ type: 'array', items: { type: 'string' }, anyOf: [{ 'x-kubernetes-list-type': '' }] }),
  field({ type: 'object', properties: { a: { type: 'string' } }, anyOf: [{ 'x-kubernetes-map-type': '' }] }),
  field({
    type: 'object',
    properties: { a: { type: 'string' } },
    anyOf: [{ 'x-kubernetes-preserve-unknown-fields': false }],
  }),
  field({ type: 'string', anyOf: [{ default: false }] }),
  field({ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer', default: [] }, { type: 'string' }] }),
  ...[
    { properties: { apiVersion: { type: 'integer' } } },
    { properties: { kind: { type: 'object' } } },
    { properties: { metadata: { type: 'string' } } },
    { properties: { a: { type: 'string' } }, additionalProperties: true },
    { 'x-kubernetes-preserve-unknown-fields': true, additionalProperties: true },
  ].map((more) => field({ type: 'object', 'x-kubernetes-embedded-resource': true, ...more })),
];
