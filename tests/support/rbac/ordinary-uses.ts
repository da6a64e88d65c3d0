import type { UseRow } from './use-row.js';

/** Code as everybody writes it, of which nothing is to be said. */
export const ordinaryUses: readonly UseRow[] = [
  {
    what: 'promises, maps, lists',
    code: "const [a, b] = await Promise.all([connect(), connect()]); const m = new Map([['a', cluster.resource(Foo)]]); const l = [cluster.resource(Foo), cluster.resource(Pod)]; l.map((x) => x); l.forEach((x) => x); [...m.values()].filter(Boolean); const o = Object.fromEntries([['a', cluster.resource(Foo)]]); JSON.stringify(o); const w = new WeakMap<Cluster, number>(); w.set(cluster, 1); const s = new Set([cluster]); s.has(cluster); Object.keys(o); l.includes(l[0]!); Array.isArray(l); Promise.resolve(cluster.resource(Foo)).then((x) => x); export { a, b };",
    want: [],
  },
  {
    what: 'then, catch, finally, timers',
    code: 'declare function setTimeout(f: () => void, ms: number): number; connect().then((c) => c.resource(Foo)).catch(() => undefined).finally(() => {}); setTimeout(() => cluster.resource(Foo), 3); const f = async () => { const c = await connect(); return c; }; f().then(async (c) => { await c.close(); });',
    want: [],
  },
  {
    what: 'classes',
    code: "class App { constructor(private readonly cluster: Cluster, readonly foos = cluster.resource(Foo)) {} start() { return this; } } interface Service { start(): unknown } const services: Service[] = [new App(cluster)]; services.map((s) => s.start()); const deps = { cluster, app: new App(cluster) }; type Deps = typeof deps; const run = (d: Deps) => d.app.start(); run(deps); const part = (d: Pick<Deps, 'app'>) => d.app; part(deps);",
    want: [],
  },
  {
    what: 'errors, typeof, in, instanceof, ===',
    code: "declare const x: unknown; if (x === cluster) throw new Error('x'); const api = cluster.resource(Foo); if ('get' in api && typeof api.get === 'function' && api) { } const r = new FooReflector(cluster); if (r instanceof FooReflector) { } `${r.status.phase}`; switch (true) { case !!api: break; }",
    want: ['*: foos list,watch'],
  },
  {
    what: 'reflectors in lists and health',
    code: 'const all: Reflector<any>[] = [new FooReflector(cluster), new PodReflector(cluster)]; const ready = (l: readonly { ready(): Promise<void> }[]) => Promise.all(l.map((r) => r.ready())); await ready(all); interface Closable { close(): Promise<void> } const closing: Closable[] = [cluster]; await Promise.all(closing.map((c) => c.close()));',
    want: ['*: pods list,watch', '*: foos list,watch'],
  },
  {
    what: 'hooks and signals',
    code: "declare const process: { on(e: string, f: (...a: any[]) => void): void }; process.on('SIGTERM', () => void cluster.close()); const stop = async () => { await cluster.close(); }; process.on('SIGINT', stop); const make = () => cluster.resource(Foo); process.on('x', make);",
    want: [],
  },
  {
    what: 'React like',
    code: "function useMemo<T>(f: () => T, deps: readonly unknown[]): T { return f(); } function useState<S>(s: S | (() => S)): [S, (s: S) => void] { return [s as S, () => {}]; } const api = useMemo(() => cluster.resource(Foo), [cluster]); const [c] = useState(cluster); await api.get('a', { namespace: 'n' }); await c.resource(Pod).get('p', { namespace: 'n' });",
    want: ['n: pods{p} get', 'n: foos{a} get'],
    says: ['the cluster `cluster` goes where its type is `unknown`'],
  },
  {
    what: 'a text that is joined from thousands of lines',
    code: `export const picture = ${Array.from({ length: 5000 }, () => "'data'").join(' +\n')};`,
    want: [],
  },
];
