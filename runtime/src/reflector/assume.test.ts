import { describe, expect, it } from 'vitest';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  Planet,
  thing,
  type Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';
import { Reflector } from './reflector.js';

const MINUTE = 60_000;

/** What the server answered to a write. */
function written(name: string, version: number, color: string, more: Record<string, unknown> = {}): Thing {
  return thing(name, version, { spec: { color }, ...more }) as unknown as Thing;
}

async function coloured(options = {}) {
  const set = await watchingScene(10, [thing('a', 1, { spec: { color: 'red' } })], options);
  const colour = set.things.addIndex('colour', ({ spec }) => spec?.color);
  const names = (found: readonly Thing[]): string[] => found.map(({ metadata }) => metadata.name);
  const shown = () => ({
    get: set.things.get('a', 'apps')?.spec?.color,
    list: set.things.list().map(({ metadata, spec }) => `${metadata.name} ${spec?.color}`),
    red: names(colour.by('red')),
    blue: names(colour.by('blue')),
  });
  return { ...set, shown, colour };
}

describe('S12: assume', () => {
  it('S12: shows an own write in every read until the watch brings it, and then what the server told', async () => {
    const { things, server, settle, shown } = await coloured();
    things.assume(written('a', 12, 'blue'));
    expect(shown()).toEqual({ get: 'blue', list: ['a blue'], red: [], blue: ['a'] });
    expect([...things.read().values()].map(({ spec }) => spec?.color)).toEqual(['blue']);
    server.last.send(modified(thing('a', 11, { spec: { color: 'green' } })));
    await settle();
    expect(things.get('a', 'apps')?.spec?.color, 'an older state').toBe('blue');
    server.last.send(modified(thing('a', 12, { spec: { color: 'as told' } })));
    await settle();
    expect(things.get('a', 'apps')?.spec?.color).toBe('as told');
    expect(shown()).toMatchObject({ list: ['a as told'], red: [], blue: [] });
  });

  it('S12: an object may nest as deep as an API server reads', async () => {
    const { things, server, settle } = await coloured();
    // Written by hand: JSON.stringify has not the stack for it.
    const nest = `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`;
    const text = `${JSON.stringify(thing('a', 12)).slice(0, -1)},"spec":${nest}}`;
    things.assume(JSON.parse(text) as Thing);
    const assumed = things.get('a', 'apps');
    server.last.raw(`{"type":"MODIFIED","object":${text}}\n`);
    await settle();
    expect(things.status).toMatchObject({ phase: 'watching', resourceVersion: '12' });
    expect(things.get('a', 'apps')).toBe(assumed);
  });

  it('S12: an assumed object stays === when the watch brings its version, also to who is told of it first', async () => {
    const { things, server, settle } = await coloured();
    const told: unknown[] = [];
    things.on('updated', (now) => void told.push(now));
    things.assume(written('a', 12, 'blue'));
    const assumed = things.get('a', 'apps');
    server.last.send(modified(thing('a', 12, { spec: { color: 'blue' } })));
    await settle();
    expect(things.status.counts.updated).toBe(1);
    expect(things.get('a', 'apps')).toBe(assumed);
    expect(told).toEqual([assumed]);
    expect(told[0]).toBe(assumed);
  });

  it('D6: a stopped reflector keeps what it assumed, while others go on with the shared watch', async () => {
    const { reflector, server, settle, things } = await coloured();
    const other = reflector({ streaming: false });
    await other.ready();
    other.assume(written('a', 12, 'blue'));
    await other.stop();
    server.last.send(modified(thing('a', 13, { spec: { color: 'green' } })));
    await settle();
    expect(other.get('a', 'apps')?.spec?.color).toBe('blue');
    expect(things.get('a', 'apps')?.spec?.color).toBe('green');
  });

  it('S12: what was assumed before the start is not shown longer because an equal reflector runs already', async () => {
    const { reflector, server, settle } = await coloured();
    const late = reflector({ streaming: false, allowUnsynced: true });
    late.assume(written('b', 11, 'blue'));
    expect(late.list()).toHaveLength(1);
    late.start();
    await settle();
    for (const request of server.open) if (!request.query.has('watch')) request.answer(listOf(10, [thing('a', 1)]));
    await settle();
    expect(late.list()).toHaveLength(2);
    for (const request of server.open)
      request.send(added(thing('b', 11)), modified(thing('b', 12)), deleted(thing('b', 13)));
    await settle();
    expect(late.list().map(({ metadata }) => metadata.name)).toEqual(['a']);
  });

  it('S12: shows a created object, and its key in the live view', async () => {
    const { things, server, settle, shown } = await coloured();
    const view = things.read();
    things.assume(written('b', 11, 'blue'));
    expect(shown()).toMatchObject({ list: ['a red', 'b blue'], blue: ['b'] });
    expect([view.size, [...view.keys()], view.has('apps/b')]).toEqual([2, ['apps/a', 'apps/b'], true]);
    expect(things.list({ namespace: 'apps' })).toHaveLength(2);
    expect(things.list({ namespace: 'other' })).toEqual([]);
    expect(things.status.counts.objects, 'what the server told').toBe(1);
    server.last.send(added(thing('b', 11, { spec: { color: 'blue' } })));
    await settle();
    expect([view.size, things.list().length]).toEqual([2, 2]);
  });

  it('S12: a concurrent deletion takes the object away as soon as the cache has come past the write', async () => {
    const { things, server, settle } = await coloured();
    things.assume(written('a', 12, 'blue'));
    server.last.send(deleted(thing('a', 13)));
    await settle();
    expect(things.get('a', 'apps')).toBeUndefined();
    things.assume(written('a', 12, 'blue'));
    expect(things.get('a', 'apps'), 'a write that is overtaken already').toBeUndefined();
  });

  it('S12: an object made again under the name is shown as it is', async () => {
    const { things, server, settle } = await coloured();
    things.assume(written('a', 12, 'blue'));
    server.last.send(deleted(thing('a', 13)), added(thing('a', 14, { uid: 'new' })));
    await settle();
    expect(things.get('a', 'apps')?.metadata.uid).toBe('new');
  });

  it('S12: a bookmark past the write, and a list past it, end it as an event does', async () => {
    const { things, server, settle } = await coloured();
    things.assume(written('a', 12, 'blue'));
    server.last.send(bookmark(12));
    await settle();
    expect(things.get('a', 'apps')?.spec?.color).toBe('red');
    things.assume(written('a', 15, 'blue'));
    server.last.send(errorEvent(410));
    await settle();
    expect(things.get('a', 'apps')?.spec?.color, 'while the list is made').toBe('blue');
    server.last.answer(listOf(20, []));
    await settle();
    expect(things.get('a', 'apps')).toBeUndefined();
  });

  it('S12: a server that lost history takes what was assumed with it', async () => {
    const { things, server, settle, clock } = await coloured();
    things.assume(written('a', 15, 'blue'));
    server.last.break();
    await clock.advance(0);
    server.last.answer(listOf(4, []));
    await settle();
    server.last.answer(listOf(5, [thing('a', 3, { spec: { color: 'old' } })]));
    await settle();
    expect(things.get('a', 'apps')?.spec?.color).toBe('old');
  });

  it('S12: is forgotten after five minutes, and beyond the last hundred objects', async () => {
    const { things, clock, server } = await coloured();
    things.assume(written('a', 1000, 'blue'));
    await clock.advance(5 * MINUTE - 1);
    server.last.send(bookmark(11));
    expect(things.get('a', 'apps')?.spec?.color).toBe('blue');
    await clock.advance(1);
    expect(things.get('a', 'apps')?.spec?.color).toBe('red');
    expect(things.list()[0]?.spec?.color).toBe('red');
    for (let n = 0; n <= 100; n++) things.assume(written(`n${n}`, 2000 + n, 'blue'));
    expect([things.get('n0', 'apps'), things.list().length]).toEqual([undefined, 101]);
  });

  it('S12: of two writes of one object the later one counts, in whatever order they are assumed', async () => {
    const { things } = await coloured();
    things.assume(written('a', 15, 'later'));
    things.assume(written('a', 14, 'earlier'));
    expect(things.get('a', 'apps')?.spec?.color).toBe('later');
  });

  it('S12: subscribers hear of the write once, when the watch brings it; waitFor sees it at once', async () => {
    const { things, server, settle } = await coloured();
    const told: string[] = [];
    things.on('change', (change) => told.push(change.type));
    await settle();
    const waited = things.waitFor((object) => object?.spec?.color === 'blue', { name: 'a', namespace: 'apps' });
    things.assume(written('a', 12, 'blue'));
    expect(await waited).toMatchObject({ metadata: { resourceVersion: '12' } });
    expect(told).toEqual(['added', 'synced']);
    server.last.send(modified(thing('a', 12, { spec: { color: 'blue' } })));
    await settle();
    expect(told).toEqual(['added', 'synced', 'updated']);
  });

  it('S12: a write that leaves the label selector hides the object; a field selector shows only what is known', async () => {
    const labelled = await coloured({ labelSelector: 'app=web' });
    labelled.things.assume(written('a', 12, 'blue', { labels: { app: 'other' } }));
    expect(labelled.shown()).toEqual({ get: undefined, list: [], red: [], blue: [] });
    expect(labelled.things.read().size).toBe(0);
    const field = await coloured({ fieldSelector: 'status.phase=Running' });
    field.things.assume(written('a', 12, 'blue'));
    field.things.assume(written('b', 13, 'blue'));
    expect(field.shown().list).toEqual(['a blue']);
  });

  it('S12: goes through the transform and drops managedFields, as what the watch brings', async () => {
    const { things } = await coloured({ transform: ({ spec: _spec, ...rest }: Thing) => rest });
    const object = written('a', 12, 'blue');
    things.assume({ ...object, metadata: { ...object.metadata, managedFields: [{ manager: 'me' }] } } as Thing);
    expect(things.get('a', 'apps')).toEqual(thing('a', 12));
  });

  it('S12: what is no object of the reflector is a usage error, and a stopped reflector says so', async () => {
    const { things, cluster } = await coloured({ namespaces: ['apps'] });
    const wrong: [object: unknown, says: RegExp][] = [
      [undefined, /metadata.name/],
      [{ metadata: { name: 'a', namespace: 'apps' } }, /resourceVersion/],
      [{ metadata: { name: 'a', namespace: 'apps', resourceVersion: '0' } }, /resourceVersion/],
      [{ metadata: { name: 'a', resourceVersion: '12' } }, /"a" has no metadata.namespace/],
      [{ metadata: { name: 'a', namespace: '', resourceVersion: '12' } }, /"a" has no metadata.namespace/],
      [{ metadata: { name: 'a', namespace: 'else', resourceVersion: '12' } }, /"else" is not watched, only apps/],
      [{ kind: 'Planet', metadata: { name: 'a', namespace: 'apps', resourceVersion: '12' } }, /kind is "Planet"/],
    ];
    for (const [object, says] of wrong) {
      expect(() => things.assume(object as Thing)).toThrow(
        expect.objectContaining({ code: 'usage', message: expect.stringMatching(says) }),
      );
    }
    await things.stop();
    expect(() => things.assume(written('a', 12, 'blue'))).toThrow(expect.objectContaining({ code: 'stopped' }));
    const planets = new Reflector(cluster, Planet, { allowUnsynced: true });
    planets.assume({
      apiVersion: 'test.example/v1',
      kind: 'Planet',
      metadata: { name: 'x', uid: 'u', resourceVersion: '2', creationTimestamp: '' },
    } as unknown as Planet);
    expect(planets.get('x')?.metadata.resourceVersion, 'before the first list any version is to come').toBe('2');
  });

  it('S5, S12: an index function that fails for an own write is asked once, and counted once', async () => {
    const { things } = await coloured();
    things.assume(written('new', 12, 'blue'));
    let asked = 0;
    const bad = things.addIndex('bad', ({ metadata }) => {
      if (metadata.name !== 'new') return 1;
      asked += 1;
      throw new Error('cannot index this');
    });
    for (let i = 0; i < 5; i++) expect(bad.by(1)).toHaveLength(1);
    expect([asked, things.status.counts.anomalies]).toEqual([1, 1]);
  });

  it('S12: what one reflector assumes is not shown by another on the same watch', async () => {
    const { things, reflector, settle } = await coloured();
    const other = reflector({ streaming: false });
    await other.ready();
    things.assume(written('a', 12, 'blue'));
    await settle();
    expect([things, other].map((each) => each.get('a', 'apps')?.spec?.color)).toEqual(['blue', 'red']);
  });
});
