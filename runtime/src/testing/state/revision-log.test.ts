import { describe, expect, it } from 'vitest';

import type { JsonObject } from './json.js';
import { createStorage } from './storage.js';

function object(name: string, value = 0): JsonObject {
  return { metadata: { name }, value };
}

const names = (state: readonly (readonly [string, JsonObject])[]) =>
  state.map(([key, { value }]) => `${key}=${String(value)}`);

describe('the storage', () => {
  it('counts all writes with one counter, which becomes the version of what was written', () => {
    const storage = createStorage({ window: 10 });
    const before = storage.revision;
    const foo = storage.put('foos', 'a', object('a'));
    const bar = storage.put('bars', 'a', object('a'));
    expect([foo, bar].map((each) => (each['metadata'] as JsonObject)['resourceVersion'])).toEqual([
      String(before + 1),
      String(before + 2),
    ]);
    expect(storage.revision).toBe(before + 2);
  });

  it('tells each older state within its window', () => {
    const storage = createStorage({ window: 100 });
    const log = storage.log('foos');
    const states: [revision: number, want: string[]][] = [[storage.revision, []]];
    const current = new Map<string, number>();
    for (let step = 0; step < 60; step++) {
      const key = `k${(step * 7) % 5}`;
      if (step % 4 === 3 && current.has(key)) {
        storage.remove('foos', key);
        current.delete(key);
      } else {
        storage.put('foos', key, object(key, step));
        current.set(key, step);
      }
      states.push([storage.revision, [...current].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${k}=${v}`)]);
    }
    for (const [revision, want] of states) expect(names(log.at(revision))).toEqual(want);
    for (const [revision, want] of states.reverse()) expect(names(log.at(revision))).toEqual(want);
  });

  it('forgets writes beyond its window, and says from where on it remembers', () => {
    const storage = createStorage({ window: 3 });
    const log = storage.log('foos');
    for (let step = 0; step < 20; step++) {
      storage.put('foos', 'a', object('a', step));
      expect(log.floor).toBe(Math.max(1, storage.revision - 3));
      expect(names(log.at(log.floor))).toEqual(log.floor === 1 ? [] : [`a=${log.floor - 2}`]);
    }
    expect(log.entry(0)).toBe('forgotten');
    const next = log.entry(log.numberAfter(log.floor));
    expect(next === undefined || next === 'forgotten' ? next : next.revision).toBe(log.floor + 1);
  });

  it('a compaction forgets the past and keeps the present', () => {
    const storage = createStorage({ window: 10 });
    const log = storage.log('foos');
    storage.put('foos', 'a', object('a', 1));
    const number = log.numberAfter(storage.revision);
    storage.compact();
    expect(log.floor).toBe(storage.revision);
    expect(names(log.at(storage.revision))).toEqual(['a=1']);
    expect(log.entry(number)).toBeUndefined();
    storage.put('foos', 'b', object('b', 2));
    expect(log.entry(number)).toMatchObject({ key: 'b', type: 'ADDED' });
  });

  it('keeps apart what an object was and is', () => {
    const storage = createStorage({ window: 10 });
    storage.put('foos', 'a', object('a', 1));
    storage.put('foos', 'a', object('a', 2));
    storage.remove('foos', 'a');
    const log = storage.log('foos');
    const entries = [0, 1, 2].map((number) => log.entry(number));
    expect(entries).toMatchObject([
      { type: 'ADDED', was: undefined, now: { value: 1 } },
      { type: 'MODIFIED', was: { value: 1 }, now: { value: 2 } },
      {
        type: 'DELETED',
        was: { value: 2 },
        now: { value: 2, metadata: { resourceVersion: String(storage.revision) } },
      },
    ]);
    expect(storage.remove('foos', 'a')).toBeUndefined();
  });
});
