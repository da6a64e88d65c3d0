import { describe, expect, it } from 'vitest';
import { check, type Json, names, version, versionOf } from '../../../tests/support/checked-crd.js';

describe('parts of a CRD', () => {
  it('F37: tells what labels, annotations, finalizers and owners of a CRD may not be', () => {
    const metadata = {
      name: 'foos.example.dev',
      labels: { 'a b': 'x', c: 'not a label!', 'Example.com/x': 'y' },
      annotations: { 'a b': 'x', 'Example.com/x': 'not a label!', big: 'x'.repeat(300_000) },
      finalizers: ['bad one', 'example.dev/ok', 7],
      generation: 'x',
      ownerReferences: [
        { apiVersion: 7 },
        { apiVersion: 'a/b/c', kind: 'A', name: 'a', uid: 'u', controller: true },
        { apiVersion: 'v1', kind: 'Event', name: 'a', uid: 'v', controller: true },
      ],
    };
    expect(check({}, { metadata }).faults).toEqual([
      'warning metadata.finalizers: finalizers must be a list of texts, not a list with a number (7)',
      'warning metadata.generation: generation must be a whole number, not text "x"',
      'warning metadata.ownerReferences[0].apiVersion: apiVersion must be text, not a number (7)',
      'warning metadata.ownerReferences[0]: an owner needs kind, name, uid',
      'warning metadata.ownerReferences[1].apiVersion: apiVersion is "<group>/<version>" or "<version>", not "a/b/c"',
      'warning metadata.ownerReferences[2]: no Event can be an owner',
      'warning metadata.ownerReferences: only one of the owners can have controller: true',
      'warning metadata.finalizers[0]: a finalizer is called like "example.com/name", not "bad one"',
      'warning metadata.labels["a b"]: a label is called like "name" or "example.com/name", not "a b"',
      'warning metadata.labels.c: the value of a label has up to 63 letters, digits, "-", "_" and ".", the first and last no sign: not "not a label!"',
      'warning metadata.labels["Example.com/x"]: a label is called like "name" or "example.com/name", not "Example.com/x"',
      'warning metadata.annotations: annotations have at most 262144 bytes',
      'warning metadata.annotations["a b"]: an annotation is called like "name" or "example.com/name", not "a b"',
    ]);
  });

  it('F37: tells of times that are none, and of an approval that is none', () => {
    const { faults } = check(
      { group: 'x.k8s.io' },
      {
        metadata: {
          name: 'foos.x.k8s.io',
          creationTimestamp: 'x',
          deletionTimestamp: 'soon',
          annotations: { 'api-approved.kubernetes.io': 'nope' },
        },
      },
    );
    expect(faults).toEqual([
      'warning metadata.creationTimestamp: creationTimestamp must be a time such as "2024-01-31T12:00:00Z", not text "x"',
      'warning metadata.deletionTimestamp: deletionTimestamp must be a time such as "2024-01-31T12:00:00Z", not text "soon"',
      'warning metadata.annotations["api-approved.kubernetes.io"]: api-approved.kubernetes.io must be a URL, or begin with "unapproved", not "nope"',
    ]);
  });

  it('F37: an error elsewhere hides nothing of the metadata and the conversion', () => {
    const metadata = { name: 'foos.example.dev', labels: { 'a b': 'x' } };
    const { faults } = check(
      { scope: 'Galaxy', names: { kind: 'Foo' }, conversion: { strategy: 'Magic' } },
      { metadata },
    );
    expect(faults).toEqual([
      expect.stringContaining('error spec.scope: '),
      'error spec.names.plural: plural is missing',
      expect.stringContaining('warning spec.conversion.strategy: '),
      expect.stringContaining('warning metadata.labels["a b"]: '),
    ]);
  });

  it('F38: URLs, paths and times without end are read in bounded time', () => {
    const long = 'a'.repeat(20_000_000);
    const clientConfig = { url: `https://${long}{`, service: { name: 'a', namespace: 'b', path: `/${long}` } };
    const conversion = { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1', long] } };
    const selectableFields = [{ jsonPath: `.'${long}` }];
    const metadata = { name: 'foos.example.dev', creationTimestamp: `2020-01-01T00:00:00.${long}` };
    const { faults } = check({ conversion, versions: [{ ...version, selectableFields }] }, { metadata });
    expect(faults).toHaveLength(4);
  });

  const column = { name: 'A', type: 'string', jsonPath: '.a' };
  const columns = (...more: Json[]): Json => ({
    versions: [{ ...version, additionalPrinterColumns: more.map((one) => ({ ...column, ...one })) }],
  });

  it('takes every type and format that a column may have', () => {
    const types = ['integer', 'number', 'string', 'boolean', 'date'].map((type) => ({ type }));
    const formats = ['int32', 'int64', 'float', 'double', 'byte', 'date', 'date-time', 'password', ''];
    expect(check(columns(...types, ...formats.map((format) => ({ format })))).faults).toEqual([]);
  });

  it('F37: columns at the top are those of v1beta1: in v1 they have no effect', () => {
    const { crd, faults } = check({ additionalPrinterColumns: [column] });
    expect(faults).toEqual([expect.stringContaining('"additionalPrinterColumns" is not a field of a CRD')]);
    expect(crd?.versions[0]?.printerColumns).toEqual([]);
  });

  it.each<[string, Json, string[]]>([
    [
      'columns with another type, format or path, or without a name',
      columns({ type: 'text' }, { format: 'int' }, { jsonPath: 'a' }, { name: '' }),
      [
        '[0].type: the type of a column is one of integer, number, string, boolean, date, not "text"',
        '[1].format: the format of a column is one of int32, int64, float, double, byte, date, date-time, password, not "int"',
        '[2].jsonPath: the path of a column begins with a dot, not as "a" does',
        '[3].name: the name of a column is empty',
      ].map((text) => `warning spec.versions[0].additionalPrinterColumns${text}`),
    ],
    [
      'rules of a root beside a status subresource',
      {
        versions: [
          {
            ...versionOf({ spec: { type: 'object' } }, { minProperties: 1, not: { required: ['x'] } }),
            subresources: { status: {} },
          },
        ],
      },
      ['not', 'minProperties'].map(
        (key) =>
          `warning spec.versions[0].schema.openAPIV3Schema: the root of the schema cannot have ${key} where there is a status subresource`,
      ),
    ],
    [
      'lists and maps that are merged in no way',
      {
        versions: [
          versionOf({
            keys: {
              type: 'array',
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['a', 'a'],
              items: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
            },
            texts: {
              type: 'array',
              'x-kubernetes-list-type': 'map',
              'x-kubernetes-list-map-keys': ['a'],
              items: { type: 'string' },
            },
            map: { type: 'object', 'x-kubernetes-map-type': 'atomc' },
            list: {
              type: 'array',
              items: { type: 'string' },
              'x-kubernetes-list-type': 'st',
              'x-kubernetes-map-type': 'atomic',
            },
          }),
        ],
      },
      [
        'keys: a list map key stands there twice',
        'texts: the items of a list of type map must be objects',
        'texts: the list map key "a" must be a field of the items',
        'map: the type of a map is atomic or granular, not text "atomc"',
        'list: the type of a list is atomic, set or map, not text "st"',
        'list: only type: object has a x-kubernetes-map-type',
      ].map((text) => `warning spec.versions[0].schema.openAPIV3Schema.properties.${text}`),
    ],
    [
      'columns whose fields are of another type, and one that is none',
      {
        versions: [
          {
            ...version,
            additionalPrinterColumns: [
              { name: 'A', type: 'string', jsonPath: '.a', priority: 'x', format: 7, description: true },
              5,
            ],
          },
        ],
      },
      [
        'warning spec.versions[0].additionalPrinterColumns[0].priority: priority must be a whole number of 32 bits, not text "x"',
        'warning spec.versions[0].additionalPrinterColumns[0].format: format must be text, not a number (7)',
        'warning spec.versions[0].additionalPrinterColumns[0].description: description must be text, not a boolean (true)',
        'warning spec.versions[0].additionalPrinterColumns[1]: a column needs name, type and jsonPath; left out',
      ],
    ],
    [
      'other types of what every object has',
      {
        versions: [
          versionOf({ apiVersion: { type: 'integer' }, kind: { type: 'object' }, metadata: { type: 'string' } }),
        ],
      },
      [
        'warning spec.versions[0].schema.openAPIV3Schema.properties.apiVersion: apiVersion must have type: string',
        'warning spec.versions[0].schema.openAPIV3Schema.properties.kind: kind must have type: string',
        'warning spec.versions[0].schema.openAPIV3Schema.properties.metadata: metadata must have type: object',
      ],
    ],
    [
      'short names that are none',
      { names: { ...names, shortNames: ['ok', false, 'B ad'], categories: 'all' } },
      [
        'warning spec.names.shortNames[1]: must be a lower-case name, not a boolean (false), which is left out. If n, no or off is meant, write it in quotes: without them YAML reads false',
        'warning spec.names.shortNames[2]: must be a lower-case name, not text "B ad", which is left out',
        'warning spec.names.categories: categories must be a list of lower-case names',
      ],
    ],
    [
      'selectable fields that are none',
      { versions: [{ ...version, selectableFields: [{ jsonPath: ".spec['a']" }, { jsonPath: '.spec.a' }] }] },
      [
        `warning spec.versions[0].selectableFields[0].jsonPath: the selectable field ".spec['a']" is not made of names with dots between them`,
        'warning spec.versions[0].selectableFields[1].jsonPath: the selectable field ".spec.a" is no field of the schema',
      ],
    ],
    [
      'branches of the root that name what it does not declare',
      {
        versions: [
          versionOf(
            { spec: { type: 'object', properties: { list: { type: 'array', items: { type: 'object' } } } } },
            {
              anyOf: [
                { properties: { spec: { properties: { ghost: {}, list: { items: { properties: { x: {} } } } } } } },
                { properties: { nope: { items: { maxLength: 1 } } } },
              ],
            },
          ),
        ],
      },
      [
        'anyOf[1].properties.nope: names the field "nope" without a declaration',
        'anyOf[0].properties.spec.properties.list.items.properties.x: names the field "x" without a declaration',
        'anyOf[0].properties.spec.properties.ghost: names the field "ghost" without a declaration',
      ].map((text) => `warning spec.versions[0].schema.openAPIV3Schema.${text}`),
    ],
    [
      'a webhook that cannot be asked, each fault with its place',
      {
        conversion: {
          strategy: 'Webhook',
          webhook: {
            clientConfig: { url: 'http://x', service: { name: 'hook', port: 'x' } },
            conversionReviewVersions: ['v2'],
          },
        },
      },
      [
        'clientConfig.service.port: port must be a whole number, not text "x"',
        'clientConfig.service: a service needs namespace',
        'clientConfig.url: the URL of a webhook begins with https://, not as "http://x" does',
        'clientConfig: a webhook needs exactly one of url and service',
        'conversionReviewVersions: conversionReviewVersions must have "v1" or "v1beta1" in it',
      ].map((text) => `warning spec.conversion.webhook.${text}`),
    ],
    [
      'defaults of what the server knows itself',
      {
        versions: [
          versionOf({
            kind: { type: 'string', default: 'Foo' },
            metadata: { type: 'object', properties: { name: { type: 'string', default: 'x' } } },
          }),
        ],
      },
      ['kind', 'metadata.properties.name'].map(
        (path) =>
          `warning spec.versions[0].schema.openAPIV3Schema.properties.${path}: apiVersion, kind and metadata cannot have a default`,
      ),
    ],
  ])('F37: %s are told, and the CRD can be used', (_title, change, faults) => {
    const found = check(change);
    expect(found.faults.sort()).toEqual(faults.sort());
    expect(found.crd).toBeDefined();
  });
});
