/** Statements on the modules of `Foo`: `foo` is one that was read, `cluster` and `reflector` are there too. */
export interface Use {
  readonly name: string;
  readonly compiles: readonly string[];
  readonly fails: readonly string[];
}

const identity = "apiVersion: 'example.kube-gen.dev/v1', kind: 'Foo', metadata: { name: 'a' }";

export const uses: readonly Use[] = [
  {
    name: 'ObjectOf and ManifestOf give the two views of a definition',
    compiles: [
      'const same: Equal<ObjectOf<typeof Foo>, Foo> = true; void same;',
      'const same: Equal<ManifestOf<typeof Foo>, FooManifest> = true; void same;',
      'const object: ObjectOf<typeof Foo> = foo; const manifest: ManifestOf<typeof Foo> = foo; void object, manifest;',
    ],
    fails: [
      'const same: Equal<ObjectOf<typeof Foo>, FooManifest> = true; void same;',
      `const object: ObjectOf<typeof Foo> = { ${identity}, spec: { image: 'a' } }; void object;`,
    ],
  },
  {
    name: 'the read view has what the server fills in',
    compiles: [
      'const replicas: number = foo.spec.replicas; void replicas;',
      "const strategy: 'RollingUpdate' | 'Recreate' = foo.spec.rollout.strategy; void strategy;",
      'const meta: string[] = [foo.metadata.namespace, foo.metadata.uid, foo.metadata.resourceVersion, foo.metadata.creationTimestamp]; void meta;',
      'const port: IntOrString = foo.spec.port; void port;',
      'const spec: FooSpec = foo.spec; const same: Foo["spec"] = spec; void same;',
      'const phase = foo.status?.phase; if (phase === "Ready") void phase;',
    ],
    fails: [
      'const phase: string = foo.status.phase; void phase;',
      'const replicas: number = ({} as FooManifest).spec.replicas; void replicas;',
      'if (foo.status?.phase === "Redy") void foo;',
      'void foo.spec.imgae;',
    ],
  },
  {
    name: 'an object that was read is a manifest, and spreading it changes it',
    compiles: [
      'const manifest: FooManifest = foo; void manifest;',
      'const manifest: FooManifest = { ...foo, spec: { ...foo.spec, replicas: 3 } }; void manifest;',
      'const next: Foo = { ...foo, spec: { ...foo.spec, tier: "batch" } }; void next;',
      `const manifest = { ${identity}, spec: { image: 'a' } } satisfies FooManifest; const image: string = manifest.spec.image; void image;`,
    ],
    fails: [
      'const manifest: FooManifest = { ...foo, spec: { ...foo.spec, replicas: "3" } }; void manifest;',
      'const manifest: FooManifest = { ...foo, spec: { ...foo.spec, replics: 3 } }; void manifest;',
      'const read: Foo = {} as FooManifest; void read;',
    ],
  },
  {
    name: 'nothing that was read can be changed',
    compiles: ['const labels = { ...foo.metadata.labels, a: "b" }; void labels;'],
    fails: [
      'foo.spec.replicas = 3;',
      'foo.spec = foo.spec;',
      'foo.spec.env?.push({ name: "A", value: "x" });',
      'if (foo.metadata.labels) foo.metadata.labels["a"] = "b";',
      'if (foo.spec.settings) foo.spec.settings["a"] = 1;',
      'foo.metadata.finalizers?.push("a");',
    ],
  },
  {
    name: 'edit changes a copy',
    compiles: [
      'const next: Foo = edit(foo, (draft) => { draft.spec.replicas = 3; draft.spec.note = null; draft.metadata.labels = { a: "b" }; }); void next;',
      'void edit(foo, (draft) => { draft.spec.env = [{ name: "A", value: "x" }]; draft.spec.env.push({ name: "B", fieldRef: { fieldPath: "p" } }); });',
      'void edit(foo, (draft) => { for (const one of draft.spec.env ?? []) one.name = one.name.toUpperCase(); delete draft.spec.note; });',
      'void edit(foo, (draft) => { draft.spec.settings = { a: [1, { b: null }] }; draft.spec.resources = { cpu: "1", memory: 2 }; });',
      'const manifest: FooManifest = edit({} as FooManifest, (draft) => { draft.metadata.name = "b"; draft.spec.exposure = { loadBalancer: {} }; }); void manifest;',
      'const label = <T extends Foo>(object: T): T => edit(object, (draft) => { draft.metadata.labels = { a: "b" }; draft.spec.exposure = { loadBalancer: {} }; }); void label;',
      'const all = <T extends Foo>(objects: readonly T[]): readonly T[] => edit(objects, (drafts) => { for (const draft of drafts) draft.spec.replicas = 3; }); void all;',
      'const loose: any = foo; void edit(loose, (draft) => { draft.spec.replicas = 3; draft.more = [1]; draft.more.push({}); });',
      'void edit(foo, (draft) => { if (draft.spec.exposure?.ingress !== undefined) draft.spec.exposure.ingress.host = "b"; });',
    ],
    fails: [
      'void edit(foo, (draft) => { draft.spec.replicas = "3"; });',
      'void edit(foo, (draft) => { draft.spec.replics = 3; });',
      'void edit(foo, (draft) => { delete draft.spec.replicas; });',
      'void edit(foo, (draft) => { draft.spec.env?.push({ name: "A" }); });',
      'void edit(foo, (draft) => { draft.spec.env?.push({ name: "A", value: "x", fieldRef: { fieldPath: "p" } }); });',
      'void edit(foo, (draft) => { draft.kind = "Bar"; });',
    ],
  },
  {
    name: 'Draft is the changeable form of a type, which the type takes back',
    compiles: [
      'const draft = structuredClone(foo) as Draft<Foo>; draft.spec.image = "b"; const back: Foo = draft; void back;',
      'const draft: Draft<FooSpecEnv> = { name: "A", value: "x" }; draft.value = "y"; const back: FooSpecEnv = draft; void back;',
      'const same: Equal<Draft<readonly (readonly string[])[]>, string[][]> = true; void same;',
      'const same: Equal<Draft<unknown>, unknown> = true; void same;',
    ],
    fails: ['const draft = structuredClone(foo) as Draft<Foo>; draft.spec.image = 1;'],
  },
  {
    name: 'ApplyOf takes any part of a manifest, with the name',
    compiles: [
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a" }, spec: { replicas: 3 } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a" }, spec: { env: [{ name: "A" }], rollout: {} } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a", labels: { a: "b" } } }; void part;',
      'const whole: ApplyOf<FooManifest> = foo; void whole;',
    ],
    fails: [
      'const part: ApplyOf<FooManifest> = { spec: { replicas: 3 } }; void part;',
      'const part: ApplyOf<{ spec: { constructor?: string | Function } }> = { metadata: { name: "a" }, spec: { constructor: 7 } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { generateName: "a-" } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a" }, spec: { replicas: "3" } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a" }, spec: { replics: 3 } }; void part;',
      'const part: ApplyOf<FooManifest> = { metadata: { name: "a" }, spec: { env: [{ nmae: "A" }] } }; void part;',
    ],
  },
  {
    name: 'ReplaceOf takes an object as it was read, and wants its version',
    compiles: [
      'const object: ReplaceOf<FooManifest> = foo; void object;',
      'const object: ReplaceOf<FooManifest> = { ...foo, spec: { image: "b" } }; void object;',
      `const object: ReplaceOf<FooManifest> = { apiVersion: 'example.kube-gen.dev/v1', kind: 'Foo', metadata: { name: 'a', resourceVersion: '7' }, spec: { image: 'b' } }; void object;`,
    ],
    fails: [
      `const object: ReplaceOf<FooManifest> = { ${identity}, spec: { image: 'b' } }; void object;`,
      'const object: ReplaceOf<FooManifest> = { ...foo, spec: { replicas: 1 } }; void object;',
    ],
  },
  {
    name: 'MergePatchOf takes changes, null to delete, and lists whole',
    compiles: [
      'const patch: MergePatchOf<FooManifest> = { spec: { replicas: 2, note: null, exposure: null } }; void patch;',
      'const patch: MergePatchOf<FooManifest> = { metadata: { labels: { a: null, b: "c" }, annotations: null } }; void patch;',
      'const patch: MergePatchOf<FooManifest> = { spec: { env: [{ name: "A", value: "x" }] } }; void patch;',
      'const patch: MergePatchOf<FooManifest> = {}; void patch;',
      'const patches: MergePatchOf<{ constructor?: string | Function }>[] = [{}, { constructor: "a" }, { constructor: null }]; void patches;',
    ],
    fails: [
      'const patch: MergePatchOf<FooManifest> = { spec: { replicas: "2" } }; void patch;',
      'const patch: MergePatchOf<{ constructor?: string | Function }> = { constructor: 7 }; void patch;',
      'const patch: MergePatchOf<FooManifest> = { spec: { replics: 2 } }; void patch;',
      'const patch: MergePatchOf<FooManifest> = { spec: { env: [{ name: "A" }] } }; void patch;',
      'const patch: MergePatchOf<FooManifest> = { spec: { tier: "front" } }; void patch;',
    ],
  },
  {
    name: 'the typed client takes manifests and gives objects',
    compiles: [
      'const got: Promise<Foo> = cluster.resource(Foo).get("a", { namespace: "b" }); void got;',
      'void cluster.resource(Foo).create({ metadata: { generateName: "a-" }, spec: { image: "b" } });',
      'void cluster.resource(Foo).replace(edit(foo, (draft) => { draft.spec.replicas = 2; }));',
      'void cluster.resource(Foo).patch("a", { spec: { replicas: 2 } });',
      'void cluster.resource(Foo).apply({ metadata: { name: "a" }, spec: { replicas: 2 } }, { fieldManager: "me" });',
      'void cluster.resource(Foo).status.patch("a", { status: { phase: "Ready" } });',
      'void cluster.resource(Foo).scale.replace("a", { replicas: 2 });',
    ],
    fails: [
      'void cluster.resource(Foo).create({ metadata: { name: "a" }, spec: { replicas: 1 } });',
      'void cluster.resource(Foo).create({ metadata: { name: "a" }, spec: { image: "b", replics: 1 } });',
      'void cluster.resource(Foo).create({ kind: "Bar", metadata: { name: "a" }, spec: { image: "b" } });',
      'void cluster.resource(Foo).patch("a", { spec: { replicas: "2" } });',
      'void cluster.resource(Foo).patch("a", { spec: {} }, { type: "strategic" });',
      'void cluster.resource(Foo).apply({ spec: { replicas: 2 } }, { fieldManager: "me" });',
      'void cluster.resource(OldFoo).scale.get("a");',
    ],
  },
  {
    name: 'the client of a kind is one of any kind',
    compiles: [
      'const any: Client<KubernetesObject, { readonly metadata: ManifestMeta }> = cluster.resource(Foo); void any.patch("a", { metadata: { labels: { a: null } } });',
      'const any: Pick<Client<KubernetesObject, { readonly metadata: ManifestMeta }>, "get" | "patch"> = cluster.resource(OldFoo); void any;',
      'const any: ResourceClient<ResourceDefinition> = cluster.resource(Foo); void any.get("a");',
      'const client: Client<Foo, FooManifest> = cluster.resource(Foo); const got: Promise<Foo> = client.patch("a", [], { type: "json" }); void got;',
      'const label = async <T extends KubernetesObject, M>(client: Client<T, M>): Promise<T> => client.patch("a", [{ op: "remove", path: "/metadata/labels" }], { type: "json" }); const got: Promise<Foo> = label(cluster.resource(Foo)); void got;',
    ],
    fails: [
      'const any: Client<KubernetesObject, { readonly metadata: ManifestMeta }> = cluster.resource(Foo); void any.patch("a", { metadata: { labels: { a: 1 } } });',
      'const other: Client<Foo, FooManifest> = cluster.resource(OldFoo); void other;',
      'const client: ResourceClient<typeof Foo> = cluster.resource(OldFoo); void client;',
      'const none: Client<Foo, FooManifest> = {} as Client<KubernetesObject, { readonly metadata: ManifestMeta }>; void none;',
    ],
  },
  {
    name: 'a status is replaced with the name and the version of its object; the rest of the object may be left out',
    compiles: [
      'void cluster.resource(Foo).status.replace({ metadata: { name: "a", resourceVersion: "7" }, status: { phase: "Ready" } });',
      'void cluster.resource(Foo).status.replace({ apiVersion: foo.apiVersion, kind: foo.kind, metadata: foo.metadata, status: { ...foo.status, readyReplicas: 1 } });',
      'void cluster.resource(Foo).status.replace({ ...foo, status: { ...foo.status, phase: "Ready" } });',
      'void cluster.resource(Foo).status.replace(edit(foo, (draft) => { draft.status = { phase: "Ready" }; }));',
      'const whole: StatusReplaceOf<FooManifest> = foo; void whole;',
    ],
    fails: [
      'void cluster.resource(Foo).status.replace({ metadata: { name: "a" }, status: { phase: "Ready" } });',
      'void cluster.resource(Foo).status.replace({ metadata: { resourceVersion: "7" }, status: { phase: "Ready" } });',
      'void cluster.resource(Foo).status.replace({ metadata: foo.metadata, status: { phase: "Redy" } });',
      'void cluster.resource(Foo).status.replace({ metadata: foo.metadata, status: { phse: "Ready" } });',
      'void cluster.resource(Foo).status.replace({ metadata: foo.metadata, spec: { replicas: 1 }, status: {} });',
      'void cluster.resource(Foo).status.replace({ metadata: foo.metadata, sttus: {} });',
    ],
  },
  {
    name: 'a strategic patch has parts of list items, and directives',
    compiles: [
      'const patch: StrategicPatchOf<FooManifest> = { spec: { env: [{ name: "A", $patch: "delete" }], "$setElementOrder/env": [{ name: "B" }], note: null } }; void patch;',
      'const patch: StrategicPatchOf<FooManifest> = { metadata: { finalizers: ["a"], "$deleteFromPrimitiveList/finalizers": ["b"], labels: { $patch: "replace", a: "b" } }, spec: { exposure: { $retainKeys: ["ingress"] } } }; void patch;',
    ],
    fails: [
      'const patch: StrategicPatchOf<FooManifest> = { spec: { env: [{ name: "A", $patch: "remove" }] } }; void patch;',
      'const patch: StrategicPatchOf<FooManifest> = { spec: { env: [{ name: "A", $path: "delete" }] } }; void patch;',
      'const patch: StrategicPatchOf<FooManifest> = { spec: { $retainkeys: ["image"] } }; void patch;',
      'const patch: StrategicPatchOf<FooManifest> = { spec: { env: [{ nmae: "A" }] } }; void patch;',
    ],
  },
  {
    name: 'options may be handed on as they came: undefined is the same as left out',
    compiles: [
      'const got = async <T extends KubernetesObject, M>(client: Client<T, M>, { metadata }: T, signal?: AbortSignal): Promise<T> => client.get(metadata.name, { namespace: metadata.namespace, signal }); void got;',
      'const patched = (signal?: AbortSignal, type?: "merge") => cluster.resource(Foo).patch("a", { spec: { replicas: 2 } }, { signal, dryRun: undefined, type }); void patched;',
      'const made = (signal?: AbortSignal, namespaces?: string[]) => new FooReflector(cluster, { signal, namespaces, labelSelector: undefined }); void made;',
      'const told = (signal?: AbortSignal, namespace?: string) => { void reflector.ready({ signal, namespace }); reflector.on("added", () => {}, { signal, namespace }); return reflector.list({ namespace, filter: undefined }); }; void told;',
      'const deleted = (preconditions?: { readonly uid: string }) => cluster.resource(Foo).delete("a", { preconditions }); void deleted;',
    ],
    fails: [
      'const all = (namespace?: string) => cluster.resource(Foo).deleteCollection({ namespace }); void all;',
      'const gone = (uid?: string) => cluster.resource(Foo).delete("a", { preconditions: { uid } }); void gone;',
      'const part: MergePatchOf<FooManifest> = { spec: { note: undefined } }; void part;',
    ],
  },
  {
    name: 'a reflector knows its objects, its indexes and its scope',
    compiles: [
      'const got: Foo | undefined = reflector.get("a", "b"); void got;',
      'const found: Foo[] = reflector.by("image", "nginx"); void found;',
      'const none: Reflector<Foo> = new FooReflector(cluster); void none;',
      'const wanted: ConstructorParameters<typeof Reflector<Foo, {}, "Namespaced">>[1] = FooReflector.definition; void wanted;',
      'const typed: FooReflector<{ image: string }> = new FooReflector(cluster, { indexes: { image: (one) => one.spec.image } }); void typed;',
      'reflector.on("updated", (now, was) => { const images: [string, string] = [now.spec.image, was.spec.image]; void images; });',
      'for (const event of ["added", "deleted"] as const) reflector.on(event, (object) => { const image: string = object.spec.image; void image; });',
      'reflector.on("" as "added" | "updated" | "deleted", ({ spec }, more) => { if ("initial" in more) void more.initial; else if ("scope" in more) void more.scope; else { const was: Foo = more; void was; } return spec.image; });',
      'reflector.on("" as "added" | "synced", (one) => { if ("spec" in one) void one.spec.image; else void one.resourceVersion; });',
    ],
    fails: [
      'const wanted: ConstructorParameters<typeof Reflector<Foo, {}, "Cluster">>[1] = FooReflector.definition; void wanted;',
      'void reflector.get("a");',
      'void reflector.by("imge", "nginx");',
      'void reflector.by("image", 7);',
      'void new FooReflector(cluster, { indexes: { image: (one) => one.spec.imgae } });',
      'reflector.on("" as "added" | "deleted", (object, change: { readonly initial: boolean }) => { void [object, change]; });',
      'reflector.on("" as "added" | "synced", (object: Foo) => { void object; });',
      'const other: Reflector<Foo> = {} as Reflector<OldFoo>; void other;',
    ],
  },
  {
    name: 'the reflector of a kind is one of any kind, whatever its scope',
    compiles: [
      'const all: Reflector<KubernetesObject>[] = [reflector, {} as Reflector<Foo, { image: string }, "Cluster">]; for (const one of all) one.on("change", (change) => { if ("object" in change) void change.object.metadata.labels; });',
      'const all: Reflector<Foo>[] = [reflector, {} as Reflector<Foo, {}, "Cluster">]; for (const one of all) void one.list({ namespace: "b", filter: ({ spec }) => spec.replicas > 1 });',
      'const all: Reflector<KubernetesObject>[] = [reflector, {} as ClusterFooReflector]; void all;',
      'const clustered: Reflector<KubernetesObject, {}, "Cluster"> = {} as Reflector<Foo, {}, "Cluster">; void clustered.get("a");',
    ],
    fails: [
      'void ({} as Reflector<Foo, {}, "Cluster">).list({ namespace: "b" });',
      'const inOne = { namespace: "b" }; void ({} as Reflector<Foo, {}, "Cluster">).list(inOne);',
      'const clustered: Reflector<Foo, {}, "Cluster"> = reflector; void clustered;',
      'const none: Reflector<Foo> = {} as Reflector<KubernetesObject>; void none;',
    ],
  },
];
