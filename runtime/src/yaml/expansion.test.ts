import { expect, it } from 'vitest';
import { expandedSize } from './expansion.js';

it('what is written is counted once, and what an alias repeats each time', () => {
  const pair = [1, { a: null }];
  const both = { pair, again: pair };
  expect(expandedSize(7)).toEqual({ expanded: 1, written: 1 });
  expect(expandedSize([pair])).toEqual({ expanded: 5, written: 5 });
  expect(expandedSize(both)).toEqual({ expanded: 9, written: 5 });
  expect(expandedSize([both, both, 1])).toEqual({ expanded: 20, written: 7 });
});
