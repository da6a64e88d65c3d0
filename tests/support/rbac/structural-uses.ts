import type { UseRow } from './use-row.js';

/** Clients and clusters that go where another type stands for them: it is found, or said. */
export const structuralUses: readonly UseRow[] = [
  {
    what: 'a type parameter that extends an object with a client, given an object that is written out',
    code: 'interface Getter { get(name: string): Promise<Foo> } function f<D extends { api: Getter }>(d: D) { return d.api.get(text); } f({ api: cluster.resource(Foo) });',
    want: ['*: foos get'],
  },
  {
    what: 'a type parameter that extends an object with a client, given a variable',
    code: 'interface Getter { get(name: string): Promise<Foo> } function f<D extends { api: Getter }>(d: D) { return d.api.get(text); } const deps = { api: cluster.resource(Foo) }; f(deps);',
    want: ['*: foos get'],
  },
  {
    what: 'a list of what a type parameter extends',
    code: 'interface Getter { get(name: string): Promise<unknown> } function f<D extends Getter>(d: D[]) { return d.map((one) => one.get(text)); } f([cluster.resource(Foo)]);',
    want: ['*: foos get'],
  },
  {
    what: 'any number of what a type parameter extends',
    code: 'interface Getter { get(name: string): Promise<unknown> } function f<D extends Getter>(...d: D[]) { return d.map((one) => one.get(text)); } f(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'a type parameter that extends a record of clients',
    code: "interface Getter { get(name: string): Promise<unknown> } function f<D extends Record<string, Getter>>(d: D) { return d['a']!.get(text); } f({ a: cluster.resource(Foo) });",
    want: ['*: foos get'],
  },
  {
    what: 'a pattern with a type of its own',
    code: 'interface Getter { get(name: string): Promise<Foo> } const { get }: Getter = cluster.resource(Foo); get(text);',
    want: ['*: foos get'],
  },
  {
    what: '`Pick` of an interface of the project',
    code: "interface Getter { get(name: string): Promise<Foo>; list(): unknown } const c: Pick<Getter, 'get'> = cluster.resource(Foo); const { get } = c; get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'a parameter that takes an interface of the project apart',
    code: 'interface Getter { get(name: string): Promise<Foo> } function f({ get }: Getter) { return get(text); } f(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'the default of a parameter that takes an interface of the project apart',
    code: 'interface Getter { get(name: string): Promise<Foo> } function f({ get }: Getter = cluster.resource(Foo)) { return get(text); } f();',
    want: ['*: foos get'],
  },
  {
    what: 'an assignment that takes a client apart',
    code: 'let get: (name: string) => Promise<Foo>; ({ get } = cluster.resource(Foo)); get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'an assignment that takes a client apart under another name',
    code: 'let read: (name: string) => Promise<Foo>; ({ get: read } = cluster.resource(Foo)); read(text);',
    want: ['*: foos get'],
  },
  {
    what: 'an assignment that takes an object with a client apart',
    code: 'interface Getter { get(name: string): Promise<Foo> } let api: Getter; ({ api } = { api: cluster.resource(Foo) }); api.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a class of the project that a client fits',
    code: 'class Getter { get(name: string): Promise<Foo> { return Promise.reject(new Error(name)); } } const g: Getter = cluster.resource(Foo); g.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a class that is given a client for one of the project',
    code: 'class Store { get(name: string): Promise<Foo> { return Promise.reject(new Error(name)); } } class App { constructor(private readonly store: Store) {} go() { return this.store.get(text); } } new App(cluster.resource(Foo)).go();',
    want: ['*: foos get'],
  },
  {
    what: 'a cast by way of `unknown`',
    code: 'interface Getter { get(name: string): Promise<Foo> } const g = cluster.resource(Foo) as unknown as Getter; g.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a cast by way of `unknown`, to what a client does not fit',
    code: 'interface Other { read(name: string): Promise<Foo> } const g = cluster.resource(Foo) as unknown as Other; g.read(text);',
    want: [],
    says: ['the client `cluster.resource(Foo)` goes'],
  },
  {
    what: 'a cast of an object with a client',
    code: 'interface Getter { get(name: string): Promise<Foo> } const deps = { api: cluster.resource(Foo) }; const g = deps as unknown as { api: Getter }; g.api.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a cast of `this`',
    code: 'class A { api = cluster.resource(Foo); go() { return (this as unknown as { api: { get(n: string): unknown } }).api.get(text); } } new A().go();',
    want: ['*: foos get'],
  },
  {
    what: 'a cast of `this` to `any`',
    code: 'class A { api = cluster.resource(Foo); go() { return (this as any).api.get(text); } } new A().go();',
    want: [],
    says: ['the client `api` of `this`'],
  },
  {
    what: 'a list of clients for one of an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } const apis = [cluster.resource(Foo)]; const all: readonly Getter[] = apis; all[0]!.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a map of clients for one of an interface',
    code: "interface Getter { get(name: string): Promise<unknown> } const apis = new Map([['a', cluster.resource(Foo)]]); const all: ReadonlyMap<string, Getter> = apis; all.get('a')!.get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'a promise of a client for one of an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } const api = Promise.resolve(cluster.resource(Foo)); const p: Promise<Getter> = api; (await p).get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a function that returns a client for one that returns an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } function make() { return cluster.resource(Foo); } function use(of: () => Getter) { return of().get(text); } use(make);',
    want: ['*: foos get'],
  },
  {
    what: 'a callback that takes an interface where it is given a client',
    code: 'interface Getter { get(name: string): Promise<unknown> } function use(f: (api: ResourceClient<typeof Foo>) => unknown) { return f(cluster.resource(Foo)); } use((api: Getter) => api.get(text));',
    want: ['*: foos get'],
  },
  {
    what: 'a callback that takes `any` where it is given a client',
    code: 'function use(f: (api: ResourceClient<typeof Foo>) => unknown) { return f(cluster.resource(Foo)); } use((api: any) => api.get(text));',
    want: [],
    says: ['client'],
  },
  {
    what: 'a method that returns a client, of an object that fits an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } class Owner { foos() { return cluster.resource(Foo); } } interface Has { foos(): Getter } const use = (has: Has) => has.foos().get(text); use(new Owner());',
    want: ['*: foos get'],
  },
  {
    what: 'a getter that returns a client, of an object that fits an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } class Owner { get foos() { return cluster.resource(Foo); } } interface Has { readonly foos: Getter } const use = (has: Has) => has.foos.get(text); use(new Owner());',
    want: ['*: foos get'],
  },
  {
    what: 'a field of a subclass that its base takes for an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } abstract class Base { abstract api: Getter; run() { return this.api.get(text); } } class Sub extends Base { api = cluster.resource(Foo); } new Sub().run();',
    want: ['*: foos get'],
  },
  {
    what: 'a method of a subclass whose result its base takes for an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } abstract class Base { abstract api(): Getter; run() { return this.api().get(text); } } class Sub extends Base { api() { return cluster.resource(Foo); } } new Sub().run();',
    want: ['*: foos get'],
  },
  {
    what: 'a client as a type argument of a base class',
    code: 'interface Getter { get(name: string): Promise<unknown> } abstract class Base<C extends Getter> { abstract api(): C; run() { return this.api().get(text); } } class Sub extends Base<ResourceClient<typeof Foo>> { api() { return cluster.resource(Foo); } } new Sub().run();',
    want: ['*: foos get'],
  },
  {
    what: 'what a type parameter stands for, taken for `any`',
    code: 'function f<T>(one: T) { return (one as any).get(text); } f(cluster.resource(Foo));',
    want: [],
    says: ['client'],
  },
  {
    what: 'a type without members',
    code: 'function f(one: {}) { return (one as any).get(text); } f(cluster.resource(Foo));',
    want: [],
    says: ['goes where its type is `{}`'],
  },
  {
    what: 'a list of clients for `any`',
    code: 'declare const use: (x: any) => void; const apis = [cluster.resource(Foo)]; use(apis);',
    want: [],
    says: ['client'],
  },
  {
    what: 'a map of clients for `unknown`',
    code: "const use = (x: unknown) => x; const apis = new Map([['a', cluster.resource(Foo)]]); use(apis);",
    want: [],
    says: ['client'],
  },
  {
    what: 'a map of `any`',
    code: "const all = new Map<string, any>(); all.set('a', cluster.resource(Foo)); all.get('a').get(text);",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'a client that is spread into an object',
    code: "const api = { ...cluster.resource(Foo), extra: 1 }; api.get(text, { namespace: 'n' });",
    want: ['n: foos get'],
  },
  {
    what: 'what a generator yields',
    code: 'interface Getter { get(name: string): Promise<unknown> } function* all(): Generator<Getter> { yield cluster.resource(Foo); } for (const one of all()) one.get(text);',
    want: ['*: foos get'],
  },
  {
    what: '`satisfies`, which changes no type',
    code: "interface Getter { get(name: string): Promise<unknown> } const api = cluster.resource(Foo) satisfies Getter; api.get('a', { namespace: 'n' });",
    want: ['n: foos{a} get'],
  },
  {
    what: 'a union with an interface of the project',
    code: "interface Getter { get(name: string): Promise<unknown> } function f(x: Getter | string) { return typeof x === 'string' ? x : x.get(text); } f(cluster.resource(Foo));",
    want: ['*: foos get'],
  },
  {
    what: 'an interface of the project that a cluster fits',
    code: "interface Requester { request(o: { path: string }): Promise<unknown> } const f = (r: Requester) => r.request({ path: '/api/v1/pods' }); f(cluster);",
    want: [],
    says: ['the cluster `cluster` goes on as `Requester`'],
  },
  {
    what: '`Pick` of a cluster',
    code: "const f = (r: Pick<Cluster, 'request'>) => r.request({ path: '/api/v1/pods' }); f(cluster);",
    want: ['*: pods list'],
  },
  {
    what: 'one of two clients for an interface',
    code: 'declare const yes: boolean; interface Getter { get(name: string): Promise<unknown> } const g: Getter = yes ? cluster.resource(Foo) : cluster.resource(Pod); g.get(text);',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'a client in place of one that is not there',
    code: 'declare const given: { get(name: string): Promise<unknown> } | undefined; const g = given ?? cluster.resource(Foo); g.get(text); const h: { get(name: string): Promise<unknown> } = given ?? cluster.resource(Pod); h.get(text)',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'a client in a record of an interface',
    code: "const all: { [k: string]: { get(name: string): Promise<unknown> } } = {}; all['a'] = cluster.resource(Foo); all['a'].get(text);",
    want: ['*: foos get'],
  },
  {
    what: 'a client in a list of an interface',
    code: 'const all: { get(name: string): Promise<unknown> }[] = []; all.push(cluster.resource(Foo)); all[0]!.get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a class for one that makes an interface',
    code: 'interface Cache { list(): unknown[] } const make = (of: new (c: Cluster) => Cache) => new of(cluster); make(FooReflector);',
    want: ['*: foos list,watch'],
  },
  {
    what: 'a client of the status for an interface, by itself and in its client',
    code: 'interface Patcher { patch(n: string, b: object): Promise<unknown> } const f = (p: Patcher) => p.patch(text, {}); f(cluster.resource(Foo).status); interface With { status: Patcher } const g = (w: With) => w.status.patch(text, {}); g(cluster.resource(Deployment));',
    want: ['*: deployments/status patch', '*: foos/status patch'],
  },
  {
    what: 'a client beside an interface with the same methods',
    code: 'interface G { get(name: string, o?: { namespace?: string }): Promise<Foo | undefined> } declare const g: G; declare const yes: boolean; const l = [g, cluster.resource(Foo)]; l[0]!.get(text); const c = yes ? g : cluster.resource(Pod); c.get(text);',
    want: ['home: pods get', 'home: foos get'],
  },
  {
    what: 'a type parameter that extends a record of `any`',
    code: "function f<D extends Record<string, any>>(d: D) { return d['api'].get(text); } f({ api: cluster.resource(Foo) });",
    want: [],
    says: ['goes where its type is `any`'],
  },
  {
    what: 'type parameters that extend what has no members',
    code: "const f = <D extends Record<string, unknown>>(d: D) => d; f({ api: cluster.resource(Foo) }); const g = <D extends readonly unknown[]>(d: D) => d; g([cluster.resource(Foo)]); const h = <D extends object>(d: D) => d; h(cluster); const i = <D extends { x: unknown }>(d: D): D['x'] => d.x; i({ x: cluster });",
    want: [],
  },
  {
    what: 'type parameters that extend what has no members, and casts of them',
    code: 'interface Getter { get(name: string): Promise<unknown> } const f = <D extends { x: unknown }>(d: D) => (d.x as Getter).get(text); f({ x: cluster.resource(Foo) }); const g = <D extends object>(d: D) => (d as any).get(text); g(cluster.resource(Pod));',
    want: ['*: foos get'],
    says: ['client'],
  },
  {
    what: 'a list of an interface and a client',
    code: 'interface Getter { get(name: string): Promise<unknown> } declare const g: Getter; const all = [g, cluster.resource(Foo)]; all[0]!.get(text);',
    want: ['home: foos get'],
  },
  {
    what: 'an interface or a client',
    code: 'interface Getter { get(name: string): Promise<unknown> } declare const g: Getter; declare const yes: boolean; const one = yes ? g : cluster.resource(Foo); one.get(text);',
    want: ['home: foos get'],
  },
  {
    what: 'an interface or a client, whichever is there',
    code: 'interface Getter { get(name: string): Promise<unknown> } declare const g: Getter | undefined; const api = cluster.resource(Foo); const one = api || g; const two = g || api; one.get(text); two?.get(text)',
    want: ['*: foos get'],
  },
  {
    what: 'a function that returns an interface or a client',
    code: 'interface Getter { get(name: string): Promise<unknown> } declare const g: Getter; declare const yes: boolean; function one() { if (yes) return g; return cluster.resource(Foo); } one().get(text); async function two() { if (yes) return g; return cluster.resource(Pod); } (await two()).get(text);',
    want: ['home: pods get', 'home: foos get'],
  },
  {
    what: 'a type parameter for an interface and a client',
    code: 'interface Getter { get(name: string): Promise<unknown> } declare const g: Getter; const pick = <T>(a: T, b: T): T => a ?? b; pick(g, cluster.resource(Foo)).get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a type argument that is an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } const id = <T>(a: T): T => a; id<Getter>(cluster.resource(Foo)).get(text);',
    want: ['*: foos get'],
  },
  {
    what: 'a type argument of a class that is an interface',
    code: 'interface Getter { get(name: string): Promise<unknown> } class Box<T> { constructor(readonly v: T) {} } new Box<Getter>(cluster.resource(Foo)).v.get(text); const s = new Set<Getter>(); s.add(cluster.resource(Pod)); for (const x of s) x.get(text);',
    want: ['*: pods get', '*: foos get'],
  },
  {
    what: 'a client and options that are frozen',
    code: "const o = Object.freeze({ namespace: 'n' }); await cluster.resource(Foo).list(o); const api = Object.freeze(cluster.resource(Foo)); await api.get('a', o);",
    want: ['n: foos list', 'n: foos{a} get'],
  },
];
