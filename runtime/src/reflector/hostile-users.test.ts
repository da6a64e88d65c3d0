import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { added, listOf, scene, thing, watchingScene } from '../../../tests/support/reflector-scene.js';
import { isKubeError } from '../errors.js';

/** Values that cannot even be turned into text. */
const wordless: [what: string, value: unknown][] = [
  ['an object without a prototype', Object.create(null)],
  [
    'an object whose toString throws',
    {
      toString() {
        throw new Error('no words');
      },
    },
  ],
  ['nothing', undefined],
  ['a symbol', Symbol('x')],
];

describe('code of users that does its worst', () => {
  const escaped: unknown[] = [];
  const note = (error: unknown): void => void escaped.push(error);
  beforeEach(() => {
    escaped.length = 0;
    process.on('uncaughtException', note).on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('uncaughtException', note).off('unhandledRejection', note);
  });
  const warnings: string[] = [];
  const quiet = { debug: () => undefined, info: () => undefined, warn: (text: string) => void warnings.push(text) };
  /** Unhandled rejections are told after a turn. */
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

  it.each(wordless)('U10: a handler that throws or rejects with %s harms nobody', async (_what, value) => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1)]);
    const told: string[] = [];
    things.on('change', () => {
      throw value;
    });
    things.on('change', () => Promise.reject(value as Error));
    things.on('status', () => {
      throw value;
    });
    things.on('added', ({ metadata }) => told.push(metadata.name), {
      filter: ({ metadata }) => {
        if (metadata.name === 'b') throw value;
        return true;
      },
    });
    things.addIndex('bad', () => {
      throw value;
    });
    server.last.send(added(thing('b', 11)), added(thing('c', 12)));
    await settle();
    await turn();
    expect(escaped).toEqual([]);
    expect(told).toEqual(['a', 'c']);
    expect(things.status).toMatchObject({ live: true, resourceVersion: '12' });
  });

  it('U10: what a handler returns may have a `then` that throws, at the look or at the call', async () => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1)]);
    const told: string[] = [];
    const trap = {
      get then(): unknown {
        throw new Error('do not look');
      },
    };
    const bad = {
      // oxlint-disable-next-line unicorn/no-thenable -- the point of it
      then() {
        throw new Error('do not call');
      },
    };
    things.on('added', () => trap);
    things.on('added', () => bad);
    things.on('added', ({ metadata }) => told.push(metadata.name));
    server.last.send(added(thing('b', 11)));
    await settle();
    await turn();
    expect(escaped).toEqual([]);
    expect(told).toEqual(['a', 'b']);
  });

  it('a logger that is asynchronous and fails leaves no rejection behind', async () => {
    // By its type it returns nothing; an asynchronous function can stand there all the same.
    const fail: () => unknown = async () => {
      await Promise.resolve();
      throw new Error('the disk is full');
    };
    const { server, settle, things } = scene({ streaming: false, logger: { debug: fail, info: fail, warn: fail } });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1)]));
    await settle();
    await turn();
    expect(escaped).toEqual([]);
    expect(things.list()).toHaveLength(1);
  });

  it('waitFor rejects with what its predicate throws, whatever that is', async () => {
    const { things } = await watchingScene(10, [thing('a', 1)]);
    const waiting = things.waitFor(
      () => {
        throw Object.create(null);
      },
      { name: 'a', namespace: 'apps' },
    );
    await expect(waiting).rejects.toBeInstanceOf(Error);
    expect(escaped).toEqual([]);
  });

  it('waitFor refuses a namespace that is not watched, where an object could never be seen to be there or gone', async () => {
    const { things } = scene({ streaming: false, namespaces: ['apps'] });
    const waiting = things.waitFor((object) => object === undefined, { name: 'a', namespace: 'elsewhere' });
    await expect(waiting).rejects.toSatisfy((error) => isKubeError(error) && error.code === 'usage');
  });

  it.each([Number.NaN, -1])('a timeout of %s ms is refused, and not a wait of no length', async (timeoutMs) => {
    const { things } = await watchingScene(10, []);
    const usage = (error: unknown): boolean => isKubeError(error) && error.code === 'usage';
    await expect(things.ready({ timeoutMs })).rejects.toSatisfy(usage);
    await expect(things.caughtUp('99', { timeoutMs })).rejects.toSatisfy(usage);
    const waiting = things.waitFor(() => false, { name: 'a', namespace: 'apps', timeoutMs });
    await expect(waiting).rejects.toSatisfy(usage);
  });

  it('what must answer at once and is asynchronous is refused or reported, and its rejection ends no process', async () => {
    const late = (async () => Promise.reject(new Error('late'))) as never;
    const { server, settle, things, reflector } = await watchingScene(10, [thing('a', 1)], { logger: quiet });
    warnings.length = 0;
    const told: string[] = [];
    const found = things.addIndex('late', late);
    things.on('added', ({ metadata }) => told.push(metadata.name), { filter: late });
    const usage = expect.objectContaining({
      code: 'usage',
      message: 'filter must answer at once, and not with a promise',
    });
    expect(() => things.list({ filter: late })).toThrow(usage);
    const waiting = things.waitFor(late, { name: 'a', namespace: 'apps' });
    await expect(waiting).rejects.toMatchObject({ code: 'usage' });
    const changed = reflector({ streaming: false, transform: late, indexes: { late } });
    changed.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1)]));
    await settle();
    await turn();
    expect(escaped).toEqual([]);
    expect([told, found.by('late' as never)]).toEqual([[], []]);
    expect(things.status.counts.anomalies).toBe(1);
    expect(changed.status).toMatchObject({ synced: true, quarantined: ['apps/a'], counts: { objects: 0 } });
    expect(warnings.join('\n')).toContain('filter must answer at once');
  });

  it('a selector or filter that is none is refused, and matches nothing', async () => {
    const { things } = await watchingScene(10, [thing('a', 1)]);
    for (const labels of [5, null, ['app'], { app: 5 }, { app: null }] as never[]) {
      expect(() => things.list({ labels })).toThrow(expect.objectContaining({ code: 'usage' }));
      expect(() => things.on('added', () => undefined, { labels })).toThrow(expect.objectContaining({ code: 'usage' }));
    }
    const filter = 'name' as never;
    expect(() => things.list({ filter })).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => things.on('added', () => undefined, { filter })).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
