import { describe, expect, it, vi } from 'vitest';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  Planet,
  scene,
  thing,
  Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import { createCluster } from '../client/create-cluster.js';
import { isKubeError } from '../errors.js';
import { metrics } from '../metrics.js';
import type { Change } from '../subscribe/change.js';
import { Reflector } from './reflector.js';
import type { ReflectorStatus } from './status.js';

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'resolved';
  } catch (error) {
    return isKubeError(error) ? error.code : String(error);
  }
}

/** The error of a promise that rejects. */
function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it resolved');
    },
    (error: unknown) => error,
  );
}

describe('making one', () => {
  it('makes no request and sets no timer before it is started', async () => {
    const { server, clock, settle, things } = scene({ indexes: {} });
    await settle();
    expect(server.requests).toHaveLength(0);
    expect(clock.pending).toBe(0);
    expect(things.status).toMatchObject({
      phase: 'idle',
      synced: false,
      live: false,
      resourceVersion: '',
      failures: 0,
    });
  });

  it.each([
    [{ labelSelector: 'app in (' }, 'label'],
    [{ namespaces: [] }, 'namespaces'],
    [{ namespaces: [''] }, 'namespaces'],
    [{ namespaces: 'apps' }, 'namespaces'],
    [{ namespaces: ['a/b'] }, 'namespaces'],
    [{ initial: 'newest' }, 'initial'],
    [{ freeze: 'yes' }, 'freeze'],
    [{ transform: 'x' }, 'transform'],
    [{ indexes: { a: 1 } }, 'indexes.a'],
    [{ maxLineBytes: 0 }, 'maxLineBytes'],
    [{ graceMs: -1 }, 'graceMs'],
  ])('refuses %j and names the option', (options, name) => {
    // What JavaScript users can do, and the types forbid.
    expect(() => scene(options as never)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(name) }),
    );
  });

  it('refuses namespaces for a cluster-scoped kind', () => {
    const { cluster } = scene();
    expect(() => new Reflector(cluster, Planet, { namespaces: ['a'] as never })).toThrow(/cluster-scoped/);
  });
});

describe('reads', () => {
  it('S1: keys are namespace/name, or the name alone for a cluster-scoped kind, which ignores a namespace', async () => {
    const { things, cluster, server, settle } = await watchingScene(10, [thing('a', 1)]);
    expect([...things.read().keys()]).toEqual(['apps/a']);
    const planets = new Reflector(cluster, Planet, { streaming: false });
    planets.start();
    await settle();
    const { namespace: _n, ...metadata } = thing('mars', 1)['metadata'] as Record<string, unknown>;
    server.last.answer(listOf(5, [{ metadata }]));
    await settle();
    expect([...planets.read().keys()]).toEqual(['mars']);
    const get = planets.get.bind(planets) as (name: string, namespace?: string) => unknown;
    expect(get('mars', 'somewhere')).toBe(planets.get('mars'));
    expect(planets.list({ namespace: 'somewhere' } as {})).toHaveLength(1);
  });

  it('get without a namespace of a namespaced kind is a usage error', async () => {
    const { things } = await watchingScene(10, [thing('a', 1)]);
    const get = things.get.bind(things) as (name: string, namespace?: string) => unknown;
    expect(() => get('a')).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('namespace') }),
    );
    expect(() => get('', 'apps')).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('S2: a list is a snapshot', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const list = things.list();
    server.last.send(added(thing('b', 11)));
    await settle();
    expect(list).toHaveLength(1);
    expect(things.list()).toHaveLength(2);
  });

  it('S3: reads before the first sync throw, unless allowUnsynced', async () => {
    const { things, reflector } = scene();
    for (const read of [
      () => things.get('a', 'apps'),
      () => things.list(),
      () => things.read(),
      () => things.by('x' as never, 1 as never),
    ]) {
      expect(read).toThrow(expect.objectContaining({ code: 'not-synced' }));
    }
    const late = things.addIndex('color', ({ spec }) => spec?.color);
    expect(() => late.by('red')).toThrow(expect.objectContaining({ code: 'not-synced' }));
    const early = reflector({ allowUnsynced: true, indexes: { color: ({ spec }) => spec?.color } });
    expect(early.get('a', 'apps')).toBeUndefined();
    expect(early.list()).toEqual([]);
    expect(early.by('color', 'red')).toEqual([]);
    expect(early.read().size).toBe(0);
  });

  it('S4, S5: indexes follow updates, and those that are added late are complete', async () => {
    const red = { spec: { color: 'red', tags: ['x', 'y'] } };
    const { server, settle, cluster } = scene();
    const things = new Reflector(cluster, Thing, { streaming: false, indexes: { tag: ({ spec }) => spec?.tags } });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1, red)]));
    await settle();
    const color = things.addIndex('color', ({ spec }) => spec?.color);
    expect(things.by('tag', 'y')).toHaveLength(1);
    expect(color.by('red')).toHaveLength(1);
    server.last.send(modified(thing('a', 11, { spec: { color: 'blue', tags: ['y'] } })));
    await settle();
    expect(
      [things.by('tag', 'x'), things.by('tag', 'y'), color.by('red'), color.by('blue')].map((found) => found.length),
    ).toEqual([0, 1, 0, 1]);
    expect(() => things.addIndex('tag', () => 1)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('S5: a throwing index function is counted, and the watch lives', async () => {
    const { cluster, server, settle } = scene();
    const things = new Reflector(cluster, Thing, {
      streaming: false,
      indexes: {
        color: ({ spec }) => {
          if (spec === undefined) throw new Error('no spec');
          return spec.color;
        },
      },
    });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1), thing('b', 2, { spec: { color: 'red' } })]));
    await settle();
    expect(things.by('color', 'red')).toHaveLength(1);
    expect(things.list()).toHaveLength(2);
    expect(things.status).toMatchObject({ counts: { anomalies: 1 }, phase: 'watching' });
  });

  it('S11: of a namespace that is not watched reads hold nothing, and who would wait for something of it is refused', async () => {
    const { things, server, settle } = scene({ streaming: false, namespaces: ['apps'] });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1)]));
    await settle();
    expect(things.get('a', 'elsewhere')).toBeUndefined();
    expect(things.list({ namespace: 'elsewhere' })).toEqual([]);
    const namespace = 'elsewhere';
    const usage = expect.objectContaining({ code: 'usage', message: expect.stringMatching(/not watched.*only apps/) });
    expect(() => things.on('added', () => undefined, { namespace })).toThrow(usage);
    await expect(things.changes({ namespace })[Symbol.asyncIterator]().next()).rejects.toEqual(usage);
    await expect(things.ready({ namespace })).rejects.toEqual(usage);
    await expect(things.waitFor(() => true, { name: 'a', namespace })).rejects.toEqual(usage);
    expect(() => things.assume(thing('a', 2, { namespace }) as never)).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });

  it('list takes a namespace, labels and a filter', async () => {
    const { things } = await watchingScene(10, [
      thing('a', 1, { labels: { tier: 'front' } }),
      thing('b', 2, { labels: { tier: 'back' } }),
      thing('c', 3, { namespace: 'other', labels: { tier: 'front' } }),
    ]);
    const found = (list: readonly Thing[]): string[] => list.map(({ metadata }) => metadata.name);
    expect(found(things.list({ namespace: 'apps' }))).toEqual(['a', 'b']);
    expect(found(things.list({ labels: 'tier in (front)' }))).toEqual(['a', 'c']);
    expect(found(things.list({ namespace: 'apps', labels: { tier: 'front' }, filter: () => true }))).toEqual(['a']);
    expect(found(things.list({ namespace: 'nowhere' }))).toEqual([]);
    expect(() => things.list({ labels: 'tier in' })).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('two reads of one version are the same object', async () => {
    const { things } = await watchingScene(10, [thing('a', 1)]);
    expect(things.get('a', 'apps')).toBe(things.list()[0]);
    expect(things.read().get('apps/a')).toBe(things.list()[0]);
  });
});

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
    const failed = failureOf(ready);
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
    const failed = failureOf(things.ready({ timeoutMs: 1000 }));
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
    const failed = failureOf(things.ready({ timeoutMs: 500 }));
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
    const failed = failureOf(things.ready({ timeoutMs: 500 }));
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

describe('poll', () => {
  it('makes one consistent list, tells the difference and never starts the loop', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    const first = things.poll();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1), thing('b', 2)]));
    await first;
    expect(things.list()).toHaveLength(2);
    expect(things.status).toMatchObject({ phase: 'idle', synced: true, live: false, resourceVersion: '10' });
    const second = things.poll();
    await settle();
    expect(server.told).toEqual(['list', 'list']);
    server.last.answer(listOf(20, [thing('a', 11)]));
    await second;
    expect(things.list().map(({ metadata }) => metadata.resourceVersion)).toEqual(['11']);
    expect(things.status.counts).toMatchObject({ objects: 1, added: 2, updated: 1, deleted: 1 });
    await clock.advance(3_600_000);
    expect(server.requests).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('streams the list where the server can, and closes the stream', async () => {
    const { things, server, settle } = scene();
    const poll = things.poll();
    await settle();
    server.last.send(added(thing('a', 1)), bookmark(5, true));
    await poll;
    expect(server.told).toEqual(['stream']);
    expect(server.last.signal.aborted).toBe(true);
    expect(things.list()).toHaveLength(1);
  });

  it('L6: lists in pages, in the same call, where the server never ends a streaming list, and remembers after three', async () => {
    const { server, settle, things, clock } = scene();
    for (const version of [10, 11, 12]) {
      const poll = things.poll();
      await settle();
      server.last.open();
      await clock.advance(30_000);
      server.last.answer(listOf(version, [thing('a', version)]));
      await poll;
    }
    const fourth = things.poll();
    await settle();
    server.last.answer(listOf(13, []));
    await fourth;
    expect(server.told).toEqual(['stream', 'list', 'stream', 'list', 'stream', 'list', 'list']);
  });

  it('rejects with what went wrong, keeps what it had, and can be tried again', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    const poll = codeOf(things.poll());
    await settle();
    server.last.fail(503);
    expect(await poll).toBe('server');
    expect(clock.pending).toBe(0);
    const again = things.poll();
    await settle();
    server.last.answer(listOf(3, []));
    await again;
    expect(things.list()).toEqual([]);
  });

  it('runs one after the other, so that each shows what there was when it was called', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const both = [things.poll(), things.poll()];
    await settle();
    expect(server.requests).toHaveLength(1);
    server.last.answer(listOf(3, []));
    await settle();
    expect(server.requests).toHaveLength(2);
    server.last.answer(listOf(4, []));
    await Promise.all(both);
  });

  it('is a usage error on a started reflector, ends with stop and with its signal', async () => {
    const { things, reflector, settle, server } = scene({ streaming: false });
    things.start();
    expect(await codeOf(things.poll())).toBe('usage');
    const other = reflector({ streaming: false });
    const controller = new AbortController();
    const aborted = codeOf(other.poll({ signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await aborted).toBe('aborted');
    const stopped = codeOf(other.poll());
    await settle();
    await other.stop();
    expect(await stopped).toBe('stopped');
    expect(await codeOf(other.poll())).toBe('stopped');
    expect(server.open).toHaveLength(1);
  });

  it('a subscriber that comes after it hears synced once, and not again for the list that a start begins with', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const poll = things.poll();
    await settle();
    server.last.answer(listOf(3, [thing('a', 1)]));
    await poll;
    const told: string[] = [];
    things.on('change', ({ type }) => told.push(type));
    await settle();
    expect(told).toEqual(['added', 'synced']);
    server.last.answer(listOf(9, [thing('a', 5), thing('b', 6)]));
    await settle();
    expect(told).toEqual(['added', 'synced', 'updated', 'added']);
    server.last.open();
    server.last.send(errorEvent(410, 'Expired'));
    await settle();
    server.last.answer(listOf(12, []));
    await settle();
    expect(told.slice(4)).toEqual(['desynced', 'deleted', 'deleted', 'synced']);
  });

  it('a start in the middle of it takes over from where it ended', async () => {
    const { things, server, settle } = scene({ streaming: false });
    const poll = things.poll();
    await settle();
    things.start();
    await settle();
    expect(server.requests).toHaveLength(1);
    server.last.answer(listOf(3, []));
    await poll;
    await settle();
    expect(server.told).toEqual(['list', 'list 3']);
  });
});

describe('subscriptions', () => {
  it('U1: a late subscriber gets the set as initial, then synced, then what happens', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const told: Change<Thing>[] = [];
    things.on('change', (change) => told.push(change));
    await settle();
    server.last.send(added(thing('b', 11)));
    await settle();
    expect(told.map((change) => (change.type === 'added' ? `${change.key} ${change.initial}` : change.type))).toEqual([
      'apps/a true',
      'synced',
      'apps/b false',
    ]);
  });

  it('on starts the reflector and calls each kind of handler with what it is about', async () => {
    const { things, server, settle } = scene();
    const told: string[] = [];
    things.on('added', (object, { initial }) => told.push(`added ${object.metadata.name} ${initial}`));
    things.on('updated', (now, was) =>
      told.push(`updated ${was.metadata.resourceVersion} ${now.metadata.resourceVersion}`),
    );
    things.on('deleted', (object, change) =>
      told.push(
        `deleted ${object.metadata.resourceVersion} ${change.previous.metadata.resourceVersion} ${change.scope}`,
      ),
    );
    things.on('synced', ({ resourceVersion }) => told.push(`synced ${resourceVersion}`));
    things.on('desynced', ({ cause }) => told.push(`desynced ${cause}`));
    await settle();
    server.last.send(added(thing('a', 1)), bookmark(5, true));
    await settle();
    server.last.send(modified(thing('a', 6)));
    await settle();
    server.last.send(deleted(thing('a', 7)));
    await settle();
    server.last.send(errorEvent(410));
    await settle();
    expect(told).toEqual(['added a true', 'synced 5', 'updated 1 6', 'deleted 7 6 api', 'desynced expired']);
  });

  it('W10: a filter of the subscriber makes a deletion `selected`, too', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const scopes: string[] = [];
    things.on('deleted', (_object, { scope }) => scopes.push(scope), { filter: () => true });
    await settle();
    server.last.send(deleted(thing('a', 11)));
    await settle();
    expect(scopes).toEqual(['selected']);
  });

  it('U7: after its disposal a handler is not called any more', async () => {
    const { things, server, settle } = await watchingScene(10, []);
    const handler = vi.fn<() => void>();
    const subscription = things.on('added', handler);
    subscription[Symbol.dispose]();
    subscription[Symbol.dispose]();
    server.last.send(added(thing('a', 11)));
    await settle();
    expect(handler).not.toHaveBeenCalled();
  });

  it('U8: subscribing to a stopped reflector is an error, and a handler must be a function', async () => {
    const { things } = scene();
    expect(() => things.on('change', 'x' as never)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => things.on('nothing' as never, () => undefined)).toThrow(expect.objectContaining({ code: 'usage' }));
    await things.stop();
    for (const type of ['change', 'status'] as const) {
      expect(() => things.on(type as 'change', () => undefined)).toThrow(expect.objectContaining({ code: 'stopped' }));
    }
    expect(await codeOf(things.changes()[Symbol.asyncIterator]().next())).toBe('stopped');
    expect(await codeOf(things.ready())).toBe('stopped');
    expect(() => things.start()).toThrow(expect.objectContaining({ code: 'stopped' }));
  });

  it('U10: a handler that throws or rejects is told to the logger, and harms nobody', async () => {
    const warnings: string[] = [];
    const logger = { debug: () => undefined, info: () => undefined, warn: (text: string) => warnings.push(text) };
    const { things, server, settle } = await watchingScene(10, [], { logger });
    const told: string[] = [];
    things.on('added', () => {
      throw new Error('first');
    });
    things.on('added', () => Promise.reject(new Error('second')));
    things.on('added', ({ metadata }) => told.push(metadata.name));
    server.last.send(added(thing('a', 11)), added(thing('b', 12)));
    await settle();
    expect(told).toEqual(['a', 'b']);
    expect(warnings.filter((text) => /first|second/.test(text))).toHaveLength(4);
    expect(things.status.live).toBe(true);
  });

  it('U15: changes ends on break, on its signal and on stop', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    for await (const change of things.changes()) {
      expect(change.type).toBe('added');
      break;
    }
    const controller = new AbortController();
    const read = async (signal?: AbortSignal): Promise<string[]> => {
      const types: string[] = [];
      for await (const change of things.changes(signal === undefined ? {} : { signal })) types.push(change.type);
      return types;
    };
    const aborted = read(controller.signal);
    const stopped = read();
    await settle();
    controller.abort();
    expect(await aborted).toEqual(['added', 'synced']);
    server.last.send(deleted(thing('a', 11)));
    await settle();
    await things.stop();
    expect(await stopped).toEqual(['added', 'synced', 'deleted']);
  });

  it('a namespace given for a cluster-scoped kind is ignored', async () => {
    const { cluster, server, settle } = scene();
    const planets = new Reflector(cluster, Planet, { streaming: false });
    const told: string[] = [];
    const elsewhere = { namespace: 'somewhere' };
    // @ts-expect-error the types refuse it, and JavaScript may still give it
    planets.on('added', ({ metadata }: Planet) => told.push(metadata.name), elsewhere);
    await settle();
    server.last.answer(listOf(5, [{ metadata: { name: 'mars', uid: 'u', resourceVersion: '1' } }]));
    await settle();
    expect(told).toEqual(['mars']);
  });
});

describe('status', () => {
  it('is told when it changes, in order, as plain data', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    const seen: ReflectorStatus[] = [];
    const subscription = things.on('status', (status) => seen.push(status));
    await settle();
    server.last.fail(500);
    await settle();
    await clock.advance(800);
    server.last.answer(listOf(5, []));
    await settle();
    server.last.open();
    await settle();
    expect(seen.map(({ phase, synced, live, failures }) => `${phase} ${synced} ${live} ${failures}`)).toEqual([
      'listing false false 0',
      'waiting false false 1',
      'listing false false 1',
      'watching true false 1',
      'watching true true 0',
    ]);
    expect(JSON.parse(JSON.stringify(seen[1]))).toMatchObject({
      lastError: { code: 'server', status: 500, verb: 'list' },
    });
    expect(seen[4]?.lastError).toBeUndefined();
    subscription[Symbol.dispose]();
    await things.stop();
    expect(seen).toHaveLength(5);
    expect(things.status.phase).toBe('stopped');
  });

  it('the last one is stopped', async () => {
    const { things, settle } = scene();
    const seen: string[] = [];
    things.on('status', ({ phase }) => seen.push(phase));
    await settle();
    await things.stop();
    await settle();
    expect(seen).toEqual(['listing', 'stopped']);
  });

  it('says when the last event came', async () => {
    const { things, server, settle, clock } = await watchingScene(10, []);
    expect(things.status.lastEventAt).toBeUndefined();
    await clock.advance(5000);
    server.last.send(bookmark(11));
    await settle();
    expect(things.status.lastEventAt).toEqual(new Date(Date.UTC(2030, 0, 1) + 5000));
  });

  it('a logger that throws stops nothing', async () => {
    const fail = (): void => {
      throw new Error('disk full');
    };
    const { things, server, settle } = await watchingScene(10, [], { logger: { debug: fail, info: fail, warn: fail } });
    server.last.send(errorEvent(410));
    await settle();
    server.last.answer(listOf(20, []));
    await settle();
    expect(things.status).toMatchObject({ synced: true, resourceVersion: '20' });
  });

  it('writes one line for each change of state to the logger, without what stands in headers or queries', async () => {
    const lines: string[] = [];
    const line =
      (level: string) =>
      (message: string): void =>
        void lines.push(`${level} ${message}`);
    const logger = { debug: line('debug'), info: line('info'), warn: line('warn') };
    const { server, settle, clock, things } = scene(
      { streaming: false, logger, labelSelector: 'secret=x' },
      { token: () => 'very-secret' },
    );
    things.start();
    await settle();
    server.last.answer(listOf(10, []));
    await settle();
    server.last.send(errorEvent(410));
    await settle();
    server.last.answer(listOf(20, []));
    await settle();
    server.last.refuse();
    await clock.advance(0);
    await things.stop();
    const of = 'things.test.example:';
    expect(lines.map((each) => each.replace(/(cannot reach [^:]+:\/\/\w+).*/, '$1'))).toEqual([
      `debug ${of} idle -> listing`,
      `debug ${of} listing -> opening`,
      `debug ${of} opening -> watching`,
      `warn ${of} watch failed: Unknown`,
      `info ${of} in touch again`,
      `warn ${of} watch failed: cannot reach http://server`,
      `debug ${of} backoff -> stopped`,
    ]);
    expect(lines.join()).not.toContain('secret');
  });

  it('W13: warns of the first object of another kind, which may be a mistake in the definition, and not of each', async () => {
    const warnings: unknown[] = [];
    const silent = (): void => undefined;
    const warn = (message: string, fields?: Record<string, unknown>): unknown => warnings.push([message, fields]);
    const { server, settle, things } = scene({ streaming: false, logger: { debug: silent, info: silent, warn } });
    things.start();
    await settle();
    const items = ['a', 'b', 'c'].map((name) => ({ ...thing(name, 1), kind: 'Other' }));
    server.last.answer(listOf(10, [...items, thing('d', 1)]));
    await settle();
    expect(things.status).toMatchObject({ synced: true, counts: { objects: 1, anomalies: 3 } });
    expect(warnings).toEqual([['things.test.example: wrong-kind', { namespace: '', detail: 'test.example/v1 Other' }]]);
  });

  it('tells states, anomalies and failing handlers on the channels', async () => {
    const told: string[] = [];
    const publish = (channel: string, message: Record<string, unknown>): void => {
      const { resource, from, to, what, text } = message;
      if (channel !== 'kube-gen:request') told.push(JSON.stringify([channel, resource, from, to, what, text]));
    };
    const { server, settle, clock } = scene();
    const cluster = createCluster({ server: 'http://server', transport: server, clock }, { publish });
    const things = new Reflector(cluster, Thing, { streaming: false });
    things.on('added', () => {
      throw new Error('no');
    });
    await settle();
    server.last.answer(listOf(10, [thing('a', 1), { ...thing('b', 2), kind: 'Other' }]));
    await settle();
    expect(told).toEqual(
      [
        ['kube-gen:reflector', 'things.test.example', 'idle', 'listing', null, null],
        ['kube-gen:anomaly', 'things.test.example', null, null, 'wrong-kind', null],
        ['kube-gen:reflector', 'things.test.example', 'listing', 'opening', null, null],
        ['kube-gen:warning', null, null, null, null, 'a handler of things.test.example failed: Error: no'],
      ].map((each) => JSON.stringify(each)),
    );
  });

  it('metrics tells counts by cause, for Prometheus', async () => {
    const { cluster, server, settle, things } = await watchingScene(10, [thing('a', 1)]);
    server.last.open();
    server.last.send(added(thing('b', 11)), { type: 'ODD', object: {} }, errorEvent(410));
    await settle();
    server.last.answer(listOf(20, [thing('a', 1), thing('b', 11)]));
    await settle();
    const labels = 'group="test.example",version="v1",kind="Thing",namespace=""';
    const text = metrics(cluster);
    for (const line of [
      `kube_gen_objects{${labels}} 2`,
      `kube_gen_live{${labels}} 0`,
      `kube_gen_synced{${labels}} 1`,
      `kube_gen_watch_events_total{${labels},type="ADDED"} 1`,
      `kube_gen_watch_events_total{${labels},type="ERROR"} 1`,
      `kube_gen_relists_total{${labels},cause="expired"} 1`,
      `kube_gen_anomalies_total{${labels},what="skipped-event"} 1`,
      `# TYPE kube_gen_relists_total counter`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    await things.stop();
    expect(metrics(cluster)).not.toContain('kube_gen_objects{');
  });
});

describe('the end', () => {
  it('D1: stop in a list aborts it, commits nothing and opens no watch', async () => {
    const { things, server, settle, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.open();
    server.last.raw(JSON.stringify(listOf(5, [thing('a', 1)])));
    await settle();
    await things.stop();
    expect(server.last.signal.aborted).toBe(true);
    await clock.advance(600_000);
    expect(server.requests).toHaveLength(1);
    expect(() => things.list()).toThrow(expect.objectContaining({ code: 'not-synced' }));
  });

  it.each(['refused', 'unauthorized', 'watching', 'queued'] as const)(
    'D2, D3: stop while %s leaves no timer and no request',
    async (moment) => {
      const { things, server, settle, clock, reflector } = scene({ streaming: false }, { maxInitialLists: 1 });
      if (moment === 'queued') reflector({ streaming: false }).start();
      things.start();
      await settle();
      if (moment === 'refused') server.last.refuse();
      if (moment === 'unauthorized') server.last.fail(401);
      if (moment === 'watching') {
        server.last.answer(listOf(5, []));
        await settle();
        server.last.send(bookmark(6));
      }
      if (moment !== 'unauthorized') await settle();
      let done = false;
      void things.stop().then(() => (done = true));
      await Promise.resolve();
      await settle();
      expect(done).toBe(true);
      await things.stop();
      const others = moment === 'queued' ? 1 : 0;
      expect(server.open).toHaveLength(others);
      // The other reflector has a timer for its list and one for the wall clock.
      expect(clock.pending).toBe(2 * others);
    },
  );

  it('D4: the end waits for a handler that runs, and no longer than graceMs', async () => {
    const { things, settle, clock } = await watchingScene(10, [thing('a', 1)], { graceMs: 1000 });
    let finish = (): void => undefined;
    things.on('added', () => new Promise<void>((resolve) => (finish = resolve)));
    await settle();
    let done = 0;
    void things.stop().then(() => (done = 1));
    await settle();
    expect(done).toBe(0);
    finish();
    await settle();
    expect(done).toBe(1);
    const other = await watchingScene(10, [thing('a', 1)], { graceMs: 1000 });
    other.things.on('added', () => new Promise<void>(() => undefined));
    await other.settle();
    void other.things.stop().then(() => (done = 2));
    await other.clock.advance(999);
    expect(done).toBe(1);
    await other.clock.advance(1);
    expect(done).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it('D5: with a signal that has fired there is no request, and ready rejects', async () => {
    const { things, server, settle } = scene({ signal: AbortSignal.abort() });
    expect(await codeOf(things.ready())).toBe('stopped');
    await settle();
    expect(server.requests).toHaveLength(0);
  });

  it('D5: the signal stops a running reflector, and those who wait hear of it', async () => {
    const controller = new AbortController();
    const { things, server, settle } = scene({ signal: controller.signal });
    const ready = codeOf(things.ready());
    await settle();
    controller.abort();
    expect(await ready).toBe('stopped');
    expect(server.open).toHaveLength(0);
    expect(things.status.phase).toBe('stopped');
  });

  it('D6: after the end reads go on, late results change nothing', async () => {
    const { things, server, settle } = await watchingScene(10, [thing('a', 1)]);
    const { last } = server;
    await things.stop();
    last.send(added(thing('b', 11)));
    await settle();
    expect(things.list().map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(things.status).toMatchObject({ phase: 'stopped', live: false });
  });

  it('closing the cluster stops its reflectors; one that was stopped is not among them', async () => {
    const { things, cluster, reflector, settle } = await watchingScene(10, []);
    const other = reflector();
    other.start();
    await settle();
    expect([...cluster.reflectors]).toHaveLength(2);
    expect(cluster.isLive()).toBe(false);
    await other.stop();
    expect([...cluster.reflectors]).toEqual([things]);
    expect(cluster.isLive()).toBe(true);
    await cluster.close();
    expect(things.status.phase).toBe('stopped');
    expect([...cluster.reflectors]).toEqual([]);
  });

  it('await using stops it', async () => {
    const { server, reflector, settle } = scene();
    {
      await using things = reflector();
      things.start();
      await settle();
      expect(server.open).toHaveLength(1);
    }
    expect(server.open).toHaveLength(0);
  });
});
