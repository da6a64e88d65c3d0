import { describe, expect, it } from 'vitest';
import type { Entry } from '../store/entry.js';
import type { Change } from './change.js';
import type { ChangesOptions } from './hub.js';
import { type Foo, foo, setup, show, gate } from '../../../tests/support/hub-scene.js';

describe('U1 late subscribers', () => {
  it('U1: get the current set as initial, then synced, then live events', async () => {
    const { relist, apply, listen, settle } = setup({ synced: false });
    relist('5', foo('x', '2'), foo('y', '3'));
    const seen = listen();
    await settle();
    apply('MODIFIED', foo('x', '6'));
    await settle();
    expect(seen).toEqual(['initial a/x@2', 'initial a/y@3', 'synced 5', 'updated a/x@2→6']);
  });

  it('U1: an event between subscribing and the first call is folded into the set, not told twice', async () => {
    const { relist, apply, listen, settle } = setup({ synced: false });
    relist('5', foo('x', '2'), foo('y', '3'));
    const seen = listen();
    apply('MODIFIED', foo('x', '6'));
    apply('DELETED', foo('y', '7'));
    apply('ADDED', foo('z', '8'));
    await settle();
    expect(seen).toEqual(['initial a/x@6', 'synced 5', 'added a/z@8']);
  });

  it('U1: an early subscriber gets the first set as initial', async () => {
    const { relist, listen, settle } = setup({ synced: false });
    const seen = listen();
    await settle();
    relist('5', foo('x', '2'));
    await settle();
    expect(seen).toEqual(['initial a/x@2', 'synced 5']);
  });
});

describe('U4 coalescing', () => {
  const cases: [what: string, steps: ['ADDED' | 'MODIFIED' | 'DELETED', Entry<Foo>][], want: string[]][] = [
    [
      'added + modified → added (latest)',
      [
        ['ADDED', foo('n', '10')],
        ['MODIFIED', foo('n', '11')],
      ],
      ['added a/n@11'],
    ],
    [
      'added + deleted → nothing',
      [
        ['ADDED', foo('n', '10')],
        ['DELETED', foo('n', '11')],
      ],
      [],
    ],
    [
      'modified + modified → modified (first previous, latest)',
      [
        ['MODIFIED', foo('o', '10')],
        ['MODIFIED', foo('o', '11')],
      ],
      ['updated a/o@2→11'],
    ],
    [
      'modified + deleted → deleted',
      [
        ['MODIFIED', foo('o', '10')],
        ['DELETED', foo('o', '11')],
      ],
      ['deleted a/o@10→11'],
    ],
    [
      'deleted + added, another uid → replaced',
      [
        ['DELETED', foo('o', '10')],
        ['ADDED', foo('o', '11', { uid: 'new' })],
      ],
      ['replaced a/o@2→11'],
    ],
    [
      'deleted + added, the same uid → updated',
      [
        ['DELETED', foo('o', '10')],
        ['ADDED', foo('o', '11')],
      ],
      ['updated a/o@2→11'],
    ],
    [
      'added + replaced → added (latest)',
      [
        ['ADDED', foo('n', '10')],
        ['MODIFIED', foo('n', '11', { uid: 'new' })],
      ],
      ['added a/n@11'],
    ],
    [
      'replaced + updated → replaced (old, latest)',
      [
        ['MODIFIED', foo('o', '10', { uid: 'new' })],
        ['MODIFIED', foo('o', '11', { uid: 'new' })],
      ],
      ['replaced a/o@2→11 unknown'],
    ],
    [
      'replaced + deleted → deleted (old)',
      [
        ['MODIFIED', foo('o', '10', { uid: 'new' })],
        ['DELETED', foo('o', '11', { uid: 'new' })],
      ],
      ['deleted a/o@2→2 unknown'],
    ],
  ];
  it.each(cases)('U4: %s', async (_what, steps, want) => {
    const { relist, apply, hub, settle } = setup({ synced: false });
    relist('5', foo('o', '2'));
    const busy = gate();
    const seen: string[] = [];
    hub.subscribe({
      handler: (change) => {
        seen.push(show(change));
        return change.type === 'synced' ? busy.closed : undefined;
      },
    });
    await settle();
    for (const [type, entry] of steps) apply(type, entry);
    await settle();
    expect(seen).toEqual(['initial a/o@2', 'synced 5']);
    busy.open();
    await settle();
    expect(seen.slice(2)).toEqual(want);
  });

  it('U4: a relist behind what is waiting is told once, from what the subscriber saw', async () => {
    const { relist, apply, hub, settle } = setup({ synced: false });
    relist('5', foo('o', '2'), foo('p', '3'));
    const busy = gate();
    const seen: string[] = [];
    hub.subscribe({
      handler: (change) => {
        seen.push(show(change));
        return change.type === 'synced' && seen.length === 3 ? busy.closed : undefined;
      },
    });
    await settle();
    apply('MODIFIED', foo('o', '6'));
    hub.desynced('', 'expired');
    relist('9', foo('o', '8'), foo('q', '7'));
    busy.open();
    await settle();
    expect(seen.slice(3)).toEqual([
      'updated a/o@2→8',
      'desynced expired',
      'deleted a/p@3→3 unknown',
      'added a/q@7',
      'synced 9',
    ]);
  });
});

describe('mode every', () => {
  async function collect(options: ChangesOptions<Foo>, count: number) {
    const all = setup();
    const seen: string[] = [];
    const iterator = all.hub.changes(options)[Symbol.asyncIterator]();
    seen.push(show((await iterator.next()).value as Change<Foo>));
    for (let n = 0; n < count; n += 1) all.apply(n === 0 ? 'ADDED' : 'MODIFIED', foo('x', `${10 + n}`));
    const read = async (): Promise<void> => {
      seen.push(show((await iterator.next()).value as Change<Foo>));
    };
    return { ...all, seen, read, iterator };
  }

  it('U5: keeps each step', async () => {
    const { seen, read } = await collect({ mode: 'every' }, 3);
    await read();
    await read();
    await read();
    expect(seen).toEqual(['synced 1', 'added a/x@10', 'updated a/x@10→11', 'updated a/x@11→12']);
  });

  it('U5: says resync when the buffer overflows, then tells the latest state', async () => {
    const { seen, read, apply } = await collect({ mode: 'every', buffer: 2 }, 5);
    await read();
    await read();
    apply('MODIFIED', foo('x', '20'));
    await read();
    expect(seen).toEqual(['synced 1', 'resync', 'added a/x@14', 'updated a/x@14→20']);
  });
});
