import type { UseRow } from './use-row.js';

/** What cannot be followed, and what is near it and can. */
export const unfollowedUses: readonly UseRow[] = [
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
    says: ['goes where its type is `Record<string, unknown>`'],
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
  {
    what: 'an element of a list, and members by any name',
    code: "const apis = [cluster.resource(Foo)] as const; declare const f: (x: any) => void; f(apis[0]); const m: Record<string, any> = cluster.resource(Foo); m['delete']('a');",
    want: [],
    says: [
      'the client `apis[0]` goes where its type is `any`',
      'the client `cluster.resource(Foo)` goes where its type is `Record<string, any>`',
    ],
  },
  {
    what: 'a cluster in an object that goes anywhere',
    code: 'const deps = { cluster }; declare const use: (all: any) => void; use(deps); interface Loose { cluster: any } const run = (loose: Loose) => loose.cluster.resource(Foo).list(); run(deps);',
    want: [],
    says: ['the cluster `cluster` of `deps` goes where its type is `any`'],
  },
];
