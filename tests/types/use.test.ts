import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, type Compiler, type CompileError, compilers } from '../support/type-check.js';
import { createFooProject, fooModule, oldFooModule } from './foo-project.js';
import { uses } from './use.js';

const head = `import { Foo, FooReflector, type FooManifest, type FooSpec, type FooSpecEnv } from '${fooModule}';
import { Foo as OldFoo } from '${oldFooModule}';
import { edit, type ApplyOf, type Client, type Cluster, type Draft, type IntOrString, type KubernetesObject, type ManifestMeta, type ManifestOf, type MergePatchOf, type ObjectOf, type Reflector, type ReplaceOf, type ResourceClient, type ResourceDefinition, type StatusReplaceOf, type StrategicPatchOf } from '@kube-gen/runtime/fetch';
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare const foo: Foo;
declare const cluster: Cluster;
declare const reflector: FooReflector<{ image: string }>;
declare class ClusterFooReflector<V = {}> extends Reflector<Foo, V, 'Cluster'> {}
export type Used = [Foo, FooManifest, FooSpec, FooSpecEnv, OldFoo, ApplyOf<{}>, Draft<{}>, IntOrString, ManifestOf<{}>, MergePatchOf<{}>, ObjectOf<{}>, Reflector<Foo>, ReplaceOf<{}>, StatusReplaceOf<{}>, Client<{}, {}>, KubernetesObject, ManifestMeta, ResourceClient<ResourceDefinition>, StrategicPatchOf<{}>];
void [foo, cluster, reflector, edit, ClusterFooReflector];`.split('\n');
const statements = uses.flatMap(({ compiles, fails }) => [...compiles, ...fails]);

describe.each(compilers)('generated types in use, with %s', (compiler: Compiler) => {
  let folder: string;
  let errors: readonly CompileError[];

  beforeAll(async () => {
    const lines = [...head, ...statements.map((code) => `{ ${code} }`)];
    folder = await createFooProject({ 'use.ts': `${lines.join('\n')}\n` });
    errors = await compile(folder, { compiler, include: ['use.ts'], runtime: 'declarations' });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names and helpers are there', () => {
    expect(errors.filter(({ file, line }) => file !== 'use.ts' || line <= head.length)).toEqual([]);
  });

  it.each(uses)('$name', ({ compiles, fails }) => {
    const saidOf = (code: string): string[] => {
      const line = head.length + statements.indexOf(code) + 1;
      return errors.filter((error) => error.line === line).map(({ message }) => message);
    };
    expect(compiles.map((code) => [code, ...saidOf(code)])).toEqual(compiles.map((code) => [code]));
    expect(fails.filter((code) => saidOf(code).length === 0)).toEqual([]);
  });
});

it('drafts and patches work in a project without strict flags, too', async () => {
  const code = [
    `import type { Foo, FooManifest } from '${fooModule}';`,
    `import { edit, type ApplyOf, type Draft, type MergePatchOf } from '@kube-gen/runtime/fetch';`,
    'declare const foo: Foo;',
    'void edit(foo, (draft) => { draft.status.conditions = []; draft.status.conditions.push(); draft.spec.exposure = { loadBalancer: {} }; });',
    'void edit({} as any, (draft) => { draft.spec = 1; });',
    'const moved: MergePatchOf<FooManifest> = { spec: { exposure: { ingress: null, loadBalancer: {} } } }; void moved;',
    'const patch: Draft<MergePatchOf<Foo>> = {}; patch.spec = {}; patch.spec.note = null; patch.spec.env = [];',
    'const part: Draft<ApplyOf<Foo>> = { metadata: { name: "a" } }; part.spec = {}; part.spec.env = []; part.spec.env.push({ name: "A" });',
  ];
  const folder = await createFooProject({ 'loose.ts': `${code.join('\n')}\n` });
  const errors = await compile(folder, { compiler: 'typescript7', include: ['loose.ts'], strict: false });
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
});

it('an event that no reflector has is refused with those that it has, and a handler with what the event gives it', async () => {
  const code = [
    `import type { FooReflector } from '${fooModule}';`,
    'declare const foos: FooReflector;',
    "foos.on('modified', () => undefined);",
    "foos.on('updated', (name: string) => name);",
  ];
  const folder = await createFooProject({ 'events.ts': `${code.join('\n')}\n` });
  const errors = await compile(folder, { compiler: 'typescript7', include: ['events.ts'], runtime: 'declarations' });
  rmSync(folder, { recursive: true });
  expect(errors.map(({ line, message }) => [line, message])).toEqual([
    [3, expect.stringContaining('Argument of type \'"modified"\' is not assignable to parameter of type \'"added" |')],
    [4, expect.stringContaining("is not assignable to parameter of type '(now: Foo, was: Foo) => unknown'")],
  ]);
});

it.each(compilers)(
  'a mistake in a patch is reported where it stands, with what its type takes: %s',
  async (compiler) => {
    const patches: readonly (readonly [call: string, says: string])[] = [
      ["'a', { spec: { ▸replicas: '2' } }, { namespace: 'x' }", "Type 'string' is not assignable to type 'number'."],
      [
        "'a', { spec: { ▸replics: 2 } }, { type: 'merge' }",
        "'replics' does not exist in type 'ChangeOf<FooSpecManifest>'.",
      ],
      ["'a', { ▸spec: {} }, { type: 'json' }", "'spec' does not exist in type 'readonly JsonPatchOperation[]'."],
      ["'a', [{ ▸op: 'delete', path: '/spec' }], { type: 'json' }", 'Type \'"delete"\' is not assignable to type'],
      [
        "'a', { spec: { replicas: 2 } }, { namespace: 'x', ▸type: 'strategic' }",
        'Type \'"strategic"\' is not assignable to type',
      ],
      ["'a', { spec: {} }, { ▸nmaespace: 'x' }", "'nmaespace' does not exist in type"],
    ];
    const lines = patches.flatMap(([call]) => [`void foos.patch(${call});`, `void foos.status.patch(${call});`]);
    const head = [
      `import { Foo } from '${fooModule}';`,
      "import type { Cluster } from '@kube-gen/runtime/fetch';",
      'declare const cluster: Cluster;',
      'const foos = cluster.resource(Foo);',
    ];
    const folder = await createFooProject({ 'patch.ts': `${[...head, ...lines].join('\n').replaceAll('▸', '')}\n` });
    const errors = await compile(folder, { compiler, include: ['patch.ts'], runtime: 'declarations' });
    rmSync(folder, { recursive: true });
    expect(errors.map(({ line, column, message }) => [line, column, message])).toEqual(
      lines.map((text, i) => {
        const says: unknown = expect.stringContaining(patches[Math.floor(i / 2)]?.[1] ?? '');
        return [head.length + i + 1, text.indexOf('▸') + 1, says];
      }),
    );
    const strategic = errors.filter(({ message }) => message.includes('Type \'"strategic"\''));
    for (const { message } of strategic) expect(message).toContain('"strategic" & ForBuiltInKindsOnly');
  },
);
