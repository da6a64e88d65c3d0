import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareResourceVersions, hasComeTo, isComparable, isOlder } from './resource-version.js';

describe('compareResourceVersions', () => {
  it.each([
    ['9', '10', -1],
    ['10', '9', 1],
    ['42', '42', 0],
    ['18446744073709551615', '18446744073709551616', -1],
    ['99999999999999999999999', '100000000000000000000000', -1],
  ])('W8: %s against %s is %i, of any length', (a, b, sign) => {
    expect(Math.sign(compareResourceVersions(a, b) ?? Number.NaN)).toBe(sign);
    expect([isOlder(a, b), hasComeTo(a, b)]).toEqual([sign < 0, sign >= 0]);
  });

  it.each(['', '0', '07', '1a', '-1', '+1', '1.0', '1e3', ' 1', '1 ', 'abc', '１'])(
    'W8: %j is not comparable, not even with itself',
    (version) => {
      expect(compareResourceVersions(version, '5')).toBeUndefined();
      expect(compareResourceVersions('5', version)).toBeUndefined();
      expect(compareResourceVersions(version, version)).toBeUndefined();
      expect([isComparable(version), isOlder(version, '5'), hasComeTo('5', version)]).toEqual([false, false, false]);
    },
  );

  it('W8: agrees with whole numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 80n }), fc.bigInt({ min: 1n, max: 2n ** 80n }), (a, b) => {
        const order = compareResourceVersions(String(a), String(b)) ?? Number.NaN;
        expect(Math.sign(order)).toBe(a < b ? -1 : Number(a > b));
      }),
    );
  });
});
