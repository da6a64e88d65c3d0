import { describe, expect, it, vi } from 'vitest';
import { createProgress } from './progress.js';

function watched(o: { isTTY?: boolean; enabled?: boolean } = {}): {
  written: string[];
  at: (time: number) => void;
  end: () => void;
} {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY: o.isTTY ?? true, write: (text: string) => written.push(text) };
  const progress = createProgress({ enabled: o.enabled ?? true }, { stream, now: () => time });
  return {
    written,
    at: (next) => {
      time = next;
      progress.update(next, 9000);
    },
    end: () => progress.end(),
  };
}

describe('the progress line', () => {
  it('appears on a terminal after a second, ten times a second at most, and goes', () => {
    const { written, at, end } = watched();
    for (const time of [10, 999, 1000, 1050, 1100, 1101]) at(time);
    end();
    expect(written).toEqual(['\r\u001B[Kread 1000 of 9000 files', '\r\u001B[Kread 1100 of 9000 files', '\r\u001B[K']);
  });

  it('stays away for short work, where nobody looks, when it must be quiet, and on a terminal that cannot erase', () => {
    for (const o of [{ isTTY: false }, { enabled: false }]) {
      const { written, at, end } = watched(o);
      at(5000);
      end();
      expect(written).toEqual([]);
    }
    const short = watched();
    short.at(900);
    short.end();
    vi.stubEnv('TERM', 'dumb');
    const dumb = watched();
    vi.unstubAllEnvs();
    dumb.at(5000);
    expect([short.written, dumb.written]).toEqual([[], []]);
  });
});
