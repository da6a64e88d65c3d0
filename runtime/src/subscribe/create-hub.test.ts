import { describe, expect, it } from 'vitest';
import { collectGarbage } from '../../../tests/support/garbage.js';
import { createStore } from '../store/cache-store.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createHub } from './create-hub.js';
import { type Foo, foo, setup, show, gate } from '../../../tests/support/hub-scene.js';

describe('subscriptions', () => {
  it('U3, U6: a slow handler is awaited and delays nobody; its synced comes after its set was handled', async () => {
    const { relist, hub, listen, settle } = setup({ synced: false });
    relist('5', foo('x', '2'));
    const busy = gate();
    const slow: string[] = [];
    hub.subscribe({
      handler: async (change) => {
        if (change.type === 'added') await busy.closed;
        slow.push(show(change));
      },
    });
    const seen = listen();
    await settle();
    expect(seen).toEqual(['initial a/x@2', 'synced 5']);
    expect(slow).toEqual([]);
    busy.open();
    await settle();
    expect(slow).toEqual(seen);
  });

  it('U7: no call after stop returned, and stop twice is once', async () => {
    const { apply, hub, settle } = setup();
    const seen: string[] = [];
    const subscription = hub.subscribe({ handler: (change) => void seen.push(show(change)) });
    await settle();
    apply('ADDED', foo('x', '2'));
    subscription.stop();
    subscription.stop();
    await settle();
    expect(seen).toEqual(['synced 1']);
    await subscription.ended;
    expect(hub.size).toBe(0);
  });

  it('U8: the same function twice is two subscriptions; a stopped hub refuses', async () => {
    const { apply, hub, settle } = setup();
    let calls = 0;
    const handler = (): void => void (calls += 1);
    hub.subscribe({ handler, types: new Set(['added']) });
    hub.subscribe({ handler, types: new Set(['added']) });
    apply('ADDED', foo('x', '2'));
    await settle();
    expect(calls).toBe(2);
    hub.stop();
    expect(() => hub.subscribe({ handler })).toThrow(expect.objectContaining({ code: 'stopped' }));
  });

  it('U9: handlers may subscribe and unsubscribe', async () => {
    const { apply, hub, listen, settle } = setup();
    const others: string[][] = [];
    const first = hub.subscribe({
      handler: (change) => {
        if (change.type !== 'added') return;
        first.stop();
        others.push(listen());
      },
    });
    apply('ADDED', foo('x', '2'));
    await settle();
    apply('ADDED', foo('y', '3'));
    await settle();
    expect(others).toEqual([['initial a/x@2', 'synced 2', 'added a/y@3']]);
  });

  it('U10: a throwing and a rejecting handler are reported and harm nobody', async () => {
    const { apply, hub, listen, errors, settle } = setup();
    hub.subscribe({
      handler: () => {
        throw new Error('thrown');
      },
    });
    hub.subscribe({ handler: () => Promise.reject(new Error('rejected')) });
    const seen = listen();
    apply('ADDED', foo('x', '2'));
    await settle();
    apply('MODIFIED', foo('x', '3'));
    await settle();
    expect(seen).toEqual(['synced 1', 'added a/x@2', 'updated a/x@2→3']);
    expect(errors.map((error) => (error as Error).message)).toContain('thrown');
    expect(errors.map((error) => (error as Error).message)).toContain('rejected');
  });

  it('U10: a change that cannot be made for one subscriber, of an object that another has broken, is reported and harms nobody', async () => {
    const { apply, hub, listen, errors, settle } = setup();
    const comparing = listen({ compare: 'generation' });
    const seen: string[] = [];
    hub.subscribe({ handler: (change) => void seen.push(change.type) });
    hub.subscribe({
      handler: (change) => {
        if (change.type === 'added' && change.key === 'a/x') Reflect.deleteProperty(change.object, 'metadata');
      },
    });
    apply('ADDED', foo('x', '2'));
    await settle();
    apply('MODIFIED', foo('x', '3'));
    apply('ADDED', foo('y', '4'));
    await settle();
    expect(errors).toEqual([expect.any(TypeError)]);
    expect(comparing).toEqual(['synced 1', 'added a/x@2', 'added a/y@4']);
    expect(seen).toEqual(['synced', 'added', 'updated', 'added']);
  });

  it('U11: filters turn enter and leave into added and deleted', async () => {
    const { apply, listen, settle } = setup();
    const seen = listen({ filter: (object) => object.value === 'in' });
    const labelled = listen({ labels: 'tier=front' });
    await settle();
    apply('ADDED', foo('x', '2', { value: 'out', labels: { tier: 'front' } }));
    await settle();
    apply('MODIFIED', foo('x', '3', { value: 'in', labels: { tier: 'back' } }));
    await settle();
    apply('MODIFIED', foo('x', '4', { value: 'out' }));
    await settle();
    expect(seen.slice(1)).toEqual(['added a/x@3', 'deleted a/x@3→4 selected']);
    expect(labelled.slice(1)).toEqual(['added a/x@2', 'deleted a/x@2→3 selected']);
  });

  it('U12: compare hides updates of equal generation, and never a recreated object', async () => {
    const { apply, listen, settle } = setup();
    const seen = listen({ compare: 'generation' });
    apply('ADDED', foo('x', '2', { generation: 1 }));
    await settle();
    apply('MODIFIED', foo('x', '3', { generation: 1 }));
    await settle();
    apply('MODIFIED', foo('x', '4', { generation: 2 }));
    await settle();
    apply('MODIFIED', foo('x', '5', { generation: 2, uid: 'new' }));
    await settle();
    expect(seen.slice(1)).toEqual(['added a/x@2', 'updated a/x@3→4', 'replaced a/x@4→5 unknown']);
  });

  it('U13: a resync tells every object again and never overrides a newer event', async () => {
    const { apply, listen, clock, settle } = setup();
    apply('ADDED', foo('x', '2'));
    apply('ADDED', foo('y', '3'));
    const seen = listen({ resyncEveryMs: 1000 });
    await settle();
    seen.length = 0;
    apply('MODIFIED', foo('x', '4'));
    await clock.advance(1000);
    expect(seen.sort()).toEqual(['updated a/x@2→4', 'updated a/x@4→4', 'updated a/y@3→3']);
  });

  it('U15: for await ends cleanly on break, on abort and on stop', async () => {
    const { hub, apply, settle } = setup();
    for await (const change of hub.changes()) {
      expect(change.type).toBe('synced');
      break;
    }
    expect(hub.size).toBe(0);
    const abort = new AbortController();
    const seen: string[] = [];
    const loop = async (signal?: AbortSignal): Promise<void> => {
      for await (const change of hub.changes(signal === undefined ? {} : { signal })) seen.push(show(change));
    };
    const aborted = loop(abort.signal);
    const stopped = loop();
    await settle();
    apply('ADDED', foo('x', '2'));
    await settle();
    abort.abort();
    await aborted;
    hub.stop();
    await stopped;
    expect(seen).toEqual(['synced 1', 'synced 1', 'added a/x@2', 'added a/x@2']);
    await expect(hub.changes()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'stopped' });
  });

  it('W10: under the reflector’s own selector a deletion is only "left the set"', async () => {
    const { apply, listen, settle } = setup({ selected: true });
    const seen = listen();
    apply('ADDED', foo('x', '2'));
    await settle();
    apply('DELETED', foo('x', '3'));
    await settle();
    expect(seen.at(-1)).toBe('deleted a/x@2→3 selected');
  });

  it('delivers a large set in turns, so that the event loop goes on', async () => {
    const turns: (() => void)[] = [];
    let now = 0;
    // Each look at the clock is a millisecond later, so that a turn is over after a few changes.
    const clock = {
      now: () => (now += 1),
      wallNow: () => 0,
      random: () => 0,
      setTimer: (_ms: number, fn: () => void) => ({ cancel() {}, at: turns.push(fn) }),
    };
    const store = createStore<Foo>({ partitions: [''] });
    const writer = store.writer('');
    writer.begin();
    for (let n = 0; n < 100; n += 1) writer.put(foo(`x${n}`, `${n + 10}`));
    writer.commit('200').run(() => true);
    const hub = createHub<Foo>({ store, clock, schedule: (fn) => turns.push(fn), selected: false, onError: () => {} });
    const perTurn: number[] = [];
    let handled = 0;
    hub.subscribe({ handler: () => void (handled += 1) });
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      const before = handled;
      turn();
      perTurn.push(handled - before);
    }
    expect(handled).toBe(100);
    expect(Math.max(...perTurn)).toBeLessThan(20);
  });
});

describe('several namespaces', () => {
  it('R2: that are out of touch one after the other are one desync, until all are in touch again', async () => {
    const clock = new FakeClock();
    const store = createStore<Foo>({ partitions: ['a', 'b'] });
    const hub = createHub<Foo>({ store, clock, schedule: queueMicrotask, selected: false, onError: () => {} });
    const seen: string[] = [];
    const sync = async (namespace: string, resourceVersion: string): Promise<void> => {
      const writer = store.writer(namespace);
      writer.begin();
      writer.commit(resourceVersion).run(() => true);
      hub.synced(namespace);
      await clock.advance(0);
    };
    const desync = async (namespace: string): Promise<void> => {
      hub.desynced(namespace, 'expired');
      await clock.advance(0);
    };
    hub.subscribe({ handler: (change) => void seen.push(show(change)) });
    await sync('a', '5');
    expect(seen).toEqual([]);
    await sync('b', '6');
    await desync('a');
    await desync('b');
    expect(seen).toEqual(['synced 5', 'desynced expired']);
    await sync('a', '7');
    expect(seen).toHaveLength(2);
    await sync('b', '8');
    expect(seen).toHaveLength(3);
  });
});

describe('limits and ends', () => {
  it('S10: after delivery nothing holds the version before, by handler or by iteration', async () => {
    const { hub, apply, settle, store } = setup();
    const before: WeakRef<Foo>[] = [];
    hub.subscribe({ handler: (change) => void ('previous' in change && before.push(new WeakRef(change.previous))) });
    const iteration = hub.changes()[Symbol.asyncIterator]();
    await iteration.next();
    for (const version of ['2', '3']) apply('MODIFIED', foo('x', version));
    await settle();
    apply('MODIFIED', foo('x', '4'));
    await settle();
    await iteration.next();
    await settle();
    collectGarbage();
    expect(before).toHaveLength(1);
    expect(before[0]?.deref()).toBeUndefined();
    expect(store.get('a/x')?.metadata.resourceVersion).toBe('4');
  });

  it('a subscriber whose signal has fired already is never called and never counted', async () => {
    const { hub, relist, apply, listen, settle } = setup();
    relist('5', foo('x', '2'));
    const seen = listen({ signal: AbortSignal.abort() });
    const iteration = hub.changes({ signal: AbortSignal.abort() })[Symbol.asyncIterator]();
    expect(await iteration.next()).toEqual({ done: true, value: undefined });
    apply('ADDED', foo('y', '6'));
    await settle();
    expect(seen).toEqual([]);
    expect(hub.size).toBe(0);
  });

  it.each([{ mode: 'all' }, { compare: 'spec' }])('%j is refused', async (options) => {
    const { hub } = setup();
    // What JavaScript users can do, and the types forbid.
    const iteration = hub.changes(options as never)[Symbol.asyncIterator]();
    await expect(iteration.next()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(Object.keys(options)[0] ?? '') as string,
    });
    expect(hub.size).toBe(0);
  });

  it.each([0, -1, Number.NaN])('U13: resyncEveryMs %s is refused', (resyncEveryMs) => {
    const { hub } = setup();
    expect(() => hub.subscribe({ handler: () => {}, resyncEveryMs })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  });

  it('D2: no timer is left when a hub with resyncs and iterations has stopped', async () => {
    const { clock, hub, listen, settle } = setup();
    listen({ resyncEveryMs: 1000 });
    const iteration = hub.changes({ resyncEveryMs: 1000 })[Symbol.asyncIterator]();
    await iteration.next();
    await settle();
    hub.stop();
    await hub.drained();
    expect(clock.pending).toBe(0);
    expect(await iteration.next()).toEqual({ done: true, value: undefined });
  });

  it('U15: whoever takes changes one by one does not wait for the clock', async () => {
    const { clock, hub, apply } = setup();
    const iteration = hub.changes()[Symbol.asyncIterator]();
    await iteration.next();
    for (let version = 10; version < 20; version += 1) {
      await clock.advance(60_000);
      apply('MODIFIED', foo('x', String(version)));
      expect((await iteration.next()).value).toMatchObject({ key: 'a/x' });
    }
  });

  it('U15: an iteration over a large set gives the event loop its turn, and ends at once when stopped meanwhile', async () => {
    const { clock, hub, relist } = setup();
    relist('500', ...Array.from({ length: 100 }, (_, i) => foo(`x${i}`, String(i + 2))));
    const iteration = hub.changes()[Symbol.asyncIterator]();
    for (let taken = 0; taken < 16; taken += 1) {
      await iteration.next();
      clock.advanceSync(1);
    }
    const waiting = iteration.next();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(clock.pending).toBe(1);
    hub.stop();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(clock.pending).toBe(0);
  });

  it(
    'U3: a thousand subscribers, one of them endless, and 50,000 events: the others are up to date and what waits is bounded',
    { timeout: 300_000 },
    async () => {
      const { hub, apply, settle } = setup();
      const last = new Map<number, string>();
      for (let i = 0; i < 999; i += 1)
        hub.subscribe({
          handler: (change) => void ('object' in change && last.set(i, change.object.metadata.resourceVersion)),
        });
      let calls = 0;
      hub.subscribe({
        handler: () => {
          calls += 1;
          return new Promise(() => {});
        },
      });
      await settle();
      for (let version = 10; version < 50_010; version += 1) {
        apply('MODIFIED', foo(`x${version % 10}`, String(version)));
        if (version % 5000 === 0) await settle();
      }
      await settle();
      expect(calls).toBe(1);
      expect(new Set(last.values())).toEqual(new Set(['50009']));
      expect(last.size).toBe(999);
    },
  );
});
