import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmallMap } from './small-map.js';

describe('a small map', () => {
  it('holds what a map holds after any steps', () => {
    const key = fc.integer({ min: 0, max: 14 }).map((n) => (n === 0 ? '__proto__' : `key-${n}`));
    const step = fc.record({ key, value: fc.option(fc.integer()) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const map = new Map<string, number>();
        const small = new SmallMap<number>();
        for (const { key, value } of steps) {
          if (value === null) {
            map.delete(key);
            small.delete(key);
          } else {
            map.set(key, value);
            small.set(key, value);
          }
          for (const each of ['__proto__', 'none', ...steps.map((one) => one.key)]) {
            expect(small.get(each)).toBe(map.get(each));
            expect(small.has(each)).toBe(map.has(each));
          }
        }
      }),
    );
  });
});
