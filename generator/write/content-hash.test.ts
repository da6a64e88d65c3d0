import { describe, expect, it } from 'vitest';
import { contentHash } from './content-hash.js';

describe('the hash of a content', () => {
  it.each([
    ['', '00000000000000000000000000000000'],
    ['a', 'a794933c5556b01b5556b01b5556b01b'],
    ['hello', '2b2444a0db91def79adb31b69adb31b6'],
    ['0123456789abcdef', 'fb7d440936aed30a48ad1d9b572b3bfd'],
    ['0123456789abcdefg', '7f1f9836516b3876ac29c030f9d6f374'],
    ['The quick brown fox jumps over the lazy dog', '2f1583c3ecee2c675d7bf66ce5e91d2c'],
    ['héllo 世界', '130f600cb1e7b6e14c0d6965c70aecb2'],
  ])('of %j is what another implementation of MurmurHash3 gives', (text, hash) => {
    expect(contentHash(text)).toBe(hash);
    expect(contentHash(new TextEncoder().encode(text))).toBe(hash);
  });

  it('takes bytes of any value, and of any place in memory', () => {
    const bytes = Uint8Array.from({ length: 769 }, (_, i) => (i + 255) % 256).subarray(1);
    expect(contentHash(bytes)).toBe('1bbfc3d721ad4a29d0db45e69140b5fb');
  });

  it('differs for texts that differ in one bit, anywhere', () => {
    const bytes = new Uint8Array(50).fill(7);
    const hashes = new Set([contentHash(bytes)]);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      hashes.add(contentHash(changed));
    }
    expect(hashes.size).toBe(401);
  });
});
