import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { rawOf } from '../../../tests/support/raw-object.js';
import type { Entry } from './entry.js';
import type { Outcome } from './outcome.js';
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

  describe('reads', () => {
    it('S1: finds objects by namespace/name, and by name alone without a namespace', () => {
      list(writer, [entry('n/a', 1), entry('b', 2)], 3);
      expect(store.get('n/a')?.metadata.name).toBe('a');
      expect(store.get('b')?.metadata.name).toBe('b');
      expect([store.get('a'), store.get('n/b'), store.get('/b'), store.get('')]).toEqual(Array(4).fill(undefined));
    });

    it('S2: list is a snapshot', () => {
      list(writer, [entry('n/a', 1), entry('n/b', 2)], 3);
      const things = store.list();
      for (const { metadata } of things) writer.apply('DELETED', entry(`n/${metadata.name}`, 10));
      expect(keysOf(things)).toEqual(['n/a', 'n/b']);
      expect(store.list()).toEqual([]);
    });

    it('lists a namespace, labels and any condition', () => {
      list(
        writer,
        [
          entry('n/a', 1, { labels: { app: 'web', tier: 'a' } }),
          entry('m/a', 2, { labels: { app: 'web' }, color: 'red' }),
          entry('n/b', 3, { labels: { app: 'db' } }),
          entry('c', 4),
        ],
        5,
      );
      expect(keysOf(store.list({ namespace: 'n' }))).toEqual(['n/a', 'n/b']);
      expect(keysOf(store.list({ labels: 'app=web' }))).toEqual(['n/a', 'm/a']);
      expect(keysOf(store.list({ labels: { app: 'web' }, namespace: 'm' }))).toEqual(['m/a']);
      expect(keysOf(store.list({ labels: 'app in (web,db),!tier' }))).toEqual(['m/a', 'n/b']);
      expect(keysOf(store.list({ filter: ({ spec }) => spec.color === 'red' }))).toEqual(['m/a']);
      expect(store.list({ namespace: 'none' })).toEqual([]);
      expect(() => store.list({ labels: 'a b' })).toThrow(expect.objectContaining({ code: 'usage' }));
    });

    it('gives the same object twice, and by every way of reading', () => {
      list(writer, [entry('n/a', 1, { color: 'red' })], 1);
      store.addIndex('color', ({ spec }) => spec.color);
      const object = store.get('n/a');
      expect(store.list()[0]).toBe(object);
      expect(store.read().get('n/a')).toBe(object);
      expect(store.by('color', 'red')[0]).toBe(object);
      expect([...store.read().values()][0]).toBe(object);
    });

    it('read is a live view of the whole', () => {
      const view = store.read();
      expect(view.size).toBe(0);
      list(writer, [entry('n/a', 1), entry('n/b', 2)], 3);
      expect(view.size).toBe(2);
      expect([...view.keys()]).toEqual(['n/a', 'n/b']);
      expect(view.has('n/a')).toBe(true);
      expect(Array.from(view, ([key, { metadata }]) => [key, metadata.name])).toEqual([
        ['n/a', 'a'],
        ['n/b', 'b'],
      ]);
      const seen: string[] = [];
      view.forEach((value, key, map) => {
        expect(map).toBe(view);
        seen.push(`${key}=${value.metadata.resourceVersion}`);
      });
      expect(seen).toEqual(['n/a=1', 'n/b=2']);
      writer.apply('DELETED', entry('n/a', 4));
      expect([...view.keys()]).toEqual(['n/b']);
    });

    it('keys and labels named like the members of every object are plain data', () => {
      const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
      list(
        writer,
        names.map((name, i) =>
          maker.make(
            rawOf(
              `{"metadata":{"name":"${name}","namespace":"__proto__","uid":"u","resourceVersion":"${i + 1}","labels":{"${name}":"x"}},"spec":{}}`,
            ),
          ),
        ),
        9,
      );
      expect(store.size).toBe(4);
      expect(store.get('__proto__/constructor')?.metadata.name).toBe('constructor');
      expect(store.list({ namespace: '__proto__' })).toHaveLength(4);
      expect(keysOf(store.list({ labels: 'constructor' }))).toEqual(['__proto__/constructor']);
      expect(store.get('valueOf')).toBeUndefined();
    });
  });

  describe('events', () => {
    it('W7: ADDED of a known key is an update, MODIFIED of an unknown one an add, DELETED of an unknown one nothing; all move the version', () => {
      list(writer, [entry('n/a', 1)], 1);
      expect(brief(writer.apply('ADDED', entry('n/a', 2)))).toBe('updated n/a@1>2');
      expect(writer.resourceVersion).toBe('2');
      expect(brief(writer.apply('MODIFIED', entry('n/b', 3)))).toBe('added n/b@3');
      expect(writer.resourceVersion).toBe('3');
      expect(brief(writer.apply('DELETED', entry('n/c', 4)))).toBe('unknown');
      expect(store.resourceVersion()).toBe('4');
    });

    it('W8: the same version is not told twice', () => {
      list(writer, [entry('n/a', 1)], 1);
      const before = store.get('n/a');
      expect(brief(writer.apply('MODIFIED', entry('n/a', 1)))).toBe('same');
      expect(store.get('n/a')).toBe(before);
    });

    it('W8: an older version is dropped, and moves nothing back', () => {
      list(writer, [entry('n/a', 10)], 12);
      expect(brief(writer.apply('MODIFIED', entry('n/a', 9)))).toBe('stale');
      expect(brief(writer.apply('DELETED', entry('n/a', 8)))).toBe('stale');
      expect(store.get('n/a')?.metadata.resourceVersion).toBe('10');
      expect(writer.resourceVersion).toBe('12');
    });

    it('W8: versions that cannot be compared are taken as they come', () => {
      const odd = (version: string): Entry<Thing> =>
        maker.make(rawOf(`{"metadata":{"name":"a","uid":"u","resourceVersion":"${version}"},"spec":{}}`));
      writer.apply('ADDED', odd('b7'));
      expect(writer.apply('MODIFIED', odd('a1')).t).toBe('updated');
      expect(store.get('a')?.metadata.resourceVersion).toBe('a1');
      expect(writer.resourceVersion).toBe('a1');
    });

    it('W9: a deletion carries the last state told and the last one stored', () => {
      list(writer, [entry('n/a', 1)], 1);
      const outcome = writer.apply('DELETED', entry('n/a', 2, { color: 'last' }));
      expect(outcome).toMatchObject({ t: 'deleted', finalStateUnknown: false });
      const { was, now } = outcome as Extract<Outcome<Thing>, { t: 'deleted' }>;
      expect([was.read().metadata.resourceVersion, now.read().spec.color]).toEqual(['1', 'last']);
      expect(store.get('n/a')).toBeUndefined();
    });

    it('W11: another uid under the same key is a replacement', () => {
      list(writer, [entry('n/a', 1)], 1);
      expect(writer.apply('MODIFIED', entry('n/a', 5, { uid: 'other' }))).toMatchObject({
        t: 'replaced',
        finalStateUnknown: true,
      });
      expect(store.get('n/a')?.metadata.uid).toBe('other');
    });

    it('W11: the deletion of a successor that was never seen ends what is stored, whose last state is unknown', () => {
      list(writer, [entry('n/a', 1)], 1);
      const outcome = writer.apply('DELETED', entry('n/a', 5, { uid: 'other' }));
      expect(brief(outcome)).toBe('deleted n/a@1>1?');
      expect(store.size).toBe(0);
    });

    it('W12: a bookmark moves the version and nothing else, and never back', () => {
      list(writer, [entry('n/a', 1)], 5);
      writer.advance('9');
      expect(store.resourceVersion()).toBe('9');
      writer.advance('7');
      expect(store.resourceVersion()).toBe('9');
      expect(store.size).toBe(1);
    });

    it('E10: an object that cannot be kept any more is taken out', () => {
      list(writer, [entry('n/a', 1)], 1);
      expect(brief(writer.evict('n/a'))).toBe('deleted n/a@1>1?');
      expect(brief(writer.evict('n/a'))).toBe('unknown');
    });

    it('knows the version that is stored, so that it need not be made again', () => {
      list(writer, [entry('n/a', 1)], 1);
      expect(writer.known(rawOf(textOf('n/a', 1)))).toBe(store.entry('n/a'));
      expect(writer.known(rawOf(textOf('n/a', 2)))).toBeUndefined();
      expect(writer.known(rawOf(textOf('n/a', 1, { uid: 'other' })))).toBeUndefined();
      expect(writer.known(rawOf(textOf('n/b', 1)))).toBeUndefined();
    });
  });
  describe('indexes', () => {
    it('S4: an object is under each of its values, moves when it changes, and leaves no empty bucket', () => {
      store.addIndex('tag', ({ spec }) => spec.tags);
      list(writer, [entry('n/a', 1, { tags: ['x', 'y', 'x'] }), entry('n/b', 2, { tags: ['y'] }), entry('n/c', 3)], 3);
      expect(keysOf(store.by('tag', 'x'))).toEqual(['n/a']);
      expect(keysOf(store.by('tag', 'y')).sort()).toEqual(['n/a', 'n/b']);
      writer.apply('MODIFIED', entry('n/a', 4, { tags: ['y', 'z'] }));
      expect([keysOf(store.by('tag', 'x')), keysOf(store.by('tag', 'y')).sort(), keysOf(store.by('tag', 'z'))]).toEqual(
        [[], ['n/a', 'n/b'], ['n/a']],
      );
      expect(store.by('tag', 'y').find(({ metadata }) => metadata.name === 'a')?.metadata.resourceVersion).toBe('4');
      writer.apply('DELETED', entry('n/a', 5));
      writer.apply('DELETED', entry('n/b', 6));
      expect([store.by('tag', 'y'), store.by('tag', 'z')]).toEqual([[], []]);
    });

    it('S4: values of any type are told apart as by a Map; undefined and null are none', () => {
      const values: Record<string, unknown> = {
        a: 1,
        b: '1',
        c: Number.NaN,
        d: null,
        e: undefined,
        f: [null, undefined],
        g: false,
      };
      store.addIndex('value', ({ metadata }) => values[metadata.name]);
      list(
        writer,
        Object.keys(values).map((name, i) => entry(name, i + 1)),
        9,
      );
      const found = [1, '1', Number.NaN, null, undefined, false].map((value) => keysOf(store.by('value', value)));
      expect(found).toEqual([['a'], ['b'], ['c'], [], [], ['g']]);
    });

    it('S5: an index added later is complete at once, also for a list under way', () => {
      list(writer, [entry('n/a', 1, { color: 'red' })], 1);
      writer.begin();
      writer.put(entry('n/b', 2, { color: 'red' }));
      store.addIndex('color', ({ spec }) => spec.color);
      expect(keysOf(store.by('color', 'red'))).toEqual(['n/a']);
      writer.put(entry('n/c', 3, { color: 'red' }));
      writer.commit('4').run(always);
      expect(keysOf(store.by('color', 'red'))).toEqual(['n/b', 'n/c']);
    });

    it('S5: a name in use and an unknown name are told', () => {
      store.addIndex('color', () => undefined);
      expect(() => store.addIndex('color', () => undefined)).toThrow(expect.objectContaining({ code: 'usage' }));
      expect(() => store.by('colour', 'red')).toThrow(/"colour".*"color"/);
      expect(() => fresh().by('__proto__', 'x')).toThrow(expect.objectContaining({ code: 'usage' }));
    });

    it('S4: a value may stand for more objects than a call takes arguments', () => {
      store = fresh({ indexes: { all: () => 'all' } });
      const many = Array.from({ length: 200_000 }, (_, i) =>
        maker.from({ metadata: { name: String(i), uid: 'u', resourceVersion: '1' }, spec: {} }),
      );
      list(store.writer(''), many, 3);
      expect(store.by('all', 'all')).toHaveLength(200_000);
    });

    it('S5: a function that throws puts the object in no bucket and is told; all else goes on', () => {
      const failures: string[] = [];
      store = fresh({
        indexes: {
          bad: ({ spec }) => (spec.color as string).length,
          good: () => 'all',
        },
        onIndexError: ({ index, key, error }) => failures.push(`${index} ${key} ${(error as Error).name}`),
      });
      list(store.writer(''), [entry('n/a', 1), entry('n/b', 2, { color: 'red' })], 3);
      expect(failures).toEqual(['bad n/a TypeError']);
      expect(keysOf(store.by('bad', 3))).toEqual(['n/b']);
      expect(keysOf(store.by('good', 'all'))).toEqual(['n/a', 'n/b']);
    });

    it('asks the function once per object and version, not again for a relist of the same', () => {
      let calls = 0;
      const making = store.addIndex('color', ({ spec }) => {
        calls += 1;
        return spec.color;
      });
      making.run(() => true);
      list(writer, [entry('n/a', 1, { color: 'red' }), entry('n/b', 2, { color: 'red' })], 3);
      list(writer, [entry('n/a', 1, { color: 'red' }), entry('n/b', 4, { color: 'blue' })], 5);
      expect(calls).toBe(3);
      expect([keysOf(store.by('color', 'red')), keysOf(store.by('color', 'blue'))]).toEqual([['n/a'], ['n/b']]);
    });
  });

  it('equals a plain model after any history of events and lists', () => {
    const key = fc.constantFrom('n/a', 'n/b', 'm/a', 'm/b', 'c');
    const step = fc.oneof(
      fc.record({
        t: fc.constant('event' as const),
        key,
        type: fc.constantFrom('ADDED', 'MODIFIED', 'DELETED'),
        uid: fc.nat(1),
        color: fc.constantFrom('r', 'g'),
      }),
      fc.record({
        t: fc.constant('list' as const),
        keys: fc.uniqueArray(key),
        changed: fc.boolean(),
        give: fc.constantFrom('up', 'commit', 'half'),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = fresh({ indexes: { color: ({ spec }) => spec.color } });
        const writer = store.writer('');
        const model = new Map<string, { version: number; uid: string; color: string }>();
        const folded = new Map<string, string>();
        const fold = (outcome: Outcome<Thing>): void => {
          if (outcome.t === 'deleted') folded.delete(outcome.was.key);
          else if ('now' in outcome) folded.set(outcome.now.key, outcome.now.resourceVersion);
        };
        let version = 0;
        for (const each of steps) {
          version += 1;
          if (each.t === 'event') {
            fold(writer.apply(each.type, entry(each.key, version, { uid: `u${each.uid}`, color: each.color })));
            if (each.type === 'DELETED') model.delete(each.key);
            else model.set(each.key, { version, uid: `u${each.uid}`, color: each.color });
            continue;
          }
          writer.begin();
          const next: typeof model = new Map();
          for (const listed of each.keys) {
            const known = each.changed ? undefined : model.get(listed);
            const now = known ?? { version, uid: 'u0', color: 'r' };
            next.set(listed, now);
            writer.put(entry(listed, now.version, now));
          }
          if (each.give === 'up') {
            writer.discard();
            continue;
          }
          const commit = writer.commit(String(version));
          if (each.give === 'half') commit.run(() => false);
          commit.run(always);
          commit.outcomes.forEach(fold);
          model.clear();
          for (const [listed, now] of next) model.set(listed, now);
        }
        const wanted = [...model].map(([at, { version: v }]) => `${at}@${v}`).sort();
        expect([...store.read()].map(([at, { metadata }]) => `${at}@${metadata.resourceVersion}`).sort()).toEqual(
          wanted,
        );
        expect([...folded].map(([at, v]) => `${at}@${v}`).sort()).toEqual(wanted);
        for (const color of ['r', 'g']) {
          const inModel = [...model].filter(([, thing]) => thing.color === color).map(([at]) => at);
          expect(keysOf(store.by('color', color)).sort()).toEqual(inModel.sort());
        }
        for (const namespace of ['n', 'm']) {
          const inModel = [...model.keys()].filter((at) => at.startsWith(`${namespace}/`));
          expect(keysOf(store.list({ namespace })).sort()).toEqual(inModel.sort());
        }
      }),
      { numRuns: 150 },
    );
  });
});
