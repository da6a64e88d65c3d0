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
const selecting = (...paths: readonly (string | undefined)[]): OddHead => ({
  spec: {
    versions: paths.map((jsonPath, i) => ({
      name: `v${i + 1}`,
      served: true,
      storage: i === 0,
      schema: { openAPIV3Schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } },
      ...(jsonPath === undefined ? {} : { selectableFields: [{ jsonPath }] }),
    })),
  },
});
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
  selecting('.a', '.a'),
  hook({ clientConfig: { service: { ...service, path: '/', port: 65_535 } }, conversionReviewVersions: ['v1'] }),
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
  { metadata: { creationTimestamp: '' } },
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
  selecting('.a', undefined),
  selecting('.a', '.a', '.b'),
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
