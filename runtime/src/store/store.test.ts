import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { rawOf } from '../../../tests/support/raw-text.js';
import { createStore } from './cache-store.js';
import type { Entry } from './entry.js';
import { createEntryMaker } from './entry-maker.js';
import type { Difference, Outcome } from './outcome.js';
import type { Store, StoreOptions } from './store.js';
import type { StoreWriter } from './store-writer.js';

interface Thing {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly color?: string; readonly tags?: readonly string[] };
}

interface ThingParts {
  readonly uid?: string;
  readonly color?: string;
  readonly tags?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

const always = (): boolean => true;

const textOf = (key: string, version: number, { uid = `uid-${key}`, labels, ...spec }: ThingParts = {}): string => {
  const [namespace, name] = key.includes('/') ? key.split('/') : [undefined, key];
  return JSON.stringify({ metadata: { name, namespace, uid, resourceVersion: String(version), labels }, spec });
};

const keysOf = (things: Iterable<Thing>): string[] =>
  Array.from(things, ({ metadata: { namespace, name } }) => (namespace === undefined ? name : `${namespace}/${name}`));

const brief = (outcome: Outcome<Thing>): string => {
  switch (outcome.t) {
    case 'added':
      return `added ${outcome.now.key}@${outcome.now.resourceVersion}`;
    case 'updated':
    case 'replaced':
      return `${outcome.t} ${outcome.now.key}@${outcome.was.resourceVersion}>${outcome.now.resourceVersion}`;
    case 'deleted':
      return `deleted ${outcome.was.key}@${outcome.was.resourceVersion}>${outcome.now.resourceVersion}${outcome.finalStateUnknown ? '?' : ''}`;
    case 'same':
    case 'stale':
    case 'unknown':
      return outcome.t;
  }
};

describe.each(['bytes', 'parsed'] as const)('a store of entries that hold %s', (form) => {
  const maker = createEntryMaker<Thing>({
    apiVersion: 'v1',
    kind: 'Thing',
    managedFields: false,
    freeze: 'none',
    form,
  });
  const entry = (key: string, version: number, parts?: ThingParts): Entry<Thing> =>
    maker.make(rawOf(textOf(key, version, parts)));

  const fresh = (options: Partial<StoreOptions<Thing>> = {}): Store<Thing> =>
    createStore({ partitions: [''], ...options });
  const list = (
    writer: StoreWriter<Thing>,
    entries: readonly Entry<Thing>[],
    version: number,
  ): readonly Difference<Thing>[] => {
    writer.begin();
    for (const each of entries) writer.put(each);
    const commit = writer.commit(String(version));
    expect(commit.run(always)).toBe(true);
    return commit.outcomes;
  };

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
      expect(commit.first).toBe(true);
      expect(store.get('n/a')?.spec.color).toBe('new');
    });

    it('says which set is the first', () => {
      list(writer, [], 1);
      writer.begin();
      expect(writer.commit('2').first).toBe(false);
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

    it('S5: a function that throws puts the object in no bucket and is counted; all else goes on', () => {
      const failures: string[] = [];
      store = fresh({
        indexes: {
          bad: ({ spec }) => (spec.color as string).length,
          good: () => 'all',
        },
        onIndexError: ({ index, key }) => failures.push(`${index} ${key}`),
      });
      list(store.writer(''), [entry('n/a', 1), entry('n/b', 2, { color: 'red' })], 3);
      expect(failures).toEqual(['bad n/a']);
      expect(store.indexFailures).toBe(1);
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
