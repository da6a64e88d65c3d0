import { rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFooProject, fooModule } from './foo-project.js';
import { createLanguageService } from './language-service.js';

/** Statements of a user, what the caret stands on (`▸` before it), and what an editor shows there. */
const hovers: readonly (readonly [code: string, shows: string, docs?: string])[] = [
  ["type Spec = Foo['spec']; declare const ▸a: Spec;", 'const a: FooSpec'],
  ["type ▸Spec = Foo['spec'];", 'type Spec = FooSpec'],
  ["type ▸Spec = FooManifest['spec'];", 'type Spec = FooSpecManifest'],
  ["type ▸Status = NonNullable<Foo['status']>;", 'type Status = FooStatus'],
  ['const ▸spec = foo.spec;', 'const spec: FooSpec'],
  ['foo.▸spec;', '(property) Foo.spec: FooSpec', 'What should run.'],
  ['foo.spec.▸replicas;', '(property) FooSpec.replicas: number', 'How many copies should run.'],
  ['foo.spec.▸tier;', '(property) FooSpec.tier: "frontend" | "backend" | "batch"', 'decides on priority'],
  [
    'foo.spec.▸env;',
    '(property) FooSpecManifest.env?: readonly FooSpecEnv[] | undefined',
    'Environment of the container.',
  ],
  [
    'foo.spec.▸exposure;',
    '(property) FooSpec.exposure?: FooSpecExposure | undefined',
    'Exactly one of `ingress` or `loadBalancer` must be set.',
  ],
  ['foo.spec.▸port;', '(property) FooSpec.port: IntOrString', 'The port the application listens on'],
  ['foo.▸metadata;', '(property) Foo.metadata: NamespacedObjectMeta'],
  ['foo.metadata.▸generation;', '(property) ObjectMeta.generation?: number | undefined', 'what is wanted'],
  [
    "const meta: FooManifest['metadata'] = { name: 'a', ▸finalizers: [] };",
    '(property) ManifestMetaFields.finalizers?: readonly string[] | undefined',
    'before the object goes',
  ],
  ['foo.status?.▸conditions;', '(property) FooStatus.conditions?: readonly FooCondition[] | undefined'],
  ['const ▸conditions = foo.status?.conditions;', 'const conditions: readonly FooCondition[] | undefined'],
  [
    "const manifest = { apiVersion: 'example.kube-gen.dev/v1', kind: 'Foo', metadata: { name: 'a' }, spec: { ▸replicas: 1, image: 'a' } } satisfies FooManifest;",
    '(property) FooSpecManifest.replicas?: number | undefined',
    'How many copies should run.',
  ],
  ['const ▸same = reflector;', 'const same: FooReflector<{\n    image: string;\n}>'],
  ["const ▸got = reflector.get('a', 'b');", 'const got: Foo | undefined'],
  ['const ▸all = reflector.list();', 'const all: Foo[]'],
  ["const ▸found = reflector.by('image', 'nginx');", 'const found: Foo[]'],
  [
    'new ▸FooReflector(cluster);',
    '(alias) new FooReflector<{}>(cluster: Cluster, options?: ReflectorOptions<Foo, {}, "Namespaced"> | undefined): FooReflector<{}>\nimport FooReflector',
    'A live, typed, indexed cache of all objects of the kind',
  ],
  ['const ▸fresh = new FooReflector(cluster);', 'const fresh: FooReflector<{}>'],
  [
    'const ▸api = cluster.resource(Foo);',
    'const api: Client<Foo, FooManifest, "Namespaced", false> & {\n    readonly status: StatusClient<Foo, FooManifest, "Namespaced", false>;\n} & {\n    readonly scale: ScaleClient<"Namespaced">;\n}',
  ],
  [
    'cluster.resource(Foo).▸status;',
    '(property) status: StatusClient<Foo, FooManifest, "Namespaced", false>',
    'which other writes leave as it is',
  ],
  ['cluster.resource(Foo).▸scale;', '(property) scale: ScaleClient<"Namespaced">', 'the number of replicas'],
  ["const ▸read = await cluster.resource(Foo).get('a');", 'const read: Foo'],
  ['const ▸changed = edit(foo, () => {});', 'const changed: Foo'],
  ['edit(foo, (▸draft) => { void draft; });', '(parameter) draft: DraftOf<Foo>'],
  ['edit(foo, (draft) => { void draft.▸spec; });', '(property) spec: DraftOf<FooSpec>', 'What should run.'],
  [
    'declare const part: ApplyOf<FooManifest>; void part.▸spec;',
    '(property) spec?: PartOf<FooSpecManifest> | undefined',
  ],
  [
    'declare const patch: MergePatchOf<FooManifest>; void patch.▸spec;',
    '(property) spec?: ChangeOf<FooSpecManifest> | null | undefined',
  ],
  ['reflector.on("added", (▸object) => { void object; });', '(parameter) object: Foo'],
  ['for await (const ▸change of reflector.changes()) void change;', 'const change: Change<Foo>'],
  ['const { ▸status } = foo;', 'const status: FooStatus | undefined'],
  ['type ▸Read = ObjectOf<typeof Foo>;', 'type Read = Foo'],
  ['type ▸Written = ManifestOf<typeof Foo>;', 'type Written = FooManifest'],
];
const head = `import { Foo, FooReflector, type FooManifest } from '${fooModule}';
import { edit, type ApplyOf, type Cluster, type ManifestOf, type MergePatchOf, type ObjectOf } from '@kube-gen/runtime/fetch';
declare const foo: Foo; declare const cluster: Cluster; declare const reflector: FooReflector<{ image: string }>;
export type { ApplyOf, FooManifest, ManifestOf, MergePatchOf, ObjectOf }; void [foo, cluster, reflector, edit];\n`;

describe('what an editor shows', () => {
  let folder: string;
  let service: ts.LanguageService;
  const files = new Map<string, string>();

  beforeAll(async () => {
    for (const [i, [code]] of hovers.entries()) files.set(`hover${i}.ts`, `${head}${code.replace('▸', '')}\n`);
    folder = await createFooProject(Object.fromEntries(files));
    service = createLanguageService(folder, [...files.keys()]);
  });
  afterAll(() => {
    service.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(hovers.map(([code, shows, docs = ''], i) => ({ code, shows, docs, file: `hover${i}.ts` })))(
    '$code: names, and no wall of text',
    ({ code, shows, docs, file }) => {
      const path = join(folder, file);
      const problems = service.getSemanticDiagnostics(path).map(({ messageText }) => messageText);
      expect(problems).toEqual([]);
      const info = service.getQuickInfoAtPosition(path, head.length + code.indexOf('▸'));
      expect(ts.displayPartsToString(info?.displayParts)).toBe(shows);
      expect(ts.displayPartsToString(info?.documentation).replace(/\n/g, ' ')).toContain(docs);
    },
  );

  it('the tags of a field stand below its description', () => {
    const at = hovers.findIndex(([code]) => code === 'foo.spec.▸replicas;');
    const info = service.getQuickInfoAtPosition(join(folder, `hover${at}.ts`), head.length + 'foo.spec.'.length);
    const tags = info?.tags?.map(({ name, text }) => [name, ts.displayPartsToString(text)]);
    expect(tags).toEqual([
      ['format', 'int32'],
      ['minimum', '0'],
      ['maximum', '100'],
      ['default', '1'],
    ]);
  });
});
