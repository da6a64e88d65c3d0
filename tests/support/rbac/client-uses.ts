import type { UseRow } from './use-row.js';

/** Typed clients, and what rights they need. */
export const clientUses: readonly UseRow[] = [
  {
    what: 'each call of a client',
    code: `const api = cluster.resource(Foo); const o = { namespace: 'n' };
await api.get(text, o); await api.list(o); for await (const _ of api.listPages(o)); await api.create({ metadata: { name: 'x' }, spec: foo.spec }, o);
await api.replace(foo, o); await api.patch(text, {}, o); await api.apply({ metadata: { name: text } }, { ...o, fieldManager: 'm' });
await api.delete(text, o); await api.deleteCollection(o); api.watch(o);`,
    want: ['n: foos get,list,watch,create,update,patch,delete,deletecollection'],
  },
  {
    what: 'lists and watches of all namespaces',
    code: 'const api = cluster.resource(Foo); await api.list(); api.watch({ labelSelector: text });',
    want: ['*: foos list,watch'],
  },
  {
    what: 'subresources',
    code: "const api = cluster.resource(Deployment); const o = { namespace: 'n' }; await api.status.patch('a', {}, o); await api.status.replace({ metadata: { name: 'a' } } as never, o); await api.scale.replace('a', { replicas: 1 }, o); await api.scale.get('b', o);",
    want: ['n: deployments/scale{a} update', 'n: deployments/scale{a,b} get', 'n: deployments/status{a} update,patch'],
  },
  {
    what: 'apply of a name, which may create it',
    code: "await cluster.resource(Foo).apply({ metadata: { name: 'a', namespace: 'n' } }, { fieldManager: 'm' });",
    want: ['n: foos{a} create,patch'],
  },
  {
    what: 'apply of a status, which creates nothing',
    code: "await cluster.resource(Foo).status.apply({ metadata: { name: 'a', namespace: 'n' } }, { fieldManager: 'm' });",
    want: ['n: foos/status{a} patch'],
  },
  {
    what: 'create, which is for no name',
    code: "await cluster.resource(Foo).create({ metadata: { name: 'a', namespace: 'n' }, spec: foo.spec });",
    want: ['n: foos create'],
  },
  {
    what: 'one name and another that is not known',
    code: "const api = cluster.resource(Foo); const o = { namespace: 'n' }; await api.get('a', o); await api.get(text, o); await api.delete('a', o);",
    want: ['n: foos get', 'n: foos{a} delete'],
  },
  {
    what: 'no namespace: that of the connection',
    code: "await cluster.resource(Foo).get('a');",
    want: ['home: foos{a} get'],
  },
  {
    what: 'a namespace that may be missing',
    code: "declare const yes: boolean; await cluster.resource(Foo).get('a', { ...(yes ? { namespace: 'n' } : {}) });",
    want: ['home: foos{a} get', 'n: foos{a} get'],
  },
  {
    what: 'the namespace of the object, and of none',
    code: "const api = cluster.resource(Foo); await api.create({ metadata: { name: 'x' }, spec: foo.spec }); await api.create({ metadata: { name: 'x', namespace: 'n' }, spec: foo.spec }); await api.replace({ ...foo, metadata: { ...foo.metadata, labels: {} } });",
    want: ['*: foos update', 'home: foos create', 'n: foos create'],
  },
  {
    what: 'all namespaces contain one',
    code: "const api = cluster.resource(Foo); await api.list({ namespace: 'n' }); await api.list();",
    want: ['*: foos list'],
  },
  {
    what: 'a name in all namespaces does not contain any name in one',
    code: "const api = cluster.resource(Foo); await api.get('a', { namespace: text }); await api.get(text, { namespace: 'n' }); await api.get('a', { namespace: 'm' });",
    want: ['*: foos{a} get', 'n: foos get'],
  },
  {
    what: 'a client that a function takes',
    code: "async function drop(api: ResourceClient<typeof Foo>, name: string) { await api.delete(name, { namespace: 'n' }); } await drop(cluster.resource(Foo), 'a');",
    want: ['n: foos{a} delete'],
  },
  {
    what: 'a client of any kind that a function takes',
    code: "async function drop<D extends ResourceDefinition>(d: D, name: string, namespace: string) { await cluster.resource(d).delete(name, { namespace } as never); } await drop(Foo, 'a', 'n'); await drop(Pod, 'b', 'm');",
    want: ['m: pods{b} delete', 'n: foos{a} delete'],
  },
  {
    what: 'a function in a function',
    code: "function get(d: ResourceDefinition, name: string) { return cluster.resource(d).get(name, { namespace: 'n' }); } const more = (name: string) => get(Foo, name); more('a'); more('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an untyped client through a class',
    code: "class Store { readonly #api: Client<any, any>; constructor(api: Client<any, any>) { this.#api = api; } get(name: string) { return this.#api.get(name, { namespace: 'n' }); } } new Store(cluster.resource(Foo) as Client<any, any>).get('a');",
    want: ['n: foos{a} get'],
  },
  {
    what: 'destructuring',
    code: "const { get, list: all } = cluster.resource(Foo); await get('a', { namespace: 'n' }); await all({ namespace: 'm' }); const { scale: { get: size } } = cluster.resource(Deployment); await size('d', { namespace: 'n' });",
    want: ['m: foos list', 'n: deployments/scale{d} get', 'n: foos{a} get'],
  },
  {
    what: 'a method that goes on as a value',
    code: "const api = cluster.resource(Foo); const drop: (name: string) => unknown = api.delete; drop('a');",
    want: ['*: foos delete'],
  },
  {
    what: 'a member by its name',
    code: "declare const verb: 'get' | 'delete'; const api = cluster.resource(Foo); await api['get']('a', { namespace: 'n' }); await api[verb]('a', { namespace: 'n' });",
    want: ['n: foos{a} get,delete'],
  },
  {
    what: 'optional chains and assertions',
    code: "let api: ResourceClient<typeof Foo> | undefined; api = cluster.resource(Foo); await api?.get('a', { namespace: 'n' }); await api!.delete('a', { namespace: 'n' });",
    want: ['n: foos{a} get,delete'],
  },
  {
    what: '`Pick` of a client',
    code: "type Reader = Pick<ResourceClient<typeof Foo>, 'get' | 'list'>; const read = (api: Reader) => api.get('a', { namespace: 'n' }); await read(cluster.resource(Foo));",
    want: ['n: foos{a} get'],
  },
  {
    what: 'an interface of the project that a client fits',
    code: 'interface Getter { get(name: string): Promise<Foo> } const read = (from: Getter) => from.get(text); await read(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'a client of the scale alone',
    code: "function up(scale: ScaleClient<'Namespaced'>) { return scale.replace('a', { replicas: 1 }, { namespace: 'n' }); } await up(cluster.resource(Deployment).scale);",
    want: ['n: deployments/scale{a} get,update'],
  },
  {
    what: 'a type made of that of a kind',
    code: "type Loud = Foo & { loud: true }; declare const api: Client<Loud, FooManifest, 'Namespaced'>; await api.get('a', { namespace: 'n' });",
    want: ['n: foos{a} get'],
  },
  {
    what: 'an enum, a template and a default as a namespace',
    code: "enum Ns { A = 'a' } const env = 'x' as 'x' | 'y'; function get(namespace: string = 'd') { return cluster.resource(Foo).list({ namespace }); } get(); get(Ns.A); get(`team-${env}`);",
    want: ['a: foos list', 'd: foos list', 'team-x: foos list', 'team-y: foos list'],
  },
  {
    what: 'a namespace from the environment, with a default',
    code: "declare const env: Record<string, string | undefined>; await cluster.resource(Foo).list({ namespace: env['NS'] ?? 'n' });",
    want: ['*: foos list'],
  },
  {
    what: 'the namespace of the connection, by its name',
    code: "new FooReflector(cluster, { namespaces: [cluster.namespace, 'a'] }); const { namespace } = cluster; await cluster.resource(Foo).get('a', { namespace }); await cluster.request({ path: `/api/v1/namespaces/${cluster.namespace}/pods` });",
    want: ['a: foos list,watch', 'home: pods list', 'home: foos list,watch', 'home: foos{a} get'],
  },
  {
    what: 'a field selector that selects one name',
    code: "new FooReflector(cluster, { namespaces: ['n'], fieldSelector: { 'metadata.name': 'a' } }); await cluster.resource(Pod).list({ namespace: 'n', fieldSelector: 'status.phase=Running,metadata.name=p' }); await cluster.resource(Node).list({ fieldSelector: `metadata.name!=${text}` });",
    want: ['*: nodes list', 'n: pods{p} list', 'n: foos{a} list,watch'],
  },
  {
    what: 'parameters whose types tell, though nobody is seen to call',
    code: "export function get({ namespace, d }: { namespace: 'a' | 'b'; d: typeof Foo | typeof Pod }, o: { namespace?: 'c' }) { new Reflector(cluster, d as ResourceDefinition, { namespaces: [namespace] }); return cluster.resource(Foo).get('x', o); }",
    want: [
      'a: pods list,watch',
      'a: foos list,watch',
      'b: pods list,watch',
      'b: foos list,watch',
      'c: foos{x} get',
      'home: foos{x} get',
    ],
  },
  {
    what: 'objects of one class that differ',
    code: `class Repo { readonly #api: Client<any, any>; constructor(d: ResourceDefinition, private readonly ns: string) { this.#api = cluster.resource(d) as Client<any, any>; }
get(name: string) { return this.#api.get(name, { namespace: this.ns }); } twice(name: string) { return [this.get(name), this.get(name)]; } }
const foos = new Repo(Foo, 'a'); const make = (ns: string) => new Repo(Pod, ns); foos.get('f'); make('b').twice('p'); new Repo(Node, 'c');`,
    want: ['a: foos{f} get', 'b: pods{p} get'],
  },
  {
    what: 'a callback over a list that is written out',
    code: "['a', 'b'].map((n) => new FooReflector(cluster, { namespaces: [n] })); [Foo, Pod].forEach((d) => cluster.resource(d as ResourceDefinition).list({ namespace: 'c' }));",
    want: ['a: foos list,watch', 'b: foos list,watch', 'c: pods list', 'c: foos list'],
  },
  {
    what: 'values that go in circles',
    code: `let options: { namespaces?: string[]; n?: number } = {}; const step = (o: typeof options) => ({ ...o, n: 1 }); for (;;) { options = step({ ...options }); if (options.n === 1) break; }
new FooReflector(cluster, options); const id = <T>(value: T): T => value; await cluster.resource(Foo).list({ namespace: id(id('a') as string) });
function again(name: string, times: number): unknown { return times > 0 ? again(name, times - 1) : cluster.resource(Foo).get(name, { namespace: 'a' }); } again('x', 3);
let self: string = text; self = self + ''; let me: string | undefined = undefined; me = me; await cluster.resource(Foo).list({ namespace: me! });`,
    want: ['*: foos list,watch', 'a: foos{x} get'],
  },
  {
    what: 'destructuring by quoted and computed names',
    code: "const { 'delete': drop, ['get']: read } = cluster.resource(Foo); await drop('a', { namespace: 'n' }); await read('a', { namespace: 'n' });",
    want: ['n: foos{a} get,delete'],
  },
  {
    what: 'a member by its name, of a client that may be missing',
    code: "declare const verb: 'get' | 'delete'; declare const api: ResourceClient<typeof Foo> | undefined; await api?.[verb]('a', { namespace: 'n' }); await api?.['list']({ namespace: 'n' });",
    want: ['n: foos list', 'n: foos{a} get,delete'],
  },
  {
    what: 'a type parameter that extends an interface of the project',
    code: 'interface Getter { get(name: string): Promise<unknown> } const read = <C extends Getter>(from: C) => from.get(text); await read(cluster.resource(Foo));',
    want: ['*: foos get'],
  },
  {
    what: 'a class for clients that fit an interface of the project',
    code: 'interface Getter { get(name: string): Promise<unknown> } class Box<C extends Getter> { constructor(readonly c: C) {} go() { return this.c.get(text); } } await new Box(cluster.resource(Foo)).go();',
    want: ['*: foos get'],
  },
  {
    what: 'a type parameter that extends nothing',
    code: "const same = <C>(one: C) => one; await same(cluster.resource(Foo)).get(text, { namespace: 'n' });",
    want: ['n: foos get'],
  },
  {
    what: 'an interface of the project that an async function returns',
    code: 'interface Getter { get(name: string): Promise<Foo> } export async function make(): Promise<Getter> { return cluster.resource(Foo); }',
    want: ['*: foos get'],
  },
  {
    what: 'deleteCollection with a field selector, from which the server takes no name',
    code: "await cluster.resource(Pod).deleteCollection({ namespace: 'n', fieldSelector: { 'metadata.name': 'a' } });",
    want: ['n: pods deletecollection'],
  },
  {
    what: 'clients in an object that is looped over',
    code: "for (const api of Object.values({ a: cluster.resource(Foo), b: cluster.resource(Pod) })) await api.get('a', { namespace: 'n' });",
    want: ['n: pods{a} get', 'n: foos{a} get'],
  },
  {
    what: 'clients in an object that goes where interfaces of the project stand for them',
    code: `interface Getter { get(name: string): Promise<Foo> } interface Deps { a: { api: Getter } } const run = (deps: Deps) => deps.a.api.get(text); const deps = { a: { api: cluster.resource(Foo) } }; run(deps);
class Owner { api = cluster.resource(Pod); run() { drop(this); } } const drop = (by: { api: { delete(name: string): unknown } }) => by.api.delete(text); drop(new Owner());`,
    want: ['*: pods delete', '*: foos get'],
  },
  {
    what: 'a cluster in an object that goes where its type says so',
    code: 'interface Deps { readonly cluster: Cluster; readonly n?: number } const run = (deps: Deps) => deps.cluster.resource(Foo).list(); const deps = { cluster, n: 1 }; run(deps); run({ ...deps }); const same: Deps = deps; run(same);',
    want: ['*: foos list'],
  },
];
