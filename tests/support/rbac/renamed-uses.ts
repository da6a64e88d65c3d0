import type { UseRow } from './use-row.js';

/** Members that are also known under others than their own: of another type, in a pattern, copied. */
export const renamedUses: readonly UseRow[] = [
  {
    what: 'a method that is also taken out of its object',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('f'); const { get } = foos; await get('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'a method that is also taken out under another name',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('f'); const { get: g } = foos; await g('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'a method that a parameter takes out',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('f'); const run = ({ get }: typeof foos) => get('p'); await run(foos);",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'a method that an assignment takes out',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('f'); let get: typeof foos.get; ({ get } = foos); await get('p');",
    want: ['n: foos get'],
  },
  {
    what: 'a method of a class that is also taken out',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();await foos.get('f'); const { get } = foos; await get('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'an object that fits an interface of the project',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };interface R { get(name: string): Promise<unknown> } await foos.get('f'); const run = (r: R) => r.get('p'); await run(foos);",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'an object of a class that fits an interface, without `implements`',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } await foos.get('f'); const run = (r: R) => r.get('p'); await run(foos);",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'a variable with an interface for an object of a class',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } await foos.get('f'); const r: R = foos; await r.get('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'an object for a record of functions',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('f'); const all: Record<string, (n: string) => unknown> = foos; all[text]!('p');",
    want: ['n: foos get'],
  },
  {
    what: 'an object that fits what a type parameter extends',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } await foos.get('f'); const run = <T extends R>(r: T) => r.get('p'); await run(foos);",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'an object that fits an interface, in another one',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } await foos.get('f'); const run = (d: { r: R }) => d.r.get('p'); const deps = { r: foos }; await run(deps);",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'objects that fit an interface, in a list',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } await foos.get('f'); const all: R[] = [foos]; for (const r of all) await r.get('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'an object for `any`',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();await foos.get('f'); const run = (r: any) => r.get('p'); await run(foos);",
    want: ['n: foos get'],
  },
  {
    what: 'what a function makes, for an interface',
    code: "const make = () => ({ get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) }); interface R { get(name: string): Promise<unknown> } await make().get('f'); const r: R = make(); await r.get('p');",
    want: ['n: foos{f,p} get'],
  },
  {
    what: 'a method as a function',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();await foos.get('f'); const f = foos.get; await f('p');",
    want: ['n: foos get'],
  },
  {
    what: 'a method that is only called by an interface',
    code: "class Foos { get(name: string) { return cluster.resource(Foo).get(name, { namespace: 'n' }); } } const foos = new Foos();interface R { get(name: string): Promise<unknown> } const run = (r: R) => r.get('p'); await run(foos);",
    want: ['n: foos{p} get'],
  },
  {
    what: 'the type of defaults for JSON over them',
    code: "const defaults = { ns: 'a' as string }; const config: typeof defaults = { ...defaults, ...JSON.parse(text) }; await cluster.resource(Foo).list({ namespace: config.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'the type of defaults for JSON',
    code: "const defaults = { ns: 'a' as string }; type Cfg = typeof defaults; const run = (c: Cfg) => cluster.resource(Foo).list({ namespace: c.ns }); await run(JSON.parse(text) as Cfg); await run(defaults);",
    want: ['*: foos list'],
  },
  {
    what: 'the type of defaults for another object',
    code: "const defaults = { ns: 'a' as string }; type Cfg = typeof defaults; const run = (c: Cfg) => cluster.resource(Foo).list({ namespace: c.ns }); const mine = { ns: 'b' as string }; await run(mine); await run(defaults);",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'defaults by themselves',
    code: "const defaults = { ns: 'a' as string, deep: { ns: 'b' as string } }; await cluster.resource(Foo).list({ namespace: defaults.ns }); await cluster.resource(Foo).list({ namespace: defaults.deep.ns });",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'the type of what a function returns for something else',
    code: "const load = () => ({ ns: 'a' as string }); type Cfg = ReturnType<typeof load>; const over = (c: Cfg): Cfg => ({ ...c, ...(JSON.parse(text) as Partial<Cfg>) }); const c = over(load()); await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'the type of defaults for JSON that is taken apart',
    code: "const defaults = { ns: 'a' as string }; const { ns }: typeof defaults = JSON.parse(text); await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'fields that `Object.assign(this, …)` sets',
    code: "class Cfg { ns = 'a'; constructor(o: object) { Object.assign(this, o); } } await cluster.resource(Foo).list({ namespace: new Cfg(JSON.parse(text)).ns });",
    want: ['*: foos list'],
  },
  {
    what: 'fields that `Object.assign` sets',
    code: "class Cfg { ns = 'a'; } const c: Cfg = Object.assign(new Cfg(), JSON.parse(text)); await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'JSON that is taken for an object of a class',
    code: "class Cfg { ns = 'a'; } const c = JSON.parse(text) as Cfg; await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'another object that is taken for one of a class',
    code: "class Cfg { ns = 'a'; } const run = (c: Cfg) => cluster.resource(Foo).list({ namespace: c.ns }); const o = { ns: 'b' as string }; await run(o); await run(new Cfg());",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'objects of a class alone',
    code: "class Cfg { ns = 'a'; } const run = (c: Cfg) => cluster.resource(Foo).list({ namespace: c.ns }); await run(new Cfg());",
    want: ['a: foos list'],
  },
  {
    what: 'a class with options and a default',
    code: "class Svc { private readonly ns; constructor({ ns = 'a' }: { ns?: string } = {}) { this.ns = ns; } run() { return cluster.resource(Foo).list({ namespace: this.ns }); } } await new Svc().run(); await new Svc({ ns: 'b' }).run();",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a variable that a function sets',
    code: "let ns = 'a'; const set = (x: string) => { ns = x; }; set(text); await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a parameter that is set',
    code: "function run(ns: string) { if (ns === '') ns = text; return cluster.resource(Foo).list({ namespace: ns }); } await run('a');",
    want: ['*: foos list'],
  },
  {
    what: 'what a function gives to a callback',
    code: "const each = (f: (n: string) => unknown) => { f('a'); f('b'); }; each((n) => cluster.resource(Foo).get(n, { namespace: 'n' }));",
    want: ['n: foos get'],
  },
  {
    what: 'a function in an object, too',
    code: "function get(n: string) { return cluster.resource(Foo).get(n, { namespace: 'n' }); } get('a'); const o = { get }; o.get('b'); const { get: again } = o; again('c');",
    want: ['n: foos get'],
  },
  {
    what: 'a function in an object that is exported',
    code: "const get = (n: string) => cluster.resource(Foo).get(n, { namespace: 'n' }); get('a'); export default { get };",
    want: ['n: foos get'],
  },
];
