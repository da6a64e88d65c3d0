import { describe, expect, it } from 'vitest';
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
  type Thing,
} from '../../../tests/support/reflector-scene.js';
import type { Change } from '../subscribe/change.js';
import { FakeClock } from '../testing/fake-clock.js';

function names(objects: Iterable<Thing>): string[] {
  return Array.from(objects, ({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);
}

function say(change: Change<Thing>): string {
  switch (change.type) {
    case 'added':
    case 'updated':
    case 'replaced':
      return `${change.type} ${change.object.metadata.name}@${change.object.metadata.resourceVersion}`;
    case 'deleted':
      return `deleted ${change.object.metadata.name}@${change.object.metadata.resourceVersion}${change.finalStateUnknown ? '?' : ''}`;
    case 'synced':
      return `synced ${change.resourceVersion}`;
    case 'desynced':
      return `desynced ${change.cause}`;
    case 'resync':
      return 'resync';
  }
}

describe('the first list', () => {
  it('L1, L5: a start streams the list, and the same request goes on as the watch', async () => {
    const { server, things, settle } = scene();
    things.start();
    await settle();
    const { query } = server.last;
    expect(Object.fromEntries(query)).toEqual({
      watch: '1',
      sendInitialEvents: 'true',
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '300',
    });
    server.last.send(added(thing('a', 5)), added(thing('b', 7)));
    await settle();
    expect(() => things.list()).toThrow(expect.objectContaining({ code: 'not-synced' }));
    server.last.send(bookmark(9, true), added(thing('c', 12)));
    await settle();
    expect(names(things.list())).toEqual(['a@5', 'b@7', 'c@12']);
    expect(server.told).toEqual(['stream']);
    expect(things.status).toMatchObject({ phase: 'watching', synced: true, live: true, resourceVersion: '12' });
  });

  it('L4: changes before the end bookmark change what becomes the set', async () => {
    const { server, things, settle } = scene();
    const told: string[] = [];
    things.on('change', (change) => told.push(say(change)));
    await settle();
    server.last.send(
      added(thing('a', 5)),
      added(thing('b', 6)),
      modified(thing('a', 7)),
      deleted(thing('b', 8)),
      bookmark(9, true),
    );
    await settle();
    expect(names(things.list())).toEqual(['a@7']);
    expect(told).toEqual(['added a@7', 'synced 9']);
  });

  it('L6: a server that never ends a streaming list is listed in pages after three tries, by every reflector of the cluster', async () => {
    const { server, things, settle, clock, reflector } = scene();
    things.start();
    await settle();
    for (const wait of [30_000, 800, 30_000, 1600, 30_000]) {
      server.last.open();
      await clock.advance(wait);
    }
    expect(server.told).toEqual(['stream', 'stream', 'stream', 'list']);
    const second = reflector();
    second.start();
    await settle();
    expect(server.last.told).toBe('list');
  });

  it('L7: an old server that knows no streaming lists is listed in the same pass', async () => {
    const { server, things, settle } = scene();
    const ready = things.ready();
    await settle();
    server.last.fail(422, { reason: 'Invalid', message: 'sendInitialEvents: Forbidden' });
    await settle();
    server.last.answer(listOf(3, [thing('a', 2)]));
    await ready;
    await settle();
    expect(server.told).toEqual(['stream', 'list', 'watch 3']);
  });

  it('L8, L9: pages follow the continue token alone, and the watch begins at the first page', async () => {
    const { server, things, settle } = scene({ streaming: false, labelSelector: { app: 'web' } });
    things.start();
    await settle();
    expect(Object.fromEntries(server.last.query)).toEqual({ labelSelector: 'app=web', limit: '500' });
    server.last.answer(listOf(10, [thing('a', 1)], 'next'));
    await settle();
    expect(Object.fromEntries(server.last.query)).toEqual({ labelSelector: 'app=web', limit: '500', continue: 'next' });
    server.last.answer(listOf(15, [thing('b', 2)]));
    await settle();
    expect(server.last.told).toBe('watch 10');
    expect(server.last.query.get('labelSelector')).toBe('app=web');
    expect(names(things.list())).toEqual(['a@1', 'b@2']);
  });

  it('L10: `any` asks for any state first, and a relist for nothing older than what was shown', async () => {
    const { server, things, settle } = scene({ streaming: false, initial: 'any' });
    things.start();
    await settle();
    expect(server.last.told).toBe('list 0');
    server.last.answer(listOf(10, []));
    await settle();
    server.last.send(errorEvent(410, 'Expired'));
    await settle();
    expect(server.last.told).toBe('list 10');
    expect(server.last.query.get('resourceVersionMatch')).toBe('NotOlderThan');
    expect(server.last.query.has('limit')).toBe(false);
  });

  it('L12: 410 on the second page drops the pages so far and lists all at once', async () => {
    const { server, things, settle } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('gone', 1)], 'next'));
    await settle();
    server.last.fail(410, { reason: 'Expired' });
    await settle();
    expect(Object.fromEntries(server.last.query)).toEqual({});
    server.last.answer(listOf(20, [thing('a', 12)]));
    await settle();
    expect(names(things.list())).toEqual(['a@12']);
  });

  it('L13: a list without a version commits nothing and is tried again', async () => {
    const { server, things, settle, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.answer({ items: [thing('a', 1)] });
    await settle();
    expect(things.status).toMatchObject({
      phase: 'waiting',
      synced: false,
      lastError: { code: 'protocol', verb: 'list' },
    });
    await clock.advance(800);
    server.last.answer(listOf(3, null));
    await settle();
    expect(things.list()).toEqual([]);
  });

  it('L15: items without apiVersion and kind get those of the kind', async () => {
    const { apiVersion: _a, kind: _k, ...bare } = thing('a', 1);
    const { things } = await watchingScene(5, [bare]);
    expect(things.get('a', 'apps')).toMatchObject({ apiVersion: 'test.example/v1', kind: 'Thing' });
  });

  it('L15: a Table is an error, not data', async () => {
    const { server, things, settle } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.answer({
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: '1' },
      rows: [],
      items: [],
    });
    await settle();
    expect(things.status).toMatchObject({ synced: false, lastError: { code: 'protocol' } });
  });

  it('L17: metadata only, without managedFields, and plain JSON for servers that know no better', async () => {
    const { server, things, settle } = scene({ streaming: false, metadataOnly: true });
    things.start();
    await settle();
    expect(server.last.headers['accept']).toBe(
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io;drop=metadata.managedFields,application/json;q=0.9',
    );
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
    server.last.answer(listOf(5, [thing('a', 1, { spec: { color: 'red' } }), { ...thing('b', 2), ...partial }]));
    await settle();
    expect(server.last.headers['accept']).toContain('as=PartialObjectMetadata;');
    for (const name of ['a', 'b']) {
      expect(things.get(name, 'apps')).toEqual(thing(name, name === 'a' ? 1 : 2));
    }
  });

  it('E11: at most so many lists run at once, the others wait in line', async () => {
    const { server, settle, reflector } = scene({}, { maxInitialLists: 2 });
    const all = ['a', 'b', 'c'].map((app) => reflector({ streaming: false, labelSelector: { app } }));
    for (const one of all) one.start();
    await settle();
    expect(server.told).toEqual(['list', 'list']);
    server.requests[0]?.answer(listOf(1, []));
    await settle();
    expect(server.told).toEqual(['list', 'list', 'watch 1', 'list']);
  });

  it('E11: a list that failed gives its place away while it waits', async () => {
    const { server, settle, reflector } = scene({}, { maxInitialLists: 1 });
    reflector({ streaming: false, labelSelector: 'app=a' }).start();
    reflector({ streaming: false, labelSelector: 'app=b' }).start();
    await settle();
    server.last.fail(403);
    await settle();
    expect(server.told).toEqual(['list', 'list']);
  });

  it('E12: a list that drips is not cut off, one that stops is', async () => {
    const { server, things, settle, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.open();
    server.last.raw('{"metadata":');
    for (let n = 0; n < 4; n++) {
      await clock.advance(29_000);
      server.last.raw(' ');
      await settle();
    }
    expect(server.open).toHaveLength(1);
    await clock.advance(30_000);
    expect(server.open).toHaveLength(0);
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'timeout' } });
  });
});

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
      told.push(`on deleted ${object.metadata.uid} ${change.finalStateUnknown}`),
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
