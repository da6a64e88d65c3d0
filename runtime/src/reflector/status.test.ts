import { describe, expect, it } from 'vitest';
import {
  added,
  bookmark,
  errorEvent,
  listOf,
  scene,
  thing,
  Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import { createCluster } from '../client/create-cluster.js';
import { metrics } from '../metrics.js';
import { Reflector } from './reflector.js';
import type { ReflectorStatus } from './status.js';

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
