import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../tests/support/garbage.js';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  scene,
  thing,
  type Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import type { Change } from '../subscribe/change.js';

describe('what is asked for', () => {
  it('L16: lists, pages, watches, streaming lists and probes ask with the same selectors, namespace and projection', async () => {
    const labels = { app: 'web' };
    const set = scene({
      namespaces: ['apps'],
      labelSelector: labels,
      fieldSelector: 'status.phase=Running',
      metadataOnly: true,
      initial: 'any',
    });
    const { server, settle, clock, things } = set;
    things.start();
    labels.app = 'changed afterwards';
    await settle();
    server.last.fail(500);
    await settle();
    server.last.answer(listOf(10, [], 'next'));
    await settle();
    server.last.answer(listOf(10, []));
    await settle();
    server.last.open().break();
    await settle();
    server.last.answer(listOf(10, []));
    await settle();
    server.last.send(errorEvent(410));
    await clock.advance(60_000);
    expect(server.told.slice(0, 6)).toEqual(['stream 0', 'list 0', 'page', 'watch 10', 'probe', 'watch 10']);
    expect(server.told.slice(6)).toContain('stream 10');
    for (const { path, query, headers } of server.requests) {
      expect(path).toBe('/apis/test.example/v1/namespaces/apps/things');
      expect(query.get('labelSelector')).toBe('app=web');
      expect(query.get('fieldSelector')).toBe('status.phase=Running');
      expect(headers['accept']).toMatch(/as=PartialObjectMetadata(List)?;.*drop=metadata.managedFields/);
    }
  });

  it('L17: metadata only: changes, too, have objects of the kind itself, whatever the server sent', async () => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1), thing('b', 2)], { metadataOnly: true });
    const told: unknown[] = [];
    things.on('updated', (now, was) => told.push(now, was));
    things.on('deleted', (object, { previous }) => told.push(object, previous));
    await settle();
    const partial = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' };
    const spec = { color: 'red' };
    server.last.send(modified({ ...thing('a', 11), ...partial }), modified(thing('b', 12, { spec })));
    await settle();
    server.last.send(deleted({ ...thing('a', 13), ...partial }), deleted(thing('b', 14, { spec })));
    await settle();
    const changes = [thing('a', 11), thing('a', 1), thing('b', 12), thing('b', 2)];
    expect(told).toEqual([...changes, thing('a', 13), thing('a', 11), thing('b', 14), thing('b', 12)]);
  });

  it('W2: a server that sends no bookmarks is watched all the same, for as long as it was asked to send', async () => {
    const { server, settle, things, clock } = await watchingScene(10, []);
    await clock.advance(200_000);
    server.last.send(added(thing('a', 11)));
    await settle();
    expect([things.status.live, server.told]).toEqual([true, ['list', 'watch 10']]);
    expect(server.last.query.get('allowWatchBookmarks')).toBe('true');
  });
});

describe('order', () => {
  it('W6: events apply in stream order, whatever chunks they come in, and each step is told in that order', async () => {
    const { server, settle, things } = await watchingScene(10, []);
    const told: string[] = [];
    const read = (async () => {
      for await (const change of things.changes({ mode: 'every' })) {
        if ('object' in change) told.push(`${change.type} ${change.object.metadata.resourceVersion}`);
      }
    })();
    await settle();
    const events = [
      added(thing('a', 11)),
      modified(thing('a', 12)),
      deleted(thing('a', 13)),
      added(thing('a', 14, { uid: 'second' })),
      added(thing('b', 15)),
      modified(thing('a', 16, { uid: 'second' })),
    ];
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    for (let at = 0; at < text.length; at += 7) server.last.raw(text.slice(at, at + 7));
    await settle();
    await things.stop();
    await read;
    expect(told).toEqual(['added 11', 'updated 12', 'deleted 13', 'added 14', 'added 15', 'updated 16']);
  });

  it('W6: a handler never overlaps itself, however slow and however many events come meanwhile', async () => {
    const { server, settle, things, clock } = await watchingScene(10, []);
    let running = 0;
    let most = 0;
    const told: string[] = [];
    things.on('change', async (change) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => void clock.setTimer(100, resolve));
      if ('object' in change) told.push(change.object.metadata.resourceVersion);
      running -= 1;
    });
    for (let version = 11; version < 41; version++) {
      server.last.send(added(thing(`n${version % 3}`, version)));
      await clock.advance(10);
    }
    await clock.advance(10_000);
    await settle();
    expect(most).toBe(1);
    expect(told.slice(-3).sort()).toEqual(['38', '39', '40']);
  });

  it('U2: what is told is there already, in reads and in indexes, or something later', async () => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1, { spec: { color: 'red' } })]);
    const byColor = things.addIndex('color', ({ spec }) => spec?.color);
    const seen: string[] = [];
    const look = (change: Change<Thing>): void => {
      if (!('object' in change)) return;
      const { name, resourceVersion } = change.object.metadata;
      const shown = things.get(name, 'apps');
      const indexed = byColor.by(change.object.spec?.color ?? '').map(({ metadata }) => metadata.name);
      seen.push(`${change.type} ${name}@${resourceVersion}: ${shown?.metadata.resourceVersion} [${indexed.join()}]`);
    };
    things.on('change', look);
    await settle();
    server.last.send(modified(thing('a', 11, { spec: { color: 'blue' } })));
    await settle();
    server.last.send(
      added(thing('b', 12, { spec: { color: 'blue' } })),
      deleted(thing('a', 13, { spec: { color: 'blue' } })),
    );
    await settle();
    server.last.send(errorEvent(410));
    await settle();
    server.last.answer(
      listOf(20, [thing('b', 19, { spec: { color: 'red' } }), thing('c', 18, { spec: { color: 'red' } })]),
    );
    await settle();
    expect(seen).toEqual([
      'added a@1: 1 [a]',
      'updated a@11: 11 [a]',
      'added b@12: 12 [b]',
      'deleted a@13: undefined [b]',
      'updated b@19: 19 [b,c]',
      'added c@18: 18 [b,c]',
    ]);
  });

  it("S6: the store's version is that of the last thing applied: a list, an event, a deletion, a bookmark", async () => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1), thing('b', 9)]);
    const versions = [things.status.resourceVersion];
    for (const event of [
      modified(thing('a', 11)),
      deleted(thing('b', 12)),
      deleted(thing('never-seen', 13)),
      bookmark(14),
      added(thing('c', 15)),
      { type: 'ODD', object: thing('d', 16) },
      { type: 'ADDED', object: { ...thing('e', 17), kind: 'Other' } },
    ]) {
      server.last.send(event);
      await settle();
      versions.push(things.status.resourceVersion);
    }
    expect(versions).toEqual(['10', '11', '12', '13', '14', '15', '15', '15']);
  });
});

describe('those who are slow', () => {
  it('W18: a subscriber that stands still pauses no stream: the store follows, and every byte is taken', async () => {
    const { server, settle, things, clock } = await watchingScene(10, []);
    let calls = 0;
    things.on('change', () => {
      calls += 1;
      return new Promise(() => undefined);
    });
    const loop = things.changes({ mode: 'every', buffer: 5 })[Symbol.asyncIterator]();
    await loop.next();
    await settle();
    for (let version = 11; version < 5011; version++) {
      server.last.send(modified(thing(`n${version % 10}`, version)));
      if (version % 100 === 0) {
        await settle();
        expect(things.status.resourceVersion).toBe(String(version));
        expect(server.last.waiting, 'bytes that nobody took').toBe(0);
      }
    }
    await settle();
    expect([calls, things.list().length]).toEqual([1, 10]);
    expect((await loop.next()).value).toEqual({ type: 'resync' });
    await clock.advance(0);
    expect(things.status.live).toBe(true);
  });

  it('U3, U10: a thousand subscribers, slow, throwing and endless ones among them, hold back nobody and keep no history', async () => {
    const { server, settle, things, clock } = await watchingScene(10, []);
    const last = new Map<number, string>();
    const dislike = new Error('it does not like changes');
    for (let n = 0; n < 1000; n++) {
      things.on('change', (change) => {
        if (n % 10 === 1) throw dislike;
        if (n % 10 === 2) return new Promise(() => undefined);
        if ('object' in change) last.set(n, change.object.metadata.resourceVersion);
        return n % 10 === 3 ? new Promise<void>((resolve) => void clock.setTimer(1000, resolve)) : undefined;
      });
    }
    await clock.advance(1000);
    collectGarbage();
    const before = process.memoryUsage();
    const seen: WeakRef<Thing>[] = [];
    for (let version = 11; version < 311; version++) {
      server.last.send(modified(thing('one', version, { spec: { color: 'x'.repeat(2000) } })));
      if (version % 50 !== 0) continue;
      await settle();
      const shown = things.get('one', 'apps');
      if (shown !== undefined) seen.push(new WeakRef(shown));
    }
    await clock.advance(5000);
    expect(last.size).toBe(800);
    expect(new Set(last.values())).toEqual(new Set(['310']));
    collectGarbage();
    const after = process.memoryUsage();
    // The endless ones were told one version and wait for the latest: what came between is not kept.
    expect(seen.slice(1, -1).filter((ref) => ref.deref() !== undefined)).toEqual([]);
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(20_000_000);
  });

  it('S10: nothing keeps the body of a list, nor a version that was delivered', async () => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    const body = JSON.stringify(listOf(10, [thing('a', 1), thing('b', 2, { spec: { color: 'x'.repeat(500_000) } })]));
    let bytes: Uint8Array | undefined = new TextEncoder().encode(body);
    const ref = new WeakRef(bytes.buffer);
    server.last.open();
    server.last.bytes(bytes);
    bytes = undefined;
    server.last.end();
    await settle();
    const delivered: WeakRef<Thing>[] = [];
    things.on('updated', (_now, was) => void delivered.push(new WeakRef(was)));
    await settle();
    server.last.send(modified(thing('a', 11)), deleted(thing('b', 12)));
    await settle();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    collectGarbage();
    expect([delivered.length, delivered[0]?.deref()]).toEqual([1, undefined]);
    expect(ref.deref()).toBeUndefined();
    expect(things.list()).toHaveLength(1);
  });
});
