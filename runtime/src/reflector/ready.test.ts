import { describe, expect, it } from 'vitest';
import { codeOf, failure } from '../../../tests/support/kube-failure.js';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  scene,
  thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';

describe('ready', () => {
  it('resolves for everybody who waits, and at once afterwards', async () => {
    const { things, server, settle } = scene();
    const waiting = Promise.all([things.ready(), things.ready(), things.ready({ timeoutMs: 5000 })]);
    await settle();
    server.last.send(bookmark(5, true));
    await waiting;
    await things.ready();
    expect(things.list()).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('says after timeoutMs that the server is not there, and goes on trying', async () => {
    const { things, server, clock, settle } = scene();
    const ready = things.ready({ timeoutMs: 1000 });
    const failed = failure(ready);
    await settle();
    server.last.refuse();
    await clock.advance(1000);
    expect(await failed).toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(
        /things\.test\.example.*1000 ms.*tried.*http:\/\/server.*ECONNREFUSED.*goes on trying/,
      ),
      cause: { code: 'unreachable' },
    });
    expect(server.requests).toHaveLength(2);
    server.last.send(bookmark(5, true));
    await things.ready();
  });

  it('says that the kind is not installed and how to look', async () => {
    const { things, server, clock, settle } = scene();
    const failed = failure(things.ready({ timeoutMs: 1000 }));
    await settle();
    server.last.fail(404, { reason: 'NotFound' });
    await settle();
    server.last.fail(404, { reason: 'NotFound' });
    await clock.advance(1000);
    expect(await failed).toMatchObject({
      code: 'timeout',
      status: 404,
      message: expect.stringMatching(
        /CustomResourceDefinition things\.test\.example.*kubectl get crd things\.test\.example/,
      ),
    });
  });

  it('says which permission is missing', async () => {
    const { things, server, clock, settle } = scene({ streaming: false, namespaces: ['apps'] });
    const failed = failure(things.ready({ timeoutMs: 500 }));
    await settle();
    server.last.fail(403, { reason: 'Forbidden' });
    await clock.advance(500);
    expect(await failed).toMatchObject({
      message: expect.stringMatching(/list.*things\.test\.example.*"apps".*apiGroups.*list and watch/s),
    });
  });

  it('E8: failFast of a namespace looks at that namespace, and of all at each', async () => {
    const { server, settle, reflector } = scene({ streaming: false });
    const things = reflector({ streaming: false, namespaces: ['slow', 'locked'] });
    const slow = things.ready({ namespace: 'slow', failFast: true });
    const locked = codeOf(things.ready({ namespace: 'locked', failFast: true }));
    const all = codeOf(things.ready({ failFast: true }));
    await settle();
    const [first, second] = server.requests;
    first?.refuse();
    second?.fail(403);
    await settle();
    expect([await locked, await all]).toEqual(['forbidden', 'forbidden']);
    await things.stop();
    await expect(slow).rejects.toMatchObject({ code: 'stopped' });
  });

  it('says that nothing went wrong when the server is only slow', async () => {
    const { things, clock } = scene();
    const failed = failure(things.ready({ timeoutMs: 500 }));
    await clock.advance(500);
    expect(await failed).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('more time'),
    });
  });

  it.each([
    [403, 'forbidden'],
    [404, 'not-found'],
    [401, 'unauthorized'],
  ] as const)('E8: failFast rejects at once after %d, and without it waits', async (status, code) => {
    const { things, server, settle } = scene({ streaming: false });
    const fast = codeOf(things.ready({ failFast: true }));
    let slow = 'waits';
    void codeOf(things.ready()).then((result) => (slow = result));
    await settle();
    server.last.fail(status);
    await settle();
    if (status === 401) server.last.fail(status);
    expect(await fast).toBe(code);
    expect(slow).toBe('waits');
    await things.stop();
  });

  it('a signal ends the waiting, not the reflector', async () => {
    const { things, server, settle } = scene();
    const controller = new AbortController();
    const ready = codeOf(things.ready({ signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await ready).toBe('aborted');
    expect(server.open).toHaveLength(1);
    expect(await codeOf(things.ready({ signal: AbortSignal.abort() }))).toBe('aborted');
  });

  it('S11: each namespace is ready by itself, and all of them together', async () => {
    const { server, settle, reflector } = scene();
    const things = reflector({ streaming: false, namespaces: ['apps', 'db'] });
    let all = false;
    void things.ready().then(() => (all = true));
    const apps = things.ready({ namespace: 'apps' });
    await settle();
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/apis/test.example/v1/namespaces/apps/things',
      '/apis/test.example/v1/namespaces/db/things',
    ]);
    server.requests[0]?.answer(listOf(10, [thing('a', 1)]));
    await apps;
    expect(all).toBe(false);
    expect(things.get('a', 'apps')?.metadata.name).toBe('a');
    expect(() => things.get('x', 'db')).toThrow(expect.objectContaining({ code: 'not-synced' }));
    expect(() => things.list()).toThrow(expect.objectContaining({ code: 'not-synced' }));
    server.requests[1]?.answer(listOf(8, [thing('x', 2, { namespace: 'db' })]));
    await settle();
    expect(all).toBe(true);
    expect(things.list()).toHaveLength(2);
    const { status } = things;
    expect(status).toMatchObject({ synced: true, resourceVersion: '8', counts: { objects: 2, added: 2 } });
    expect(status.namespaces).toMatchObject({
      apps: { synced: true, resourceVersion: '10' },
      db: { resourceVersion: '8' },
    });
    expect(await codeOf(things.ready({ namespace: 'else' }))).toBe('usage');
  });

  it('S11: a desync of one namespace leaves the others as they are', async () => {
    const { server, settle, reflector } = scene();
    const things = reflector({ streaming: false, namespaces: ['apps', 'db'] });
    const told: string[] = [];
    things.on('change', (change) =>
      told.push(change.type === 'synced' ? `synced ${change.resourceVersion}` : change.type),
    );
    await settle();
    server.requests[0]?.answer(listOf(10, [thing('a', 1)]));
    server.requests[1]?.answer(listOf(8, [thing('x', 2, { namespace: 'db' })]));
    await settle();
    server.requests[2]?.send(errorEvent(410));
    await settle();
    expect(things.status.namespaces).toMatchObject({ apps: { synced: false }, db: { synced: true } });
    server.last.answer(listOf(20, []));
    await settle();
    expect(told).toEqual(['added', 'added', 'synced 8', 'desynced', 'deleted', 'synced 8']);
    expect(things.list().map(({ metadata }) => metadata.name)).toEqual(['x']);
  });
});

describe('waiting for an object or a version', () => {
  it('waitFor looks after the sync and at each change of the cache', async () => {
    const { things, server, settle } = scene();
    const red = things.waitFor((object) => object?.spec?.color === 'red', { name: 'a', namespace: 'apps' });
    const gone = things.waitFor((object) => object === undefined, { name: 'b', namespace: 'apps' });
    let isGone = false;
    void gone.then(() => (isGone = true));
    await settle();
    server.last.send(added(thing('a', 1, { spec: { color: 'blue' } })), added(thing('b', 2)), bookmark(5, true));
    await settle();
    expect(isGone).toBe(false);
    server.last.send(modified(thing('a', 6, { spec: { color: 'red' } })), deleted(thing('b', 7)));
    expect((await red)?.metadata.resourceVersion).toBe('6');
    expect(await gone).toBeUndefined();
  });

  it('waitFor rejects with what ended the waiting', async () => {
    const { things, clock, server, settle } = scene();
    const never = { name: 'a', namespace: 'apps' };
    const late = codeOf(things.waitFor(() => false, { ...never, timeoutMs: 100 }));
    const broken = (): boolean => JSON.parse('{') as boolean;
    const thrown = codeOf(things.waitFor(broken, never));
    const stopped = codeOf(things.waitFor(() => false, never));
    await settle();
    server.last.send(bookmark(5, true));
    await clock.advance(100);
    expect(await late).toBe('timeout');
    expect(await thrown).toMatch(/SyntaxError/);
    await things.stop();
    expect(await stopped).toBe('stopped');
    expect(await codeOf(things.waitFor(() => true, { name: 'a' }))).toBe('usage');
  });

  it('S7: caughtUp resolves when the cache has seen the version, by an event or a bookmark', async () => {
    const { things, server, settle, clock } = await watchingScene(10, []);
    await things.caughtUp('9');
    await things.caughtUp('10');
    let seen = '';
    void things.caughtUp('15').then(() => (seen = '15'));
    server.last.send(added(thing('a', 14)));
    await settle();
    expect(seen).toBe('');
    server.last.send(bookmark(100));
    await settle();
    expect(seen).toBe('15');
    const late = codeOf(things.caughtUp('999', { timeoutMs: 50 }));
    await clock.advance(50);
    expect(await late).toBe('timeout');
    const stopped = codeOf(things.caughtUp('999'));
    await things.stop();
    expect(await stopped).toBe('stopped');
    expect(await codeOf(things.caughtUp('abc'))).toBe('usage');
  });
});
