import type { UseRow } from './use-row.js';

/** Clients behind interfaces, and clients that are lost, on the ways that they take in the code of teams. */
export const portUses: readonly UseRow[] = [
  {
    what: 'a method that is given a client for an interface',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }class Svc { api!: Getter; setApi(a: Getter) { this.api = a; return this; } go() { return this.api.get(text); } } new Svc().setApi(cluster.resource(Foo)).go();',
    want: ['*: foos get'],
  },
  {
    what: 'a setter that takes an interface',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }class Svc { #a?: Getter; set api(a: Getter) { this.#a = a; } go() { return this.#a?.get(text); } } const s = new Svc(); s.api = cluster.resource(Foo); s.go();',
    want: ['*: foos get'],
  },
  {
    what: 'an object of which each field may be missing',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }function run(d: Partial<{ api: Getter }>) { return d.api?.get(text); } run({ api: cluster.resource(Foo) }); const deps = { api: cluster.resource(Pod) }; run(deps);',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'lists of a fixed length',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const t: [Getter, number] = [cluster.resource(Foo), 1]; t[0].get(text); const u = [cluster.resource(Pod), 1] as const; const v: readonly [Getter, number] = u; v[0].get(text);',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'functions that return a promise of an interface',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const lazy = (f: () => Promise<Getter>) => async () => (await f()).get(text); await lazy(async () => cluster.resource(Foo))(); async function make() { return cluster.resource(Pod); } await lazy(make)();',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'what is handed to listeners',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }type Handler = (e: { api: Getter }) => unknown; const hs: Handler[] = []; const emit = (e: { api: Getter }) => hs.map((h) => h(e)); emit({ api: cluster.resource(Foo) });',
    want: ['*: foos get'],
  },
  {
    what: 'an abstract class that a client fits',
    code: 'abstract class Store { abstract get(name: string): Promise<unknown>; } const use = (s: Store) => s.get(text); use(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'an object with one function, and the function',
    code: 'const use = (f: { readonly get: (n: string) => Promise<unknown> }) => f.get(text); use(cluster.resource(Foo)); const use2 = (get: (n: string) => Promise<unknown>) => get(text); use2(cluster.resource(Pod).get);',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'an interface with two signatures',
    code: 'interface O { get(name: string): Promise<unknown>; get(name: string, o: { namespace: string }): Promise<unknown> } const use = (o: O) => o.get(text); use(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'an intersection',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }type Both = Getter & { list(o?: { namespace?: string }): Promise<{ items: readonly unknown[] }> }; const use = (b: Both) => b.list(); use(cluster.resource(Foo));',
    want: ['*: foos get,list'],
  },
  {
    what: 'records of an interface',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const all: Record<string, Getter> = { a: cluster.resource(Foo) }; const make = () => ({ b: cluster.resource(Pod) }); const more: Record<string, Getter> = make(); Object.assign(all, more); all['a']!.get(text);",
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'an interface of another module',
    files: {
      'ports.ts':
        'export interface Port { get(name: string): Promise<unknown> }\nexport const run = (p: Port, n: string) => p.get(n);',
    },
    code: "import { run } from './ROW/ports.js'; await run(cluster.resource(Foo), text);",
    want: ['*: foos get'],
  },
  {
    what: 'a generic class that a subclass fills in',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }class Cache<T extends Getter> { constructor(private readonly inner: T, private readonly name: string) {} load() { return this.inner.get(this.name); } } class FooCache extends Cache<ResourceClient<typeof Foo>> { constructor() { super(cluster.resource(Foo), 'x'); } } new FooCache().load();",
    want: ['*: foos get'],
  },
  {
    what: 'a reflector for an interface, which needs no more',
    code: "interface Source { list(): readonly KubernetesObject[]; on(t: 'added', f: (o: Foo) => void): unknown } const use = (s: Source) => s.list(); use(new FooReflector(cluster));",
    want: ['*: foos list,watch'],
  },
  {
    what: 'a map of an interface',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const m = new Map<string, Getter>(); m.set('a', cluster.resource(Foo)); m.get('a')?.get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'a record that `reduce` fills',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const all = [Foo].reduce<Record<string, Getter>>((acc, d) => { acc[d.kind] = cluster.resource(d); return acc; }, {}); all['Foo']!.get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'a record from entries',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const all: Record<string, Getter> = Object.fromEntries([Foo].map((d) => [d.kind, cluster.resource(d)])); all['Foo']!.get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'the default of a parameter of a constructor',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }class A { constructor(private readonly api: Getter = cluster.resource(Foo)) {} go() { return this.api.get(text); } } new A().go();',
    want: ['*: foos get'],
  },
  {
    what: 'the default of what a pattern takes',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }function run({ api = cluster.resource(Foo) }: { api?: Getter } = {}) { return api.get(text); } run();',
    want: ['*: foos get'],
  },
  {
    what: 'a getter that returns an interface',
    code: 'interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }class A { get api(): Getter { return cluster.resource(Foo); } } new A().api.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a guard that tells an interface',
    code: "interface Getter { get(name: string, o?: { namespace?: string }): Promise<unknown> }const isGetter = (x: unknown): x is Getter => typeof x === 'object' && x !== null && 'get' in x; const x: unknown = cluster.resource(Foo); if (isGetter(x)) x.get(text);",
    want: [],
    says: ['the client `cluster.resource(Foo)` goes where its type is `unknown`'],
  },
  {
    what: 'an interface with the `resource` of a cluster',
    code: "interface Kube { resource<D extends ResourceDefinition>(d: D): ResourceClient<D> } const use = (k: Kube) => k.resource(Foo).get('a', { namespace: 'n' }); use(cluster);",
    want: ['n: foos{a} get'],
    says: ['the cluster `cluster` goes on as `Kube`'],
  },
  {
    what: '`Pick` of a cluster with its namespace',
    code: "type Kube = Pick<Cluster, 'resource' | 'namespace'>; const use = (k: Kube) => k.resource(Foo).get('a', { namespace: k.namespace }); use(cluster);",
    want: ['home: foos{a} get'],
  },
  {
    what: '`Pick` of a client that is generic',
    code: "type Reader<T> = Pick<Client<T, unknown, 'Namespaced'>, 'get' | 'list'>; const use = (r: Reader<Foo>) => r.list({ namespace: 'n' }); use(cluster.resource(Foo));",
    want: ['n: foos list'],
  },
  {
    what: '`Pick` of a client of any kind',
    code: "type Reader = Pick<Client<KubernetesObject, unknown>, 'get' | 'list'>; const use = (r: Reader) => r.list(); use(cluster.resource(Foo)); use(cluster.resource(Pod));",
    want: ['*: pods list', '*: foos list'],
  },
  {
    what: 'any number of clients of any kind',
    code: "const wipe = async (...apis: Pick<Client<any, any>, 'deleteCollection'>[]) => { for (const api of apis) await api.deleteCollection({ namespace: 'n' }); }; await wipe(cluster.resource(Foo), cluster.resource(Pod));",
    want: [],
    says: ['which resource `deleteCollection` is for cannot be followed'],
  },
  {
    what: 'a cast to an interface that a client does not fit',
    code: 'interface GG { get<T = unknown>(name: string): Promise<T> } const use = (g: GG) => g.get(text); use(cluster.resource(Foo) as GG);',
    want: [],
    says: ['the client `cluster.resource(Foo)` goes where its type is `GG`'],
  },
  {
    what: 'a list of `any`',
    code: "const all: any[] = []; all.push(cluster.resource(Foo)); all[0].get('x');",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a spread into `any`',
    code: 'declare const use: (x: any) => void; const deps = { api: cluster.resource(Foo) }; use({ ...deps, x: 1 });',
    want: [],
    says: ['the client `api` of `deps`', 'the client `api` of `{ ...deps, x: 1 }`'],
  },
  {
    what: 'an object that is written out for `any`',
    code: "const o: any = { api: cluster.resource(Foo) }; o.api.get('x');",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a field of `any`',
    code: "const o: { api?: any } = {}; o.api = cluster.resource(Foo); o.api.get('x');",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a field of the global object',
    code: "(globalThis as any).foos = cluster.resource(Foo); (globalThis as any).foos.get('x');",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a function in an object for `any`',
    code: "const get = (n: string) => cluster.resource(Foo).get(n, { namespace: 'n' }); const o: any = { get }; o.get('a'); get('b');",
    want: ['n: foos get'],
  },
  {
    what: 'an object of a class for `any`',
    code: "class A { get(n: string) { return cluster.resource(Foo).get(n, { namespace: 'n' }); } } const a = new A(); a.get('b'); const x = a as any; x.get('a');",
    want: ['n: foos get'],
  },
  {
    what: 'an object that is written out as an argument',
    code: "const use = (x: any) => x.api.get('x'); use({ api: cluster.resource(Foo) });",
    want: [],
    says: ['client'],
  },
  {
    what: 'an object in an object that is written out',
    code: "const use = (x: unknown) => (x as any).api.get('x'); use({ deep: { api: cluster.resource(Foo) } });",
    want: [],
    says: ['the client `deep.api` of `x`', 'the client `deep.api` of'],
  },
  {
    what: 'a list that is written out for `any`',
    code: "const l: any = [cluster.resource(Foo)]; l[0].get('x');",
    want: [],
    says: ['the client `cluster.resource(Foo)` goes where its type is `any`', 'the client in'],
  },
  {
    what: 'functions that return a client for `any`',
    code: "const f: any = () => cluster.resource(Foo); f().get('x'); const make = () => cluster; const all: unknown[] = [make]; export { all };",
    want: [],
    says: ['client', 'cluster'],
  },
  {
    what: 'an object that is written out for a type argument',
    code: "const id = <T>(x: T) => x; const o = id<any>({ api: cluster.resource(Foo) }); o.api.get('x');",
    want: [],
    says: ['client'],
  },
  {
    what: 'a record from entries that keeps its type',
    code: "const all = Object.fromEntries([Foo].map((d) => [d.kind, cluster.resource(d)])); all['Foo']!.get('x', { namespace: 'n' });",
    want: ['n: foos{x} get'],
  },
  {
    what: 'variables without a type of their own',
    code: "let api; api = cluster.resource(Foo); await api.get('x', { namespace: 'n' }); const all = []; all.push(cluster.resource(Foo)); await all[0]!.get('x', { namespace: 'n' }); let c = null; c = cluster; await c.resource(Pod).list({ namespace: 'n' });",
    want: ['n: pods list', 'n: foos{x} get'],
  },
  {
    what: 'lists of clients for lists of an interface',
    code: 'const all = [cluster.resource(Foo)]; const g = (xs: readonly { get(n: string): Promise<unknown> }[]) => xs[0]!.get(text); g(all); g([...all]); g(all.slice());',
    want: ['*: foos get'],
  },
  {
    what: 'a container by names',
    code: "const reg = new Map<string, unknown>(); const provide = <T>(k: string, v: T): T => { reg.set(k, v); return v; }; const inject = <T>(k: string): T => reg.get(k) as T; provide('foos', cluster.resource(Foo)); await inject<ResourceClient<typeof Foo>>('foos').get('a', { namespace: 'n' });",
    want: ['n: foos{a} get'],
    says: ['the client `v`'],
  },
  {
    what: 'a method of an object that takes an interface where it is given a client',
    code: 'interface G { get(n: string): Promise<unknown> } interface H { handle(api: ResourceClient<typeof Foo>): unknown } const h: H = { handle(api: G) { return api.get(text); } }; h.handle(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'a method of a class that takes an interface where it is given a client',
    code: 'interface G { get(n: string): Promise<unknown> } interface H { handle(api: ResourceClient<typeof Foo>): unknown } class C implements H { handle(api: G) { return api.get(text); } } const h: H = new C(); h.handle(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'a method of a class that takes `any` where it is given a client',
    code: 'interface H { handle(api: ResourceClient<typeof Foo>): unknown } class C implements H { handle(api: any) { return api.get(text); } } const run = (h: H) => h.handle(cluster.resource(Foo)); run(new C());',
    want: [],
    says: ['client'],
  },
  {
    what: 'a method of a subclass that takes `any` where it is given a client',
    code: 'abstract class H { abstract handle(api: ResourceClient<typeof Foo>): unknown; run() { return this.handle(cluster.resource(Foo)); } } class C extends H { handle(api: any) { return api.get(text); } } new C().run();',
    want: [],
    says: ['client'],
  },
  {
    what: 'a loop over a variable with an interface',
    code: 'interface G { get(n: string): Promise<unknown> } let g: G; for (g of [cluster.resource(Foo)]) g.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a method of an object that takes `any` where it is given a client',
    code: 'interface H { handle(api: ResourceClient<typeof Foo>): unknown } const h: H = { handle(api: any) { return api.get(text); } }; h.handle(cluster.resource(Foo));',
    want: [],
    says: ['client'],
  },
  {
    what: 'any number of `any`',
    code: 'const f = (...xs: any[]) => xs[0].get(text); f(cluster.resource(Foo));',
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a template with a tag',
    code: 'const tag = (s: TemplateStringsArray, ...xs: any[]) => xs[0].get(text); tag`a${cluster.resource(Foo)}`;',
    want: [],
    says: ['client'],
  },
  {
    what: 'a static field of `any`',
    code: "class S { static all: any = {}; } S.all.foos = cluster.resource(Foo); S.all.foos.get('x');",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'an assignment to what is not there',
    code: 'interface G { get(n: string): Promise<unknown> } let g: G | undefined; g ??= cluster.resource(Foo); g.get(text);',
    want: ['*: foos get'],
  },
];
