import type { UseRow } from './use-row.js';

/** Reflectors, and what rights they need. */
export const reflectorUses: readonly UseRow[] = [
  { what: 'no use', code: 'export const a = Foo.plural;', want: [] },
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
    what: 'a subclass with a constructor, of a class from a package',
    code: "class Mine extends PodReflector { constructor(c: Cluster) { super(c, { namespaces: ['a'] }); } } new Mine(cluster);",
    want: ['a: pods list,watch'],
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
  {
    what: 'a class as a parameter, made with whatever is given',
    code: 'function make<A extends unknown[], R>(of: new (...args: A) => R, ...args: A): R { return new of(...args); } make(FooReflector, cluster);',
    want: ['*: foos list,watch'],
  },
  {
    what: 'a class as a parameter that makes something with other members',
    code: 'function run(of: new (c: Cluster) => { start(): void }) { new of(cluster).start(); new Map(); } run(FooReflector);',
    want: ['*: foos list,watch'],
  },
  {
    what: 'classes in an object that is looped over',
    code: 'for (const Each of Object.values({ FooReflector, NodeReflector })) new Each(cluster);',
    want: ['*: nodes list,watch', '*: foos list,watch'],
  },
  {
    what: 'one of several classes',
    code: "declare const yes: boolean; new (yes ? FooReflector : PodReflector)(cluster, { namespaces: ['a'] }); class Mine extends DeploymentReflector { constructor(c: Cluster) { super(c, { namespaces: ['b'] }); } } new (yes ? Mine : NodeReflector)(cluster);",
    want: ['*: nodes list,watch', '*: deployments list,watch', 'a: pods list,watch', 'a: foos list,watch'],
  },
];
