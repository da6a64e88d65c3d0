import type { UseRow } from './use-row.js';

/** Objects that are alike, and kept apart: what one is called with is no right of the other. */
export const alikeUses: readonly UseRow[] = [
  {
    what: 'objects that one function makes',
    code: "function repo(d: ResourceDefinition, ns: string) { return { get(name: string) { return cluster.resource(d).get(name, { namespace: ns }); } }; } const foos = repo(Foo, 'a'); const pods = repo(Pod, 'b'); await foos.get('f'); await pods.get('p');",
    want: ['a: foos{f} get', 'b: pods{p} get'],
  },
  {
    what: 'objects that one function makes, by a function inside of it',
    code: "function repo(d: ResourceDefinition, ns: string) { const one = (name: string) => cluster.resource(d).get(name, { namespace: ns }); return { get: (name: string) => one(name), both: (names: string[]) => names.map((n) => one(n)) }; } const foos = repo(Foo, 'a'); const pods = repo(Pod, 'b'); await foos.get('f'); await pods.get('p');",
    want: ['a: foos get', 'b: pods get'],
  },
  {
    what: 'methods that are taken out of such objects',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } const { get: f } = repo(Foo); const { get: p } = repo(Pod); await f('f'); await p('p');",
    want: ['n: pods{p} get', 'n: foos{f} get'],
  },
  {
    what: 'objects that one function makes for an interface',
    code: "interface Repo { get(name: string): Promise<unknown> } function repo(d: ResourceDefinition): Repo { return { get: (name) => cluster.resource(d).get(name, { namespace: 'n' }) }; } const foos = repo(Foo); const pods = repo(Pod); await foos.get('f'); await pods.get('p');",
    want: ['n: pods{p} get', 'n: foos{f} get'],
  },
  {
    what: 'two classes that implement an interface',
    code: "interface Repo { get(name: string): Promise<unknown> } class A implements Repo { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } class B implements Repo { get(name: string) { return cluster.resource(Pod).get(name, { namespace: 'n' }); } } const a: Repo = new A(); const b: Repo = new B(); await a.get('a'); await b.get('b');",
    want: ['n: pods{b} get', 'n: foos{a} get'],
  },
  {
    what: 'two classes that implement an interface, in a list',
    code: "interface Repo { get(name: string): Promise<unknown> } class A implements Repo { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } class B implements Repo { get(name: string) { return cluster.resource(Pod).get(name, { namespace: 'n' }); } } for (const r of [new A(), new B()] as Repo[]) await r.get('a'); const run = (r: Repo, n: string) => r.get(n); await run(new A(), 'x');",
    want: ['n: pods{a,x} get', 'n: foos{a,x} get'],
  },
  {
    what: 'such objects as an argument',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } type R = ReturnType<typeof repo>; const run = (r: R, name: string) => r.get(name); await run(repo(Foo), 'f'); await run(repo(Pod), 'p');",
    want: ['n: pods{p} get', 'n: foos{f} get'],
  },
  {
    what: 'such objects in an object',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } const all = { foos: repo(Foo), pods: repo(Pod) }; await all.foos.get('f'); await all.pods.get('p');",
    want: ['n: pods{p} get', 'n: foos{f} get'],
  },
  {
    what: 'such objects in a map, which may give each',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } const all = new Map([['foos', repo(Foo)], ['pods', repo(Pod)]]); await all.get('foos')!.get('f');",
    want: ['n: pods{f} get', 'n: foos{f} get'],
  },
  {
    what: 'such objects in a list',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } for (const r of [repo(Foo), repo(Pod)]) await r.get('f'); ",
    want: ['n: pods{f} get', 'n: foos{f} get'],
  },
  {
    what: 'a variable that holds one object, then another',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } let r = repo(Foo); await r.get('f'); r = repo(Pod); await r.get('p');",
    want: ['n: pods{f,p} get', 'n: foos{f,p} get'],
  },
  {
    what: 'such objects in fields of a class',
    code: "function repo(d: ResourceDefinition) { return { get: (name: string) => cluster.resource(d).get(name, { namespace: 'n' }) }; } class App { readonly foos = repo(Foo); readonly pods; constructor() { this.pods = repo(Pod); } run() { return [this.foos.get('f'), this.pods.get('p')]; } } new App().run();",
    want: ['n: pods{p} get', 'n: foos{f} get'],
  },
  {
    what: 'a method that another object gets',
    code: "const a = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) }; const b = { get: (name: string): Promise<unknown> => cluster.resource(Pod).get(name, { namespace: 'n' }) }; b.get = a.get; await b.get('x'); await a.get('y');",
    want: ['n: pods{x} get', 'n: foos get'],
  },
  {
    what: 'methods that `Object.assign` copies',
    code: "interface R { get(name: string): Promise<unknown> } const a: R = { get: (name) => cluster.resource(Foo).get(name, { namespace: 'n' }) }; const b: R = { get: (name) => cluster.resource(Pod).get(name, { namespace: 'n' }) }; Object.assign(b, a); await b.get('x');",
    want: ['n: pods{x} get', 'n: foos{x} get'],
  },
  {
    what: 'methods that `Object.assign` copies, and a call of their own',
    code: "interface R { get(name: string): Promise<unknown> } const a: R = { get: (name) => cluster.resource(Foo).get(name, { namespace: 'n' }) }; const b: R = { get: (name) => cluster.resource(Pod).get(name, { namespace: 'n' }) }; Object.assign(b, a); await b.get('x'); await a.get('z');",
    want: ['n: pods{x} get', 'n: foos{x,z} get'],
  },
  {
    what: 'methods that a spread copies, and a call of their own',
    code: "interface R { get(name: string): Promise<unknown> } const a: R = { get: (name) => cluster.resource(Foo).get(name, { namespace: 'n' }) }; const b: R = { ...a }; await b.get('x'); await a.get('y')",
    want: ['n: foos{x,y} get'],
  },
  {
    what: 'objects in a list that grows',
    code: "interface R { get(name: string): Promise<unknown> } class A implements R { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } class C implements R { get(name: string) { return cluster.resource(Pod).get(name, { namespace: 'n' }); } } const all: R[] = [new C()]; all.push(new A()); for (const r of all) await r.get('x'); await new A().get('y');",
    want: ['n: pods{x} get', 'n: foos{x,y} get'],
  },
  {
    what: 'an object in a field that is set again',
    code: "interface R { get(name: string): Promise<unknown> } class A implements R { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } class C implements R { get(name: string) { return cluster.resource(Pod).get(name, { namespace: 'n' }); } } class Use { constructor(public r: R) {} go() { return this.r.get('x'); } } const u = new Use(new C()); u.r = new A(); await u.go(); await new A().get('y');",
    want: ['n: pods{x} get', 'n: foos{x,y} get'],
  },
  {
    what: 'a function that makes objects, made by another one',
    code: "const outer = (ns: string) => { const inner = (d: ResourceDefinition) => ({ get: (name: string) => cluster.resource(d).get(name, { namespace: ns }) }); return { foos: inner(Foo), pods: inner(Pod) }; }; const a = outer('a'); const b = outer('b'); await a.foos.get('x'); await b.pods.get('y');",
    want: ['a: foos{x} get', 'b: pods{y} get'],
  },
];
