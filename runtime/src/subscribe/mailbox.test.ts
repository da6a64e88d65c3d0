import { memoryUsage } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../tests/support/garbage.js';
import { createStore } from '../store/cache-store.js';
import type { Entry } from '../store/entry.js';
import { createEntryMaker } from '../store/entry-maker.js';
import type { Difference } from '../store/outcome.js';
import { scanObject } from '../wire/read-raw-object.js';
import { createAudience } from './audience.js';
import type { Change, SubscribeOptions } from './change.js';
import { createMailbox, type MailboxOptions } from './mailbox.js';

interface Foo {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation: number;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

interface FooParts {
  readonly uid?: string;
  readonly app?: string;
  readonly generation?: number;
}

const utf8 = new TextEncoder();

function scene(o: SubscribeOptions<Foo> & Partial<MailboxOptions<Foo>> & { transform?: (foo: Foo) => Foo } = {}) {
  const maker = createEntryMaker<Foo>({
    apiVersion: 'v1',
    kind: 'Foo',
    managedFields: false,
    freeze: 'none',
    transform: o.transform,
  });
  const foo = (name: string, version: number, { uid = 'u', app, generation = 1 }: FooParts = {}): Entry<Foo> => {
    const labels = app === undefined ? undefined : { app };
    const bytes = utf8.encode(
      JSON.stringify({ metadata: { name, uid, resourceVersion: String(version), generation, labels } }),
    );
    const { raw } = scanObject(bytes, 0, bytes.length);
    if (raw === undefined) throw new Error('no usable name');
    return maker.make(raw);
  };
  const store = createStore<Foo>({ partitions: [''] });
  const writer = store.writer('');
  const audience = createAudience<Foo>(o, (error) => {
    throw error;
  });
  const mailbox = createMailbox<Foo>({
    store,
    audience,
    selected: o.selected ?? false,
    mode: o.mode ?? 'coalesce',
    buffer: o.buffer ?? 1000,
  });
  const apply = (type: 'ADDED' | 'MODIFIED' | 'DELETED', entry: Entry<Foo>): void => {
    const outcome = writer.apply(type, entry);
    if ('now' in outcome) mailbox.push(outcome);
  };
  const list = (version: number, entries: readonly Entry<Foo>[]): readonly Difference<Foo>[] => {
    writer.begin();
    for (const entry of entries) writer.put(entry);
    const commit = writer.commit(String(version));
    commit.run(() => true);
    return commit.outcomes;
  };
  const takeAll = (): Change<Foo>[] => {
    const changes: Change<Foo>[] = [];
    while (!mailbox.isEmpty) {
      const change = mailbox.take();
      if (change !== undefined) changes.push(change);
    }
    return changes;
  };
  return { foo, store, writer, mailbox, apply, list, takeAll };
}

const typesOf = (changes: readonly Change<Foo>[]): string[] => changes.map(({ type }) => type);

describe('a mailbox', () => {
  it('U4: replaced and then deleted is the deletion of the old one, in the last state that was stored of it', () => {
    const { foo, mailbox, apply, list, takeAll } = scene();
    list(1, [foo('x', 1)]);
    apply('MODIFIED', foo('x', 2));
    apply('MODIFIED', foo('x', 3, { uid: 'other' }));
    apply('DELETED', foo('x', 4, { uid: 'other' }));
    const [change] = takeAll();
    expect(change).toMatchObject({
      type: 'deleted',
      finalStateUnknown: true,
      object: { metadata: { uid: 'u', resourceVersion: '2' } },
    });
    expect(mailbox.isEmpty).toBe(true);
  });

  it('U4: deleted and added again under another uid tells that the deletion was seen', () => {
    const { foo, apply, list, takeAll } = scene();
    list(1, [foo('x', 1)]);
    apply('DELETED', foo('x', 2));
    apply('ADDED', foo('x', 3, { uid: 'other' }));
    expect(takeAll()).toMatchObject([{ type: 'replaced', finalStateUnknown: false }]);
  });

  it('keeps at most a sync, a desync and a sync for a subscriber that stands still', () => {
    const { mailbox, takeAll } = scene();
    for (let i = 0; i < 10_000; i += 1) {
      mailbox.pushMark({ type: 'synced', resourceVersion: String(i) });
      mailbox.pushMark({ type: 'desynced', cause: i === 0 ? 'expired' : 'drift' });
    }
    mailbox.pushMark({ type: 'synced', resourceVersion: 'last' });
    expect(takeAll()).toEqual([
      { type: 'synced', resourceVersion: '0' },
      { type: 'desynced', cause: 'expired' },
      { type: 'synced', resourceVersion: 'last' },
    ]);
  });

  it('U6: the sync that waits stands behind what came before it', () => {
    const { foo, mailbox, apply, takeAll } = scene();
    mailbox.pushMark({ type: 'synced', resourceVersion: '1' });
    apply('ADDED', foo('x', 2));
    mailbox.pushMark({ type: 'desynced', cause: 'expired' });
    apply('ADDED', foo('y', 3));
    mailbox.pushMark({ type: 'synced', resourceVersion: '4' });
    apply('ADDED', foo('z', 5));
    mailbox.pushMark({ type: 'synced', resourceVersion: '6' });
    expect(takeAll().map((change) => ('key' in change ? change.key : change.type))).toEqual([
      'synced',
      'x',
      'desynced',
      'y',
      'z',
      'synced',
    ]);
  });

  it('relists behind a subscriber that stands still are folded: what waits never exceeds the objects', () => {
    const { foo, store, mailbox, list, takeAll } = scene();
    mailbox.pushAll(list(1, [foo('a', 1), foo('b', 1)]));
    for (let version = 2; version < 500; version += 1) {
      const gone = version % 3 === 0;
      mailbox.pushAll(list(version, gone ? [] : [foo('a', version), foo('b', version)]));
    }
    const changes = takeAll();
    expect(changes.length).toBeLessThanOrEqual(2);
    expect(store.size).toBe(2);
  });

  it('U5: a relist that does not fit the buffer is a resync, too', () => {
    const { foo, mailbox, list, apply, takeAll } = scene({ mode: 'every', buffer: 5 });
    apply('ADDED', foo('a', 1));
    mailbox.pushAll(
      list(
        9,
        Array.from({ length: 20 }, (_, i) => foo(`x${i}`, i + 2)),
      ),
    );
    const changes = takeAll();
    expect(changes[0]).toEqual({ type: 'resync' });
    expect(changes).toHaveLength(21);
    apply('MODIFIED', foo('x1', 30));
    apply('MODIFIED', foo('x1', 31));
    expect(typesOf(takeAll()), 'each change again, once it caught up').toEqual(['updated', 'updated']);
  });

  it('does not look at a thousand objects that a filter turns down in one go', () => {
    let looks = 0;
    const { foo, store, mailbox, list } = scene({
      filter: () => {
        looks += 1;
        return false;
      },
    });
    list(
      1,
      Array.from({ length: 1000 }, (_, i) => foo(`x${i}`, i + 1)),
    );
    mailbox.pushSet(store.snapshot());
    expect(mailbox.take()).toBeUndefined();
    expect(mailbox.isEmpty).toBe(false);
    expect(looks).toBeLessThan(100);
  });

  it('U11: a filter that answers otherwise later still gives each object a legal history', () => {
    let open = true;
    const { foo, apply, takeAll } = scene({ filter: () => open });
    apply('ADDED', foo('x', 1));
    expect(typesOf(takeAll())).toEqual(['added']);
    open = false;
    apply('MODIFIED', foo('x', 2));
    expect(typesOf(takeAll())).toEqual(['deleted']);
    open = true;
    apply('MODIFIED', foo('x', 3));
    apply('MODIFIED', foo('x', 4));
    expect(typesOf(takeAll())).toEqual(['added']);
    apply('DELETED', foo('x', 5));
    expect(typesOf(takeAll())).toEqual(['deleted']);
  });

  it('U13: a repetition leaves out what is waiting or gone, and does not pile up', () => {
    const { foo, store, mailbox, apply, list, takeAll } = scene();
    list(1, [foo('a', 1), foo('b', 2), foo('c', 3)]);
    mailbox.pushAgain(store.snapshot());
    mailbox.pushAgain(store.snapshot());
    apply('MODIFIED', foo('b', 4));
    apply('DELETED', foo('c', 5));
    expect(takeAll().map((change) => ('key' in change ? `${change.type} ${change.key}` : ''))).toEqual([
      'updated a',
      'updated b',
      'deleted c',
    ]);
  });

  it.each([
    ['bytes', undefined],
    ['parsed', (foo: Foo): Foo => foo],
  ] as const)('changes with %s are printed, copied and compared like plain objects', (_form, transform) => {
    const { foo, store, apply, takeAll } = scene(transform && { transform });
    apply('ADDED', foo('a', 1));
    const [added] = takeAll();
    const object = store.get('a');
    expect(added).toEqual({ type: 'added', key: 'a', object, initial: false });
    apply('MODIFIED', foo('a', 2));
    const [updated] = takeAll();
    const wanted = { type: 'updated', key: 'a', object: store.get('a'), previous: object };
    expect(updated).toEqual(wanted);
    expect(updated).toStrictEqual(wanted);
    expect({ ...updated }).toEqual(wanted);
    expect(JSON.parse(JSON.stringify(updated))).toEqual(wanted);
    expect(structuredClone(updated)).toEqual(wanted);
    expect(Object.keys(updated ?? {})).toEqual(Object.keys(wanted));
    expect(updated?.type === 'updated' && updated.object).toBe(store.get('a'));
    expect(updated?.type === 'updated' && updated.previous).toBe(object);
    apply('MODIFIED', foo('a', 3, { uid: 'new' }));
    expect(JSON.parse(JSON.stringify(takeAll()))).toMatchObject([
      { type: 'replaced', previous: { metadata: { uid: 'u' } } },
    ]);
    apply('DELETED', foo('a', 4, { uid: 'new' }));
    expect(JSON.parse(JSON.stringify(takeAll()))).toMatchObject([
      {
        type: 'deleted',
        object: { metadata: { resourceVersion: '4' } },
        previous: { metadata: { resourceVersion: '3' } },
      },
    ]);
  });

  it('S10: what changes showed goes with the next minor collection, when nobody holds it', async () => {
    const { foo, apply, takeAll } = scene();
    const padding = 'x'.repeat(10_000);
    const rounds = 500;
    const read = (version: number): void => {
      // Each version of text of its own, as V8 would else share it.
      apply('MODIFIED', foo('a', version, { app: `${version} ${padding}` }));
      for (const change of takeAll()) if (change.type === 'updated') expect(change.object.metadata.name).toBe('a');
    };
    const turn = (): Promise<void> =>
      new Promise((resolve) => {
        setImmediate(resolve); // what a WeakRef pointed to is held to the end of the turn
      });
    read(1);
    await turn();
    collectGarbage({ type: 'major' });
    const before = memoryUsage().heapUsed;
    for (let version = 2; version < rounds; version += 1) {
      read(version);
      await turn();
    }
    for (let n = 0; n < 3; n += 1) collectGarbage({ type: 'minor' });
    expect(memoryUsage().heapUsed - before).toBeLessThan((rounds * padding.length) / 4);
  });

  it('a subscriber that takes only keys parses nothing', () => {
    const { foo, apply, store, takeAll } = scene();
    let reads = 0;
    const counted = (entry: Entry<Foo>): Entry<Foo> => {
      const { read } = entry;
      entry.read = () => {
        reads += 1;
        return read.call(entry);
      };
      return entry;
    };
    apply('ADDED', counted(foo('a', 1)));
    apply('MODIFIED', counted(foo('a', 2)));
    apply('MODIFIED', counted(foo('a', 3, { uid: 'new' })));
    apply('DELETED', counted(foo('a', 4, { uid: 'new' })));
    apply('ADDED', counted(foo('b', 5)));
    expect(takeAll().map((change) => ('key' in change ? change.key : ''))).toEqual(['b']);
    expect([reads, store.get('b')?.metadata.name, reads]).toEqual([0, 'b', 1]);
  });
});

describe('any history', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const parts = fc.record({ uid: fc.constantFrom('u', 'v'), app: fc.constantFrom('x', 'y'), generation: fc.nat(1) });
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        t: fc.constantFrom('ADDED' as const, 'MODIFIED' as const, 'DELETED' as const),
        name,
        parts,
      }),
    },
    { weight: 2, arbitrary: fc.record({ t: fc.constant('list' as const), names: fc.uniqueArray(name), parts }) },
    { weight: 1, arbitrary: fc.record({ t: fc.constant('again' as const) }) },
    { weight: 4, arbitrary: fc.record({ t: fc.constant('take' as const), count: fc.nat(3) }) },
  );
  const optionsOf: readonly [string, Parameters<typeof scene>[0]][] = [
    ['coalescing', {}],
    ['coalescing by label', { labels: 'app=x' }],
    ['coalescing by filter', { filter: ({ metadata }) => metadata.labels?.['app'] === 'x' }],
    ['coalescing by generation', { compare: 'generation' }],
    ['each change', { mode: 'every', buffer: 3 }],
    ['each change by label', { mode: 'every', buffer: 2, labels: 'app=x' }],
    ['with parsed objects', { transform: (foo) => foo }],
  ];

  it.each(optionsOf)(
    '%s: the changes fold to what the store holds, and are legal for each object',
    (_what, options) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 50 }), fc.nat(3), (steps, early) => {
          const { foo, store, mailbox, apply, list, takeAll } = scene(options);
          const folded = new Map<string, { uid: string; version: number }>();
          const fold = (change: Change<Foo> | undefined): void => {
            if (change === undefined || !('object' in change)) return;
            const { key, type, object } = change;
            const known = folded.get(key);
            const now = { uid: object.metadata.uid, version: Number(object.metadata.resourceVersion) };
            if (type === 'added') expect(known, 'added is first').toBeUndefined();
            else expect(known, `${type} of something told before`).toBeDefined();
            if (type === 'updated') {
              expect(now.uid).toBe(known?.uid);
              expect(now.version).toBeGreaterThanOrEqual(known?.version ?? 0);
            }
            if (type === 'replaced') expect(now.uid).not.toBe(known?.uid);
            if (type === 'deleted') expect(now.uid).toBe(known?.uid);
            if (type === 'deleted') folded.delete(key);
            else folded.set(key, now);
          };
          let version = 1;
          list(
            1,
            ['a', 'b', 'c'].slice(0, early).map((each, i) => foo(each, i + 1, { app: 'x' })),
          );
          mailbox.pushSet(store.snapshot());
          version = 10;
          for (const each of steps) {
            version += 1;
            if (each.t === 'take') for (let i = 0; i < each.count; i += 1) fold(mailbox.take());
            else if (each.t === 'again') mailbox.pushAgain(store.snapshot());
            else if (each.t === 'list')
              mailbox.pushAll(
                list(
                  version,
                  each.names.map((at) => foo(at, version, each.parts)),
                ),
              );
            else apply(each.t, foo(each.name, version, each.parts));
          }
          takeAll().forEach(fold);
          const inView = store.list(
            options?.labels === undefined && options?.filter === undefined ? {} : { labels: 'app=x' },
          );
          expect([...folded.keys()].sort()).toEqual(inView.map(({ metadata }) => metadata.name).sort());
          if (options?.compare === undefined)
            for (const { metadata } of inView)
              expect(folded.get(metadata.name)).toEqual({
                uid: metadata.uid,
                version: Number(metadata.resourceVersion),
              });
        }),
        { numRuns: 300 },
      );
    },
  );
});
