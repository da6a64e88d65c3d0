import { describe, expect, it } from 'vitest';
import { Random } from '../../../tests/simulator/random.js';
import { createStore } from './cache-store.js';
import { createEntryMaker } from './entry-maker.js';
import type { Store } from './store.js';

interface Thing {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
  };
  readonly spec: { readonly color: number };
}

const COLORS = 7;
const never = (): boolean => false;
const always = (): boolean => true;

/** A store of this many things and how it changes, as the watch of one reflector has it. */
function changing(count: number, random: Random) {
  const maker = createEntryMaker<Thing>({ apiVersion: 'v1', kind: 'Thing', managedFields: false, freeze: 'none' });
  const store = createStore<Thing>({ partitions: [''] });
  const writer = store.writer('');
  let version = 0;
  const make = (n: number) =>
    maker.from({
      metadata: { name: `n${n}`, namespace: 'ns', uid: `u${n}`, resourceVersion: String(++version) },
      spec: { color: random.int(0, COLORS - 1) },
    });
  const put = (from: number, to: number): void => {
    for (let n = from; n < to; n++) {
      const known = store.entry(`ns/n${n}`);
      writer.put(known === undefined || random.percent(10) ? make(n) : known);
    }
  };
  const begin = (): void => {
    writer.begin();
    put(0, count / 2);
  };
  const end = (): void => {
    put(count / 2, count);
    writer.commit(String(++version)).run(always);
  };
  const relist = (): void => {
    begin();
    end();
  };
  const change = (): void => {
    const n = random.int(0, count);
    const known = store.entry(`ns/n${n}`);
    if (known !== undefined && random.percent(40)) writer.evict(known.key);
    else writer.apply('MODIFIED', make(n));
  };
  relist();
  return { store, writer, relist, begin, end, change };
}

/** What an index holds under each color, and what it should. */
function both(store: Store<Thing>, index: string): [unknown, unknown] {
  const names = (things: Thing[]): string[] => things.map(({ metadata }) => metadata.name).sort();
  const colors = Array.from({ length: COLORS }, (_, color) => color);
  return [
    colors.map((color) => names(store.by(index, color))),
    colors.map((color) => names(store.list({ filter: ({ spec }) => spec.color === color }))),
  ];
}

describe('a partition that is shared in steps', () => {
  it('S5: has whole and right indexes in the end, whatever happens to it meanwhile', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed);
      const { store, writer, relist, begin, end, change } = changing(1500, random);
      const second = createStore<Thing>({ partitions: [''], indexes: { color: ({ spec }) => spec.color } });
      const share = second.share(writer);
      let open = false;
      for (let step = 0; !share.run(never); step++) {
        expect(step, `seed ${seed}`).toBeLessThan(100);
        expect(second.isSynced()).toBe(false);
        for (let n = random.int(0, 5); n > 0; n--) change();
        if (step === 1) second.addIndex('late', ({ spec }) => spec.color);
        if (step > 10 || !random.percent(30)) continue;
        if (random.percent(50)) {
          relist();
          open = false;
        } else {
          begin();
          open = true;
        }
      }
      for (const index of ['color', 'late']) {
        const [has, should] = both(second, index);
        expect(has, `seed ${seed}`).toEqual(should);
      }
      for (let n = 0; n < 20; n++) change();
      // The list that was under way becomes the set.
      if (open) end();
      const [has, should] = both(second, 'color');
      expect(has, `seed ${seed}`).toEqual(should);
      expect(second.list()).toEqual(store.list());
    }
  });

  it('U14: takes no step, and reads no object, for a store without indexes', () => {
    const { writer, store } = changing(600, new Random(1));
    const second = createStore<Thing>({ partitions: [''] });
    expect(second.share(writer).run(never)).toBe(true);
    expect(second.list()).toEqual(store.list());
  });
});

describe('an index that is added to many objects in steps', () => {
  it('S5: is read whole at any moment, whatever happened meanwhile, and goes on with what happens', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new Random(seed);
      const { store, relist, begin, end, change } = changing(1500, random);
      const making = store.addIndex('color', ({ spec }) => spec.color);
      const steps = random.int(0, 12);
      let isListing = false;
      for (let step = 0; step < steps && !making.run(never); step++) {
        for (let n = random.int(0, 5); n > 0; n--) change();
        if (!random.percent(30)) continue;
        if (isListing) end();
        else begin();
        isListing = !isListing;
      }
      const [has, should] = both(store, 'color');
      expect(has, `seed ${seed}`).toEqual(should);
      expect(making.run(never), 'who reads it makes it').toBe(true);
      for (let n = 0; n < 20; n++) change();
      relist();
      const [later, wanted] = both(store, 'color');
      expect(later, `seed ${seed}`).toEqual(wanted);
    }
  });

  it('S5: finds nothing for an index function that reads its own index', () => {
    const { store } = changing(600, new Random(1));
    const found: number[] = [];
    const making = store.addIndex('color', ({ spec }) => {
      found.push(store.by('color', spec.color).length);
      return spec.color;
    });
    expect(making.run(never)).toBe(false);
    expect(store.by('color', 1).length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([0]));
  });

  it('U14, D6: is whole for a store that left its partition to others before it was made', () => {
    for (const steps of [0, 1, 3]) {
      const { store, writer, change } = changing(1500, new Random(steps));
      const second = createStore<Thing>({ partitions: [''] });
      second.share(writer).run(always);
      const making = second.addIndex('color', ({ spec }) => spec.color);
      for (let step = 0; step < steps; step++) expect(making.run(never)).toBe(false);
      second.part('');
      for (let n = 0; n < 20; n++) change();
      const [has, should] = both(second, 'color');
      expect(has, `after ${steps} steps`).toEqual(should);
      expect(second.list()).not.toEqual(store.list());
      expect(() => store.by('color', 1)).toThrow(/no index/);
    }
  });
});
