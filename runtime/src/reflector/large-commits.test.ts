import { describe, expect, it, vi } from 'vitest';
import type { FakeClock } from '../testing/fake-clock.js';
import { coreOf } from './core-of.js';
import { clusterInternals } from '../cluster-internals.js';
import {
  added,
  bookmark,
  listOf,
  scene,
  thing,
  type Thing,
  watchingScene,
} from '../../../tests/support/reflector-scene.js';

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

  it.each([false, true])(
    'D2: a list by hand that is stopped meanwhile ends, and leaves nothing (streaming: %s)',
    async (streaming) => {
      const { server, settle, things, clock, cluster } = scene({ streaming });
      const end = streaming ? [added(thing('a', 1)), bookmark(10, true)] : [];
      const polling = things.poll().catch((error: { code: string }) => error.code);
      takesTurns(things, 3);
      await settle();
      if (streaming) server.last.send(...end);
      else server.last.answer(listOf(10, [thing('a', 1)]));
      for (let n = 0; n < 20; n++) await Promise.resolve();
      expect(things.status.resourceVersion).toBe('');
      await things.stop();
      expect(await Promise.race([polling, settle().then(() => 'waits')])).toBe('stopped');
      await settle();
      expect(things.status.counts.objects).toBe(0);
      expect(clock.pending).toBe(0);
      const slots = await Promise.all(
        [1, 2, 3, 4].map(() => cluster[clusterInternals].acquireListSlot(AbortSignal.timeout(1000))),
      );
      expect(slots).toHaveLength(4);
    },
  );

  it('a list by hand that is aborted meanwhile lets the next one run', async () => {
    const { server, settle, things } = scene({ streaming: false });
    const controller = new AbortController();
    const polling = things.poll({ signal: controller.signal }).catch((error: { code: string }) => error.code);
    takesTurns(things, 3);
    await settle();
    server.last.answer(listOf(10, [thing('a', 1)]));
    for (let n = 0; n < 20; n++) await Promise.resolve();
    controller.abort();
    expect(await polling).toBe('aborted');
    const next = things.poll();
    await settle();
    server.last.answer(listOf(11, [thing('a', 1)]));
    await settle();
    await next;
    expect([server.told, things.status.resourceVersion]).toEqual([['list', 'list'], '11']);
  });

  it('U14, U1: who subscribes in the moment in which a shared set can be read hears of each object once', async () => {
    const many = Array.from({ length: SIZE }, (_, n) => thing(`n${n}`, 1));
    const { clock, settle, reflector } = await watchingScene(10, many);
    let ms = 0;
    vi.spyOn(clock, 'now').mockImplementation(() => (ms += 2));
    const second = reflector({ streaming: false, indexes: { name: ({ metadata }: Thing) => metadata.name } });
    const told = new Map<string, number>();
    atFirstMoment(
      clock,
      () => second.status.resourceVersion !== '',
      () => second.on('added', ({ metadata: { name } }) => void told.set(name, (told.get(name) ?? 0) + 1)),
    );
    second.start();
    await settle();
    expect([told.size, Math.max(...told.values())]).toEqual([SIZE, 1]);
  });
});
