import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { watchForSuspension } from './suspension.js';

describe('a process that stands still', () => {
  it('W20: for a minute or more is noticed at the next tick, each time', async () => {
    const clock = new FakeClock();
    let noticed = 0;
    watchForSuspension(clock, () => (noticed += 1));
    clock.jumpWall(60_001);
    await clock.advance(29_999);
    expect(noticed).toBe(0);
    await clock.advance(1);
    expect(noticed).toBe(1);
    clock.jumpWall(3_600_000);
    await clock.advance(30_000);
    expect(noticed).toBe(2);
  });

  it('W20: for less, or whose clock is set back, is none that was suspended', async () => {
    const clock = new FakeClock();
    let noticed = 0;
    watchForSuspension(clock, () => (noticed += 1));
    clock.jumpWall(60_000);
    await clock.advance(30_000);
    clock.jumpWall(-3_600_000);
    await clock.advance(300_000);
    expect(noticed).toBe(0);
  });

  it('is not looked at after the end, and leaves no timer', async () => {
    const clock = new FakeClock();
    let noticed = 0;
    const watch = watchForSuspension(clock, () => {
      noticed += 1;
      watch.cancel();
    });
    clock.jumpWall(3_600_000);
    await clock.advance(300_000);
    expect([noticed, clock.pending]).toEqual([1, 0]);
  });
});
