import type { UseRow } from './use-row.js';

/** Names, namespaces and functions on the ways that they take in the code of teams. */
export const teamUses: readonly UseRow[] = [
  {
    what: 'names in a list that a function takes',
    code: "const drop = (names: readonly string[]) => Promise.all(names.map((n) => cluster.resource(Foo).delete(n, { namespace: 'n' }))); await drop(['a']); await drop([text]);",
    want: ['n: foos delete'],
  },
  {
    what: 'names for a function that is given by its own',
    code: "const read = (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }); await Promise.all(['a', 'b'].map(read));",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'names in a set',
    code: "const names = new Set(['a']); names.add(text); for (const n of names) await cluster.resource(Foo).get(n, { namespace: 'n' });",
    want: ['n: foos get'],
  },
  {
    what: 'a namespace in a map',
    code: "const m = new Map([['x', 'a']]); await cluster.resource(Foo).list({ namespace: m.get(text)! });",
    want: ['*: foos list'],
  },
  {
    what: 'names that are the keys of an object',
    code: "const o = { a: 1, b: 2 }; for (const n of Object.keys(o)) await cluster.resource(Foo).get(n, { namespace: 'n' });",
    want: ['n: foos get'],
  },
  {
    what: 'names in a `for … in`',
    code: "const o: Record<string, number> = { a: 1 }; for (const n in o) await cluster.resource(Foo).get(n, { namespace: 'n' });",
    want: ['n: foos get'],
  },
  {
    what: 'a type guard that tells the namespaces',
    code: "const isNs = (s: string): s is 'a' | 'b' => s === 'a' || s === 'b'; if (isNs(text)) await cluster.resource(Foo).list({ namespace: text });",
    want: ['a: foos list', 'b: foos list'],
  },
  {
    what: 'a list that is taken apart',
    code: "const [first, second] = ['a', 'b'] as string[]; await cluster.resource(Foo).get(first!, { namespace: second! });",
    want: ['*: foos get'],
  },
  {
    what: 'a parameter that takes a list apart',
    code: "const run = ([ns, name]: [string, string]) => cluster.resource(Foo).get(name, { namespace: ns }); await run(['a', 'b']); await run([text, 'c']);",
    want: ['*: foos get'],
  },
  {
    what: 'arguments that are spread',
    code: "const run = (ns: string, name: string) => cluster.resource(Foo).get(name, { namespace: ns }); const args: [string, string] = ['a', 'b']; await run(...args); await run('c', 'd');",
    want: ['*: foos get'],
  },
  {
    what: 'any number of names',
    code: "const run = (ns: string, ...names: string[]) => names.map((n) => cluster.resource(Foo).get(n, { namespace: ns })); run('a', 'b', text);",
    want: ['a: foos get'],
  },
  {
    what: 'a function that is called through `apply`',
    code: "function run(ns: string) { return cluster.resource(Foo).list({ namespace: ns }); } run('a'); run.apply(undefined, [text]);",
    want: ['*: foos list'],
  },
  {
    what: 'an object that calls itself',
    code: "const api = { get: (n: string): Promise<unknown> => n === '' ? api.get('root') : cluster.resource(Foo).get(n, { namespace: 'n' }) }; await api.get('x');",
    want: ['n: foos{root,x} get'],
  },
  {
    what: 'a setter',
    code: "class A { #ns = 'a'; set ns(v: string) { this.#ns = v; } run() { return cluster.resource(Foo).list({ namespace: this.#ns }); } } const a = new A(); a.ns = text; await a.run();",
    want: ['*: foos list'],
  },
  {
    what: 'a static field that is set',
    code: "class Cfg { static ns = 'a'; } Cfg.ns = text; await cluster.resource(Foo).list({ namespace: Cfg.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a variable of a module that is set',
    files: { 'cfg.ts': "export let ns = 'a'; export const setNs = (x: string) => { ns = x; };" },
    code: "import { ns, setNs } from './ROW/cfg.js'; setNs(text); await cluster.resource(Foo).list({ namespace: ns });",
    want: ['*: foos list'],
  },
  {
    what: 'the rest of an object that is taken apart',
    code: "const { a, ...rest } = { a: 1, namespace: 'n' }; await cluster.resource(Foo).list(rest); export { a };",
    want: ['*: foos list'],
  },
  {
    what: 'a template with what a function takes',
    code: "const env = (x: string) => `team-${x}`; await cluster.resource(Foo).list({ namespace: env('a') }); await cluster.resource(Foo).list({ namespace: env(text) });",
    want: ['*: foos list'],
  },
  {
    what: 'methods of strings and lists',
    code: "await cluster.resource(Foo).list({ namespace: 'A'.toLowerCase() }); await cluster.resource(Foo).get(['a', 'b'].join('-'), { namespace: 'n' });",
    want: ['*: foos list', 'n: foos get'],
  },
  {
    what: 'a method as a callback',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };const each = (f: (n: string) => Promise<unknown>) => f(text); await foos.get('a'); await each(foos.get);",
    want: ['n: foos get'],
  },
  {
    what: 'a method that a callback calls',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };const each = (f: (n: string) => Promise<unknown>) => f(text); await foos.get('a'); await each((n) => foos.get(n));",
    want: ['n: foos get'],
  },
  {
    what: 'a method behind an optional chain',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };const f: typeof foos | undefined = foos; await f?.get('a'); await f?.get?.('b'); await f['get']('c');",
    want: ['n: foos{a,b,c} get'],
  },
  {
    what: 'a method of the base class',
    code: "class A { get(n: string) { return cluster.resource(Foo).get(n, { namespace: 'n' }); } } class B extends A { override get(n: string) { return super.get(`b-${n}`); } } await new B().get('x'); await new A().get('y');",
    want: ['n: foos{b-x,y} get'],
  },
  {
    what: 'a proxy of an object',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('a'); const p = new Proxy(foos, {}); await p.get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object that is frozen',
    code: "const foos = Object.freeze({ get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) }); await foos.get('a'); const { get } = foos; await get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object that `satisfies` an interface',
    code: "interface R { get(name: string): Promise<unknown> } const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) } satisfies R; await foos.get('a'); const r: R = foos; await r.get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object `as const`',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) } as const; await foos.get('a'); const { get: g } = foos; await g('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an interface for an interface',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };interface R { get(name: string): Promise<unknown> } interface Q { get(name: string): unknown } await foos.get('a'); const r: R = foos; const q: Q = r; q.get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an interface that extends another one',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };interface R { get(name: string): Promise<unknown> } interface Q extends R { other?: 1 } await foos.get('a'); const q: Q = foos; const f = (r: R) => r.get('b'); f(q);",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'a function of an object by a key that only runs tell',
    code: "const handlers = { get: (n: string) => cluster.resource(Foo).get(n, { namespace: 'n' }), drop: (n: string) => cluster.resource(Foo).delete(n, { namespace: 'n' }) }; await handlers.get('a'); await handlers[text as keyof typeof handlers]('b');",
    want: ['n: foos{a,b} get', 'n: foos{b} delete'],
  },
  {
    what: 'functions in the entries of an object',
    code: "const handlers = { get: (n: string) => cluster.resource(Foo).get(n, { namespace: 'n' }) }; await handlers.get('a'); for (const [, h] of Object.entries(handlers)) await h(text);",
    want: ['n: foos get'],
  },
  {
    what: 'functions in the values of an object',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('a'); for (const h of Object.values(foos)) await h(text);",
    want: ['n: foos get'],
  },
  {
    what: 'functions in a map of the entries',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('a'); const m = new Map(Object.entries(foos)); await m.get('get')?.(text);",
    want: ['n: foos get'],
  },
  {
    what: 'objects in a list, by patterns and `at`',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };await foos.get('a'); const all = [foos]; for (const { get } of all) await get('b'); all.forEach(({ get }) => get('c')); await all.at(0)?.get('d');",
    want: ['n: foos{a,b,c,d} get'],
  },
  {
    what: 'an object that a generic function gives back',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };const wrap = <T extends object>(x: T): T => x; await foos.get('a'); await wrap(foos).get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object of a mapped type',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };type Asyncify<T> = { [K in keyof T]: T[K] }; const wrap = (x: typeof foos): Asyncify<typeof foos> => x; await foos.get('a'); await wrap(foos).get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object of a mapped type with other results',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };type Void<T> = { [K in keyof T]: T[K] extends (...a: infer A) => unknown ? (...a: A) => void : never }; const w: Void<typeof foos> = foos; await foos.get('a'); w.get('b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object of a mapped type with other names',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };type Pre<T> = { [K in keyof T as `do_${K & string}`]: T[K] }; const w = { do_get: foos.get } as Pre<typeof foos>; await foos.get('a'); await w.do_get('b');",
    want: ['n: foos get'],
  },
  {
    what: 'the type of what a function makes',
    code: "const make = (c: Cluster) => ({ get: (n: string) => c.resource(Foo).get(n, { namespace: 'n' }) }); type Deps = ReturnType<typeof make>; const run = async ({ get }: Deps) => get('b'); const d = make(cluster); await d.get('a'); await run(d);",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'an object in an object',
    code: "const foos = { get: (name: string) => cluster.resource(Foo).get(name, { namespace: 'n' }) };interface Ctx { repo: typeof foos } const ctx: Ctx = { repo: foos }; await foos.get('a'); await ctx.repo.get('b'); const { repo: { get } } = ctx; await get('c');",
    want: ['n: foos{a,b,c} get'],
  },
  {
    what: 'a class without a name that fills in an abstract method',
    code: "abstract class Base { abstract get(n: string): Promise<unknown>; both() { return this.get('x'); } } const A = class extends Base { get(n: string) { return cluster.resource(Foo).get(n, { namespace: 'n' }); } }; const a = new A(); await a.get('y'); await a.both();",
    want: ['n: foos{x,y} get'],
  },
  {
    what: 'a module as an object',
    files: {
      'foos.ts':
        "import type { Cluster } from '@kube-gen/runtime'; import { Foo } from '../generated/example.kube-gen.dev/v1/foo.js'; export const get = (c: Cluster, n: string) => c.resource(Foo).get(n, { namespace: 'n' });",
    },
    code: "import * as foos from './ROW/foos.js'; await foos.get(cluster, 'a'); const { get } = foos; await get(cluster, 'b'); interface R { get(c: Cluster, n: string): Promise<unknown> } const r: R = foos; await r.get(cluster, 'c');",
    want: ['n: foos{a,b,c} get'],
  },
  {
    what: 'a module that is imported when it is needed',
    files: {
      'foos.ts':
        "import type { Cluster } from '@kube-gen/runtime'; import { Foo } from '../generated/example.kube-gen.dev/v1/foo.js'; export const get = (c: Cluster, n: string) => c.resource(Foo).get(n, { namespace: 'n' });",
    },
    code: "import { get as direct } from './ROW/foos.js'; await direct(cluster, 'a'); const { get } = await import('./ROW/foos.js'); await get(cluster, 'b'); const m = await import('./ROW/foos.js'); await m.get(cluster, 'c'); await import('./ROW/foos.js').then(({ get }) => get(cluster, 'd'));",
    want: ['n: foos{a,b,c,d} get'],
  },
  {
    what: 'a function that is the default export',
    files: {
      'foos.ts':
        "import type { Cluster } from '@kube-gen/runtime'; import { Foo } from '../generated/example.kube-gen.dev/v1/foo.js'; export default function (c: Cluster, n: string) { return c.resource(Foo).get(n, { namespace: 'n' }); }",
    },
    code: "import get from './ROW/foos.js'; await get(cluster, 'a'); const { default: again } = await import('./ROW/foos.js'); await again(cluster, 'b');",
    want: ['n: foos{a,b} get'],
  },
  {
    what: 'JSON over an object of a class',
    code: "class Cfg { ns = 'a'; } const c: Cfg = { ...new Cfg(), ...JSON.parse(text) }; await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'what a package reads, over defaults',
    code: "interface Cfg { ns: string } declare function readYaml<T>(s: string): T; const c = { ns: 'a', ...readYaml<Partial<Cfg>>(text) }; await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'what a package parses',
    code: 'declare const schema: { parse(x: unknown): { ns: string } }; const { ns } = schema.parse(JSON.parse(text)); await cluster.resource(Foo).list({ namespace: ns });',
    want: ['*: foos list'],
  },
  {
    what: 'arguments of the command line',
    code: "declare const process: { argv: string[] }; const [, , ns = 'a', name = 'x'] = process.argv; await cluster.resource(Foo).get(name, { namespace: ns });",
    want: ['*: foos get'],
  },
  {
    what: 'what a generic function merges',
    code: "const merge = <T extends object>(a: T, b: Partial<T>): T => ({ ...a, ...b }); const c = merge({ ns: 'a' as string }, JSON.parse(text)); await cluster.resource(Foo).list({ namespace: c.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a field that is set by its key',
    code: "const state = { ns: 'a' as string }; const set = <K extends keyof typeof state>(k: K, v: (typeof state)[K]) => { state[k] = v; }; set('ns', text); await cluster.resource(Foo).list({ namespace: state.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a field that is set under another type',
    code: "const state = { ns: 'a' as string }; const alias: { ns: string } = state; alias.ns = text; await cluster.resource(Foo).list({ namespace: state.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a field that a function sets under another type',
    code: "const state = { ns: 'a' as string }; const set = (s: { ns: string }) => { s.ns = text; }; set(state); await cluster.resource(Foo).list({ namespace: state.ns });",
    want: ['*: foos list'],
  },
  {
    what: 'a field of a class that is set under another type',
    code: "interface Has { ns: string } class A { ns = 'a'; run() { return cluster.resource(Foo).list({ namespace: this.ns }); } } const a = new A(); const h: Has = a; h.ns = text; await a.run();",
    want: ['*: foos list'],
  },
  {
    what: 'an element of a list that is set',
    code: "const ns = ['a', 'b']; ns[0] = text; await cluster.resource(Foo).list({ namespace: ns[0]! }); new FooReflector(cluster, { namespaces: ns });",
    want: ['*: foos list,watch'],
  },
  {
    what: 'a list that grows under another name',
    code: "const ns = ['a']; const all: string[] = ns; all.push(text); new FooReflector(cluster, { namespaces: ns });",
    want: ['*: foos list,watch'],
  },
];
