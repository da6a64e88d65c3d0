import { describe, expect, it, vi } from 'vitest';
import type { FakeClock } from '../testing/fake-clock.js';
import { coreOf } from './core-of.js';
import { added, bookmark, listOf, scene, thing } from '../../../tests/support/reflector-scene.js';

const SIZE = 1500;
const many = (version: number): unknown[] => Array.from({ length: SIZE }, (_, n) => thing(`n${n}`, version));

/** A scene with a clock by which all work takes its time, so that large sets are taken over in turns. */
function slowScene(): ReturnType<typeof scene> {
  const set = scene({ streaming: false });
  let ms = 0;
  vi.spyOn(set.clock, 'now').mockImplementation(() => (ms += 2));
  return set;
}

/** Lets the set of a reflector be taken over in so many turns, whatever its size. */
function takesTurns(reflector: object, turns: number): void {
  const { writer } = coreOf(reflector)?.watchers[0] ?? {};
  if (writer === undefined) throw new Error('it has no watcher');
  const commit = writer.commit.bind(writer);
  vi.spyOn(writer, 'commit').mockImplementation((version) => {
    const job = commit(version);
    let left = turns;
    const run: typeof job.run = (more) => --left <= 0 && job.run(more);
    return {
      run,
      get outcomes() {
        return job.outcomes;
      },
    };
  });
}

/** Calls back in the first moment between two steps of the program, in the turn of any timer, in which `isTrue`. */
function atFirstMoment(clock: FakeClock, isTrue: () => boolean, then: () => void): void {
  let isOver = false;
  const look = async (): Promise<void> => {
    for (let n = 0; n < 50 && !isOver; n++) {
      if (isTrue()) {
        isOver = true;
        then();
      }
      await Promise.resolve();
    }
  };
  const real = clock.setTimer.bind(clock);
  vi.spyOn(clock, 'setTimer').mockImplementation((ms, fn) =>
    real(ms, () => {
      fn();
      void look();
    }),
  );
}

describe('a set that is taken over in turns', () => {
  it('U1: who subscribes in the moment in which it can be read hears of each object once', async () => {
    const { server, settle, things, clock } = slowScene();
    things.start();
    await settle();
    server.last.answer(listOf(10, many(1)));
    const told = new Map<string, number>();
    atFirstMoment(
      clock,
      () => things.status.resourceVersion !== '',
      () => things.on('added', ({ metadata: { name } }) => void told.set(name, (told.get(name) ?? 0) + 1)),
    );
    await settle();
    expect([told.size, Math.max(...told.values())]).toEqual([SIZE, 1]);
  });

  it('W18: goes on however many pieces of the next event come meanwhile', async () => {
    const { server, settle, things } = scene();
    things.start();
    takesTurns(things, 3);
    await settle();
    const next = JSON.stringify(added(thing('late', 11)));
    server.last.send(added(thing('a', 1)), bookmark(10, true));
    for (let n = 0; n < 20_000; n++) server.last.raw(' ');
    server.last.raw(`${next}\n`);
    await settle();
    expect(things.status).toMatchObject({ live: true, resourceVersion: '11', failures: 0 });
  });
});
