import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rbacProject } from '../../tests/support/rbac-project.js';
import { findUses } from '../tools/code-uses/find-uses.js';
import type { FoundCode } from '../tools/code-uses/found.js';
import { openProject } from '../tools/code-uses/open-project.js';
import { rbac } from './rbac.js';

const head = `import { connect, Reflector, defineResource, edit, type Client, type Cluster, type ResourceClient, type ResourceDefinition, type ScaleClient, type KubernetesObject } from '@kube-gen/runtime';
import { Foo, FooReflector, type FooManifest } from './generated/example.kube-gen.dev/v1/foo.js';
import { Deployment, DeploymentReflector } from '@kube-gen/kinds/apps/v1/deployment';
import { Pod, PodReflector } from '@kube-gen/kinds/core/v1/pod';
import { Node, NodeReflector } from '@kube-gen/kinds/core/v1/node';
import * as core from '@kube-gen/kinds/core/v1';
declare const cluster: Cluster;
declare const text: string;
declare const foo: Foo;
`;

interface Row {
  readonly what: string;
  readonly code: string;
  /** `namespace: resources{names} verbs`, `*` for all namespaces. */
  readonly want: readonly string[];
  /** What is said: each a part of a message. */
  readonly says?: readonly string[];
}

const rows: readonly Row[] = [
  { what: 'no use', code: 'export const a = Foo.plural;', want: [] },
  // reflectors
  { what: 'a reflector of all namespaces', code: 'new FooReflector(cluster);', want: ['*: foos list,watch'] },
  {
    what: 'a reflector of some',
    code: "new FooReflector(cluster, { namespaces: ['a', 'b'], indexes: {} });",
    want: ['a: foos list,watch', 'b: foos list,watch'],
  },
  {
    what: 'a list `as const`, spread into another one',
    code: "const some = ['b', 'c'] as const; const one = 'a'; new FooReflector(cluster, { namespaces: [one, ...some] });",
    want: ['a: foos list,watch', 'b: foos list,watch', 'c: foos list,watch'],
  },
  {
    what: 'a list that a constant holds',
    code: "const some = ['a']; new FooReflector(cluster, { namespaces: some });",
    want: ['a: foos list,watch'],
  },
  {
    what: 'a list that is changed later',
    code: "const some = ['a']; some.push(text); new FooReflector(cluster, { namespaces: some });",
    want: ['*: foos list,watch'],
  },
  {
    what: 'options in a constant, shorthand',
    code: "const namespaces = ['a']; const options = { namespaces }; new FooReflector(cluster, options);",
    want: ['a: foos list,watch'],
  },
  {
    what: 'options that may name some',
    code: 'declare const some: string[]; new FooReflector(cluster, { ...(some.length > 0 ? { namespaces: some } : {}) });',
    want: ['*: foos list,watch'],
  },
  {
    what: 'options that are undefined',
    code: 'new FooReflector(cluster, undefined);',
    want: ['*: foos list,watch'],
  },
  {
    what: 'a cluster-scoped kind',
    code: 'new NodeReflector(cluster);',
    want: ['*: nodes list,watch'],
  },
  {
    what: 'the class of the runtime',
    code: "new Reflector(cluster, Pod, { namespaces: ['a'] });",
    want: ['a: pods list,watch'],
  },
  {
    what: 'an alias, a namespace import, a re-export',
    code: 'const R = FooReflector; new R(cluster); new core.PodReflector(cluster);',
    want: ['*: pods list,watch', '*: foos list,watch'],
  },
  {
    what: 'a subclass with a constructor',
    code: "class Mine extends FooReflector { constructor(c: Cluster, n: string) { super(c, { namespaces: [n] }); } } new Mine(cluster, 'a'); new Mine(cluster, 'b');",
    want: ['a: foos list,watch', 'b: foos list,watch'],
  },
  {
    what: 'a subclass without a constructor',
    code: "class Mine extends FooReflector {} new Mine(cluster, { namespaces: ['a'] });",
    want: ['a: foos list,watch'],
  },
  {
    what: 'a subclass that nobody makes',
    code: 'export class Mine extends FooReflector { constructor(c: Cluster) { super(c); } }',
    want: [],
  },
  {
    what: 'a class of a kind to come',
    code: 'class Any<T extends KubernetesObject> extends Reflector<T> {} declare const d: ResourceDefinition; new Any(cluster, d as never);',
    want: [],
    says: ['which resource this reflector is for cannot be followed'],
  },
  {
    what: 'a generic function around it',
    code: "function open<D extends ResourceDefinition>(d: D, ns: string) { return new Reflector(cluster, d, { namespaces: [ns] }); } open(Foo, 'a'); open(Pod, 'b');",
    want: ['a: foos list,watch', 'b: pods list,watch'],
  },
  {
    what: 'a class as a parameter',
    code: 'function make<R>(of: new (c: Cluster) => R): R { return new of(cluster); } make(FooReflector); make(DeploymentReflector);',
    want: ['*: deployments list,watch', '*: foos list,watch'],
  },
  {
    what: 'a loop over definitions',
    code: 'for (const d of [Foo, Pod]) new Reflector(cluster, d as ResourceDefinition);',
    want: ['*: pods list,watch', '*: foos list,watch'],
  },
  {
    what: 'a definition made at run time',
    code: "const W = defineResource<KubernetesObject, KubernetesObject>()({ group: 'x.dev', version: 'v1', kind: 'W', plural: 'ws', singular: 'w', listKind: 'WList', scope: 'Namespaced', shortNames: [], categories: [], subresources: {}, printerColumns: [], selectableFields: [] }); new Reflector(cluster, W); cluster.resource(W).get('a', { namespace: 'n' });",
    want: ['*: ws list,watch', 'n: ws{a} get'],
  },
  {
    what: 'a definition that a generic function makes',
    code: "const kind = <const P extends string>(plural: P) => defineResource<KubernetesObject, KubernetesObject>()({ group: 'x.dev', version: 'v1', kind: 'W', plural, singular: 'w', listKind: 'WList', scope: 'Namespaced', shortNames: [], categories: [], subresources: {}, printerColumns: [], selectableFields: [] }); const W = kind('ws'); new Reflector(cluster, W); const list = (d: ResourceDefinition) => cluster.resource(d).list(); list(kind('vs'));",
    want: ['*: vs list', '*: ws list,watch'],
  },
  // clients
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
  // requests
  {
    what: 'paths of requests',
    code: `await cluster.request({ path: '/api/v1/namespaces/n/pods/p/log' });
await cluster.request({ method: 'POST', path: \`/api/v1/namespaces/\${encodeURIComponent(text)}/pods/\${text}/eviction\`, body: {} });
await cluster.request({ path: '/apis/x.dev/v1/namespaces/n/ws?watch=1' }); await cluster.request({ path: '/apis/x.dev/v1/ws', query: { watch: true } });
await cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/n' }); await cluster.request({ path: '/metrics' }); await cluster.request({ path: '/version' });`,
    want: [
      '*: namespaces{n} delete',
      '*: pods/eviction create',
      '*: ws watch',
      '*: /metrics get',
      'n: pods/log{p} get',
    ],
  },
  {
    what: 'requests of a helper',
    code: "const call = (method: 'PUT' | 'PATCH', path: string) => cluster.request({ method, path }); await call('PUT', '/apis/x.dev/v1/ws/a/status'); await call('PATCH', '/apis/x.dev/v1/ws/a');",
    want: ['*: ws{a} patch', '*: ws/status{a} update'],
  },
  {
    what: 'paths that are not known',
    code: 'await cluster.request({ path: text }); await cluster.request({ path: `/apis/${text}` }); await cluster.request({ method: text, path: "/api/v1/pods" });',
    want: [],
    says: [
      'the method of this request cannot be followed',
      'the path of this request cannot be followed',
      'the path of this request cannot be followed: "/apis/${…}"',
    ],
  },
  {
    what: 'a namespace of all groups and versions',
    code: "import * as all from './generated/index.js'; await cluster.resource(all.exampleKubeGenDevV1.Foo).get('x', { namespace: 'n' }); new all.exampleKubeGenDevV1.FooReflector(cluster, { namespaces: ['n'] });",
    want: ['n: foos list,watch', 'n: foos{x} get'],
  },
  // what cannot be followed
  {
    what: 'functions of the runtime, known ones and others',
    code: "import { metrics } from '@kube-gen/runtime'; metrics(cluster); edit(cluster, () => undefined);",
    want: [],
    says: ['the cluster `cluster` goes to `edit`, whose code is not read'],
  },
  {
    what: 'members that no name shows',
    code: "const api = cluster.resource(Foo); Reflect.get(api, 'create'); Object.values(api);",
    want: [],
    says: [
      'the client `api` goes to `Object.values`',
      'the client `api` goes to `Reflect.get`, whose code is not read',
    ],
  },
  {
    what: 'a definition that is not there',
    code: "import * as all from './generated/index.js'; declare const d: any; const api = cluster.resource((all as any).nope.Foo); await api.get('x'); cluster.resource(d);",
    want: [],
    says: [
      'the definition `(all as any).nope.Foo` has no type that tells: for which resource this client is cannot be followed',
      'the definition `d` has no type that tells',
      'which resource `get` is for cannot be followed',
    ],
  },
  {
    what: 'any',
    code: 'const api: any = cluster.resource(Foo); api.delete(text); (cluster as any).resource(Foo).list();',
    want: [],
    says: [
      'the client `cluster.resource(Foo)` goes where its type is `any`',
      'the cluster `cluster` goes where its type is `any`',
    ],
  },
  {
    what: 'a definition that nobody hands over',
    code: 'export function drop(d: ResourceDefinition) { return cluster.resource(d).delete(text); }',
    want: [],
    says: ['which resource `delete` is for cannot be followed: nothing in this project calls drop()'],
  },
  {
    what: 'a function that goes on as a value',
    code: 'const drop = (d: ResourceDefinition) => cluster.resource(d).delete(text); drop(Foo); export const handlers: unknown[] = [drop];',
    want: ['*: foos delete'].slice(1).concat('home: foos delete'),
    says: ['drop() is passed on as a value'],
  },
  {
    what: 'a member known only at run time',
    code: 'declare const verb: string; const api = cluster.resource(Foo) as unknown as Record<string, unknown>; export const b = api[verb];',
    want: [],
    says: ['goes where its type is `unknown`'],
  },
  {
    what: 'a namespace that cannot be one',
    code: "new FooReflector(cluster, { namespaces: ['Not_One', 'a'] });",
    want: ['a: foos list,watch'],
    says: ['"Not_One" cannot be the name of a namespace'],
  },
  {
    what: 'a class handed to a container',
    code: 'declare const container: { bind(c: any): void }; container.bind(FooReflector);',
    want: [],
    says: ['the class of a reflector `FooReflector` goes where its type is `any`'],
  },
  {
    what: 'what every user may',
    code: "import { SelfSubjectAccessReview } from '@kube-gen/kinds/authorization.k8s.io/v1/self-subject-access-review'; await cluster.resource(SelfSubjectAccessReview).create({ metadata: {} as never, spec: {} } as never);",
    want: [],
  },
  {
    what: 'writing a role',
    code: "import { ClusterRole } from '@kube-gen/kinds/rbac.authorization.k8s.io/v1/cluster-role'; await cluster.resource(ClusterRole).patch('r', { rules: [] });",
    want: ['*: clusterroles{r} patch'],
    says: ['to patch clusterroles the API server also asks for every right that the role grants, or `escalate`'],
  },
  {
    what: 'reflectors and clients in functions that do nothing with the API server',
    code: 'function count<T extends KubernetesObject>(r: Reflector<T>): number { return r.list().length; } declare const health: (r: any) => void; const r = new FooReflector(cluster); count(r); health(r); await r.ready(); r.on("added", () => {});',
    want: ['*: foos list,watch'],
  },
  {
    what: 'a cluster that is printed',
    code: 'declare const console: { log(...a: any[]): void }; console.log(cluster);',
    want: [],
  },
];

describe('rbac', () => {
  let folder: string;
  let code: FoundCode;

  beforeAll(() => {
    const files = Object.fromEntries(rows.map(({ code: text }, i) => [`row-${i}.ts`, `${head}${text}\nexport {};\n`]));
    folder = rbacProject(files);
    const project = openProject({ tsconfig: folder, isExcluded: () => false });
    if (!('program' in project)) throw new Error(JSON.stringify(project));
    code = findUses(project);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(rows.map((row, i) => ({ ...row, i })))('$what: $want', ({ want, says = [], i }) => {
    const isHere = ({ place }: { place: { file: string } }): boolean => place.file.endsWith(`/row-${i}.ts`);
    const { roles, diagnostics } = rbac(
      {
        ...code,
        uses: code.uses.filter(isHere),
        paths: code.paths.filter(isHere),
        unfollowed: code.unfollowed.filter(isHere),
        connections: [],
      },
      'home',
    );
    const rules = roles.flatMap(({ namespace = '*', rules }) =>
      rules.map(({ resources, resourceNames, nonResourceURLs = [], verbs }) => {
        const names = resourceNames === undefined ? '' : `{${resourceNames.join()}}`;
        return `${namespace}: ${[...resources, ...nonResourceURLs].join()}${names} ${verbs.join()}`;
      }),
    );
    expect(rules).toEqual(want);
    expect(diagnostics.map(({ message }) => message)).toEqual(
      says.map((part) => expect.stringContaining(part) as string),
    );
  });
});
