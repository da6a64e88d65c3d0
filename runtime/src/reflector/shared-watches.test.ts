import { describe, expect, it, vi } from 'vitest';
import {
  added,
  deleted,
  errorEvent,
  listOf,
  modified,
  scene,
  thing,
  type Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import type { Logger } from '../logger.js';
import { metrics } from '../metrics.js';
import type { ReflectorOptions } from './options.js';

type Options = ReflectorOptions<Thing, {}, 'Namespaced'>;

const names = (things: readonly Thing[]): string[] => things.map(({ metadata }) => metadata.name);
const keep = (object: Thing): Thing => object;

describe('U14: equal reflectors share one watch', () => {
  it('U14: the second one is ready at once, without a request, and both follow the same stream', async () => {
    const { server, settle, things, reflector } = await watchingScene(10, [thing('a', 1)]);
    const second = reflector({ streaming: false });
    await second.ready();
    expect(names(second.list())).toEqual(['a']);
    server.last.send(added(thing('b', 11)));
    await settle();
    expect([names(things.list()), names(second.list())]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(second.get('b', 'apps')).toBe(things.get('b', 'apps'));
    expect(server.told).toEqual(['list', 'watch 10']);
    expect(second.status).toMatchObject({ phase: 'watching', live: true, synced: true, resourceVersion: '11' });
  });

  it('U14: two that start together make one list, whatever order their selectors are written in', async () => {
    const { server, settle, reflector } = scene();
    const options = { streaming: false, labelSelector: { app: 'web' } } as const;
    const [a, b] = [reflector(options), reflector({ ...options, labelSelector: 'app=web' })];
    const ready = Promise.all([a.ready(), b.ready()]);
    await settle();
    expect(server.told).toEqual(['list']);
    server.last.answer(listOf(10, [thing('a', 1)]));
    await ready;
    expect(names(b.list())).toEqual(['a']);
  });

  it.each<[what: string, options: Options]>([
    ['namespace', { namespaces: ['apps'] }],
    ['label selector', { labelSelector: 'app=web' }],
    ['field selector', { fieldSelector: 'metadata.name=a' }],
    ['projection: managedFields', { managedFields: true }],
    ['projection: metadataOnly', { metadataOnly: true }],
    ['transform', { transform: keep }],
    ['freeze', { freeze: 'deep' }],
    ['kind of first list', { initial: 'any' }],
    ['longest line', { maxLineBytes: 1000 }],
  ])('U14: another %s is another watch', async (_what, options) => {
    const { server, settle, reflector } = await watchingScene(10, []);
    reflector({ streaming: false, ...options }).start();
    await settle();
    expect(server.told).toHaveLength(3);
  });

  it('U14: the same transform function is shared, an equal one is not', async () => {
    const { server, settle, reflector } = scene();
    for (const transform of [keep, keep, (object: Thing) => object]) reflector({ streaming: false, transform }).start();
    await settle();
    expect(server.told).toEqual(['list', 'list']);
  });

  it('U14: of several namespaces each one is shared by itself', async () => {
    const { server, settle, reflector } = scene();
    const both = reflector({ streaming: false, namespaces: ['apps', 'more'] });
    const one = reflector({ streaming: false, namespaces: ['more'] });
    both.start();
    one.start();
    await settle();
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/apis/test.example/v1/namespaces/apps/things',
      '/apis/test.example/v1/namespaces/more/things',
    ]);
    server.last.answer(listOf(10, [thing('a', 1, { namespace: 'more' })]));
    await settle();
    expect([names(one.list()), names(both.list({ namespace: 'more' }))]).toEqual([['a'], ['a']]);
    expect(() => both.list()).toThrow(expect.objectContaining({ code: 'not-synced' }));
    await one.stop();
    server.last.open();
    server.last.send(added(thing('b', 11, { namespace: 'more' })));
    await settle();
    expect(names(both.list({ namespace: 'more' }))).toEqual(['a', 'b']);
  });

  it('U14: each has its own indexes, subscribers and status listeners', async () => {
    const { server, settle, things, reflector } = await watchingScene(10, [thing('a', 1, { spec: { color: 'red' } })]);
    const second = reflector({ streaming: false, indexes: { by: ({ spec }) => spec?.color } });
    const byName = things.addIndex('by', ({ metadata }) => metadata.name);
    const told: string[] = [];
    things.on('change', (change) => told.push(`first ${change.type}`));
    second.on('change', (change) => told.push(`second ${change.type}`));
    const phases: string[] = [];
    second.on('status', ({ phase }) => phases.push(phase));
    await settle();
    expect(told).toEqual(['first added', 'first synced', 'second added', 'second synced']);
    told.length = 0;
    server.last.send(modified(thing('a', 11, { spec: { color: 'blue' } })));
    await settle();
    expect(told).toEqual(['first updated', 'second updated']);
    expect([byName.by('a').length, second.by('by', 'blue').length, second.by('by', 'red').length]).toEqual([1, 1, 0]);
    server.last.send(errorEvent(410));
    await settle();
    expect(phases).toEqual(['listing']);
    expect(told.slice(2)).toEqual(['first desynced', 'second desynced']);
  });

  it('U14: one that joins while the cache is out of touch gets the set, and synced when it is whole', async () => {
    const { server, settle, reflector } = await watchingScene(10, [thing('a', 1)]);
    server.last.send(errorEvent(410));
    await settle();
    const second = reflector({ streaming: false });
    await second.ready();
    const told: string[] = [];
    second.on('change', (change) => told.push(change.type));
    await settle();
    expect([told, second.status.synced]).toEqual([['added'], false]);
    server.last.answer(listOf(20, [thing('a', 1), thing('b', 15)]));
    await settle();
    expect(told).toEqual(['added', 'added', 'synced']);
  });

  it('U14: the one that stops keeps what it had; the other one goes on; the last one closes the watch', async () => {
    const { server, settle, things, reflector, clock } = await watchingScene(10, [thing('a', 1)]);
    const second = reflector({ streaming: false, indexes: { name: ({ metadata }) => metadata.name } });
    await second.ready();
    await second.stop();
    const { status } = second;
    expect(server.last.signal.aborted).toBe(false);
    server.last.send(deleted(thing('a', 11)), added(thing('b', 12)));
    await settle();
    expect(names(things.list())).toEqual(['b']);
    expect([names(second.list()), second.by('name', 'a').length, second.by('name', 'b').length]).toEqual([['a'], 1, 0]);
    expect(second.status).toEqual(status);
    expect(status).toMatchObject({ phase: 'stopped', live: false, resourceVersion: '10', counts: { objects: 1 } });
    await things.stop();
    expect([server.last.signal.aborted, clock.pending]).toEqual([true, 0]);
  });

  it('D6: those that stopped at different times keep what each of them had, through events and a relist', async () => {
    const { server, settle, things, reflector } = await watchingScene(10, [thing('a', 1), thing('b', 2)]);
    const color = ({ spec }: Thing): string | undefined => spec?.color;
    const make = () => reflector({ streaming: false, indexes: { color } });
    const look = (one: Pick<ReturnType<typeof make>, 'list' | 'read' | 'get'>): unknown => [
      names(one.list()).sort(),
      names(one.list({ namespace: 'apps', labels: '!none' })).sort(),
      Array.from(one.read().values(), ({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`).sort(),
      ['a', 'b', 'c'].map((name) => one.get(name, 'apps')?.metadata.resourceVersion),
    ];
    const stopped: { one: ReturnType<typeof make>; had: unknown; red: unknown; status: unknown }[] = [];
    const histories = [
      () => server.last.send(modified(thing('a', 11, { spec: { color: 'red' } })), deleted(thing('b', 12))),
      () => server.last.send(added(thing('c', 13, { spec: { color: 'red' } })), modified(thing('a', 14))),
      () => server.last.send(errorEvent(410)),
      () => server.last.answer(listOf(20, [thing('b', 19), thing('c', 18)])),
      () => server.last.send(deleted(thing('c', 21)), added(thing('a', 22, { uid: 'another' }))),
    ];
    for (const happens of histories) {
      const one = make();
      one.start();
      await settle();
      await one.stop();
      // Only every second one is read before more happens.
      const had = look(stopped.length % 2 === 0 ? one : things);
      const red = things.list({ filter: (each) => color(each) === 'red' });
      stopped.push({ one, had, red, status: one.status });
      happens();
      await settle();
      if (server.last.told.startsWith('watch')) server.last.open();
      await settle();
    }
    for (const { one, had, red, status } of stopped) {
      expect([look(one), one.by('color', 'red'), one.status]).toEqual([had, red, status]);
      const byName = one.addIndex('name', ({ metadata }) => metadata.name);
      expect(byName.by('c')).toEqual(one.list({ filter: ({ metadata }) => metadata.name === 'c' }));
    }
    expect(names(things.list())).toEqual(['b', 'a']);
  });

  it('U14: the first one may stop before the second, and before the first list', async () => {
    const { server, settle, reflector } = scene();
    const [a, b] = [reflector({ streaming: false }), reflector({ streaming: false })];
    a.start();
    b.start();
    await settle();
    await a.stop();
    server.last.answer(listOf(10, [thing('a', 1)]));
    await b.ready();
    expect(names(b.list())).toEqual(['a']);
    expect(() => a.list(), 'it never had a whole set').toThrow(expect.objectContaining({ code: 'not-synced' }));
  });

  it('U14: a signal and a handler that stops its own reflector end nothing but that', async () => {
    const { server, settle, things, reflector } = await watchingScene(10, []);
    const abort = new AbortController();
    const second = reflector({ streaming: false, signal: abort.signal });
    second.on('added', () => void second.stop());
    await settle();
    server.last.send(added(thing('a', 11)));
    await settle();
    abort.abort();
    expect([things.status.phase, second.status.phase]).toEqual(['watching', 'stopped']);
  });

  it('U14: after the last one stopped the watch stays open for the longest lingerMs, for the next one', async () => {
    const { server, settle, clock, reflector } = scene();
    const a = reflector({ streaming: false, lingerMs: 10_000 });
    a.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1)]));
    await settle();
    server.last.open();
    const b = reflector({ streaming: false });
    await b.ready();
    await a.stop();
    await b.stop();
    await clock.advance(9000);
    server.last.send(added(thing('b', 11)));
    await settle();
    const c = reflector({ streaming: false, lingerMs: 5000 });
    await c.ready();
    expect([names(c.list()), names(a.list())]).toEqual([['a', 'b'], ['a']]);
    expect(server.told).toEqual(['list', 'watch 10']);
    await clock.advance(60_000);
    expect(c.status.live).toBe(true);
    await c.stop();
    await clock.advance(4999);
    expect(server.last.signal.aborted).toBe(false);
    await clock.advance(1);
    expect([server.last.signal.aborted, clock.pending]).toEqual([true, 0]);
    const d = reflector({ streaming: false });
    d.start();
    await settle();
    expect(server.told).toEqual(['list', 'watch 10', 'list']);
  });

  it('U14: closing the cluster ends a watch that lingers; lingerMs must be a length of time', async () => {
    const { server, settle, clock, cluster, reflector } = scene();
    const a = reflector({ streaming: false, lingerMs: 60_000 });
    a.start();
    await settle();
    await a.stop();
    expect(server.last.signal.aborted).toBe(false);
    await cluster.close();
    expect([server.last.signal.aborted, clock.pending]).toEqual([true, 0]);
    expect(() => reflector({ lingerMs: -1 })).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it('U14: one that was driven by hand goes on from its own set', async () => {
    const { server, settle, things, reflector } = await watchingScene(10, []);
    const polled = reflector({ streaming: false });
    const poll = polled.poll();
    await settle();
    server.last.answer(listOf(11, [thing('a', 11)]));
    await poll;
    polled.start();
    await settle();
    expect(server.told).toEqual(['list', 'watch 10', 'list', 'list 11']);
    expect([names(polled.list()), names(things.list())]).toEqual([['a'], []]);
  });

  it('U14: metrics and channels count a shared watch once; each logger is told once', async () => {
    const lines: string[] = [];
    const logger = (name: string): Logger => ({
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => void lines.push(`${name}: ${message}`),
    });
    const [one, two] = [logger('one'), logger('two')];
    const { server, settle, cluster, reflector } = await watchingScene(10, [thing('a', 1)], { logger: one });
    for (const logger of [one, two]) await reflector({ streaming: false, logger }).ready();
    server.last.send(added(thing('b', 11)), errorEvent(410));
    await settle();
    const line = 'things.test.example: watch failed: Unknown';
    expect(lines).toEqual([`one: ${line}`, `two: ${line}`]);
    const text = metrics(cluster);
    expect(text).toMatch(/kube_gen_objects\{.*\} 2\n/);
    expect(text).toMatch(/kube_gen_watch_events_total\{.*type="ADDED"\} 1\n/);
    expect(Array.from(cluster.reflectors)).toHaveLength(3);
    expect(cluster.isLive()).toBe(false);
  });
});

describe('U14: one with indexes over many objects joins in turns', () => {
  /** As `watchingScene`, with many objects and a clock by which all work takes its time. */
  async function slowScene() {
    const many = Array.from({ length: 1500 }, (_, n) => thing(`n${n}`, 1, { spec: { color: 'red' } }));
    const set = await watchingScene(10, many);
    let ms = 0;
    vi.spyOn(set.clock, 'now').mockImplementation(() => (ms += 2));
    const second = set.reflector({ streaming: false, indexes: { color: ({ spec }: Thing) => spec?.color } });
    return { ...set, second };
  }

  it('and is ready, without a request, when they are made', async () => {
    const { server, settle, things, second } = await slowScene();
    const told: string[] = [];
    second.on('change', ({ type }) => told.push(type));
    const ready = second.ready();
    expect([second.status, things.status].map(({ phase, synced }) => `${phase} ${synced}`)).toEqual([
      'listing false',
      'watching true',
    ]);
    expect(() => second.by('color', 'red')).toThrow(expect.objectContaining({ code: 'not-synced' }));
    server.last.send(modified(thing('n7', 11, { spec: { color: 'blue' } })), deleted(thing('n8', 12)));
    second.assume({ ...(thing('n9', 13, { spec: { color: 'green' } }) as unknown as Thing) });
    await settle();
    await ready;
    expect(server.told).toEqual(['list', 'watch 10']);
    expect(['red', 'blue', 'green'].map((color) => second.by('color', color).length)).toEqual([1497, 1, 1]);
    expect(second.get('n9', 'apps')?.metadata.resourceVersion).toBe('13');
    expect(second.status).toMatchObject({ phase: 'watching', live: true, resourceVersion: '12' });
    expect([told.length, told.at(-1)]).toEqual([1500, 'synced']);
    server.last.send(modified(thing('n9', 14, { spec: { color: 'red' } })));
    await settle();
    expect(second.by('color', 'green')).toEqual([]);
    expect(told.at(-1)).toBe('updated');
  });

  it('and does not, when it is stopped meanwhile', async () => {
    const { settle, things, second, clock } = await slowScene();
    const ready = second.ready().catch((error: { code: string }) => error.code);
    await second.stop();
    await settle();
    expect([await ready, second.status.phase, second.status.synced]).toEqual(['stopped', 'stopped', false]);
    expect(things.list()).toHaveLength(1500);
    await things.stop();
    expect(clock.pending).toBe(0);
  });

  it('and lists by itself, when the watch has ended meanwhile', async () => {
    const { server, settle, things, second } = await slowScene();
    second.start();
    await things.stop();
    await settle();
    expect(server.told).toEqual(['list', 'watch 10', 'list']);
    server.last.answer(listOf(20, [thing('a', 15, { spec: { color: 'red' } })]));
    await settle();
    expect(names(second.by('color', 'red'))).toEqual(['a']);
  });
});
