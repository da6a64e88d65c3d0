import { describe, expect, it } from 'vitest';
import { utf8Bytes } from './utf8-bytes.js';

describe('the bytes of a text', () => {
  it.each([
    ['an empty text', ''],
    ['ASCII', 'interface Foo {}\n'],
    ['all lengths of characters', 'é世😀'],
    ['half of a character, as Node writes it', 'a\ud800b'],
    ['more than fits into the shared room', 'é'.repeat(3_000_000)],
  ])('are what Node makes of it: %s', (_, text) => {
    expect(Buffer.compare(utf8Bytes(text), Buffer.from(text))).toBe(0);
  });

  it('of a shorter text hold nothing of the longer one before', () => {
    utf8Bytes('a longer text');
    expect([...utf8Bytes('ab')]).toEqual([97, 98]);
  });
});
