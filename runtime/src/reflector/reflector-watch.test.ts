import { describe, expect, it } from 'vitest';
import {
  added,
  bookmark,
  deleted,
  listOf,
  modified,
  scene,
  thing,
  watchingScene,
  names,
  say,
} from '../../../tests/support/reflector-scene.js';

describe('the watch', () => {
  it('W2, W12: a bookmark moves the version without an event, and the next watch begins there', async () => {
    const { server, things, settle, clock } = await watchingScene(10, []);
    expect(server.last.query.get('allowWatchBookmarks')).toBe('true');
    server.last.send(bookmark(50));
    await settle();
    expect(things.status.resourceVersion).toBe('50');
    await clock.advance(5000);
    server.last.end();
    await settle();
    expect(server.last.told).toBe('watch 50');
  });

  it('W4: an unfinished last line is dropped and asked for again', async () => {
    const { server, things, settle, clock } = await watchingScene(10, []);
    await clock.advance(2000);
    server.last.send(added(thing('a', 11)));
    server.last.raw(JSON.stringify(added(thing('b', 12))).slice(0, -5));
    server.last.end();
    await settle();
    expect(server.last.told).toBe('watch 11');
    expect(names(things.list())).toEqual(['a@11']);
  });

  it('W5: a line that is no JSON drops the connection and resumes at the last good version; a second time relists', async () => {
    const { server, things, settle, clock } = await watchingScene(10, []);
    for (let n = 0; n < 2; n++) {
      server.last.open();
      server.last.raw('this is not JSON\n');
      await clock.advance(0);
    }
    expect(server.told).toEqual(['list', 'watch 10', 'watch 10', 'list 10']);
    server.last.answer(listOf(20, [thing('a', 15)]));
    await settle();
    expect(names(things.list())).toEqual(['a@15']);
  });

  it('W5: bytes that look like an object and are no JSON move neither store nor version', async () => {
    const { server, things, settle } = await watchingScene(10, []);
    const line = JSON.stringify(added(thing('a', 11, { spec: { color: 'red' } })));
    server.last.raw(`${line.replace('"red"', 'red')}\n`);
    await settle();
    expect(server.last.told).toBe('watch 10');
    expect(things.list()).toEqual([]);
  });

  it('W5: a line over maxLineBytes drops the connection', async () => {
    const { server, settle } = await watchingScene(10, [], { maxLineBytes: 1000 });
    server.last.send(added(thing('a', 11, { spec: { color: 'x'.repeat(2000) } })));
    await settle();
    expect(server.told).toEqual(['list', 'watch 10', 'watch 10']);
  });

  it('W7: ADDED of a known key is an update, MODIFIED of an unknown one an add, DELETED of an unknown one nothing', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1)]);
    const told: string[] = [];
    things.on('change', (change) => told.push(say(change)));
    await settle();
    told.length = 0;
    server.last.send(added(thing('a', 11)), modified(thing('b', 12)), deleted(thing('c', 13)));
    await settle();
    expect(told).toEqual(['updated a@11', 'added b@12']);
    expect(things.status.resourceVersion).toBe('13');
  });

  it('W8: the stored version again is silent, a lower one is dropped and counted', async () => {
    const { server, things, settle } = await watchingScene(20, [thing('a', 15)]);
    const told: string[] = [];
    things.on('updated', (now) => told.push(now.metadata.resourceVersion));
    server.last.send(modified(thing('a', 15)), modified(thing('a', 9)));
    await settle();
    expect(told).toEqual([]);
    expect(names(things.list())).toEqual(['a@15']);
    expect(things.status.counts).toMatchObject({ anomalies: 1, updated: 0 });
    expect(things.status.resourceVersion).toBe('20');
  });

  it('W10: under a selector a deletion may only be a goodbye', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1)], { labelSelector: 'app' });
    const scopes: string[] = [];
    things.on('deleted', (_object, change) => scopes.push(change.scope));
    server.last.send(deleted(thing('a', 11)));
    await settle();
    expect(scopes).toEqual(['selected']);
  });

  it('W11: another uid under the same name is replaced, and deleted then added for handlers', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 1)]);
    const told: string[] = [];
    things.on('change', (change) => told.push(say(change)));
    things.on('deleted', (object, change) =>
      told.push(`on ${change.type} ${object.metadata.uid} ${change.finalStateUnknown}`),
    );
    things.on('added', (object, { initial }) => told.push(`on added ${object.metadata.uid} ${initial}`));
    await settle();
    told.length = 0;
    server.last.send(modified(thing('a', 11, { uid: 'other' })));
    await settle();
    expect(told.sort()).toEqual(['on added other false', 'on deleted uid-a true', 'replaced a@11']);
  });

  it('W13: an event of an unknown type or of another kind is counted, and the version stays', async () => {
    const { server, things, settle } = await watchingScene(10, []);
    server.last.send({ type: 'SOMETHING', object: thing('a', 11) }, added({ ...thing('b', 12), kind: 'Other' }));
    await settle();
    expect(things.list()).toEqual([]);
    expect(things.status).toMatchObject({ resourceVersion: '10', counts: { anomalies: 2 }, live: true });
  });

  it('W13: a bookmark of another kind is counted, moves no version and ends no streaming list', async () => {
    const { server, things, settle } = scene();
    things.start();
    await settle();
    const other = (end: boolean): unknown => {
      const { type, object } = bookmark(99, end) as { type: string; object: object };
      return { type, object: { ...object, kind: 'Other' } };
    };
    server.last.send(added(thing('a', 1)), other(true));
    await settle();
    expect(things.status).toMatchObject({ synced: false, counts: { anomalies: 1 } });
    server.last.send(bookmark(10, true), other(false));
    await settle();
    expect(things.status).toMatchObject({ synced: true, resourceVersion: '10', counts: { anomalies: 2 }, live: true });
  });

  it('W14: a watch that ends cleanly is opened again without a list or a delay', async () => {
    const { server, things, settle, clock } = await watchingScene(10, [thing('a', 1)]);
    for (let n = 0; n < 5; n++) {
      server.last.open();
      await clock.advance(1000);
      server.last.end();
      await settle();
    }
    expect(server.told).toEqual(['list', 'watch 10', ...Array<string>(5).fill('watch 10')]);
    expect(things.status.failures).toBe(0);
  });

  it('W15: a server that ends every watch at once is not hammered', async () => {
    const { server, clock } = await watchingScene(10, []);
    for (let second = 0; second < 600; second++) {
      if (server.last.told.startsWith('watch')) server.last.end();
      else server.last.answer(listOf(10, []));
      await clock.advance(100);
    }
    expect(server.requests.length).toBeLessThan(20);
  });

  it('W16: any byte shows that the peer lives', async () => {
    const { server, things, clock } = await watchingScene(10, []);
    server.last.send(bookmark(12));
    await clock.advance(140_000);
    server.last.raw('\n');
    await clock.advance(60_000);
    expect(server.told).toEqual(['list', 'watch 10']);
    expect(things.status.live).toBe(true);
  });

  it('W16: a frozen server is left, probed and watched again', async () => {
    const { server, things, clock, settle } = await watchingScene(10, []);
    server.last.send(bookmark(12));
    await clock.advance(149_999);
    expect(things.status.live).toBe(true);
    await clock.advance(1);
    expect(server.told).toEqual(['list', 'watch 10', 'probe']);
    expect(things.status).toMatchObject({ live: false, synced: true, lastError: { code: 'timeout', verb: 'watch' } });
    server.last.answer(listOf(12, []));
    await settle();
    server.last.open();
    await settle();
    expect(server.last.told).toBe('watch 12');
    expect(things.status).toMatchObject({ live: true, failures: 0 });
  });

  it('W17: the next watch opens before the server ends this one, and nothing is told twice', async () => {
    const { server, things, settle, clock } = await watchingScene(10, []);
    const told: string[] = [];
    things.on('change', (change) => told.push(say(change)));
    const first = server.last;
    await clock.advance(240_000);
    expect(server.last.told).toBe('watch 10');
    const second = server.last;
    expect(second).not.toBe(first);
    first.send(added(thing('a', 11)));
    await settle();
    first.send(deleted(thing('a', 12)));
    await settle();
    second.send(added(thing('a', 11)), deleted(thing('a', 12)), added(thing('b', 13)));
    await settle();
    expect(first.signal.aborted).toBe(true);
    expect(told).toEqual(['synced 10', 'added a@11', 'deleted a@12', 'added b@13']);
    expect(things.status).toMatchObject({ live: true, counts: { relists: 0 } });
  });

  it('W20: after a suspend the watch is closed, the server probed, the watch resumed', async () => {
    const { server, clock, settle } = await watchingScene(10, []);
    clock.jumpWall(3_600_000);
    await clock.advance(30_000);
    expect(server.told).toEqual(['list', 'watch 10', 'probe']);
    server.last.answer(listOf(11, []));
    await settle();
    expect(server.last.told).toBe('watch 10');
  });
});
