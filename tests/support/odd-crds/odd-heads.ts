/** What is odd of a CRD outside its schemas: fields that are added to one that is right. */
export interface OddHead {
  readonly document?: object;
  readonly metadata?: object;
  readonly spec?: object;
  readonly names?: object;
  readonly version?: object;
}

/** The CRD that has it. */
export function crdWithHead({ document, metadata, spec, names, version }: OddHead): Readonly<Record<string, unknown>> {
  const fields = { a: { type: 'string' } };
  const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object', properties: fields } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'oddities.odd.example.dev', ...metadata },
    spec: {
      group: 'odd.example.dev',
      scope: 'Namespaced',
      names: { kind: 'Oddity', plural: 'oddities', singular: 'oddity', listKind: 'OddityList', ...names },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, ...version }],
      ...spec,
    },
    ...document,
  };
}

const service = { namespace: 'a', name: 'b' };
const hook = (webhook: object): OddHead => ({ spec: { conversion: { strategy: 'Webhook', webhook } } });
/** Versions with other schemas, which have these selectable fields. */
const selecting = (...each: readonly (readonly string[])[]): OddHead => ({
  spec: {
    versions: each.map((paths, i) => ({
      name: `v${i + 1}`,
      served: true,
      storage: i === 0,
      schema: schemaWith({ c: { type: 'string', maxLength: i + 1 } }),
      ...(paths.length === 0 ? {} : { selectableFields: paths.map((jsonPath) => ({ jsonPath })) }),
    })),
  },
});
const schemaWith = (fields: object): object => ({
  openAPIV3Schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' }, ...fields } },
});
/** The same with schemas that are the same to the server. */
const selectingAlike = (...each: readonly (readonly string[])[]): OddHead => {
  const versions = (selecting(...each).spec as { versions: object[] }).versions;
  const schemas = [{ c: { type: 'string' } }, { c: { type: 'string', nullable: false, enum: [], title: '' } }];
  return { spec: { versions: versions.map((one, i) => ({ ...one, schema: schemaWith(schemas[i % 2] ?? {}) })) } };
};
/** A version with fields of many kinds, of which one is selectable. */
const selectable = (jsonPath: string): OddHead => {
  const text = { type: 'string' };
  const map = { type: 'object', additionalProperties: text };
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const object = { type: 'object', properties: { a: text, b: { type: 'number' } } };
  const properties = { a: text, 'a b': text, map, any: { type: 'object', additionalProperties: true }, open, object };
  const schema = { openAPIV3Schema: { type: 'object', properties } };
  return { version: { schema, selectableFields: [{ jsonPath }] } };
};
const calling = (url: string): OddHead => hook({ clientConfig: { url }, conversionReviewVersions: ['v1'] });
const listening = (path: string): OddHead =>
  hook({ clientConfig: { service: { ...service, path } }, conversionReviewVersions: ['v1'] });
const warning = (deprecationWarning: string): OddHead => ({ version: { deprecated: true, deprecationWarning } });
const owned = (...owners: readonly object[]): OddHead => ({
  metadata: { ownerReferences: owners.map((more) => ({ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'u', ...more })) },
});
const created = (creationTimestamp: string): OddHead => ({ metadata: { creationTimestamp } });
const reviewed = (...conversionReviewVersions: readonly unknown[]): OddHead =>
  hook({ clientConfig: { service }, conversionReviewVersions });
const column = (more: object): OddHead => ({
  version: { additionalPrinterColumns: [{ name: 'a', type: 'string', jsonPath: '.a', ...more }] },
});

/** Heads that an API server takes, under strict validation. */
export const takenHeads: readonly OddHead[] = [
  { metadata: { labels: { a: '', 'a.b/c': 'A_b.c-1', n: null }, annotations: { 'A.B/C_d': 'any text\n', n: null } } },
  { metadata: { labels: null, annotations: null, creationTimestamp: null, generation: 1, namespace: 'a' } },
  { metadata: { labels: { a: 'a'.repeat(63) }, annotations: { ['a'.repeat(63)]: '' } } },
  { metadata: { creationTimestamp: '2024-01-01T00:00:00Z', managedFields: [], finalizers: ['a.b/c'] } },
  { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'u', controller: true }] } },
  { document: { status: null } },
  { document: { status: {} } },
  { document: { status: { conditions: [], acceptedNames: { kind: '', plural: '' }, storedVersions: [] } } },
  { spec: { conversion: { strategy: 'None' } } },
  { spec: { conversion: { strategy: 'None', webhook: { conversionReviewVersions: [] } } } },
  hook({ clientConfig: { service: { ...service, path: '/a', port: 443 } }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { url: 'https://a.b' }, conversionReviewVersions: ['v2', 'v1beta1'] }),
  hook({ clientConfig: { url: 'https://a.b', caBundle: '' }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { url: 'https://a.b', caBundle: 'Cg\n==\r\n' }, conversionReviewVersions: ['v1'] }),
  // Bytes are read one by one, too.
  ...[[], [65, null], [0, 255]].map((caBundle) =>
    hook({ clientConfig: { url: 'https://a.b', caBundle }, conversionReviewVersions: ['v1'] }),
  ),
  { metadata: { finalizers: ['a', 'A_b.c', 'a.b/C_d', 'orphan', 'orphan'] } },
  { names: { kind: 'K'.repeat(59), listKind: null } },
  { names: { kind: 'K'.repeat(63) } },
  selectingAlike(['.a'], ['.a']),
  selecting(['.a'], ['.b']),
  selecting(['.a', '.b'], ['.b', '.a']),
  selecting(['.a'], []),
  selecting([], []),
  ...['.a', '.a b', '.object.a', '.map.a', ".map.a'b", ".map.'a.b'", ".map.'a", '.map.]', '.map.['].map(selectable),
  hook({ clientConfig: { service: { ...service, path: '/', port: 65_535 } }, conversionReviewVersions: ['v1'] }),
  ...[
    'HTTPS://a.b',
    'https://a.b:99999',
    'https://a.b:',
    'https://:80',
    'https://[::1]:80/x',
    'https://a_b/x y',
    'https://é',
    'https://a.b#',
    'https://a.b/a@b',
  ].map(calling),
  ...['', '/', '/a/', '/a.b/c', `/${'a'.repeat(253)}`].map(listening),
  ...['é', '😀', 'a\u0301', '\ufffd', '\ud800'].map(warning),
  owned({ apiVersion: '/v1' }, { apiVersion: 'V 1', controller: true }, { apiVersion: 'a b/v1', controller: false }),
  owned({ apiVersion: 'events.k8s.io/v1', kind: 'Event' }),
  ...[null, {}, { operation: 'a', time: null, fieldsV1: 1 }].map((one) => ({ metadata: { managedFields: [one] } })),
  // What is there twice counts once.
  owned({ controller: true }, { controller: true }),
  ...['2020-01-01T0:00:00Z', '2020-02-29T23:59:59,5-24:00'].map(created),
  reviewed('v1', 'a-1'),
  { document: { status: { conditions: [{ type: 'A', status: 'b', lastTransitionTime: null }, null] } } },
  { document: { status: { acceptedNames: { kind: 'a b', shortNames: [null] } } } },
  { version: { subresources: { status: {} }, deprecated: false } },
  { version: { subresources: { status: null } } },
  column({ priority: 1, description: '', format: '' }),
];

/** Heads that an API server refuses, under strict validation at least. */
export const refusedHeads: readonly OddHead[] = [
  { document: { speck: {} } },
  { document: { foo: null } },
  { document: { status: { foo: 1 } } },
  { metadata: { annotation: {} } },
  { metadata: { annotations: { keep: true } } },
  { metadata: { annotations: { order: 1 } } },
  { metadata: { annotations: ['a'] } },
  { metadata: { annotations: { 'a.b/': '' } } },
  { metadata: { annotations: { 'a/b/c': '' } } },
  { metadata: { annotations: { '': '' } } },
  { metadata: { annotations: { ['a'.repeat(64)]: '' } } },
  { metadata: { annotations: { a: 'a'.repeat(256 * 1024) } } },
  { metadata: { labels: { 'A.B/c': 'a' } } },
  { metadata: { labels: { a: 'b c' } } },
  { metadata: { labels: { a: '_b' } } },
  { metadata: { labels: { a: 'a'.repeat(64) } } },
  { metadata: { labels: { version: 1.5 } } },
  { metadata: { labels: 'a' } },
  { metadata: { creationTimestamp: '2024-01-01' } },
  ...[
    '',
    '2020-01-01T00:00:00',
    '2020-01-01T00:00:00z',
    '2020-01-01T24:00:00Z',
    '2020-01-01T00:60:00Z',
    '2020-01-01T00:00:60Z',
    '2020-01-01T00:00:00+25:00',
    '2020-01-01T00:00:00+0100',
    '2020-01-01T00:00:00.Z',
    '2020-13-01T00:00:00Z',
    '2021-02-29T00:00:00Z',
  ].map(created),
  { metadata: { generation: '1' } },
  { metadata: { generateName: 'odd-' } },
  { metadata: { finalizers: 'a.b/c' } },
  ...[null, '', 'a b', 'A.b/c', 'a/b/c', `a.b/${'c'.repeat(64)}`].map((one) => ({ metadata: { finalizers: [one] } })),
  { metadata: { finalizers: ['orphan', 'foregroundDeletion'] } },
  { names: { kind: 'K'.repeat(60), listKind: null } },
  { names: { kind: 'K'.repeat(63), listKind: '' } },
  ...[['a'], [256], [-1], [1.5]].map((caBundle) =>
    hook({ clientConfig: { url: 'https://a.b', caBundle }, conversionReviewVersions: ['v1'] }),
  ),
  { metadata: { ownerReferences: ['a'] } },
  { metadata: { ownerReferences: [{}] } },
  { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'u', group: 'g' }] } },
  {
    metadata: { name: 'oddities.odd.k8s.io', annotations: { 'api-approved.kubernetes.io': 'yes' } },
    spec: { group: 'odd.k8s.io' },
  },
  ...['a/b/c', 'a/', '/', '//'].map((apiVersion) => owned({ apiVersion })),
  ...['x', { foo: 1 }, { operation: 1 }, { time: 'x' }].map((entry) => ({ metadata: { managedFields: [entry] } })),
  ...['v1', '/v1'].map((apiVersion) => owned({ apiVersion, kind: 'Event' })),
  owned({ controller: true }, { controller: true, name: 'b' }, { controller: true, name: 'c' }),
  ...['\u00a0', '\u200b', '\u2028', '\ue000', '\n'].map((sign) => warning(`a${sign}b`)),
  ...['v1.', 'V2', ''].map((name) => reviewed('v1', name)),
  reviewed('v1', null),
  ...[
    'https://',
    'https:///x',
    'https:a',
    'https://a b',
    'https://a.b?x=1',
    'https://a.b#x',
    'https://u:p@a.b',
    'https://@a.b',
    'https://a.b:x',
    'https://a.b:1:2',
    'https://a.b/%zz',
    'https://a%20b',
    'https://{{x}}',
    'https://[::1',
    'https://a[b]',
    'https://a.b\n',
  ].map(calling),
  ...['//', '/a//b', '/a//', '/A', '/a_b', '/./a', '/a?b', '/-a', `/${'a'.repeat(254)}`].map(listening),
  ...['x', ['x'], [{ type: 1 }], [{ foo: 1 }], [{ lastTransitionTime: 'x' }], [{ observedGeneration: '1' }]].map(
    (conditions) => ({ document: { status: { conditions } } }),
  ),
  ...[{ foo: 1 }, { kind: 1 }, { shortNames: 'x' }].map((acceptedNames) => ({
    document: { status: { acceptedNames } },
  })),
  { names: { shortName: 'o' } },
  { names: { listKind: 'Oddity' } },
  { metadata: { labels: { a: 1 } } },
  { metadata: { annotations: { a: true } } },
  { version: { deprecationMessage: 'a' } },
  { version: { deprecated: true, deprecationWarning: 1 } },
  { version: { schema: { openAPIV3Schema: { type: 'object' }, type: 'object' } } },
  { version: { subresources: { status: true } } },
  { version: { subresources: { status: { enabled: true } } } },
  { version: { subresources: { state: {} } } },
  {
    version: {
      subresources: {
        scale: { specReplicasPath: '.spec.a', statusReplicasPath: '.status.a', selectorPath: '.spec.b' },
      },
    },
  },
  { version: { selectableFields: [{ jsonPath: '.spec.a', type: 'string' }] } },
  selectingAlike(['.a'], []),
  selectingAlike(['.a'], ['.a'], ['.b']),
  selecting(['.a'], ['.a']),
  selecting(['.a', '.b'], ['.a', '.b'], ['.a', '.b']),
  ...[
    '',
    '.',
    'a',
    '..a',
    '.a.',
    '.a.b',
    ".['a']",
    "['a']",
    ".map['a']",
    ".object['a']",
    '.map.a]',
    '.map.a.b',
    '.map.',
    '.object',
    '.object.b',
    '.object.c',
    '.any.a',
    '.open.a',
    '.metadata',
    '.metadata.name',
    '.kind',
  ].map(selectable),
  column({ JSONPath: '.a' }),
  column({ name: '' }),
  column({ priority: '1' }),
  column({ priority: 2 ** 31 }),
  column({ description: 1 }),
  column({ format: 1 }),
  { spec: { conversion: {} } },
  { spec: { conversion: 'None' } },
  { spec: { conversion: { strategy: 'Both' } } },
  { spec: { conversion: { strategy: 'Webhook' } } },
  { spec: { conversion: { strategy: 'None', webhook: { conversionReviewVersions: ['v1'] } } } },
  { spec: { conversion: { strategy: 'None', webhookClientConfig: {} } } },
  hook({ conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service } }),
  hook({ clientConfig: { service }, conversionReviewVersions: ['v2'] }),
  hook({ clientConfig: { service }, conversionReviewVersions: ['v1', 'v1'] }),
  hook({ clientConfig: {}, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service, url: 'https://a.b' }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { url: 'http://a.b' }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service: { name: 'a' } }, conversionReviewVersions: ['v1'] }),
  ...['CA_BUNDLE', 'a', 'YWI', 'YWI=YWI='].map((caBundle) =>
    hook({ clientConfig: { service, caBundle }, conversionReviewVersions: ['v1'] }),
  ),
  hook({ clientConfig: { service: { ...service, port: '443' } }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service: { ...service, port: 0 } }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service: { ...service, port: 65_536 } }, conversionReviewVersions: ['v1'] }),
  hook({ clientConfig: { service: { ...service, path: 'a' } }, conversionReviewVersions: ['v1'] }),
];
