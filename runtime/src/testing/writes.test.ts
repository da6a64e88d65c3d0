import { describe, expect, it } from 'vitest';
import { openWatchProbe, probe, type ProbeAnswer, type ProbeRequest } from '../../../tests/support/api-probe.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import { Foo } from '../../../tests/support/foo-client.js';
import type { ApiServer } from './api-server.js';

const foos = '/apis/example.dev/v1/namespaces/apps/foos';
const web = `${foos}/web`;

const foo = (name: string): Readonly<Record<string, unknown>> & { metadata: object } => ({
  apiVersion: 'example.dev/v1',
  kind: 'Foo',
  metadata: { name },
  spec: { size: 1 },
});

interface Scene {
  readonly server: ApiServer;
  send(request: Partial<ProbeRequest>): Promise<ProbeAnswer>;
  /** Reads the object, changes it by hand, and puts it back. */
  put(change: (object: { metadata: object }) => object, path?: string): Promise<ProbeAnswer>;
  patch(patch: unknown, o?: { path?: string; type?: string }): Promise<ProbeAnswer>;
}

async function scene(body: object = foo('web')): Promise<Scene> {
  const server = await embeddedServer({ kinds: [Foo] });
  const send = (request: Partial<ProbeRequest>): Promise<ProbeAnswer> => probe(server, { path: web, ...request });
  expect((await send({ path: foos, body })).status).toBe(201);
  return {
    server,
    send,
    put: async (change, path = web) => send({ method: 'PUT', path, body: change((await send({})).body) }),
    patch: (patch, { path = web, type = 'merge-patch' } = {}) =>
      send({ method: 'PATCH', path, body: patch, headers: { 'content-type': `application/${type}+json` } }),
  };
}

const withMeta = (object: { metadata?: object }, metadata: object): object => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});

describe('a write to the embedded API server', () => {
  it('counts a new generation when what is wanted changes, and none for metadata or status', async () => {
    const { put, patch } = await scene();
    expect((await put((object) => withMeta(object, { labels: { a: 'b' } }))).body.metadata.generation).toBe(1);
    expect((await patch({ spec: { size: 2 } })).body.metadata.generation).toBe(2);
    const { body } = await patch({ status: { ready: true }, spec: { size: 9 } }, { path: `${web}/status` });
    expect([body.metadata.generation, body.spec.size, body.status]).toEqual([2, 2, { ready: true }]);
    expect((await patch({ status: { ready: false } })).body.status).toEqual({ ready: true });
  });

  it('of a status needs nothing else of the object', async () => {
    const { put } = await scene();
    const alone = await put(
      ({ metadata }) => ({ ...foo('web'), metadata, spec: undefined, status: { a: 1 } }),
      `${web}/status`,
    );
    expect([alone.status, alone.body.spec, alone.body.status]).toEqual([200, { size: 1 }, { a: 1 }]);
  });

  it('that changes nothing keeps the version', async () => {
    const { send, put } = await scene();
    const before = (await send({})).body.metadata.resourceVersion;
    expect((await put((object) => object)).body.metadata.resourceVersion).toBe(before);
  });

  it('of an older version, or of another object of the name, is a conflict', async () => {
    const { put } = await scene();
    const stale = await put((object) => withMeta(object, { resourceVersion: '1' }));
    const other = await put((object) => withMeta(object, { uid: 'x' }));
    for (const { status, body } of [stale, other]) expect([status, body.reason]).toEqual([409, 'Conflict']);
    expect((await put((object) => withMeta(object, { resourceVersion: '' }))).status).toBe(422);
    expect((await put((object) => withMeta(object, { name: 'db' }))).status).toBe(400);
  });

  it('cannot set what is the server’s own', async () => {
    const { send, patch } = await scene();
    const { creationTimestamp, uid, generation } = (await send({})).body.metadata;
    const own = { creationTimestamp: '2000-01-01T00:00:00Z', generation: 7, deletionTimestamp: '2000-01-01T00:00:00Z' };
    const { metadata } = (await patch({ metadata: { ...own, labels: { a: 'b' } } })).body;
    expect(metadata).toMatchObject({ creationTimestamp, uid, generation, labels: { a: 'b' } });
    expect(metadata).not.toHaveProperty('deletionTimestamp');
  });

  it('with dryRun is answered and not done', async () => {
    const { send } = await scene();
    const body = { ...foo('web'), ...withMeta((await send({})).body, { labels: { a: 'b' } }) };
    const put = await send({ method: 'PUT', path: `${web}?dryRun=All`, body });
    expect([put.status, put.body.metadata.labels]).toEqual([200, { a: 'b' }]);
    expect((await send({ method: 'DELETE', path: `${web}?dryRun=All` })).status).toBe(200);
    expect((await send({})).body.metadata.labels).toBeUndefined();
    expect((await send({ path: `${web}?dryRun=Some`, method: 'DELETE' })).status).toBe(422);
  });

  it.each([
    [[{ op: 'test', path: '/spec/size', value: 2 }], 422],
    [[{ op: 'remove', path: '/spec/constructor' }], 422],
    [[{ op: 'add', path: '/spec/constructor/x', value: 1 }], 422],
    [[{ op: 'add', path: 'spec', value: 1 }], 400],
    [{ op: 'add' }, 400],
  ])('a JSON patch that cannot be done is refused: %j', async (patch, status) => {
    const { patch: send, send: read } = await scene();
    expect((await send(patch, { type: 'json-patch' })).status).toBe(status);
    expect((await read({})).body.spec).toEqual({ size: 1 });
  });

  it('to a subresource that the kind does not have is a 404, unlike one that it has', async () => {
    const { send } = await scene();
    expect((await send({ path: `${web}/log` })).status).toBe(404);
    expect((await send({ path: `${web}/scale` })).body.spec).toEqual({ replicas: 1 });
  });
});

describe('a delete', () => {
  it('waits for finalizers, takes no new ones, and happens with the last', async () => {
    const { server, send, put, patch } = await scene();
    expect((await put((object) => withMeta(object, { finalizers: ['example.dev/a'] }))).status).toBe(200);
    const watch = await openWatchProbe(
      server,
      `${foos}?watch=1&resourceVersion=${(await send({})).body.metadata.resourceVersion}`,
    );
    const deleted = await send({ method: 'DELETE' });
    expect([deleted.status, typeof deleted.body.metadata.deletionTimestamp]).toEqual([200, 'string']);
    const again = await send({ method: 'DELETE' });
    expect(again.body.metadata.resourceVersion).toBe(deleted.body.metadata.resourceVersion);
    const more = await patch({ metadata: { finalizers: ['example.dev/a', 'example.dev/b'] } });
    expect([more.status, more.body.message]).toEqual([422, expect.stringContaining('found new finalizers')]);
    expect((await patch({ metadata: { finalizers: [] } })).status).toBe(200);
    expect((await send({})).status).toBe(404);
    const types = [await watch.next(), await watch.next()].map((event) =>
      typeof event === 'string' ? event : event.type,
    );
    expect(types).toEqual(['MODIFIED', 'DELETED']);
    watch.close();
  });

  it('with preconditions is done when they hold', async () => {
    const { send } = await scene();
    const { uid, resourceVersion } = (await send({})).body.metadata;
    const wrong = [{ uid: 'x' }, { resourceVersion: '1' }];
    for (const preconditions of wrong) {
      expect((await send({ method: 'DELETE', body: { preconditions } })).status).toBe(409);
    }
    expect((await send({ method: 'DELETE', body: [] })).status).toBe(400);
    expect((await send({ method: 'DELETE', body: { preconditions: { uid, resourceVersion } } })).status).toBe(200);
    expect((await send({})).status).toBe(404);
  });

  it('of a collection takes what its selectors name', async () => {
    const { send } = await scene();
    await send({ path: foos, body: withMeta(foo('db'), { labels: { a: 'b' } }) });
    await send({ method: 'DELETE', path: `${foos}?labelSelector=a%3Db` });
    const { items } = (await send({ path: foos })).body;
    expect(items.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual(['web']);
  });
});

describe('the pages of a namespace', () => {
  it('hold nothing of its neighbours', async () => {
    const { send } = await scene();
    for (const [namespace, name] of [
      ['app', 'a'],
      ['apps', 'aaa'],
      ['apps', 'zzz'],
      ['apps-2', 'a'],
    ] as const) {
      const path = foos.replace('/apps/', `/${namespace}/`);
      expect((await send({ path, body: foo(name) })).status).toBe(201);
    }
    const names: string[] = [];
    for (let token = '', pages = 0; pages === 0 || token !== ''; pages++) {
      const { body } = await send({ path: `${foos}?limit=1&continue=${token}` });
      names.push(...body.items.map(({ metadata }: { metadata: { name: string } }) => metadata.name));
      token = body.metadata.continue;
    }
    expect(names).toEqual(['aaa', 'web', 'zzz']);
    expect((await send({ path: `${foos}?continue=bm9uZQ` })).status).toBe(400);
    for (const limit of ['1x', 'x1', '-1']) expect((await send({ path: `${foos}?limit=${limit}` })).status).toBe(400);
  });
});
