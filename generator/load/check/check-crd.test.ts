import { describe, expect, it } from 'vitest';
import { check, type Json, names, schema, version } from '../../../tests/support/checked-crd.js';
import { show } from '../../../tests/support/fidelity-example.js';

describe('checkCrd', () => {
  it('reads a small CRD and fills in what the server does', () => {
    const { crd, faults } = check({});
    expect(faults).toEqual([]);
    expect(crd).toEqual({
      source: { file: 'foo.yaml', document: 0 },
      name: 'foos.example.dev',
      group: 'example.dev',
      kind: 'Foo',
      plural: 'foos',
      singular: 'foo',
      listKind: 'FooList',
      shortNames: [],
      categories: [],
      scope: 'Namespaced',
      conversionWebhook: false,
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          deprecated: false,
          schema: schema.openAPIV3Schema,
          open: false,
          subresources: {},
          printerColumns: [],
          selectableFields: [],
        },
      ],
    });
  });

  it('reads everything that a version can say', () => {
    const spec = { type: 'object', properties: { color: { type: 'string' } } };
    const full = {
      ...version,
      schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
      deprecated: true,
      deprecationWarning: 'use v2',
      subresources: { status: {}, scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' } },
      additionalPrinterColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', priority: 1 }],
      selectableFields: [{ jsonPath: '.spec.color' }],
    };
    const clientConfig = { service: { namespace: 'foo', name: 'hook', path: '/convert', port: 443 }, caBundle: 'Cg==' };
    const conversion = { strategy: 'Webhook', webhook: { clientConfig, conversionReviewVersions: ['v1'] } };
    const { crd, faults } = check({ versions: [full], conversion });
    expect(faults).toEqual([]);
    expect(crd?.conversionWebhook).toBe(true);
    expect(crd?.versions[0]).toMatchObject({
      deprecated: true,
      deprecationWarning: 'use v2',
      subresources: { status: true, scale: { specReplicasPath: '.spec.n', statusReplicasPath: '.status.n' } },
      printerColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', priority: 1 }],
      selectableFields: ['.spec.color'],
    });
  });

  it.each<[string, Json, string[]]>([
    [
      'a bad scope',
      { scope: 'scopeValue' },
      ['error spec.scope: scope must be "Namespaced" or "Cluster", not text "scopeValue".'],
    ],
    [
      'a scope that is nearly right',
      { scope: 'cluster' },
      ['error spec.scope: scope must be "Namespaced" or "Cluster", not text "cluster". Did you mean "Cluster"?'],
    ],
    ['no scope', { scope: undefined }, ['error spec.scope: scope is missing: it must be "Namespaced" or "Cluster".']],
    ['no group', { group: undefined }, ['error spec.group: group is missing']],
    [
      'a group that leaves its folder',
      { group: '../../etc' },
      ['error spec.group: group must be a domain name such as "example.com", not text "../../etc"'],
    ],
    [
      'a kind that is no identifier',
      { names: { ...names, kind: 'Foo Bar;' } },
      ['error spec.names.kind: kind must be a name such as "Certificate", not text "Foo Bar;"'],
    ],
    [
      'no kind and no plural',
      { names: {} },
      ['error spec.names.kind: kind is missing', 'error spec.names.plural: plural is missing'],
    ],
    [
      'names that are none',
      { names: 7 },
      ['error spec.names: names must be a map with kind and plural, not a number (7)'],
    ],
    [
      'no versions',
      { versions: undefined },
      ['error spec.versions: versions is missing: a CRD has at least one version'],
    ],
    [
      'an empty list of versions',
      { versions: [] },
      ['error spec.versions: versions is empty: a CRD has at least one version'],
    ],
    [
      'a bad version name and a bad schema in it: both',
      { versions: [{ ...version, name: 'V/1', schema: { openAPIV3Schema: { type: 'typeValue' } } }] },
      [
        'error spec.versions[0].name: the name of a version must be a lower-case name such as "v1", not text "V/1"',
        'error spec.versions[0].schema.openAPIV3Schema: type "typeValue" is not a JSON type. It is one of string, integer, number, boolean, object, array.',
        'warning spec.versions[0].schema.openAPIV3Schema: the root of the schema must have type: object',
      ],
    ],
    [
      'a version twice',
      { versions: [version, { ...version, storage: false }] },
      ['error spec.versions: the version "v1" is there twice'],
    ],
    [
      'a flag that is none',
      { versions: [{ ...version, served: 'yes' }] },
      ['error spec.versions[0].served: served must be true or false, not text "yes"'],
    ],
    [
      'a Helm template in a name',
      { group: '{{ .Values.group }}' },
      [
        'error spec.group: group is "{{ .Values.group }}": this looks like a Helm template; render it first (helm template …)',
      ],
    ],
  ])('F37: %s is an error', (_title, change, faults) => {
    const found = check(change);
    expect(found.faults).toEqual(faults);
    expect(found.crd).toBeUndefined();
  });

  it.each<[string, Json, string[]]>([
    [
      'a version without schema',
      { versions: [{ ...version, schema: undefined }] },
      ['warning spec.versions[0].schema: the version "v1" has no schema, so its fields are unknown'],
    ],
    [
      'preserveUnknownFields: true',
      { preserveUnknownFields: true },
      ['warning spec.preserveUnknownFields: preserveUnknownFields: true is not allowed in v1: every field is kept'],
    ],
    [
      'a group of Kubernetes without approval',
      { group: 'x.k8s.io' },
      [
        'warning metadata.name: name is "foos.example.dev"; the API server takes only "foos.x.k8s.io"',
        'warning spec.group: the group "x.k8s.io" is protected: the API server wants the annotation api-approved.kubernetes.io',
      ],
    ],
    [
      'a group without a dot',
      { group: 'example' },
      [
        'warning spec.group: the group "example" has no dot; the API server refuses it',
        'warning metadata.name: name is "foos.example.dev"; the API server takes only "foos.example"',
      ],
    ],
    [
      'no version that is stored',
      { versions: [{ ...version, storage: false }] },
      ['warning spec.versions: exactly one version must have storage: true, not 0'],
    ],
    [
      'a version written as in v1beta1',
      { versions: undefined, version: 'v1', validation: schema },
      [
        'warning spec.version: "version" is not a field of a CRD: it is one of v1beta1; in v1 it stands in each version',
        'warning spec.validation: "validation" is not a field of a CRD: it is one of v1beta1; in v1 it stands in each version',
      ],
    ],
    [
      'a misspelled field',
      { converson: {} },
      ['warning spec.converson: "converson" is not a field of a CRD and has no effect. Did you mean "conversion"?'],
    ],
    [
      'a bad singular',
      { names: { ...names, singular: 'A B' } },
      ['warning spec.names.singular: singular cannot be text "A B"; taken as "foo"'],
    ],
    [
      'a column without path',
      { versions: [{ ...version, additionalPrinterColumns: [{ name: 'Age', type: 'date' }] }] },
      ['warning spec.versions[0].additionalPrinterColumns[0]: a column needs name, type and jsonPath; left out'],
    ],
    [
      'a column with the path of v1beta1',
      { versions: [{ ...version, additionalPrinterColumns: [{ name: 'Age', type: 'date', JSONPath: '.a' }] }] },
      [
        'warning spec.versions[0].additionalPrinterColumns[0].JSONPath: "JSONPath" is not a field of a column and has no effect. Did you mean "jsonPath"?',
        'warning spec.versions[0].additionalPrinterColumns[0]: a column needs name, type and jsonPath; left out',
      ],
    ],
  ])('F37: %s is a warning, and the CRD can be used', (_title, change, faults) => {
    const found = check(change);
    expect(found.faults.sort()).toEqual(faults.sort());
    expect(found.crd).toBeDefined();
  });

  it('F7: a version without schema, and preserveUnknownFields: true, keep every field', () => {
    expect(check({ versions: [{ ...version, schema: undefined }] }).crd?.versions[0]?.open).toBe(true);
    expect(check({ preserveUnknownFields: true }).crd?.versions[0]?.open).toBe(true);
    expect(check({ versions: [{ ...version, schema: { openAPIV3Schema: {} } }] }).crd?.versions[0]?.open).toBe(false);
  });

  it('V17: lower-case kinds and kinds with a dash are real', () => {
    expect(check({ names: { kind: 'postgresql', plural: 'foos' } }).crd?.kind).toBe('postgresql');
    expect(check({ names: { kind: 'Da-sh', plural: 'foos' } }).crd?.kind).toBe('Da-sh');
  });

  it('V20: nothing served, null for absent fields and empty texts are fine', () => {
    const { crd, faults } = check({
      versions: [{ ...version, served: false, additionalPrinterColumns: null, subresources: { status: null } }],
      names: { ...names, singular: '', shortNames: null },
    });
    expect(faults).toEqual([]);
    expect(crd?.versions[0]?.subresources).toEqual({});
  });

  describe('of v1beta1', () => {
    const legacy = {
      versions: undefined,
      version: 'v1alpha1',
      scope: '',
      validation: { openAPIV3Schema: { properties: { spec: { properties: { a: {} } } } } },
      subresources: { status: {} },
      additionalPrinterColumns: [{ name: 'Age', type: 'date', JSONPath: '.metadata.creationTimestamp' }],
    };

    it('F8: what stands at the top applies to each version', (context) => {
      const { crd, faults } = check(legacy, { beta: true });
      expect(faults).toEqual([
        'warning apiVersion: apiextensions.k8s.io/v1beta1 is not served since Kubernetes 1.22; read as well as can be',
      ]);
      expect(crd?.scope).toBe('Namespaced');
      show(context, { given: JSON.parse(JSON.stringify(legacy)), printed: faults.join('\n') });
      expect(crd?.versions).toEqual([
        expect.objectContaining({
          name: 'v1alpha1',
          served: true,
          storage: true,
          open: false,
          schema: legacy.validation.openAPIV3Schema,
          subresources: { status: true },
          printerColumns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }],
        }),
      ]);
    });

    it('F8: a version may have a schema of its own', () => {
      const own = { openAPIV3Schema: { type: 'object', properties: { own: { type: 'string' } } } };
      const versions = [
        { name: 'v1', served: true, storage: true, schema: own },
        { name: 'v2', served: true },
      ];
      const { crd } = check({ ...legacy, version: undefined, versions }, { beta: true });
      expect(crd?.versions.map((v) => v.schema)).toEqual([own.openAPIV3Schema, legacy.validation.openAPIV3Schema]);
    });

    it('F8: a non-structural schema is read, what no schema can say is found once', () => {
      const validation = {
        openAPIV3Schema: { properties: { a: { type: 'strng' }, b: { oneOf: [{ type: 'string' }] } } },
      };
      const versions = [
        { name: 'v1', served: true, storage: true },
        { name: 'v2', served: true },
      ];
      const { faults } = check({ ...legacy, version: undefined, versions, validation }, { beta: true });
      expect(faults.filter((fault) => fault.startsWith('error'))).toEqual([
        'error spec.validation.openAPIV3Schema.properties.a: type "strng" is not a JSON type. Did you mean "string"?',
      ]);
    });

    it('F7: without schema it keeps every field', () => {
      const { crd } = check({ ...legacy, validation: undefined }, { beta: true });
      expect(crd?.versions[0]).toMatchObject({ open: true, schema: undefined });
    });
  });
});
