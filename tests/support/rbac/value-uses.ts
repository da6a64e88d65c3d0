import type { UseRow } from './use-row.js';

/** Values that decide about a namespace or a kind, and how far they are followed: what may be anything else is wider. */
export const valueUses: readonly UseRow[] = [
  {
    what: 'a list that grows, in a loop',
    code: "const some = ['a']; some.push(text); for (const n of some) await cluster.resource(Foo).list({ namespace: n });",
    want: ['*: foos list'],
  },
  {
    what: 'definitions in a list that grows',
    code: 'const kinds: ResourceDefinition[] = [Foo]; kinds.push(Pod); for (const d of kinds) new Reflector(cluster, d);',
    want: ['*: foos list,watch'],
    says: ['which resource this reflector is for cannot be followed: the list `[Foo]` is changed later'],
  },
  {
    what: 'a list in a field that grows',
    code: "class A { ns = ['a']; add(n: string) { this.ns.push(n); } run() { new FooReflector(cluster, { namespaces: this.ns }); } } new A().run();",
    want: ['*: foos list,watch'],
  },
  {
    what: 'a list in an object that grows',
    code: "const o = { namespaces: ['a'] }; o.namespaces.push(text); new FooReflector(cluster, o);",
    want: ['*: foos list,watch'],
  },
  {
    what: 'a list that a function adds to',
    code: "const some = ['a']; function add(l: string[]) { l.push(text); } add(some); new FooReflector(cluster, { namespaces: some });",
    want: ['*: foos list,watch'],
  },
  {
    what: 'an option that is set later',
    code: "declare const yes: boolean; const options: { namespace?: string } = {}; if (yes) options.namespace = text; await cluster.resource(Foo).get('a', options);",
    want: ['*: foos{a} get'],
  },
  {
    what: 'an option that is set twice',
    code: "const options = { namespace: 'a' }; options.namespace = 'b'; await cluster.resource(Foo).list(options);",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'an interface that JSON may fit',
    code: "interface Config { namespace: string } export const defaults: Config = { namespace: 'a' }; const config: Config = JSON.parse(text); await cluster.resource(Foo).list({ namespace: config.namespace });",
    want: ['*: foos list'],
  },
  {
    what: 'an option that one of two calls leaves out',
    code: "interface Opts { namespace?: string } function list(o: Opts) { return cluster.resource(Foo).list({ namespace: o.namespace! }); } list({ namespace: 'a' }); list({});",
    want: ['*: foos list'],
  },
  {
    what: 'a function that may return nothing',
    code: "declare const yes: boolean; function ns() { if (yes) return 'a' as string; } await cluster.resource(Foo).list({ namespace: ns()! });",
    want: ['*: foos list'],
  },
  {
    what: 'an optional chain that may end',
    code: "function list(o?: { namespace: string }) { return cluster.resource(Foo).list({ namespace: o?.namespace! }); } list(); list({ namespace: 'a' });",
    want: ['*: foos list'],
  },
  {
    what: 'options behind a condition',
    code: "declare const on: boolean; await cluster.resource(Foo).list({ ...(on && { namespace: 'a' }) });",
    want: ['*: foos list'],
  },
  {
    what: 'a name that is put together by `+=`',
    code: "let ns = 'a'; ns += '-x'; await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'an assignment that takes an object apart',
    code: "let ns = 'a'; declare function conf(): { ns: string }; ({ ns } = conf()); await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'an assignment that takes a list apart',
    code: "let ns: string = 'a'; declare function conf(): string[]; [ns = 'b'] = conf(); await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a function that is called through `call`',
    code: "function get(ns: string) { return cluster.resource(Foo).list({ namespace: ns }); } get('a'); get.call(undefined, 'b');",
    want: ['*: foos list'],
  },
  {
    what: 'a class that makes itself',
    code: "class R { static of(ns: string) { return new this(ns); } constructor(ns: string) { cluster.resource(Foo).list({ namespace: ns }); } } R.of('b'); new R('a');",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a function in a field that implements a method',
    code: "interface D { drop(ns: string): unknown } class M implements D { drop = (ns: string) => cluster.resource(Foo).list({ namespace: ns }); } new M().drop('a'); const d: D = new M(); d.drop('b');",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a pattern in a pattern',
    code: "declare const l: { ns?: string }[]; const [{ ns }] = l as [{ ns?: string }]; await cluster.resource(Foo).list({ namespace: ns ?? 'a' });",
    want: ['*: foos list'],
  },
  {
    what: 'a variable that may never be set',
    code: "declare const yes: boolean; let ns: string | undefined; if (yes) ns = 'a' as string; await cluster.resource(Foo).list({ namespace: ns! });",
    want: ['*: foos list'],
  },
  {
    what: 'a field that may never be set',
    code: "class A { ns?: string; set() { this.ns = 'a'; } run() { return cluster.resource(Foo).list({ namespace: this.ns! }); } } new A().run();",
    want: ['*: foos list'],
  },
  {
    what: 'an object that may lack the field',
    code: "declare const yes: boolean; const c: { ns: string } | { ns?: never } = yes ? { ns: 'a' } : {}; await cluster.resource(Foo).list({ namespace: c.ns! });",
    want: ['*: foos list'],
  },
  {
    what: 'a field that a constructor sets',
    code: "class A { readonly ns: string | undefined; constructor(ns?: string) { this.ns = ns; } run() { return cluster.resource(Foo).list({ namespace: this.ns! }); } } new A('a').run();",
    want: ['a: foos list'],
  },
  {
    what: 'options behind a condition that is met',
    code: "function list(ns?: string) { return cluster.resource(Foo).list({ ...(ns && { namespace: ns }) }); } list('a');",
    want: ['a: foos list'],
  },
  {
    what: 'objects that fit an interface, in a loop',
    code: "interface T { ns: string } const targets: T[] = [{ ns: 'a' }, { ns: 'b' }]; for (const t of targets) await cluster.resource(Foo).list({ namespace: t.ns });",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'an object that a class is given',
    code: "interface Deps { readonly d: ResourceDefinition; readonly ns: string } class S { constructor(private readonly deps: Deps) {} run() { return cluster.resource(this.deps.d).list({ namespace: this.deps.ns }); } } new S({ d: Foo, ns: 'a' }).run();",
    want: ['a: foos list'],
  },
  {
    what: 'clients in fields that are set later',
    code: "class A { #api?: Client<any, any>; api2?: Client<any, any>; start() { this.#api = cluster.resource(Foo) as Client<any, any>; this.api2 = cluster.resource(Pod) as Client<any, any>; } get() { this.api2?.get('b', { namespace: 'n' }); return this.#api?.get('a', { namespace: 'n' }); } } new A().get();",
    want: ['n: pods{b} get', 'n: foos{a} get'],
  },
  {
    what: 'a switch over all there is',
    code: "declare const yes: boolean; function ns(k: 'x' | 'y'): string { switch (k) { case 'x': return 'a'; case 'y': return 'b'; } } await cluster.resource(Foo).list({ namespace: ns(yes ? 'x' : 'y') });",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a loop over a variable of its own',
    code: "let ns = 'a'; for (ns of [text]) await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a list that is only read',
    code: "const some = ['a', 'b']; some.map((x) => x); new FooReflector(cluster, { namespaces: some }); export const n = some.length;",
    want: ['a: foos list,watch', 'b: foos list,watch'],
  },
  {
    what: 'a subresource in brackets',
    code: "const { status } = cluster.resource(Deployment); await status.patch('a', {}, { namespace: 'n' }); const s = cluster.resource(Deployment)['scale']; await s['patch']('b', {}, { namespace: 'n' });",
    want: ['n: deployments/scale{b} patch', 'n: deployments/status{a} patch'],
  },
  {
    what: 'a field that subclasses fill in',
    code: "abstract class Base { abstract d: ResourceDefinition; run(ns: string) { return cluster.resource(this.d).list({ namespace: ns }); } } class A extends Base { d = Foo; } class B extends Base { d = Pod; } new A().run('a'); new B().run('b');",
    want: ['a: pods list', 'a: foos list', 'b: pods list', 'b: foos list'],
  },
  {
    what: 'a field that a subclass has, too',
    code: "class Base { ns = 'a'; run() { return cluster.resource(Foo).list({ namespace: this.ns }); } } class B extends Base { override ns = 'b'; } new Base().run(); new B().run();",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a method that is called by the name in a class two above',
    code: "class Base { run(ns: string) { return ns; } } class Mid extends Base { override run(ns: string) { return ns; } } class Sub extends Mid { override run(ns: string) { cluster.resource(Foo).list({ namespace: ns }); return ns; } } const b: Base = new Sub(); b.run('b'); new Sub().run('a');",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a method that a subclass has, too',
    code: "class Base { ns() { return 'a' as string; } run() { return cluster.resource(Foo).list({ namespace: this.ns() }); } } class B extends Base { override ns() { return 'b' as string; } } new B().run(); new Base().run();",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'options that other functions fill in',
    code: "const o: { namespace?: string } = { namespace: 'a' }; Object.assign(o, JSON.parse(text)); await cluster.resource(Foo).list(o);",
    want: ['*: foos list'],
  },
  {
    what: 'options of which something else is set later',
    code: "const o = { namespace: 'a', limit: 3 }; o.limit = 4; await cluster.resource(Foo).list(o);",
    want: ['a: foos list'],
  },
  {
    what: 'a selector of which the name is taken away',
    code: "const fieldSelector: Record<string, string> = { 'metadata.name': 'a' }; delete fieldSelector['metadata.name']; await cluster.resource(Foo).list({ namespace: 'n', fieldSelector });",
    want: ['n: foos list'],
  },
  {
    what: 'a default that `undefined` takes the place of',
    code: "const go = (ns?: string) => list({ namespace: ns }); const list = (o: { namespace?: string | undefined }) => { const all = { namespace: 'a', ...o }; return cluster.resource(Foo).list(all as { namespace: string }); }; go();",
    want: ['*: foos list'],
  },
  {
    what: 'functions in an object that are called by a name in brackets',
    code: "const on = { list: (ns: string) => cluster.resource(Foo).list({ namespace: ns }), get(ns: string) { return cluster.resource(Foo).get('x', { namespace: ns }); }, n: 1 }; on.list('a'); for (const key of ['list', 'get'] as const) on[key]('b');",
    want: ['a: foos list', 'b: foos list', 'b: foos{x} get'],
  },
  {
    what: 'a field that is set by a name in brackets',
    code: "const o = { namespace: 'a', other: 'b' }; declare const key: 'namespace' | 'other'; o[key] = text; await cluster.resource(Foo).list({ namespace: o.namespace });",
    want: ['*: foos list'],
  },
];
