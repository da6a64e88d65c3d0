import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSlabs, type Slabs, type Tenant } from './slabs.js';

interface Record extends Tenant {
  readonly mark: number;
}

function put(slabs: Slabs, length: number, mark: number): Record {
  const slab = slabs.take(length);
  const record = { slab, at: slab.used - length, length, slot: 0, mark };
  slab.bytes.fill(mark, record.at, slab.used);
  return record;
}

function isWhole({ slab, at, length, mark }: Record): boolean {
  return at + length <= slab.bytes.length && slab.bytes.subarray(at, at + length).every((byte) => byte === mark);
}

describe('slabs', () => {
  it('gives each record room of its own', () => {
    const slabs = createSlabs();
    const records = Array.from({ length: 500 }, (_, i) => put(slabs, 100 + i, i % 251));
    expect(records.every(isWhole)).toBe(true);
  });

  it('begins small and grows, so that an empty cache costs little', () => {
    const slabs = createSlabs();
    slabs.retain(put(slabs, 1000, 1));
    expect(slabs.reserved).toBe(1 << 14);
    for (let i = 0; i < 5000; i += 1) slabs.retain(put(slabs, 1000, 1));
    expect(slabs.reserved).toBeGreaterThan(5_000_000);
    expect(slabs.reserved).toBeLessThan(7_000_000);
  });

  it('gives a large record memory of exactly its size, and takes it back', () => {
    const slabs = createSlabs();
    const large = put(slabs, 5_000_000, 7);
    slabs.retain(large);
    expect(large.slab.bytes).toHaveLength(5_000_000);
    expect(slabs.reserved).toBe(5_000_000);
    slabs.release(large);
    expect(slabs.reserved).toBe(0);
    expect(isWhole(large), 'who still holds it can read it').toBe(true);
  });

  it('counts the memory of a slab once, whenever its records come to stay', () => {
    const slabs = createSlabs();
    const [first, second] = [put(slabs, 1000, 1), put(slabs, 1000, 2)];
    slabs.retain(first);
    for (let i = 0; i < 20; i += 1) slabs.retain(put(slabs, 1000, 3));
    expect(second.slab.retired).toBe(false);
    const before = slabs.reserved;
    slabs.retain(second);
    expect(slabs.reserved).toBe(before);
  });

  it('moves what is left of slabs that are mostly empty', () => {
    const slabs = createSlabs();
    const records = Array.from({ length: 40_000 }, (_, i) => put(slabs, 1000, i % 251));
    for (const record of records) slabs.retain(record);
    const full = slabs.reserved;
    const left = records.filter((_, i) => i % 10 === 0);
    for (const [i, record] of records.entries()) if (i % 10 !== 0) slabs.release(record);
    expect(full).toBeGreaterThan(40_000_000);
    // A tenth is live; the slab being filled and the few that wait to be tidied come on top.
    expect(slabs.reserved).toBeLessThan(4_000_000 * 2 + 10 * (1 << 20));
    expect(left.every(isWhole)).toBe(true);
  });

  it('keeps bytes right and memory in bounds over any history', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 400_000 })), { maxLength: 400 }), (steps) => {
        const slabs = createSlabs();
        const kept: Record[] = [];
        const loose: Record[] = [];
        let mark = 0;
        let live = 0;
        for (const [what, size] of steps) {
          mark = (mark + 1) % 251;
          const victim = what === 3 ? kept.splice(size % Math.max(1, kept.length), 1)[0] : undefined;
          if (victim !== undefined) {
            slabs.release(victim);
            live -= victim.length;
            loose.push(victim);
          } else if (what === 2 && loose.length > 0) {
            const back = loose.splice(size % loose.length, 1)[0];
            if (back === undefined) continue;
            slabs.retain(back);
            live += back.length;
            kept.push(back);
          } else {
            const record = put(slabs, what === 0 ? size : (size % 5000) + 1, mark);
            if (what === 1 && size % 3 === 0) loose.push(record);
            else {
              slabs.retain(record);
              live += record.length;
              kept.push(record);
            }
          }
        }
        expect(kept.every(isWhole)).toBe(true);
        expect(loose.every(isWhole)).toBe(true);
        expect(slabs.reserved).toBeGreaterThanOrEqual(live);
        expect(slabs.reserved).toBeLessThanOrEqual(live * 2.7 + 11 * (1 << 20));
      }),
      { numRuns: 100 },
    );
  });
});
