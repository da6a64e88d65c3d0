import { beforeEach, describe, expect, it } from 'vitest';
import { rawOf } from '../../../tests/support/raw-object.js';
import type { Entry } from './entry.js';
import type { Store } from './store.js';
import type { StoreWriter } from './store-writer.js';
import { type Thing, always, textOf, keysOf, brief, storeScene } from '../../../tests/support/store-scene.js';

describe.each(['bytes', 'parsed'] as const)('a store of entries that hold %s', (form) => {
  const { maker, entry, fresh, list } = storeScene(form);
  let store: Store<Thing>;
  let writer: StoreWriter<Thing>;
  beforeEach(() => {
    store = fresh();
    writer = store.writer('');
  });

  describe('lists', () => {
    it('R4: tells deletions first, then updates and additions in list order; an equal version is silent', () => {
      list(writer, [entry('n/a', 1), entry('n/b', 2), entry('n/c', 3), entry('n/d', 4)], 5);
      const outcomes = list(
        writer,
        [entry('n/z', 9), entry('n/c', 3), entry('m/y', 8), entry('n/b', 7), entry('n/a', 10, { uid: 'new' })],
        11,
      );
      expect(outcomes.map(brief)).toEqual([
        'deleted n/d@4>4?',
        'added n/z@9',
        'added m/y@8',
        'updated n/b@2>7',
        'replaced n/a@1>10',
      ]);
      expect(store.resourceVersion()).toBe('11');
    });

    it('R4: an object of an equal version stays the same object', () => {
      list(writer, [entry('n/a', 1)], 1);
      const [object, stored] = [store.get('n/a'), store.entry('n/a')];
      expect(list(writer, [entry('n/a', 1)], 2)).toEqual([]);
      expect(store.get('n/a')).toBe(object);
      expect(store.entry('n/a')).toBe(stored);
    });

    it('R5: readers and indexes see the old set until the new one takes its place, at once', () => {
      store.addIndex('color', ({ spec }) => spec.color);
      const old = Array.from({ length: 2000 }, (_, i) => entry(`n/old-${i}`, i + 1, { color: 'old' }));
      const next = Array.from({ length: 2000 }, (_, i) => entry(`n/new-${i}`, i + 5000, { color: 'new' }));
      list(writer, old, 3000);
      writer.begin();
      for (const each of next) writer.put(each);
      const commit = writer.commit('9000');
      let slices = 0;
      for (;;) {
        const isDone = commit.run(() => false);
        slices += 1;
        const counts = [
          store.size,
          store.by('color', 'old').length,
          store.by('color', 'new').length,
          store.list({ namespace: 'n' }).length,
        ];
        expect(counts).toEqual(isDone ? [2000, 0, 2000, 2000] : [2000, 2000, 0, 2000]);
        expect(store.resourceVersion()).toBe(isDone ? '9000' : '3000');
        expect(commit.outcomes).toHaveLength(isDone ? 4000 : 0);
        if (isDone) break;
      }
      expect(slices).toBeGreaterThan(10);
      expect(commit.run(always)).toBe(true);
    });

    it('S13: asks for more time every few hundred objects', () => {
      list(
        writer,
        Array.from({ length: 5000 }, (_, i) => entry(`n/${i}`, i + 1)),
        6000,
      );
      writer.begin();
      for (let i = 0; i < 5000; i += 1) writer.put(entry(`n/${i}`, i + 7000));
      let asked = 0;
      const commit = writer.commit('20000');
      commit.run(() => {
        asked += 1;
        return true;
      });
      expect(asked).toBeGreaterThan(20);
    });

    it('L4: what changes before the end of the initial events changes the buffer', () => {
      writer.begin();
      writer.put(entry('n/a', 1));
      writer.put(entry('n/b', 2));
      writer.put(entry('n/c', 3));
      writer.put(entry('n/a', 4, { color: 'new' }));
      writer.remove('n/b');
      writer.remove('n/none');
      expect(store.size).toBe(0);
      const commit = writer.commit('5');
      commit.run(always);
      expect(commit.outcomes.map(brief)).toEqual(['added n/a@4', 'added n/c@3']);
      expect(store.get('n/a')?.spec.color).toBe('new');
    });

    it('R6: a list that is given up leaves store, indexes and version as they were', () => {
      store.addIndex('color', ({ spec }) => spec.color);
      list(writer, [entry('n/a', 1, { color: 'red' })], 5);
      const stored = store.entry('n/a');
      writer.begin();
      writer.put(entry('n/b', 8, { color: 'red' }));
      writer.discard();
      expect([store.size, store.resourceVersion(), store.entry('n/a')]).toEqual([1, '5', stored]);
      expect(keysOf(store.by('color', 'red'))).toEqual(['n/a']);
      expect(() => writer.commit('9')).toThrow('begin');
    });

    it('R6: a commit that is given up half way leaves all as it was, and the next list works', () => {
      const old = Array.from({ length: 3000 }, (_, i) => entry(`n/${i}`, i + 1, { color: String(i) }));
      list(writer, old, 4000);
      writer.begin();
      for (let i = 0; i < 1000; i += 1) writer.put(entry(`n/${i}`, i + 5000));
      const commit = writer.commit('9000');
      expect(commit.run(() => false)).toBe(false);
      writer.discard();
      expect(commit.run(always)).toBe(true);
      expect(commit.outcomes).toEqual([]);
      expect([store.size, store.resourceVersion()]).toEqual([3000, '4000']);
      expect(list(writer, [entry('n/0', 1), entry('n/1', 9500)], 9600)).toHaveLength(2999);
      for (let i = 0; i < 3000; i += 1) expect(old[i]?.read().spec.color).toBe(String(i));
    });

    it('R12: after the server lost history an equal version with other content is an update', () => {
      list(writer, [entry('n/a', 5, { color: 'before' }), entry('n/b', 6)], 9);
      writer.begin({ historyLost: true });
      expect(writer.known(rawOf(textOf('n/a', 5)))).toBeUndefined();
      writer.put(entry('n/a', 5, { color: 'after' }));
      writer.put(entry('n/b', 6));
      const commit = writer.commit('7');
      commit.run(always);
      expect(commit.outcomes.map(brief)).toEqual(['updated n/a@5>5']);
      expect([store.get('n/a')?.spec.color, store.resourceVersion()]).toEqual(['after', '7']);
      expect(writer.known(rawOf(textOf('n/a', 5)))).toBeDefined();
    });

    it('R12: what is compared may nest as deep as an API server reads', () => {
      const deep = (end: number): Entry<Thing> => {
        const nest = `{"spec":${'{"a":'.repeat(9000)}${end}${'}'.repeat(9000)},`;
        return maker.make(rawOf(textOf('n/a', 5).replace(',"spec":{}', '').replace('{', nest)));
      };
      list(writer, [deep(1)], 9);
      for (const [end, told] of [
        [1, []],
        [2, ['updated n/a@5>5']],
      ] as const) {
        writer.begin({ historyLost: true });
        writer.put(deep(end));
        const commit = writer.commit('7');
        commit.run(always);
        expect(commit.outcomes.map(brief)).toEqual(told);
      }
    });

    it('S11: a list of one namespace replaces that namespace only', () => {
      store = fresh({ partitions: ['n', 'm'], indexes: { color: ({ spec }) => spec.color } });
      const [n, m] = [store.writer('n'), store.writer('m')];
      list(n, [entry('n/a', 1, { color: 'red' })], 5);
      expect([store.resourceVersion('n'), store.resourceVersion('m'), store.resourceVersion()]).toEqual(['5', '', '']);
      list(m, [entry('m/a', 2, { color: 'red' }), entry('m/b', 3)], 4);
      expect(store.resourceVersion(), 'the lowest').toBe('4');
      expect(list(n, [], 6).map(brief)).toEqual(['deleted n/a@1>1?']);
      expect(keysOf(store.list())).toEqual(['m/a', 'm/b']);
      expect(keysOf(store.list({ namespace: 'm' }))).toEqual(['m/a', 'm/b']);
      expect(keysOf(store.by('color', 'red'))).toEqual(['m/a']);
      expect([store.get('m/a')?.metadata.name, store.get('n/a'), store.get('x/a'), store.get('a')]).toEqual([
        'a',
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('S11: an object of another namespace is not taken', () => {
      store = fresh({ partitions: ['n'] });
      const n = store.writer('n');
      n.begin();
      expect(n.put(entry('m/a', 1))).toBe(false);
      expect(n.put(entry('a', 1))).toBe(false);
      n.commit('2').run(always);
      expect(brief(n.apply('ADDED', entry('m/a', 3)))).toBe('unknown');
      expect(store.size).toBe(0);
    });

    it('shares a snapshot while nothing changes', () => {
      list(writer, [entry('n/a', 1)], 1);
      const before = store.snapshot();
      expect(store.snapshot()).toBe(before);
      writer.apply('ADDED', entry('n/b', 2));
      expect(store.snapshot()).not.toBe(before);
      expect(before).toHaveLength(1);
    });
  });
});
