import { describe, expect, it } from 'vitest';
import {
  added,
  bookmark,
  deleted,
  errorEvent,
  listOf,
  modified,
  names,
  scene,
  thing,
  type Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';

const bad = { spec: { color: 'bad' } };
const transform = (object: Thing): Thing => {
  if (object.spec?.color === 'bad') throw new Error('cannot take this color');
  return object;
};

describe('E10: an object that the transform fails for', () => {
  it('W8: in a version that is older than the stored one changes nothing', async () => {
    const { server, things, settle } = await watchingScene(10, [thing('a', 5)], { transform });
    server.last.send(modified(thing('a', 3, bad)));
    await settle();
    expect(names(things.list())).toEqual(['a@5']);
    expect(things.status).toMatchObject({ counts: { anomalies: 1 } });
    expect(things.status.quarantined).toBeUndefined();
  });

  it('W17: is not named again when the next watch tells once more what the one before told', async () => {
    const { server, things, settle, clock } = await watchingScene(10, [], { transform });
    const first = server.last;
    await clock.advance(240_000);
    expect(server.told.slice(1)).toEqual(['watch 10', 'watch 10']);
    const twice = [added(thing('a', 11, bad)), modified(thing('a', 12))];
    first.send(...twice);
    await settle();
    server.last.send(...twice, added(thing('b', 13)));
    await settle();
    expect(names(things.list())).toEqual(['a@12', 'b@13']);
    expect(things.status.quarantined).toBeUndefined();
  });

  it('R6: is named on while a relist runs and when it fails, and no other before the new set is there', async () => {
    const { server, things, settle, clock } = await watchingScene(10, [thing('a', 5, bad), thing('b', 6)], {
      transform,
    });
    expect(things.status).toMatchObject({ quarantined: ['apps/a'], counts: { quarantined: 1 } });
    server.last.send(errorEvent(410, 'Expired'));
    await settle();
    expect(things.status.quarantined).toEqual(['apps/a']);
    const next = JSON.stringify(listOf(20, [thing('a', 11), thing('b', 12, bad)]));
    server.last.raw(next.slice(0, -3));
    server.last.open();
    await settle();
    server.last.break();
    await settle();
    expect(names(things.list())).toEqual(['b@6']);
    expect(things.status.quarantined).toEqual(['apps/a']);
    await clock.advance(2000);
    server.last.answer(listOf(20, [thing('a', 11), thing('b', 12, bad)]));
    await settle();
    expect(names(things.list())).toEqual(['a@11']);
    expect(things.status.quarantined).toEqual(['apps/b']);
  });

  it('is not named any more when a later list by hand has it in a state that can be taken', async () => {
    const { server, things, settle } = scene({ streaming: false, transform });
    for (const [version, object, quarantined] of [
      [10, thing('a', 5, bad), ['apps/a']],
      [20, thing('a', 11), undefined],
    ] as const) {
      const poll = things.poll();
      await settle();
      server.last.answer(listOf(version, [object]));
      await poll;
      expect(things.status.quarantined).toEqual(quarantined);
    }
  });

  it('L4: is not named any more when it is deleted before the end bookmark', async () => {
    const { server, things, settle } = scene({ transform });
    things.start();
    await settle();
    server.last.send(added(thing('a', 5, bad)), deleted(thing('a', 6, bad)), bookmark(9, true));
    await settle();
    expect(things.status).toMatchObject({ synced: true, resourceVersion: '9' });
    expect(things.status.quarantined).toBeUndefined();
  });
});

describe('S9: what a transform makes', () => {
  it('may hold bytes, which cannot be frozen', async () => {
    const withBytes = (object: Thing): Thing => ({ ...object, data: new Uint8Array(3) }) as Thing;
    const { things } = await watchingScene(10, [thing('a', 5)], { transform: withBytes, freeze: 'deep' });
    expect(names(things.list())).toEqual(['a@5']);
    expect(Object.isFrozen(things.get('a', 'apps')?.metadata)).toBe(true);
  });
});
