import { describe, expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.js';

describe('didYouMean', () => {
  const words = ['string', 'integer', 'number', 'boolean', 'object', 'array'];

  it.each([
    ['strng', 'string'],
    ['Sting', 'string'],
    ['nubmer', 'number'],
    ['bolean', 'boolean'],
    ['arrray', 'array'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, words)).toBe(meant);
  });

  it.each(['typeValue', '', 'x', 'file'])('has no idea what %j could mean', (word) => {
    expect(didYouMean(word, words)).toBeUndefined();
  });

  it('does not spend time on words that are too long to be typing errors', () => {
    expect(didYouMean('s'.repeat(1_000_000), ['s'.repeat(1_000_001)])).toBeUndefined();
  });
});
