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
  names,
  say,
} from '../../../tests/support/reflector-scene.js';

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

  it('L6: a server that never ends a streaming list is known for all namespaces', async () => {
    const { server, things, settle, clock, reflector } = scene({ namespaces: ['one'] });
    things.start();
    await settle();
    for (const wait of [30_000, 800, 30_000, 1600, 30_000]) {
      server.last.open();
      await clock.advance(wait);
    }
    reflector({ namespaces: ['two'] }).start();
    await settle();
    expect([server.last.path, server.last.told]).toEqual(['/apis/test.example/v1/namespaces/two/things', 'list']);
  });

  it('L6: a streaming list that comes to its end lets every later reflector of the cluster stream again', async () => {
    const { server, things, settle, clock, reflector } = scene();
    things.start();
    await settle();
    for (const wait of [30_000, 800, 30_000, 1600]) {
      server.last.open();
      await clock.advance(wait);
    }
    // Of another transform than `things`, so that it has a watch of its own.
    const older = reflector({ transform: (object) => object });
    older.start();
    await settle();
    const [third, good] = server.requests.slice(-2);
    third?.open();
    third?.end();
    await settle();
    expect(server.last.told).toBe('list');
    good?.send(bookmark(9, true));
    await settle();
    const second = reflector({ transform: (object) => object });
    second.start();
    await settle();
    expect(server.last.told).toBe('stream');
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
