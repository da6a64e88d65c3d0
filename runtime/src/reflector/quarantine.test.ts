import { describe, expect, it } from 'vitest';
import {
  added,
  bookmark,
  deleted,
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
