import { describe, expect, it } from 'vitest';

import { FakeClock } from './fake-clock.js';

describe('FakeClock', () => {
  it('fires timers in the order of their time, those of one time in the order they were set', async () => {
    const clock = new FakeClock();
    const fired: string[] = [];
    clock.setTimer(20, () => fired.push(`late ${clock.now()}`));
    clock.setTimer(10, () => fired.push(`first ${clock.now()}`));
    clock.setTimer(10, () => fired.push(`second ${clock.now()}`));
    await clock.advance(15);
    expect(fired).toEqual(['first 10', 'second 10']);
    expect(clock.now()).toBe(15);
    await clock.advance(5);
    expect(fired).toEqual(['first 10', 'second 10', 'late 20']);
  });

  it('lets promises run between two timers', async () => {
    const clock = new FakeClock();
    const seen: string[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(ms, resolve));
    const worker = (async () => {
      for (const name of ['a', 'b', 'c']) {
        await sleep(10);
        seen.push(`${name} ${clock.now()}`);
      }
    })();
    await clock.advance(30);
    await worker;
    expect(seen).toEqual(['a 10', 'b 20', 'c 30']);
  });

  it('fires a timer that a timer set for the same stretch', () => {
    const clock = new FakeClock();
    let fired = 0;
    clock.setTimer(1, () => clock.setTimer(1, () => (fired = clock.now())));
    clock.advanceSync(5);
    expect(fired).toBe(2);
  });

  it('never goes back, also when a timer moves it on', async () => {
    const clock = new FakeClock();
    const seen: number[] = [];
    clock.setTimer(1, () => {
      clock.setTimer(2, () => seen.push(clock.now()));
      clock.advanceSync(5);
    });
    clock.setTimer(4, () => seen.push(clock.now()));
    await clock.advance(3);
    expect([clock.now(), seen]).toEqual([6, [3, 4]]);
    clock.setTimer(1, () => clock.advanceSync(5));
    clock.advanceSync(3);
    expect(clock.now()).toBe(12);
  });

  it('does not fire a cancelled timer, and counts those that are left', () => {
    const clock = new FakeClock();
    let fired = false;
    const timer = clock.setTimer(5, () => (fired = true));
    expect([clock.pending, clock.nextInMs]).toEqual([1, 5]);
    timer.cancel();
    timer.cancel();
    clock.advanceSync(10);
    expect([clock.pending, clock.nextInMs, fired]).toEqual([0, undefined, false]);
  });

  it('keeps wall time beside monotonic time, and jumps it alone', () => {
    const clock = new FakeClock({ now: 100, wallNow: 1_000_000 });
    clock.advanceSync(50);
    clock.jumpWall(3_600_000);
    expect(clock.now()).toBe(150);
    expect(clock.wallNow()).toBe(1_000_050 + 3_600_000);
  });

  it('draws the same numbers in each run, all in [0, 1)', () => {
    const draw = (clock: FakeClock) => Array.from({ length: 100 }, () => clock.random());
    const numbers = draw(new FakeClock());
    expect(draw(new FakeClock())).toEqual(numbers);
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
    expect(new Set(numbers).size).toBe(100);
  });
});
