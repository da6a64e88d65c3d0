import type { UseRow } from './use-row.js';

/** Objects that the server answered with: they are where the request says. */
export const answerUses: readonly UseRow[] = [
  {
    what: 'an object that was read is replaced',
    code: "const api = cluster.resource(Foo); const one = await api.get('a', { namespace: 'n' }); await api.replace(one); await api.status.replace({ ...one, status: {} } as never);",
    want: ['n: foos{a} get,update', 'n: foos/status{a} update'],
  },
  {
    what: 'an object of the own namespace is replaced',
    code: "const api = cluster.resource(Foo); await api.replace(await api.get('a')); await api.delete((await api.status.get(text)).metadata.name, { namespace: (await api.status.get(text)).metadata.namespace });",
    want: ['home: foos delete', 'home: foos{a} get,update', 'home: foos/status get'],
  },
  {
    what: 'an object that was read, edited or copied',
    code: "declare function structuredClone<T>(one: T): T; const api = cluster.resource(Foo); const one = await api.get(text, { namespace: 'n' }); await api.replace(edit(one, (d) => { d.spec.image = 'x'; d.metadata.finalizers = []; })); await api.replace(structuredClone(one));",
    want: ['n: foos get,update'],
  },
  {
    what: 'an object that was read and written out anew',
    code: "const api = cluster.resource(Foo); const one = await api.get('a', { namespace: 'n' }); await api.replace({ ...one, metadata: { ...one.metadata, labels: {} } });",
    want: ['n: foos{a} get,update'],
  },
  {
    what: 'an object that was read and written out anew, elsewhere',
    code: "const api = cluster.resource(Foo); const one = await api.get('a', { namespace: 'n' }); await api.replace({ ...one, metadata: { ...one.metadata, namespace: 'm' } }); await api.status.replace({ ...one, metadata: foo.metadata });",
    want: ['*: foos/status update', 'm: foos{a} update', 'n: foos{a} get'],
  },
  {
    what: 'the metadata of an object that was read',
    code: "const { metadata: { namespace, name } } = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Pod).delete(name, { namespace }); const { metadata } = await cluster.resource(Foo).get('b', { namespace: 'm' }); await cluster.resource(Deployment).get(`${metadata.name}-x`, { namespace: metadata.namespace });",
    want: ['m: deployments{b-x} get', 'm: foos{b} get', 'n: pods{a} delete', 'n: foos{a} get'],
  },
  {
    what: 'an object that was read, in a callback',
    code: "await cluster.resource(Foo).get('a', { namespace: 'n' }).then(({ metadata: { name, namespace } }) => cluster.resource(Foo).delete(name, { namespace }));",
    want: ['n: foos{a} get,delete'],
  },
  {
    what: 'handlers that are given by their names',
    code: "async function ready({ metadata }: Foo) { await cluster.resource(Foo).status.patch(metadata.name, {}, { namespace: metadata.namespace }); } const gone = (one: Foo, change: object) => cluster.resource(Pod).delete(one.metadata.name, { namespace: one.metadata.namespace }); const r = new FooReflector(cluster, { namespaces: ['n'] }); r.on('added', ready); r.on('deleted', gone); await cluster.resource(Foo).get('a', { namespace: 'm' }).then(ready);",
    want: ['m: foos{a} get', 'm: foos/status{a} patch', 'n: pods delete', 'n: foos list,watch', 'n: foos/status patch'],
  },
  {
    what: 'methods as handlers',
    code: "class Controller { #pods = cluster.resource(Pod); constructor(foos: FooReflector) { foos.on('added', this.made.bind(this)); foos.on('deleted', this.gone); } async made(one: Foo) { await this.#pods.get(one.metadata.name, { namespace: one.metadata.namespace }); } gone = (one: Foo) => { void this.#pods.delete(one.metadata.name, { namespace: one.metadata.namespace }); }; } new Controller(new FooReflector(cluster, { namespaces: ['n'] }));",
    want: ['n: pods get,delete', 'n: foos list,watch'],
  },
  {
    what: 'a handler by its name that somebody else has, too',
    code: "const drop = (one: Foo) => cluster.resource(Pod).delete('a', { namespace: one.metadata.namespace }); new FooReflector(cluster, { namespaces: ['n'] }).on('added', drop); export const handlers = { drop };",
    want: ['*: pods{a} delete', 'n: foos list,watch'],
  },
  {
    what: 'a handler by its name, called by hand, and with more before it',
    code: "function drop(one: Foo) { void cluster.resource(Pod).delete('a', { namespace: one.metadata.namespace }); } drop(await cluster.resource(Foo).get('b', { namespace: 'm' })); declare const bound: (this: void, a: string, one: Foo) => void; const r = new FooReflector(cluster, { namespaces: ['n'] }); r.on('added', bound.bind(undefined, 'a')); r.on('added', drop);",
    want: ['m: pods{a} delete', 'm: foos{b} get', 'n: pods{a} delete', 'n: foos list,watch'],
  },
  {
    what: 'a function by its name that hands itself on',
    code: "function each(list: readonly Foo[]): void { list.map(one); } function one(foo: Foo): void { [foo].forEach(one); void cluster.resource(Pod).list({ namespace: foo.metadata.namespace }); } each((await cluster.resource(Foo).list({ namespace: 'n' })).items);",
    want: ['n: pods list', 'n: foos list'],
  },
  {
    what: 'an object that may not be there, as a promise says',
    code: "const api = cluster.resource(Foo); const gone = (error: unknown): undefined => { if (error === text) return undefined; throw error; }; const one = await api.get('a', { namespace: 'n' }).catch(() => undefined); if (one === undefined) await api.create({ metadata: { name: 'a', namespace: 'n' }, spec: foo.spec }); else await api.replace({ ...one, spec: foo.spec }); const two = await api.get('b', { namespace: 'm' }).catch(gone).finally(() => text); if (two !== undefined) await api.delete('b', { namespace: two.metadata.namespace }); const three = await api.get('c', { namespace: 'k' }).catch(() => foo); await cluster.resource(Pod).list({ namespace: three.metadata.namespace });",
    want: ['*: pods list', 'k: foos{c} get', 'm: foos{b} get,delete', 'n: foos create', 'n: foos{a} get,update'],
  },
  {
    what: 'what was written',
    code: "const api = cluster.resource(Foo); const made = await api.create({ metadata: { name: 'a', namespace: 'n' }, spec: { image: 'x' } } as never); await api.delete(made.metadata.name, { namespace: made.metadata.namespace }); const other = await api.create({ metadata: { generateName: 'a-' }, spec: {} } as never, { namespace: 'm' }); await api.replace(other);",
    want: ['m: foos create,update', 'n: foos create', 'n: foos{a} delete'],
  },
  {
    what: 'what was written again and again',
    code: "const api = cluster.resource(Foo); let one = await api.get('a', { namespace: 'n' }); for (;;) { one = await api.replace(one); one = await api.status.patch(one.metadata.name, {}, { namespace: one.metadata.namespace }); }",
    want: ['n: foos{a} get,update', 'n: foos/status{a} patch'],
  },
  {
    what: 'items of a list',
    code: "const api = cluster.resource(Foo); const { items } = await api.list({ namespace: 'n' }); for (const one of items) await api.replace(one); for (const { metadata: { name, namespace } } of (await api.list({ namespace: 'm' })).items.filter((one) => one.spec.image === 'x')) await api.delete(name, { namespace }); await Promise.all(items.map((one) => api.status.patch(one.metadata.name, {}, { namespace: one.metadata.namespace }))); await api.apply({ metadata: items[0]!.metadata }, { fieldManager: 'x' });",
    want: ['m: foos list,delete', 'n: foos list,create,update,patch', 'n: foos/status patch'],
  },
  {
    what: 'items of a list of all',
    code: 'const api = cluster.resource(Foo); for (const one of (await api.list()).items) await api.replace(one);',
    want: ['*: foos list,update'],
  },
  {
    what: 'pages and a watch',
    code: "const api = cluster.resource(Foo); for await (const { items } of api.listPages({ namespace: 'n' })) for (const one of items) await api.replace(one); for await (const event of api.watch({ namespace: 'n' })) if (event.type === 'ADDED') await api.status.replace(event.object);",
    want: ['n: foos list,watch,update', 'n: foos/status update'],
  },
  {
    what: 'an object of a reflector, by name and namespace',
    code: "const r = new FooReflector(cluster); const one = r.get('a', 'n'); if (one !== undefined) await cluster.resource(Foo).replace(one); await cluster.resource(Foo).delete('x', { namespace: r.get(text, 'm')!.metadata.namespace });",
    want: ['*: foos list,watch', 'm: foos{x} delete', 'n: foos{a} update'],
  },
  {
    what: 'an object that may not be there',
    code: "const r = new FooReflector(cluster); const one = r.get('a', 'n'); await cluster.resource(Pod).list({ namespace: one?.metadata.namespace as string });",
    want: ['*: pods list', '*: foos list,watch'],
  },
  {
    what: 'an object that may be gone',
    code: "const one = await cluster.resource(Foo).delete('a', { namespace: 'n' }); await cluster.resource(Pod).list({ namespace: (one && one.metadata.namespace) as string });",
    want: ['*: pods list', 'n: foos{a} delete'],
  },
  {
    what: 'an object that was looked for and is there',
    code: "async function find() { try { return await cluster.resource(Foo).get('a', { namespace: 'n' }); } catch { return undefined; } } const one = await find(); if (one !== undefined) { await cluster.resource(Foo).replace(one); await cluster.resource(Pod).delete('x', { namespace: one.metadata.namespace }); const { metadata: { namespace } } = one; await cluster.resource(Deployment).delete('x', { namespace }); }",
    want: ['n: pods{x} delete', 'n: deployments{x} delete', 'n: foos{a} get,update'],
  },
  {
    what: 'an object that was looked for and may not be there',
    code: "async function find() { try { return await cluster.resource(Foo).get('a', { namespace: 'n' }); } catch { return undefined; } } const one = await find(); await cluster.resource(Pod).list({ namespace: one?.metadata.namespace as string }); const { metadata } = one ?? ({} as Partial<Foo>); await cluster.resource(Deployment).list({ namespace: metadata?.namespace as string });",
    want: ['*: pods list', '*: deployments list', 'n: foos{a} get'],
  },
  {
    what: 'an object that a list may not have',
    code: "const { items } = await cluster.resource(Foo).list({ namespace: 'n' }); await cluster.resource(Pod).list({ namespace: items[0]?.metadata.namespace as string }); await cluster.resource(Deployment).list({ namespace: items.find(({ spec }) => spec.image === 'x')?.metadata.namespace ?? 'm' });",
    want: ['*: pods list', 'm: deployments list', 'n: deployments list', 'n: foos list'],
  },
  {
    what: 'objects of what a class is for',
    code: "class Op<T extends KubernetesObject> { constructor(readonly api: Client<T, any, 'Namespaced'>, readonly r: Reflector<T, {}, 'Namespaced'>) {} run() { for (const { metadata } of this.r.list()) void this.api.delete(metadata.name, { namespace: metadata.namespace! }); } } new Op<Foo>(cluster.resource(Foo), new FooReflector(cluster, { namespaces: ['n'] })).run(); new Op<Pod>(cluster.resource(Pod), new PodReflector(cluster, { namespaces: ['m'] })).run();",
    want: ['m: pods list,watch,delete', 'n: foos list,watch,delete'],
  },
  {
    what: 'what a client answers that comes from elsewhere',
    code: "export async function lib(api: ResourceClient<typeof Foo>) { await api.replace(await api.get('a', { namespace: 'n' })); } export async function other(c: Cluster) { const api = c.resource(Foo); await api.status.replace(await api.get('a', { namespace: 'm' })); }",
    want: ['*: foos update', 'm: foos{a} get', 'm: foos/status{a} update', 'n: foos{a} get'],
  },
  {
    what: 'an object by a key, of a reflector of one namespace',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); const [namespace = '', name = ''] = text.split('/'); const one = r.get(name, namespace); if (one !== undefined) { await cluster.resource(Foo).replace(one); await cluster.resource(Foo).status.patch(name, {}, { namespace }); }",
    want: ['*: foos/status patch', 'n: foos list,watch,update'],
  },
  {
    what: 'objects of a reflector of one namespace',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); for (const one of r.list()) await cluster.resource(Foo).replace(one); const one = r.get(text, text)!; await cluster.resource(Foo).status.replace(one); for (const one of r.read().values()) await cluster.resource(Foo).delete(one.metadata.name, { namespace: one.metadata.namespace });",
    want: ['n: foos list,watch,update,delete', 'n: foos/status update'],
  },
  {
    what: 'objects of a reflector in one of its namespaces',
    code: "const r = new FooReflector(cluster); for (const { metadata } of r.list({ namespace: 'n' })) await cluster.resource(Foo).delete(metadata.name, { namespace: metadata.namespace });",
    want: ['*: foos list,watch', 'n: foos delete'],
  },
  {
    what: 'handlers of a reflector of two namespaces',
    code: "const r = new FooReflector(cluster, { namespaces: ['m', 'n'] }); r.on('updated', (now, was) => { void cluster.resource(Foo).status.patch(now.metadata.name, {}, { namespace: now.metadata.namespace }); void cluster.resource(Pod).delete(was.metadata.name, { namespace: was.metadata.namespace }); }); r.on('change', (change) => { if (change.type === 'deleted') void cluster.resource(Deployment).delete(text, { namespace: change.previous.metadata.namespace }); });",
    want: [
      'm: pods delete',
      'm: deployments delete',
      'm: foos list,watch',
      'm: foos/status patch',
      'n: pods delete',
      'n: deployments delete',
      'n: foos list,watch',
      'n: foos/status patch',
    ],
  },
  {
    what: 'objects of two reflectors in one list',
    code: "const a = new FooReflector(cluster, { namespaces: ['n'] }); const b = new FooReflector(cluster, { namespaces: ['m'] }); for (const one of [...a.list(), ...b.list()]) await cluster.resource(Foo).replace(one); for (const one of [...a.list(), foo]) await cluster.resource(Foo).status.replace(one);",
    want: ['*: foos/status update', 'm: foos list,watch,update', 'n: foos list,watch,update'],
  },
  {
    what: 'changes of a reflector',
    code: "const r = new FooReflector(cluster, { namespaces: ['n'] }); for await (const change of r.changes()) { if (change.type !== 'added') continue; const { object: { metadata: { name, namespace } } } = change; await cluster.resource(Foo).patch(name, {}, { namespace }); }",
    want: ['n: foos list,watch,patch'],
  },
  {
    what: 'objects that go to functions and methods',
    code: "class Op { readonly #foos: FooReflector; constructor(foos: FooReflector) { this.#foos = foos; } run() { this.#foos.on('added', (one) => this.#see(one)); } async #see(one: Foo) { await write(one); } } async function write({ metadata: { name, namespace } }: Foo) { await cluster.resource(Foo).patch(name, {}, { namespace }); } new Op(new FooReflector(cluster, { namespaces: ['n'] })).run();",
    want: ['n: foos list,watch,patch'],
  },
  {
    what: 'an object that a function reads',
    code: "async function read(ns: string) { return cluster.resource(Foo).get(text, { namespace: ns }); } await cluster.resource(Foo).replace(await read('n')); await cluster.resource(Foo).status.replace(await read(text));",
    want: ['*: foos get', '*: foos/status update', 'n: foos update'],
  },
  {
    what: 'an object of a kind without namespaces',
    code: "const one = await cluster.resource(Node).get('a'); await cluster.resource(Pod).list({ namespace: one.metadata.namespace as string });",
    want: ['*: nodes{a} get', '*: pods list'],
  },
  {
    what: 'another name inside of an object',
    code: "const one = await cluster.resource(Pod).get('a', { namespace: 'n' }); await cluster.resource(Foo).delete(one.metadata.ownerReferences![0]!.name, { namespace: one.spec.volumes![0]!.name });",
    want: ['*: foos delete', 'n: pods{a} get'],
  },
  {
    what: 'a variable of a loop that becomes another object',
    code: "for (let one of (await cluster.resource(Foo).list({ namespace: 'n' })).items) { one = foo; await cluster.resource(Foo).replace(one); }",
    want: ['*: foos update', 'n: foos list'],
  },
];

/** Each in a project of its own, since what is set anywhere counts for all objects. */
export const changedAnswers: readonly UseRow[] = [
  {
    what: 'a client or a class that answers with something else',
    code: "const api = cluster.resource(Foo); const other: Pick<typeof api, 'get'> = { get: (name) => api.get(name, { namespace: 'm' }) }; await api.replace(await other.get('a', { namespace: 'n' })); class R extends FooReflector { override list() { return [foo]; } } const r: FooReflector = new R(cluster, { namespaces: ['n'] }); for (const one of r.list()) await api.status.replace(one);",
    want: ['*: foos,foos/status update', 'm: foos{a} get', 'n: foos list,watch'],
    says: ['which resource `get` is for cannot be followed'],
  },
  {
    what: 'a list that gets more objects',
    code: "const all = (await cluster.resource(Pod).list({ namespace: 'n' })).items; all.push(...(await cluster.resource(Pod).list({ namespace: 'm' })).items); for (const one of all) await cluster.resource(Pod).replace(one);",
    want: ['*: pods update', 'm: pods list', 'n: pods list'],
  },
  {
    what: 'a draft that is put elsewhere',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Foo).replace(edit(one, (d) => { d.metadata.namespace = 'm'; }));",
    want: ['*: foos{a} update', 'n: foos{a} get'],
  },
  {
    what: 'metadata that are set',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); await cluster.resource(Foo).replace(edit(one, (d) => { d.metadata = foo.metadata; }));",
    want: ['*: foos update', 'n: foos{a} get'],
  },
  {
    what: 'metadata that are set as any',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); (one.metadata as any)['name'] = text; await cluster.resource(Foo).replace(one);",
    want: ['n: foos update', 'n: foos{a} get'],
  },
  {
    what: 'metadata that are set under a type with more in it',
    code: "interface Other { metadata: { name: string; namespace?: string; selfLink?: string } } const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); (one as Other).metadata.namespace = 'm'; await cluster.resource(Foo).replace(one);",
    want: ['*: foos{a} update', 'n: foos{a} get'],
  },
  {
    what: 'metadata that are set as those of a class',
    code: "class Other { metadata?: { name: string; namespace: string }; more?: string } const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); (one as unknown as Other).metadata = { name: 'b', namespace: 'm' }; await cluster.resource(Foo).replace(one);",
    want: ['*: foos update', 'n: foos{a} get'],
  },
  {
    what: 'metadata that are filled in',
    code: "const one = await cluster.resource(Foo).get('a', { namespace: 'n' }); const { metadata } = one; Object.assign(metadata, { namespace: text }); await cluster.resource(Foo).replace(one);",
    want: ['*: foos update', 'n: foos{a} get'],
  },
  {
    what: 'a list of the server that is held as another one, and gets more',
    code: "class Held { items: Foo[] = []; } const held = new Held(); const all = new FooReflector(cluster, { namespaces: ['n'] }).list(); held.items = all; held.items.push(foo); for (const one of all) await cluster.resource(Foo).replace(one);",
    want: ['*: foos update', 'n: foos list,watch'],
  },
  {
    what: 'a list of the server whose elements are replaced by their keys',
    code: "const { items } = await cluster.resource(Foo).list({ namespace: 'n' }); for (const i in items) items[i] = foo; for (const one of items) await cluster.resource(Foo).replace(one);",
    want: ['*: foos update', 'n: foos list'],
  },
  {
    what: 'fields of the same name in something else',
    code: "class Named { name = ''; namespace = ''; constructor() { this.name = text; } } const o: { name?: string; port?: number } = {}; o.name = text; const all: Foo[] = []; for (const one of (await cluster.resource(Foo).list({ namespace: 'n' })).items) all.push(one); await cluster.resource(Foo).replace(await cluster.resource(Foo).get('a', { namespace: 'n' })); export { Named };",
    want: ['n: foos list', 'n: foos{a} get,update'],
  },
];
