import { describe, expect, it, vi } from 'vitest';
import {
  added,
  bookmark,
  errorEvent,
  listOf,
  scene,
  type Scene,
  thing,
  Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import { startApiServer } from '../testing/api-server.js';
import { Reflector } from './reflector.js';

/** What became of a promise so far. */
function follow(promise: Promise<unknown>): { is: string } {
  const outcome = { is: 'waiting' };
  promise.then(
    () => (outcome.is = 'resolved'),
    (error: { readonly code?: string; readonly message: string }) => (outcome.is = `${error.code}: ${error.message}`),
  );
  return outcome;
}

/** The second request of a look ahead, opened, after the first one was answered. */
async function shortWatch({ server, settle }: Scene, newest: number): Promise<Scene['server']['last']> {
  expect(server.last.told).toBe('probe');
  server.last.answer(listOf(newest, [thing('any', 1)], 'more'));
  await settle();
  return server.last.open();
}

describe('caughtUp of a version that brings no event here', () => {
  it('S7: asks the server after a second, and resolves when it says that nothing is missing', async () => {
    const scene = await watchingScene(10, [thing('a', 1)]);
    const { things, server, settle, clock } = scene;
    const main = server.last;
    const outcome = follow(things.caughtUp('15'));
    await clock.advance(999);
    expect(server.told).toEqual(['list', 'watch 10']);
    await clock.advance(1);
    const short = await shortWatch(scene, 20);
    expect(server.told).toEqual(['list', 'watch 10', 'probe', 'watch 10']);
    expect(Object.fromEntries(short.query)).toEqual({
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: '10',
      timeoutSeconds: '3',
    });
    expect(short.headers['accept']).toContain('as=PartialObjectMetadata;');
    await settle();
    expect(outcome.is).toBe('waiting');
    short.send(bookmark(20));
    await settle();
    expect(outcome.is).toBe('resolved');
    expect([short.signal.aborted, main.signal.aborted, things.status.resourceVersion]).toEqual([true, false, '20']);
    await clock.advance(60_000);
    expect(server.requests).toHaveLength(4);
  });

  it('S7: does not believe it before its own watch has told the last event that there was', async () => {
    const scene = await watchingScene(10, []);
    const { things, server, settle, clock } = scene;
    const main = server.last;
    const outcome = follow(things.caughtUp('15'));
    await clock.advance(1000);
    let short = await shortWatch(scene, 20);
    short.send(added(thing('a', 14)), bookmark(20));
    await settle();
    expect([outcome.is, things.status.resourceVersion, things.list()]).toEqual(['waiting', '10', []]);
    main.send(added(thing('a', 14)));
    await settle();
    expect(outcome.is).toBe('waiting');
    await clock.advance(2000);
    short = await shortWatch(scene, 20);
    expect(short.told).toBe('watch 14');
    short.send(bookmark(20));
    await settle();
    expect(outcome.is).toBe('resolved');
  });

  it('S7: says in the end that the cache is not complete, where the server has said nothing at all', async () => {
    const { things, clock } = scene({ streaming: false });
    const outcome = follow(things.caughtUp('15', { timeoutMs: 1000 }));
    await clock.advance(1000);
    expect(outcome.is).toBe(
      'timeout: version 15 of things.test.example did not come within 1000 ms. The cache is not complete yet',
    );
  });

  it('S7: keeps asking, ever more seldom, while the server has not come there, and says so in the end', async () => {
    const { things, server, clock } = await watchingScene(10, []);
    const outcome = follow(things.caughtUp('1000', { timeoutMs: 200_000 }));
    for (let second = 0; second < 200; second++) {
      await clock.advance(1000);
      if (server.last.told === 'probe' && !server.last.ended) server.last.answer(listOf(20, []));
    }
    expect(outcome.is).toBe(
      'timeout: version 1000 of things.test.example did not come within 200000 ms. The cache is at 10. It is in touch with the server: is it a version that this server gave?',
    );
    // After 1, 2, 4, 8, 16 and then 30 s each.
    expect(server.told.slice(2)).toEqual(Array.from({ length: 10 }, () => 'probe'));
    await clock.advance(35_000);
    expect(server.requests).toHaveLength(12);
  });

  it.each<[what: string, answer: (scene: Scene) => Promise<void>]>([
    ['the list is refused', async ({ server }) => Promise.resolve(server.last.fail(403))],
    ['the server is away', async ({ server }) => Promise.resolve(server.last.refuse())],
    ['the list is no list', async ({ server }) => Promise.resolve(server.last.answer('<html>'))],
    ['the watch is expired', async (scene) => (await shortWatch(scene, 20)).send(errorEvent(410, 'Expired'))],
    ['the watch is no watch', async (scene) => (await shortWatch(scene, 20)).raw('<html>\n')],
    ['the watch is cut', async (scene) => (await shortWatch(scene, 20)).break()],
    ['the watch has no bookmark', async (scene) => (await shortWatch(scene, 20)).end()],
    ['the watch goes silent', async (scene) => void (await shortWatch(scene, 20))],
  ])('S7: when %s it asks again, and the cache goes on', async (_what, answer) => {
    const scene = await watchingScene(10, []);
    const { things, server, settle, clock } = scene;
    const main = server.last;
    const outcome = follow(things.caughtUp('15'));
    await clock.advance(1000);
    await answer(scene);
    await settle();
    const asked = server.requests.length;
    while (server.requests.length === asked) await clock.advance(1000);
    const short = await shortWatch(scene, 20);
    short.send(bookmark(20));
    await settle();
    expect(outcome.is).toBe('resolved');
    expect(things.status).toMatchObject({
      live: true,
      failures: 0,
      counts: { relists: 0, reconnects: 0, anomalies: 0 },
    });
    expect(main.signal.aborted).toBe(false);
  });

  it('S7: many who wait make one question, and nobody who waits makes none', async () => {
    const scene = await watchingScene(10, []);
    const { things, server, settle, clock } = scene;
    const outcomes = ['15', '18', '20', '99'].map((version) => follow(things.caughtUp(version, { timeoutMs: 1500 })));
    await clock.advance(1000);
    (await shortWatch(scene, 20)).send(bookmark(19), bookmark(20));
    await settle();
    expect(outcomes.map(({ is }) => is)).toEqual(['resolved', 'resolved', 'resolved', 'waiting']);
    await clock.advance(200_000);
    expect(server.requests.filter(({ told }) => told === 'probe')).toHaveLength(1);
  });

  it('D2: stop ends the question in the same tick, and so does an aborted signal', async () => {
    for (const stop of ['stop', 'signal'] as const) {
      const controller = new AbortController();
      const scene = await watchingScene(10, []);
      const { things, server, clock, settle } = scene;
      const outcome = follow(things.caughtUp('15', { signal: controller.signal }));
      await clock.advance(1000);
      const short = await shortWatch(scene, 20);
      if (stop === 'stop') void things.stop();
      else controller.abort();
      await settle();
      expect(short.signal.aborted).toBe(true);
      expect(outcome.is).toMatch(stop === 'stop' ? /^stopped/ : /^aborted/);
      short.send(bookmark(20));
      await clock.advance(60_000);
      expect(things.status.resourceVersion).toBe('10');
      expect(server.requests.filter(({ told }) => told === 'probe')).toHaveLength(1);
      await things.stop();
      expect(clock.pending).toBe(0);
    }
  });

  it('asks about each of many namespaces, and the platform has nothing to warn of', async () => {
    const warned = vi.spyOn(process, 'emitWarning');
    const namespaces = Array.from({ length: 15 }, (_, n) => `ns-${n}`);
    const { things, server, settle, clock } = scene({ streaming: false, namespaces });
    things.start();
    // Four list at once.
    for (const _each of namespaces) {
      await settle();
      const list = server.open.find(({ told }) => told === 'list');
      list?.answer(listOf(list.path.includes('/ns-3/') ? 50 : 10, []));
    }
    await settle();
    for (const watch of server.open) watch.open();
    await settle();
    const outcome = follow(things.caughtUp('15'));
    await clock.advance(1000);
    const probes = server.open.filter(({ told }) => told === 'probe');
    const behind = namespaces.filter((each) => each !== 'ns-3');
    expect(new Set(probes.map(({ path }) => path.split('/')[5]))).toEqual(new Set(behind));
    for (const probe of probes) probe.answer(listOf(20, []));
    await settle();
    const short = server.open.filter(({ query }) => query.get('timeoutSeconds') === '3');
    for (const watch of short) watch.send(bookmark(20));
    await settle();
    expect(outcome.is).toBe('resolved');
    await things.stop();
    expect(warned.mock.calls.map(String)).toEqual([]);
    warned.mockRestore();
  });

  it('S11: a write in one namespace is caught up with in the others, where it is no event', async () => {
    await using api = await startApiServer({ kinds: [Thing], bookmarkEveryMs: 60_000 });
    const cluster = await api.connect();
    const things = new Reflector(cluster, Thing, { namespaces: ['apps', 'more'], labelSelector: 'app=web' });
    await things.ready({ timeoutMs: 10_000 });
    const path = '/apis/test.example/v1/namespaces/apps/things';
    const write = (app: string): Promise<Thing> => {
      const body = { apiVersion: 'test.example/v1', kind: 'Thing', metadata: { name: app, labels: { app } } };
      return cluster.request({ method: 'POST', path, body });
    };
    await write('web');
    const unseen = await write('db');
    await things.caughtUp(unseen.metadata.resourceVersion, { timeoutMs: 10_000 });
    expect(things.list().map(({ metadata }) => metadata.name)).toEqual(['web']);
    expect(things.status.counts).toMatchObject({ relists: 0, reconnects: 0 });
    await cluster.close();
  });
});
