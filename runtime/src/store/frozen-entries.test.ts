import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/simulator/random.js';
import type { Entry } from './entry.js';
import { EntryTable } from './entry-table.js';
import type { FrozenEntries } from './frozen-entries.js';

const nothing = (): void => undefined;

/** An entry that is nothing but a version of a key. */
function entry(key: string, version: number, touched: () => void = nothing): Entry<number> {
  const [namespace = '', name = ''] = key.split('/');
  return {
    key,
    name,
    namespace,
    uid: key,
    resourceVersion: String(version),
    lazy: false,
    read: () => version,
    glance: () => version,
    labels: () => undefined,
    adopt: nothing,
    retain: touched,
    release: touched,
    detach: touched,
  };
}

function shown(entries: Iterable<Entry<number>>): string[] {
  return Array.from(entries, ({ key, resourceVersion }) => `${key} ${resourceVersion}`).sort();
}

describe('a frozen table', () => {
  it('D6: touches none of its entries, however many there are', () => {
    let touches = 0;
    const table = new EntryTable<number>();
    for (let n = 0; n < 1000; n++) table.set(entry(`ns/${n}`, n, () => touches++));
    touches = 0;
    const frozen = table.freeze();
    expect([frozen.size, frozen.get('ns/999')?.read(), touches]).toEqual([1000, 999, 0]);
    table.set(entry('ns/1', 2000));
    // Released, and given bytes of its own.
    expect(touches).toBe(2);
  });

  it('D6: is read the same, in the same order, whenever it is read', () => {
    const table = new EntryTable<number>();
    for (const key of ['a/1', 'b/1', 'a/2', 'b/2']) table.set(entry(key, 1));
    const frozen = table.freeze();
    const first = Array.from(frozen, ({ key }) => key);
    table.delete('a/1');
    table.set(entry('a/1', 5));
    expect(Array.from(frozen, ({ key }) => key)).toEqual(first);
    expect(Array.from(frozen.inNamespace('a'), ({ key }) => key)).toEqual(['a/1', 'a/2']);
    expect(Array.from(frozen.inNamespace('none'))).toEqual([]);
  });

  it('D6: stays what it was over any history, beside others of other moments', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      const table = new EntryTable<number>();
      const kept: { frozen: FrozenEntries<number>; was: string[]; ofA: string[] }[] = [];
      for (let step = 0; step < 120; step++) {
        const key = `${random.pick(['a', 'b'])}/${random.int(0, 7)}`;
        const what = random.int(0, 9);
        if (what < 5) table.set(entry(key, step));
        else if (what < 8) table.delete(key);
        else if (what === 8) {
          kept.push({ frozen: table.freeze(), was: shown(table), ofA: shown(table.inNamespace('a')) });
        } else if (kept.length > 0) {
          const { frozen, was } = random.pick(kept);
          if (random.int(0, 1) === 0) expect(shown(frozen), `seed ${seed}`).toEqual(was);
          const found = was.find((each) => each.startsWith(`${key} `));
          const then = frozen.get(key);
          expect(then && `${key} ${then.resourceVersion}`, `seed ${seed}`).toEqual(found);
        }
      }
      for (const { frozen, was, ofA } of kept) {
        expect([shown(frozen), shown(frozen.inNamespace('a')), frozen.size]).toEqual([was, ofA, was.length]);
      }
    }
  });
});
