import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../tests/support/kube-failure.js';
import {
  added,
  bookmark,
  listOf,
  modified,
  Planet,
  scene,
  thing,
  Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import { Reflector } from './reflector.js';

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
