import { describe, expect, it } from 'vitest';
import { showCrd } from '../../tests/support/fidelity-example.js';
import { declarationOf, printSmall } from '../../tests/support/small-crd.js';
import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';

const widget = {
  type: 'object',
  required: ['image', 'replicas'],
  properties: {
    image: { type: 'string' },
    replicas: { type: 'integer', default: 1 },
    note: { type: 'string' },
    ports: {
      type: 'array',
      items: {
        type: 'object',
        required: ['port'],
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { burst: { type: 'integer', default: 5 } } },
    },
  },
};

const twoVersions = (storageSpec: object): TypeCase['crd'] => ({
  conversionWebhook: false,
  versions: [
    { name: 'v1', storage: false, schema: { type: 'object', required: ['spec'], properties: { spec: widget } } },
    { name: 'v2', storage: true, schema: { type: 'object', properties: { spec: storageSpec } } },
  ],
});

const small = {
  type: 'object',
  required: ['image', 'replicas'],
  properties: { image: { type: 'string' }, replicas: { type: 'integer', default: 1 }, note: { type: 'string' } },
};

const cases = {
  'F1 what the server fills in may be left out': {
    crd: { spec: small },
    accept: ["{ image: 'a' }", "{ image: 'a', replicas: 2, note: 'x' }"],
    reject: ['{ replicas: 1 }'],
  },
  'F2 what the server fills in is there to read': {
    crd: { spec: small },
    compiles: ['if (foo.spec !== undefined) { const n: number = foo.spec.replicas; void n; }'],
    fails: ['if (foo.spec !== undefined) { const s: string = foo.spec.note; void s; }'],
  },
  'F1 a manifest may leave out what the server fills in, at any depth': {
    crd: { spec: widget },
    accept: [
      "{ image: 'a' }",
      "{ image: 'a', replicas: 2 }",
      "{ image: 'a', ports: [{ port: 1 }, { port: 2, protocol: 'UDP' }] }",
      "{ image: 'a', limits: { cpu: {}, memory: { burst: 1 } } }",
    ],
    reject: [
      '{}',
      '{ replicas: 1 }',
      "{ image: 'a', ports: [{}] }",
      "{ image: 'a', replicas: undefined }",
      '{ image: 1 }',
    ],
  },
  'V12, F1 a manifest needs a name or a generateName, and nothing else of metadata': {
    crd: { schema: { type: 'object' } },
    type: 'FooManifest',
    accept: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { generateName: 'a-' } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', creationTimestamp: null, labels: { a: 'b' } } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', uid: 'u', resourceVersion: '1', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }] } }",
    ],
    reject: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: {} }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo' }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', labels: { a: 1 } } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', label: {} } }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', ownerReferences: [{ kind: 'Pod', name: 'p' }] } }",
    ],
  },
  'F2 a read has what the server fills in, and V10 below items and map values too': {
    crd: { schema: { type: 'object', required: ['spec'], properties: { spec: widget } } },
    compiles: [
      'const n: number = foo.spec.replicas;',
      'const p: string | undefined = foo.spec.ports?.[0]?.protocol; const q: string[] = (foo.spec.ports ?? []).map((x) => x.protocol); void p; void q;',
      "const b: number | undefined = foo.spec.limits?.['cpu']?.burst; void b;",
      'const s: string = foo.metadata.name + foo.metadata.namespace + foo.metadata.uid + foo.metadata.resourceVersion + foo.metadata.creationTimestamp; void s;',
    ].map((code) => `${code} void 0;`),
    fails: [
      'const s: string = foo.spec.note;',
      'const s: string = foo.metadata.labels;',
      'foo.spec.replicas = 2;',
      'foo.spec.ports?.push({ port: 1, protocol: "a" });',
      'foo.metadata.name = "x";',
      'foo.metadata.selfLink;',
    ],
  },
  'V11 a read says what the schema says now, and leaves room to meet what an earlier one let in': {
    crd: {
      spec: { type: 'object', required: ['mode'], properties: { mode: { type: 'string', enum: ['fast', 'safe'] } } },
    },
    reject: ["{ mode: 'old' }", '{}'],
    compiles: [
      "const mode = foo.spec?.mode; switch (mode) { case 'fast': case 'safe': case undefined: break; default: { const old: string = mode; void old; } }",
    ],
    fails: ["if (foo.spec?.mode === 'old') void 0;"],
  },
  'F2 the metadata of a cluster-scoped kind has no namespace for sure': {
    crd: { scope: 'Cluster', spec: { type: 'object' } },
    compiles: ['const s: string | undefined = foo.metadata.namespace; void s;'],
    fails: ['const s: string = foo.metadata.namespace; void s;'],
  },
  'V10 a default of another than the storage version counts only where the storage version has one too': {
    crd: twoVersions({ type: 'object', properties: { replicas: { type: 'integer', default: 7 } } }),
    compiles: ['const n: number = foo.spec.replicas; void n;'],
    fails: [
      'const s: string = foo.spec.ports![0]!.protocol; void s;',
      "const b: number = foo.spec.limits!['a']!.burst; void b;",
    ],
    accept: ["{ image: 'a' }"],
  },
  'V10 of two versions without a webhook a read has the defaults of the stored one': {
    crd: {
      versions: [
        {
          storage: false,
          schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { both: { type: 'string', default: 'x' }, onlyHere: { type: 'string', default: 'y' } },
              },
            },
          },
        },
        {
          storage: true,
          schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { both: { type: 'string', default: 'z' }, onlyHere: { type: 'string' } },
              },
            },
          },
        },
      ],
    },
    accept: ['{}'],
    compiles: ['const both: string | undefined = foo.spec && foo.spec.both; void both;'],
    fails: ['const only: string = foo.spec!.onlyHere; void only;'],
  },
  'V10 with a conversion webhook each version has its own defaults': {
    crd: { ...twoVersions({ type: 'object' }), conversionWebhook: true },
    compiles: ['const n: number = foo.spec.replicas; const s: string = foo.spec.ports![0]!.protocol; void n; void s;'],
  },
  'V20 `default: null` fills nothing in': {
    crd: {
      spec: { type: 'object', required: ['a'], properties: { a: { type: 'string', nullable: true, default: null } } },
    },
    accept: ["{ a: 'x' }", '{ a: null }'],
    reject: ['{}'],
  },
} satisfies Record<string, TypeCase>;

describe('views', () => {
  judgeCases(cases);

  it('F3 prints a type once when both views agree, and twice only where they differ', (context) => {
    const crd = {
      spec: {
        type: 'object',
        properties: {
          same: { type: 'object', properties: { a: { type: 'string' } } },
          other: { type: 'object', properties: { b: { type: 'string', default: 'x' } } },
        },
      },
    };
    const { text } = printSmall(crd);
    showCrd(context, crd);
    expect(declarationOf(text, 'FooSpecSame')).toBe('export interface FooSpecSame {\n  readonly a?: string;\n}');
    expect(declarationOf(text, 'FooSpecSameManifest')).toBe('');
    expect(declarationOf(text, 'FooSpecOther')).toBe(
      'export interface FooSpecOther extends FooSpecOtherManifest {\n  readonly b: string;\n}',
    );
    expect(text).toContain('export interface FooSpecOtherManifest {\n  /** @default x */\n  readonly b?: string;\n}');
    expect(declarationOf(text, 'FooSpec')).toBe(
      'export interface FooSpec extends FooSpecManifest {\n  readonly other?: FooSpecOther;\n}',
    );
  });
});
