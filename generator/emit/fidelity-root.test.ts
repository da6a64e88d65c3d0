import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { print, printSmall, smallCrd } from '../../tests/support/small-crd.js';
import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';

const head = "apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a' }";

const cases = {
  'F5 apiVersion and kind are literals, and metadata is metadata whatever the schema says': {
    crd: {
      schema: {
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string', enum: ['Other'] },
          metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 10 } } },
        },
      },
    },
    type: 'FooManifest',
    accept: [
      `{ ${head} }`,
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { name: 'a', labels: { a: 'b' }, finalizers: ['x'] } }",
    ],
    reject: [
      `{ ${head.replace('Foo', 'Bar')} }`,
      `{ ${head.replace('v1', 'v2')} }`,
      "{ kind: 'Foo', metadata: { name: 'a' } }",
    ],
    compiles: ["const a: 'example.dev/v1' = foo.apiVersion; const k: 'Foo' = foo.kind; void a; void k;"],
  },
  'F5, F13 a root that says of itself that it is a whole object is a root like any other': {
    crd: {
      schema: { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { spec: { type: 'object' } } },
    },
    type: 'FooManifest',
    accept: [`{ ${head} }`, `{ ${head}, spec: {} }`],
    reject: [
      "{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: {} }",
      "{ apiVersion: 'example.dev/v1', kind: 'Foo' }",
    ],
    compiles: [
      'const name: string = foo.metadata.name; const ns: string = foo.metadata.namespace; void name; void ns;',
    ],
  },
  'F6 a kind without spec has no spec, and other root fields are what the schema says': {
    crd: {
      schema: {
        type: 'object',
        required: ['data'],
        properties: { data: { type: 'object', additionalProperties: { type: 'string' } }, report: { type: 'integer' } },
      },
    },
    type: 'FooManifest',
    accept: [`{ ${head}, data: { a: 'b' } }`, `{ ${head}, data: {}, report: 1 }`],
    reject: [`{ ${head} }`, `{ ${head}, data: {}, spec: {} }`, `{ ${head}, data: {}, status: {} }`],
    fails: ['foo.spec;'],
  },
  'F7 a version without a schema that keeps everything is open': {
    crd: { version: { schema: undefined, open: true } },
    type: 'FooManifest',
    accept: [`{ ${head}, anything: { goes: [1] } }`],
    reject: ["{ apiVersion: 'example.dev/v1', kind: 'Foo', metadata: { nam: 'a' }, spec: 1 }"],
    compiles: ["const x: unknown = foo['anything']; void x;"],
  },
  'F7 preserveUnknownFields keeps unknown fields at every depth, and the known ones keep their types': {
    crd: {
      version: {
        schema: {
          type: 'object',
          properties: {
            spec: { type: 'object', properties: { a: { type: 'object', properties: { n: { type: 'integer' } } } } },
          },
        },
        open: true,
      },
    },
    type: 'FooManifest',
    accept: [`{ ${head}, x: 1, spec: { y: 2, a: { n: 1, z: 3 } } }`],
    reject: [`{ ${head}, spec: { a: { n: 'x' } } }`],
  },
  'F7 an empty object schema keeps nothing': {
    crd: { schema: { type: 'object' } },
    type: 'FooManifest',
    accept: [`{ ${head} }`],
    reject: [`{ ${head}, spec: {} }`],
  },
  'F7 a root without a type is an object all the same': {
    crd: { schema: { properties: { spec: { type: 'string' } } } },
    type: 'FooManifest',
    accept: [`{ ${head}, spec: 'a' }`],
    reject: [`{ ${head}, spec: 1 }`],
  },
  'F12 a root that preserves unknown fields is open and keeps its types': {
    crd: {
      schema: {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { spec: { type: 'string' } },
      },
    },
    type: 'FooManifest',
    accept: [`{ ${head}, spec: 'a', other: 1 }`],
    reject: [`{ ${head}, spec: 1 }`, `{ ${head.replace('metadata', 'meta')}, spec: 'a' }`],
  },
  'V9 a status may stand in a manifest, and is typed': {
    crd: {
      schema: {
        type: 'object',
        properties: { status: { type: 'object', properties: { ready: { type: 'boolean' } } } },
      },
      version: { subresources: { status: true } },
    },
    type: 'FooManifest',
    accept: [`{ ${head} }`, `{ ${head}, status: { ready: true } }`],
    reject: [`{ ${head}, status: { redy: true } }`],
    compiles: ['const s: FooStatus | undefined = foo.status; void s;'],
  },
} satisfies Record<string, TypeCase>;

describe('root', () => {
  judgeCases(cases);

  it('F5 tells what a schema asks of the name in words', () => {
    const { text } = printSmall({
      schema: {
        type: 'object',
        properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 10 } } } },
      },
    });
    expect(text).toContain('  /** The `name` has maxLength 10. */\n  readonly metadata: NamespacedObjectMeta;');
  });

  it('F5 tells which names a schema allows', () => {
    const name = { type: 'string', enum: ['default', 'it'], maxLength: 10 };
    const { text } = printSmall({
      schema: { type: 'object', properties: { metadata: { type: 'object', properties: { name } } } },
    });
    expect(text).toContain(
      '   * - The `name` has maxLength 10.\n   * - The `name` must be one of: `["default","it"]`.',
    );
  });

  it('F5 tells the rules of the name and of the beginning of a generated one, and nothing of bounds where there are none', () => {
    const name = { type: 'string', 'x-kubernetes-validations': [{ rule: "self == 'it'", message: 'Only one.' }] };
    const generateName = { type: 'string', pattern: '^a' };
    const { text } = printSmall({
      schema: { type: 'object', properties: { metadata: { type: 'object', properties: { name, generateName } } } },
    });
    expect(text).toContain(
      "  /**\n   * - Only one: `self == 'it'`.\n   * - The `generateName` has pattern `^a`.\n   */\n  readonly metadata: NamespacedObjectMeta;",
    );
  });

  it('F6 exports FooSpec and FooStatus for whatever they are', () => {
    const { text } = printSmall({
      schema: {
        type: 'object',
        properties: {
          spec: { type: 'array', items: { type: 'string' } },
          status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    });
    expect(text).toContain('export type FooSpec = readonly string[];');
    expect(text).toContain('export interface FooStatus {\n  readonly [key: string]: unknown;\n}');
    expect(text).toContain('readonly spec?: FooSpec;\n  readonly status?: FooStatus;');
  });

  it('F9 prints a module for each served version, and for the others when asked', (context) => {
    const crd = smallCrd({
      versions: [
        { name: 'v1', schema: { type: 'object' } },
        { name: 'v1beta1', schema: { type: 'object' }, deprecated: true, deprecationWarning: 'Use v1 */ now.' },
        { name: 'v1alpha1', schema: { type: 'object' }, deprecated: true },
        { name: 'v0', schema: { type: 'object' }, served: false },
      ],
    });
    const served = print([crd]).files;
    expect(Object.keys(served)).toEqual([
      'example.dev/v1/foo.ts',
      'example.dev/v1/index.ts',
      'example.dev/v1alpha1/foo.ts',
      'example.dev/v1alpha1/index.ts',
      'example.dev/v1beta1/foo.ts',
      'example.dev/v1beta1/index.ts',
      'index.ts',
    ]);
    expect(Object.keys(print([crd], { versions: 'storage' }).files)).toEqual([
      'example.dev/v1/foo.ts',
      'example.dev/v1/index.ts',
      'index.ts',
    ]);
    expect(print([crd], { versions: 'all' }).files).toHaveProperty(['example.dev/v0/foo.ts']);
    show(context, {
      given: {
        versions: crd.versions.map(({ name, served: isServed, deprecated }) => ({
          name,
          served: isServed,
          deprecated,
        })),
      },
      printed: Object.keys(served).join('\n'),
    });
    expect(served['example.dev/v1/foo.ts']).not.toContain('@deprecated');
    expect(served['example.dev/v1beta1/foo.ts']).toMatch(
      / \* @deprecated Use v1 \*\\\/ now\.\n \*\/\nexport interface Foo /,
    );
    expect(served['example.dev/v1beta1/foo.ts']?.match(/@deprecated Use v1 \*\\\/ now\./g)).toHaveLength(4);
    expect(served['example.dev/v1alpha1/foo.ts']?.match(/@deprecated/g)).toHaveLength(4);
    const bare = print([crd], { docs: false }).files['example.dev/v1beta1/foo.ts'];
    expect(bare).toContain('/** @deprecated Use v1 *\\/ now. */\nexport interface Foo {');
  });

  it('F10 says which subresources there are, whatever the schema holds', (context) => {
    const schema = { type: 'object', properties: { status: { type: 'object' } } };
    expect(printSmall({ schema }).text).toContain('  subresources: {},');
    expect(printSmall({ schema, version: { subresources: { status: true } } }).text).toContain(
      '  subresources: { status: true },',
    );
    show(context, { given: { subresources: { status: {} } }, printed: 'subresources: { status: true },' });
    const scale = {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.status.selector',
    };
    expect(printSmall({ schema, version: { subresources: { scale } } }).text).toContain(
      "  subresources: { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.status.selector' } },",
    );
  });
});
