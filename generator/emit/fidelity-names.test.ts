import { describe, expect, it } from 'vitest';
import { show } from '../../tests/support/fidelity-example.js';
import { declarationOf, print, printSmall, smallCrd } from '../../tests/support/small-crd.js';
import { judgeCases } from '../../tests/support/judge-cases.js';
import type { TypeCase } from '../../tests/support/type-judge.js';
import { object, text } from '../../tests/support/schema-words.js';

/** An object schema whose field `__proto__` is a field: a literal would set the prototype. */
const withProto = JSON.parse(
  '{"type":"object","properties":{"__proto__":{"type":"string"},"a":{"type":"integer"}}}',
) as object;
const inheritedNames = [
  'constructor',
  'toString',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
];

const kindNames =
  'Record Array Object Date Event Node Map Promise Function Partial Set Error Symbol Reflector ReflectorOptions Cluster ObjectMeta IntOrString EmptyObject ' +
  'ManifestMeta V cluster options class default string number object any unknown never undefined null globalThis require exports keyof readonly infer unique ' +
  'asserts is abstract type declare async await yield let static public of get set module namespace import export intrinsic satisfies symbol bigint void ' +
  'eval arguments accessor using out override new delete typeof this super in if return interface enum package postgresql FooList Index Iterator';

const cases = {
  'F26, V17 property names are kept exactly': {
    crd: {
      spec: object({
        'foo-bar': text,
        fooBar: text,
        foo_bar: text,
        $ref: text,
        '': text,
        '1st': text,
        'a b': text,
        "it's": text,
        日本: text,
        'x.y/z': text,
        class: text,
        _enum: text,
        'new\nline': text,
      }),
    },
    accept: [
      "{ 'foo-bar': 'a', fooBar: 'b', foo_bar: 'c', $ref: 'd', '': 'e', '1st': 'f', 'a b': 'g', \"it's\": 'h', '日本': 'i', 'x.y/z': 'j', class: 'k', _enum: 'l', 'new\\nline': 'm' }",
    ],
    reject: ["{ 'foo-bar': 1 }", "{ '': 1 }", "{ FooBar: 'a' }", "{ 'new\\nline': 1 }"],
  },
  'F26 names that every object inherits may be left out': {
    crd: { spec: object(Object.fromEntries(inheritedNames.map((name) => [name, text]))) },
    accept: ['{}', ...inheritedNames.map((name) => `{ ${name}: 'x' }`)],
    reject: inheritedNames.map((name) => `{ ${name}: 1 }`),
  },
  'F26 literals below a field that every object inherits stay literals in an object with a choice': {
    crd: {
      spec: object(
        {
          constructor: object({ name: { type: 'boolean', enum: [true] }, mode: { type: 'string', enum: ['x', 'y'] } }),
          valueOf: object({ name: { type: 'number', enum: [2] } }, { required: ['name'], nullable: true }),
          a: text,
          b: text,
        },
        { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      ),
    },
    accept: [
      "{ a: 'x' }",
      "{ a: 'x', constructor: { name: true, mode: 'y' } }",
      "{ b: 'x', valueOf: { name: 2 } }",
      "{ a: 'x', b: 'x', valueOf: null, constructor: {} }",
    ],
    reject: ["{ a: 'x', constructor: { mode: 'z' } }", "{ b: 'x', valueOf: { name: 3 } }", '{ valueOf: { name: 2 } }'],
  },
  'F26 a required field that every object inherits keeps its literals in an object with a choice': {
    crd: {
      spec: object(
        {
          constructor: object({ name: { type: 'boolean', enum: [true] }, mode: { type: 'string', enum: ['x'] } }),
          a: text,
          b: text,
        },
        { required: ['constructor'], anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      ),
    },
    accept: ["{ a: 'x', constructor: { name: true, mode: 'x' } }"],
    reject: ["{ a: 'x', constructor: { mode: 'z' } }", "{ a: 'x' }"],
  },
  'F26 literals in the values of a map stay literals below a key that every object inherits': {
    crd: {
      spec: object({
        level: { type: 'object', additionalProperties: { type: 'string', enum: ['x', 'y'] } },
        deep: {
          type: 'object',
          additionalProperties: object(
            {
              modes: { type: 'array', items: { type: 'string', enum: ['x'] } },
              a: text,
              b: text,
              n: { type: 'integer', enum: [1, 2] },
            },
            { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
          ),
        },
        list: {
          type: 'array',
          items: { type: 'object', additionalProperties: { type: 'integer', enum: [1, 2], nullable: true } },
        },
        maps: {
          type: 'object',
          additionalProperties: { type: 'object', additionalProperties: { type: 'string', enum: ['x', 'y'] } },
        },
      }),
    },
    accept: [
      ...inheritedNames.map((name) => `{ level: { ${name}: 'x', other: 'y' } }`),
      ...inheritedNames.map((name) => `{ deep: { ${name}: { modes: ['x'], n: 2, a: 'q' }, other: { b: 'x' } } }`),
      ...inheritedNames.map(
        (name) => `{ list: [{ ${name}: 1 }, {}], maps: { ${name}: { ${name}: 'x', other: 'y' } } }`,
      ),
      "{ level: { ['__proto__']: 'x' }, deep: {}, maps: { a: {} } }",
    ],
    reject: [
      ...inheritedNames.map((name) => `{ level: { ${name}: 'z' } }`),
      ...inheritedNames.map((name) => `{ deep: { ${name}: { modes: ['z'], a: 'q' } } }`),
      "{ level: { other: 'z' } }",
      "{ deep: { other: { a: 'x', b: 'y' } } }",
      '{ deep: { other: { a: 1 } } }',
      "{ deep: { other: { a: 'x', more: 1 } } }",
      '{ list: [{ other: 3 }] }',
      '{ level: 1 }',
    ],
    compiles: [
      "const level: { readonly [key: string]: 'x' | 'y' } = foo.spec?.level ?? {}; void level;",
      "for (const [, value] of Object.entries(foo.spec?.level ?? {})) { const one: 'x' | 'y' = value; void one; }",
      "const one: 'x' | 'y' | undefined = foo.spec?.level?.['a']; void one;",
    ],
  },
  'F26, V17 `__proto__` is a field like any other': {
    crd: { spec: withProto },
    accept: ["{ ['__proto__']: 'x', a: 1 }", '{ a: 1 }', '{}'],
    reject: ["{ ['__proto__']: 1 }", '{ b: 1 }'],
  },
  'F27 the keys of a properties map are data': {
    crd: {
      spec: object({
        properties: object({ items: text }),
        items: text,
        required: { type: 'array', items: text },
        enum: { type: 'integer' },
        default: text,
        type: text,
        $ref: text,
        not: text,
        'x-kubernetes-int-or-string': { type: 'boolean' },
        nullable: { type: 'boolean' },
        oneOf: text,
      }),
    },
    accept: [
      "{ properties: { items: 'a' }, items: 'b', required: ['c'], enum: 1, default: 'd', type: 'e', $ref: 'f', not: 'g', 'x-kubernetes-int-or-string': true, nullable: false, oneOf: 'x' }",
      '{}',
    ],
    reject: ['{ items: 1 }', "{ enum: 'a' }"],
  },
  'F28 paths and spellings that make one name stay apart': {
    crd: {
      spec: object({
        fooBar: object({ baz: object({ a: text }) }),
        foo: object({ barBaz: object({ b: text }) }),
        url: object({ c: text }),
        URL: object({ d: text }),
        Url: object({ e: text }),
      }),
    },
    accept: [
      "{ fooBar: { baz: { a: 'x' } }, foo: { barBaz: { b: 'x' } }, url: { c: 'x' }, URL: { d: 'x' }, Url: { e: 'x' } }",
    ],
    reject: [
      "{ fooBar: { baz: { b: 'x' } } }",
      "{ foo: { barBaz: { a: 'x' } } }",
      "{ url: { d: 'x' } }",
      "{ Url: { c: 'x' } }",
    ],
  },
  ...Object.fromEntries(
    kindNames.split(' ').map((kind): [string, TypeCase] => [
      `F28 a kind may be called ${kind}`,
      {
        crd: {
          kind,
          spec: object({
            meta: object({ a: text }),
            port: { 'x-kubernetes-int-or-string': true },
            none: { type: 'object' },
            constructor: text,
          }),
        },
        type: 'unknown',
      },
    ]),
  ),
} satisfies Record<string, TypeCase>;

describe('names', () => {
  judgeCases(cases);

  it('F28 contract names come first, and a nested type gives way', () => {
    const { text: module } = printSmall({
      schema: object({
        manifest: object({ a: text }),
        reflector: object({ b: text }),
        spec: object({ base: object({ c: text }), a: text }, { oneOf: [{ required: ['a'] }, { required: ['base'] }] }),
      }),
    });
    expect(module).toMatch(/readonly manifest\?: FooManifest_\w{5};\n/);
    expect(module).toMatch(/readonly reflector\?: FooReflector_\w{5};\n/);
    expect(declarationOf(module, 'FooManifest')).toContain("readonly kind: 'Foo';");
  });

  it('F28 long paths have short names, and the same path has the same name whatever stands beside it', () => {
    const deep = (names: string[], leaf: object): object =>
      names.reduceRight<object>((inner, name) => object({ [name]: inner }), leaf);
    const path = [
      'configuration',
      'loadBalancerAttributes',
      'crossZoneLoadBalancing',
      'weightsOfTargetGroups',
      'preferredAvailabilityZones',
      'fallbackBehaviour',
    ];
    const one = printSmall({ spec: deep(path, object({ a: text })) }).text;
    const names = [...one.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(98);
    const more = printSmall({ spec: { ...deep(path, object({ a: text })), description: 'More.' } }).text;
    expect([...more.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = '']) => name)).toEqual(names);
  });

  it('F28 two kinds of one group: the kind of the name wins, the other gives way with a warning', () => {
    const { files, messages } = print([smallCrd({ kind: 'Grafana' }), smallCrd({ kind: 'GrafanaManifest' })]);
    expect(files['example.dev/v1/grafana-manifest.ts']).toContain('export interface GrafanaManifest {');
    expect(files['example.dev/v1/grafana.ts']).toContain('export interface GrafanaManifest_ {');
    expect(files['example.dev/v1/grafana.ts']).toContain('defineResource<Grafana, GrafanaManifest_>()');
    expect(messages).toEqual([
      'kind Grafana of example.dev/v1: the name GrafanaManifest is taken by another kind, so this one is called GrafanaManifest_',
    ]);
  });

  it('F29 the root index names groups and versions in one order, whichever is read first', () => {
    const groups = ['b.dev', 'a.dev', 'c.dev'].map((group) => smallCrd({ group }));
    const { files } = print(groups);
    const named = [...(files['index.ts'] ?? '').matchAll(/'\.\/(.*)\/index\.js'/g)].map(([, folder]) => folder);
    expect(named).toEqual(['a.dev/v1', 'b.dev/v1', 'c.dev/v1']);
    expect(print(groups.reverse()).files).toEqual(files);
  });

  it('F28 of two CRDs of one kind the plural decides, whichever is read first', () => {
    const foos = ['foos', 'fooes'].map((plural) => smallCrd({ plural, name: `${plural}.example.dev` }));
    const { files } = print(foos);
    expect(files['example.dev/v1/foo.ts']).toContain("plural: 'fooes'");
    expect(files['example.dev/v1/foo-2.ts']).toContain("plural: 'foos'");
    expect(print(foos.reverse()).files).toEqual(files);
  });

  it('F28 of two kinds with one name the one that needs no change keeps it, and its file', () => {
    const kinds = ['Foo-bar', 'FooBar'];
    const { files, messages } = print(
      kinds.map((kind, i) => smallCrd({ kind, plural: `p${i}`, name: `p${i}.example.dev` })),
    );
    expect(files['example.dev/v1/foo-bar.ts']).toContain('export interface FooBar {');
    expect(files['example.dev/v1/foo-bar-2.ts']).toContain('export interface FooBar_ {');
    expect(messages.filter((message) => message.includes('taken'))).toEqual([
      'kind Foo-bar of example.dev/v1: the name FooBar is taken by another kind, so this one is called FooBar_',
    ]);
  });

  it('F28 of two kinds with one file name the later gets -2, and the index keeps its name', () => {
    const kinds = ['HttpRoute', 'HTTPRoute', 'Index', 'Da-sh', 'postgresql', 'HttpRoute-2'];
    const { files } = print(kinds.map((kind, i) => smallCrd({ kind, plural: `p${i}`, name: `p${i}.example.dev` })));
    expect(Object.keys(files)).toEqual([
      'example.dev/v1/da-sh.ts',
      'example.dev/v1/http-route-2.ts',
      'example.dev/v1/http-route-3.ts',
      'example.dev/v1/http-route.ts',
      'example.dev/v1/index-kind.ts',
      'example.dev/v1/index.ts',
      'example.dev/v1/postgresql.ts',
      'index.ts',
    ]);
    expect(files['example.dev/v1/http-route.ts']).toContain('export interface HTTPRoute {');
    expect(files['example.dev/v1/http-route-3.ts']).toContain('export interface HttpRoute {');
    expect(files['example.dev/v1/da-sh.ts']).toContain('export interface DaSh {');
    expect(files['example.dev/v1/postgresql.ts']).toContain(
      'export class postgresqlReflector<V = {}> extends Reflector<postgresql, V,',
    );
  });

  it('F29 the same kind in several groups and versions has a module each, and the root index a namespace each', (context) => {
    const crds = ['a.example.dev', 'a-example.dev', '4example.dev', 'a.example-dev.io'].map((group) =>
      smallCrd({ group }),
    );
    const { files } = print(crds);
    expect(Object.keys(files).filter((path) => path.endsWith('/foo.ts'))).toHaveLength(4);
    show(context, {
      given: crds.map(({ group, kind }) => ({ group, kind })),
      printed: (files['index.ts'] ?? '').split('\n').slice(3).join('\n'),
    });
    expect(files['index.ts']).toBe(
      `// Generated by kube-gen.
// Do not edit: kube-gen writes this file again.
/* eslint-disable */ /* oxlint-disable */ /* tslint:disable */ /* biome-ignore-all lint: generated */ /* biome-ignore-all format: generated */ /* biome-ignore-all assist: generated */ /* @generated */
export * as _4exampleDevV1 from './4example.dev/v1/index.js';
export * as aExampleDevV1 from './a-example.dev/v1/index.js';
export * as aExampleDevIoV1 from './a.example-dev.io/v1/index.js';
export * as aExampleDevV1_2 from './a.example.dev/v1/index.js';
`,
    );
  });

  it('F29 a group that is called like a file of the output folder has a folder all the same', () => {
    const { files } = print(['index.ts', 'openapi.ts', 'index.dev'].map((group) => smallCrd({ group })));
    expect(Object.keys(files).filter((path) => path.endsWith('/foo.ts'))).toEqual([
      'index.dev/v1/foo.ts',
      'index.ts_/v1/foo.ts',
      'openapi.ts_/v1/foo.ts',
    ]);
    expect(files['index.ts']).toContain("export * as indexTsV1 from './index.ts_/v1/index.js';");
  });

  it('F29 nothing leaves the output folder, whatever a group is called', () => {
    const groups = ['../../etc', '..', '.', 'a/b', 'C:\\x', '/root', 'a\u0000b'];
    for (const group of groups) {
      const [path = ''] = Object.keys(print([smallCrd({ group, kind: '../../Foo' })]).files);
      expect(path).toMatch(/^[a-z0-9_-][a-z0-9_.-]*\/v1\/[a-z0-9-]+\.ts$/);
      expect(path.split('/')).not.toContain('..');
    }
  });

  it('api.md 1: the core group is `core`, and imports end as asked', () => {
    const crd = smallCrd({ group: '', kind: 'Pod' });
    expect(print([crd], { importExtension: 'ts' }).files['index.ts']).toContain(
      "export * as coreV1 from './core/v1/index.ts';",
    );
    expect(print([crd], { importExtension: 'none' }).files['core/v1/index.ts']).toContain(
      "export { Pod, PodReflector } from './pod';",
    );
    expect(print([crd]).files['core/v1/pod.ts']).toContain("readonly apiVersion: 'v1';");
    expect(print([crd]).files['core/v1/pod.ts']).toContain("  group: '', version: 'v1', kind: 'Pod',");
  });

  it('api.md 1: an index lists every name that its modules export', () => {
    const { files } = print([smallCrd({ spec: object({ a: object({ b: { type: 'integer', default: 1 } }) }) })]);
    expect(files['example.dev/v1/index.ts']?.split('\n').slice(3)).toEqual([
      "export { Foo, FooReflector } from './foo.js';",
      'export type {',
      '  FooManifest,',
      '  FooSpec,',
      '  FooSpecManifest,',
      '  FooSpecA,',
      '  FooSpecAManifest,',
      "} from './foo.js';",
      '',
    ]);
    const fields = { a: text, b: text, c: { ...text, default: 'c' } };
    const choice = { ...object(fields), oneOf: [{ required: ['a'] }, { required: ['b'] }] };
    const module = print([smallCrd({ spec: choice })]).files;
    const declared = [...(module['example.dev/v1/foo.ts'] ?? '').matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)];
    expect(declared.map(([, name]) => name)).toContain('FooSpecManifestBase');
    for (const [, name] of declared) expect(module['example.dev/v1/index.ts']).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
