import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inlineLess } from './inline-less.js';

const set = vi.spyOn(process.getBuiltinModule('node:v8'), 'setFlagsFromString');

beforeEach(() => {
  set.mockReset().mockImplementation(() => undefined);
});

afterEach(() => {
  set.mockReset();
});

const many = [{ text: ' '.repeat(2_500_000) }, { text: ' '.repeat(2_500_000) }];

describe('inlineLess', () => {
  it('asks for less where there is much to read', () => {
    inlineLess(many);
    expect(set.mock.calls).toEqual([['--max-inlined-bytecode-size-cumulative=100']]);
  });

  it('asks for nothing in a run that is over at once', () => {
    inlineLess([{ text: ' '.repeat(4_999_999) }]);
    expect(set).not.toHaveBeenCalled();
  });

  it.each(['10.2.154.26-node.36', '15.0.1-node.1', ''])(
    'asks for nothing of an engine that may not know the flag: %s',
    (v8) => {
      inlineLess(many, v8);
      expect(set).not.toHaveBeenCalled();
    },
  );
});
