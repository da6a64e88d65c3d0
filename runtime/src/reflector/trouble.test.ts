import { describe, expect, it, vi } from 'vitest';
import {
  added,
  deleted,
  errorEvent,
  listOf,
  modified,
  scene,
  thing,
  Thing,
  watchingScene,
  names,
  say,
} from '../../../tests/support/reflector-scene.js';
import { ScriptedTransport } from '../../../tests/support/scripted-transport.js';
import { createCluster } from '../client/create-cluster.js';
import { FakeClock } from '../testing/fake-clock.js';
import { Reflector } from './reflector.js';

describe('out of touch', () => {
  it('R2, R4, R5: after 410 the old state is read on, then the new one appears at once, told in order', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1), thing('b', 2), thing('c', 3)]);
    const told: string[] = [];
    const seen: string[] = [];
    things.on('change', (change) => {
      told.push(say(change));
      seen.push(names(things.list()).join(' '));
    });
    await settle();
    told.length = 0;
    seen.length = 0;
    server.last.send(errorEvent(410, 'Expired'));
    await settle();
    expect(things.status).toMatchObject({ synced: false, phase: 'listing' });
    expect(names(things.list())).toEqual(['a@1', 'b@2', 'c@3']);
    server.last.answer(listOf(20, [thing('d', 15), thing('c', 3), thing('b', 12)]));
    await settle();
    expect(told).toEqual(['desynced expired', 'deleted a@1?', 'added d@15', 'updated b@12', 'synced 20']);
    expect(seen.slice(1)).toEqual(Array<string>(4).fill('d@15 c@3 b@12'));
    expect(things.status).toMatchObject({ synced: true, counts: { relists: 1, deleted: 1 } });
  });

  it('R1: 410 when a watch opens relists', async () => {
    const { server, settle } = await watchingScene(10, []);
    server.last.end();
    await settle();
    const { server: again, clock } = await watchingScene(10, []);
    await clock.advance(1000);
    again.last.end();
    await clock.advance(0);
    again.last.fail(410, { reason: 'Expired' });
    await clock.advance(0);
    expect(again.last.told).toBe('list 10');
  });

  it('R6: a relist that fails leaves store, indexes and version as they were', async () => {
    const { server, things, settle, clock } = await watchingScene(10, [thing('a', 1, { spec: { color: 'red' } })]);
    const colors = things.addIndex('color', ({ spec }) => spec?.color);
    server.last.send(errorEvent(410));
    await settle();
    server.last.raw(JSON.stringify(listOf(20, [thing('b', 12)])).slice(0, 150));
    server.last.open();
    server.last.break();
    await settle();
    expect(names(things.list())).toEqual(['a@1']);
    expect(names(colors.by('red'))).toEqual(['a@1']);
    expect(things.status).toMatchObject({
      resourceVersion: '10',
      phase: 'waiting',
      lastError: { code: 'unreachable' },
    });
    await clock.advance(1600);
    expect(server.last.told).toBe('list 10');
  });

  it('R8: a StoreReadError relists, and the object that cannot be read goes', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1), thing('corrupt', 2)]);
    const causes: string[] = [];
    things.on('desynced', ({ cause }) => causes.push(cause));
    server.last.send(errorEvent(500, 'StorageReadError'));
    await settle();
    server.last.answer(listOf(20, [thing('a', 1)]));
    await settle();
    expect(names(things.list())).toEqual(['a@1']);
    expect(causes).toEqual(['store-read']);
  });

  it('R9: what was missed while the watch was broken is told once to each subscriber', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1)]);
    const told: string[][] = [[], []];
    for (const list of told) things.on('change', (change) => list.push(say(change)));
    await settle();
    server.last.break();
    await settle();
    server.last.answer(listOf(20, []));
    await settle();
    server.last.send(added(thing('b', 11)), modified(thing('a', 12)));
    await settle();
    for (const list of told) expect(list).toEqual(['added a@1', 'synced 10', 'added b@11', 'updated a@12']);
    expect(server.told).toEqual(['list', 'watch 10', 'probe', 'watch 10']);
  });

  it('R12: a server that lost history is listed anew, and versions fall this once', async () => {
    const { server, things, settle, clock } = await watchingScene(100, [thing('a', 90), thing('b', 95)]);
    const causes: string[] = [];
    things.on('desynced', ({ cause }) => causes.push(cause));
    server.last.break();
    await settle();
    server.last.refuse();
    await clock.advance(1600);
    expect(server.last.told).toBe('probe');
    expect(server.last.headers['accept']).toContain('PartialObjectMetadataList');
    server.last.answer(listOf(50, []));
    await settle();
    expect(server.last.told).toBe('list');
    server.last.answer(listOf(50, [thing('a', 40)]));
    await settle();
    expect(names(things.list())).toEqual(['a@40']);
    expect(causes).toEqual(['too-large']);
    expect(things.status.resourceVersion).toBe('50');
    expect(server.last.told).toBe('watch 50');
  });
});

describe('errors', () => {
  it('E3: Retry-After of the answer is waited for', async () => {
    const { server, things, settle, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.fail(429, { headers: { 'retry-after': '7' } });
    await clock.advance(6999);
    expect(server.told).toEqual(['list']);
    await clock.advance(1);
    expect(server.told).toEqual(['list', 'list']);
  });

  it.each([
    ['a date', () => new Date(new FakeClock().wallNow() + 90_000).toUTCString(), 90_000],
    ['a hundred years', () => '3153600000', 300_000],
  ])('E3: Retry-After may be %s, and is waited for up to five minutes', async (_what, header, waitMs) => {
    const { server, things, settle, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.fail(429, { headers: { 'retry-after': header() } });
    await clock.advance(waitMs - 1);
    expect(server.told).toEqual(['list']);
    await clock.advance(1);
    expect(server.told).toEqual(['list', 'list']);
  });

  it('E4: 429 and refused connections open the watch again with backoff, without a list', async () => {
    const { server, clock, settle } = await watchingScene(10, []);
    await clock.advance(1000);
    server.last.end();
    await settle();
    for (const wait of [800, 1600, 3200]) {
      server.last.fail(429);
      await clock.advance(wait);
    }
    server.last.refuse();
    await clock.advance(6400);
    server.last.answer(listOf(10, []));
    await settle();
    server.last.open();
    await settle();
    const watches = Array<string>(4).fill('watch 10');
    expect(server.told).toEqual(['list', 'watch 10', ...watches, 'probe', 'watch 10']);
  });

  it('E7: after 401 credentials are made new once and the request is sent again at once', async () => {
    const tokens = ['old', 'new'];
    const { server, things, settle } = scene({ streaming: false }, { token: () => tokens.shift() ?? 'none' });
    things.start();
    await settle();
    server.last.fail(401, { reason: 'Unauthorized' });
    await settle();
    expect(server.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer old', 'Bearer new']);
    server.last.fail(401, { reason: 'Unauthorized' });
    await settle();
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'unauthorized', status: 401 } });
  });

  it('E7, E12: new credentials that never come are waited for as long as for an answer, and then no more', async () => {
    const clock = new FakeClock({ random: () => 0 });
    const server = new ScriptedTransport();
    const refresh = (): Promise<boolean> => new Promise(() => undefined);
    const credentials = { headers: () => Promise.resolve({}), refresh };
    const cluster = createCluster({ server: 'http://server', transport: server, clock }, { credentials });
    const things = new Reflector(cluster, Thing, { streaming: false });
    things.start();
    await clock.advance(0);
    server.last.fail(401, { reason: 'Unauthorized' });
    await clock.advance(29_999);
    expect(things.status.phase).toBe('listing');
    await clock.advance(1);
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'timeout' } });
    expect(server.told).toEqual(['list']);
    await clock.advance(2000);
    expect(server.told).toEqual(['list', 'list']);
    server.last.answer(listOf(10, [thing('a', 5)]));
    await clock.advance(0);
    expect(names(things.list())).toEqual(['a@5']);
    await cluster.close();
    expect(clock.pending).toBe(0);
  });

  it('E8: 403 names verb, resource and namespace, and the reflector goes on trying', async () => {
    const { server, things, settle, clock } = scene({ streaming: false, namespaces: ['apps'] });
    things.start();
    await settle();
    server.last.fail(403, { reason: 'Forbidden', headers: { 'audit-id': 'a1-b2' } });
    await settle();
    expect(things.status.lastError).toMatchObject({
      code: 'forbidden',
      verb: 'list',
      resource: 'things.test.example',
      namespace: 'apps',
      status: 403,
      reason: 'Forbidden',
      auditId: 'a1-b2',
    });
    await clock.advance(800);
    expect(server.told).toEqual(['list', 'list']);
  });

  it.each([
    ['once', 1],
    ['and by another when it stops', Number.POSITIVE_INFINITY],
  ])('E9: a reflector ended by a fault, %s, says so: its cluster is not live until it is stopped', async (_, times) => {
    let faults = 0;
    const random = (): number => {
      if (faults-- > 0) throw new Error('no dice');
      return 0;
    };
    const clock = new FakeClock({ random });
    const server = new ScriptedTransport();
    const warn = vi.fn<(message: string) => void>();
    const logger = { debug: () => undefined, info: () => undefined, warn };
    const cluster = createCluster({ server: 'http://server', transport: server, clock, logger });
    const stopping = new AbortController();
    const things = new Reflector(cluster, Thing, { streaming: false, signal: stopping.signal });
    things.start();
    await clock.advance(0);
    faults = times;
    server.last.answer(listOf(10, []));
    await clock.advance(0);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/the reflector ended: .*no dice/)]]);
    expect(things.status).toMatchObject({ phase: 'stopped', live: false });
    expect([Array.from(cluster.reflectors), cluster.isLive()]).toEqual([[things], false]);
    stopping.abort();
    expect(Array.from(cluster.reflectors)).toEqual([]);
    await things.stop();
    expect([clock.pending, server.open.length]).toEqual([0, 0]);
  });

  it('E9: no fault ends the watching; after each one there is a request or a timer', async () => {
    const { server, things, clock } = scene();
    things.start();
    const faults = [400, 401, 403, 404, 409, 410, 422, 429, 500, 503, 504];
    for (let n = 0; n < 200; n++) {
      const fault = faults[n % faults.length] ?? 500;
      const [request] = server.open;
      if (request !== undefined && n % 3 === 0) request.fail(fault);
      else if (n % 3 === 1) request?.refuse();
      else request?.answer('<html>not Kubernetes</html>');
      await clock.advance(0);
      expect(server.open.length > 0 || things.status.phase === 'waiting').toBe(true);
      const before = server.requests.length;
      await clock.advance(125_000);
      expect(server.requests.length).toBeGreaterThan(before);
    }
  });

  it('E10: an object that the transform fails for is kept out and named, and the watch goes on', async () => {
    const transform = (object: Thing): Thing => {
      if (object.spec?.color === 'bad') throw new Error('cannot take this color');
      return object;
    };
    const bad = { spec: { color: 'bad' } };
    const { server, things, settle } = await watchingScene(10, [thing('a', 1), thing('b', 2, bad)], { transform });
    expect(names(things.list())).toEqual(['a@1']);
    expect(things.status).toMatchObject({ counts: { quarantined: 1 }, quarantined: ['apps/b'] });
    server.last.send(modified(thing('a', 11, bad)), added(thing('c', 12)));
    await settle();
    expect(things.get('a', 'apps')).toBeUndefined();
    expect(things.status).toMatchObject({ resourceVersion: '12', quarantined: ['apps/b', 'apps/a'], live: true });
    server.last.send(modified(thing('a', 13)), deleted(thing('b', 14)));
    await settle();
    expect(names(things.list())).toEqual(['c@12', 'a@13']);
    expect(things.status.quarantined).toBeUndefined();
  });

  it('E10: the logger hears which object the transform failed for, and why', async () => {
    const told: unknown[] = [];
    const silent = (): void => undefined;
    const logger = { debug: silent, info: silent, warn: (...line: unknown[]) => void told.push(line) };
    const transform = (): never => {
      throw new Error('cannot take this color');
    };
    await watchingScene(10, [thing('a', 1)], { transform, logger });
    const detail = 'QuarantineError: transform threw for apps/a: Error: cannot take this color';
    expect(told).toEqual([['things.test.example: quarantined', { namespace: '', detail }]]);
  });

  it('an item of another kind or without a version is counted and left out', async () => {
    const { metadata, ...rest } = thing('x', 1) as { metadata: Record<string, unknown> };
    const noVersion = { ...rest, metadata: { ...metadata, resourceVersion: undefined } };
    const { things } = await watchingScene(10, [thing('a', 1), { ...thing('b', 2), kind: 'Other' }, noVersion]);
    expect(names(things.list())).toEqual(['a@1']);
    expect(things.status.counts.anomalies).toBe(2);
  });

  it('keys that mean something to JavaScript are names like any other', async () => {
    const odd = ['__proto__', 'constructor', 'toString'];
    const { things } = await watchingScene(
      10,
      odd.map((name, i) => thing(name, i + 1, { labels: JSON.parse(`{"${name}":"x"}`) as unknown })),
    );
    expect(names(things.list()).sort()).toEqual(['__proto__@1', 'constructor@2', 'toString@3']);
    expect(things.get('__proto__', 'apps')?.metadata.name).toBe('__proto__');
    expect(things.get('valueOf', 'apps')).toBeUndefined();
    expect(things.list({ labels: 'constructor=x' })).toHaveLength(1);
  });
});
