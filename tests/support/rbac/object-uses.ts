import type { UseRow } from './use-row.js';

/** Names and namespaces out of objects that only the running program has: in loops, promises and answers of the server. */
export const objectUses: readonly UseRow[] = [
  {
    what: 'a loop that takes objects apart',
    code: 'declare const all: { ns?: string; name: string }[]; for (const { ns, name } of all) await cluster.resource(Foo).get(name, { namespace: ns! });',
    want: ['*: foos get'],
  },
  {
    what: 'a loop that takes objects apart, deeper',
    code: 'const r = new FooReflector(cluster); for (const { metadata: { name, namespace } } of r.list()) await cluster.resource(Foo).patch(name, {}, { namespace: namespace! });',
    want: ['*: foos list,watch,patch'],
  },
  {
    what: 'a loop over changes that takes them apart',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); for await (const change of r.changes()) { if (change.type !== 'added') continue; const { object: { metadata: { name, namespace } } } = change; await cluster.resource(Foo).patch(name, {}, { namespace: namespace! }); }",
    want: ['*: foos patch', 'n: foos list,watch'],
  },
  {
    what: 'a for await that takes objects apart',
    code: 'declare const all: AsyncIterable<{ object: Foo }>; for await (const { object } of all) await cluster.resource(Foo).patch(object.metadata.name, {}, { namespace: object.metadata.namespace! });',
    want: ['*: foos patch'],
  },
  {
    what: 'a loop over entries',
    code: 'declare const m: Map<string, string>; for (const [ns, name] of m) await cluster.resource(Foo).get(name, { namespace: ns });',
    want: ['*: foos get'],
  },
  {
    what: 'a callback that takes objects apart',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); await Promise.all(r.list().map(({ metadata: { name, namespace } }) => cluster.resource(Foo).delete(name, { namespace: namespace! })));",
    want: ['*: foos delete', 'n: foos list,watch'],
  },
  {
    what: 'an abstract method that a loop calls',
    code: 'abstract class C<T extends KubernetesObject> { abstract reconcile(o: T): Promise<void>; async run(source: AsyncIterable<{ object: T }>) { for await (const { object } of source) await this.reconcile(object); } } class F extends C<Foo> { async reconcile(one: Foo) { const { name, namespace } = one.metadata; if (namespace !== undefined) await cluster.resource(Foo).patch(name, {}, { namespace }); } } declare const s: AsyncIterable<{ object: Foo }>; await new F().run(s);',
    want: ['*: foos patch'],
  },
  {
    what: 'what a generator yields',
    code: "function* names() { yield { ns: 'a' as string | undefined }; yield { ns: text }; } for (const { ns } of names()) await cluster.resource(Foo).list({ namespace: ns! }); for (const one of names()) await cluster.resource(Pod).list({ namespace: one.ns! });",
    want: ['*: pods list', '*: foos list'],
  },
  {
    what: 'handlers of a reflector',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); r.on('added', ({ metadata: { name, namespace } }) => void cluster.resource(Foo).delete(name, { namespace: namespace! })); r.on('updated', (now) => void cluster.resource(Pod).get(now.metadata.name, { namespace: now.metadata.namespace! }));",
    want: ['*: pods get', '*: foos delete', 'n: foos list,watch'],
  },
  {
    what: 'an object that was read, in a callback',
    code: "await cluster.resource(Foo).get('a', { namespace: 'n' }).then(({ metadata: { name, namespace } }) => cluster.resource(Foo).delete(name, { namespace: namespace! }));",
    want: ['*: foos delete', 'n: foos{a} get'],
  },
  {
    what: 'a loop over a list that is written out, with defaults',
    code: "for (const { ns, name = 'x' } of [{ ns: 'a', name: 'p' }, { ns: 'b' }] as { ns: string; name?: string }[]) await cluster.resource(Foo).get(name, { namespace: ns });",
    want: ['a: foos{p,x} get', 'b: foos{p,x} get'],
  },
  {
    what: 'a variable that an assignment takes out of an object',
    code: 'let ns: string | undefined; declare const o: { ns?: string }; ({ ns } = o); await cluster.resource(Foo).list({ namespace: ns! });',
    want: ['*: foos list'],
  },
  {
    what: 'a variable that a loop or a pattern sets',
    code: 'declare const all: Foo[]; let one: Foo; for (one of all) await cluster.resource(Foo).replace(one); let metadata: Foo["metadata"]; for ({ metadata } of all) await cluster.resource(Foo).delete(metadata.name, { namespace: metadata.namespace }); let first: Foo | undefined; [first] = all; await cluster.resource(Foo).status.replace(first!); const held: { one?: Foo } = {}; for (held.one of all) await cluster.resource(Foo).apply(held.one as never, { fieldManager: "x" });',
    want: ['*: foos create,update,patch,delete', '*: foos/status update'],
  },
  {
    what: 'a field of an error',
    code: "try { throw new Error('x'); } catch (e) { await cluster.resource(Foo).get((e as { name: string; ns?: string }).name, { namespace: (e as { ns?: string }).ns! }); }",
    want: ['*: foos get'],
  },
  {
    what: 'fields of JSON',
    code: 'const { ns, name } = JSON.parse(text) as { ns?: string; name: string }; await cluster.resource(Foo).get(name, { namespace: ns! });',
    want: ['*: foos get'],
  },
  {
    what: 'fields of what a function returns',
    code: 'declare function conf(): Promise<{ ns?: string }>; const { ns } = await conf(); await cluster.resource(Foo).list({ namespace: ns! }); await cluster.resource(Pod).list({ namespace: (await conf()).ns! });',
    want: ['*: pods list', '*: foos list'],
  },
  {
    what: 'fields of an element of a list',
    code: "declare const all: { ns?: string }[]; await cluster.resource(Foo).get('a', { namespace: all[0]!.ns! }); const [one] = all; await cluster.resource(Pod).get('a', { namespace: one!.ns! }); await cluster.resource(Deployment).get('a', { namespace: all.at(-1)!.ns! });",
    want: ['*: pods{a} get', '*: deployments{a} get', '*: foos{a} get'],
  },
  {
    what: 'owners of an object',
    code: "declare const p: Pod; for (const { name, kind } of p.metadata.ownerReferences ?? []) if (kind === 'Foo') await cluster.resource(Foo).get(name, { namespace: p.metadata.namespace! });",
    want: ['*: foos get'],
  },
  {
    what: 'a field of a promise',
    code: "declare function conf(): Promise<{ ns?: string }>; const { ns } = await conf(); await cluster.resource(Foo).get('a', { namespace: ns! });",
    want: ['*: foos{a} get'],
  },
  {
    what: 'a field of a promise, by a dot',
    code: "declare function conf(): Promise<{ ns?: string }>; await cluster.resource(Pod).get('a', { namespace: (await conf()).ns! }); const c = await conf(); await cluster.resource(Foo).get('a', { namespace: c.ns! });",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'the metadata of an object that was read',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Foo).delete(one.metadata.name, { namespace: one.metadata.namespace! }); const { metadata: { namespace } } = await cluster.resource(Pod).get('p', { namespace: 'n' }); await cluster.resource(Pod).delete('p', { namespace: namespace! });",
    want: ['*: pods{p} delete', '*: foos delete', 'n: pods{p} get', 'n: foos{a} get'],
  },
  {
    what: 'an object that was read and is replaced',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Foo).replace(one); await cluster.resource(Foo).status.replace({ ...one, status: {} } as never);",
    want: ['*: foos,foos/status update', 'n: foos{a} get'],
  },
  {
    what: 'an object that was read and edited',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Foo).replace(edit(one, (d) => { d.spec.image = 'x'; }));",
    want: ['*: foos update', 'n: foos{a} get'],
  },
  {
    what: 'items of a list that was read',
    code: 'const { items } = await cluster.resource(Foo).list(); for (const one of items) await cluster.resource(Foo).delete(one.metadata.name, { namespace: one.metadata.namespace! }); for (const { metadata } of items) await cluster.resource(Foo).patch(metadata.name, {}, { namespace: metadata.namespace! });',
    want: ['*: foos list,patch,delete'],
  },
  {
    what: 'Promise.all of promises of config',
    code: "declare function conf(): Promise<{ ns?: string }>; const [a, { ns }] = await Promise.all([conf(), conf()]); await cluster.resource(Foo).get('a', { namespace: a.ns! }); await cluster.resource(Pod).get('a', { namespace: ns! });",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'an own async function',
    code: "async function conf(): Promise<{ ns?: string }> { return JSON.parse(text); } const { ns } = await conf(); await cluster.resource(Foo).get('a', { namespace: ns! });",
    want: ['*: foos{a} get'],
  },
  {
    what: 'a promise whose value a callback takes',
    code: "declare function conf(): Promise<{ ns?: string }>; await conf().then(({ ns }) => cluster.resource(Foo).get('a', { namespace: ns! })); await conf().then((c) => cluster.resource(Pod).get('a', { namespace: c.ns! }));",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'a field of a union',
    code: "declare const c: { kind: 'a'; ns: string } | { kind: 'b' }; if (c.kind === 'a') await cluster.resource(Foo).get('a', { namespace: c.ns }); const { ns } = c as { ns?: string }; await cluster.resource(Pod).get('a', { namespace: ns! });",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'a field of an index signature',
    code: "declare const env: Record<string, string>; await cluster.resource(Foo).get('a', { namespace: env['NS']! }); await cluster.resource(Pod).get('a', { namespace: env.NS! }); const { NS } = env; await cluster.resource(Deployment).get('a', { namespace: NS! });",
    want: ['*: pods{a} get', '*: deployments{a} get', '*: foos{a} get'],
  },
  {
    what: 'options of an index signature',
    code: "declare const o: Record<string, string>; await cluster.resource(Foo).get('a', o as { namespace?: string }); await cluster.resource(Pod).get('a', { ...o });",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'options that are unknown',
    code: "declare const o: unknown; declare const p: object; await cluster.resource(Foo).get('a', o as { namespace?: string }); await cluster.resource(Pod).get('a', { ...p });",
    want: ['*: pods{a} get', '*: foos{a} get'],
  },
  {
    what: 'options that say nothing of a namespace',
    code: "declare const o: { timeoutMs: number }; await cluster.resource(Pod).get('a', o);",
    want: ['home: pods{a} get'],
  },
];
