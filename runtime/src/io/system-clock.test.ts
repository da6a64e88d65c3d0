import { afterEach, describe, expect, it, vi } from 'vitest';
import { onAbort } from './on-abort.js';
import { systemClock } from './system-clock.js';

afterEach(() => void vi.useRealTimers());

describe('the system clock', () => {
  it('now never goes back, wallNow is the date, random is in [0, 1)', () => {
    const before = systemClock.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
    expect(Math.abs(systemClock.wallNow() - Date.now())).toBeLessThan(1000);
    const chance = systemClock.random();
    expect(chance >= 0 && chance < 1).toBe(true);
  });

  it('a timer of 0 ms fires in a later turn, after promises', async () => {
    const order: string[] = [];
    const fired = new Promise<void>((resolve) => {
      systemClock.setTimer(0, () => {
        order.push('timer');
        resolve();
      });
    });
    void Promise.resolve().then(() => order.push('promise'));
    order.push('now');
    await fired;
    expect(order).toEqual(['now', 'promise', 'timer']);
  });

  it('a cancelled timer never fires', async () => {
    const fn = vi.fn<() => void>();
    systemClock.setTimer(0, fn).cancel();
    await new Promise((resolve) => setImmediate(resolve));
    expect(fn).not.toHaveBeenCalled();
  });

  it('C5: a timer longer than 2^31-1 ms fires at its time, not at once, and can be cancelled on the way', () => {
    vi.useFakeTimers();
    const fn = vi.fn<() => void>();
    const days30 = 30 * 24 * 3600 * 1000;
    systemClock.setTimer(days30, fn);
    const cancelled = systemClock.setTimer(days30, fn);
    vi.advanceTimersByTime(days30 - 1);
    expect(fn).not.toHaveBeenCalled();
    cancelled.cancel();
    vi.advanceTimersByTime(1);
    expect(fn).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(days30);
    expect(fn).toHaveBeenCalledOnce();
  });
});

describe('listening for an abort', () => {
  it('a hundred listeners of one signal are one for the platform, are called once and can be taken back', () => {
    const controller = new AbortController();
    const listen = vi.spyOn(controller.signal, 'addEventListener');
    const fn = vi.fn<() => void>();
    const forget = Array.from({ length: 100 }, () => onAbort(controller.signal, fn));
    forget[0]?.();
    forget[0]?.();
    expect(listen).toHaveBeenCalledOnce();
    controller.abort();
    expect(fn).toHaveBeenCalledTimes(99);
    onAbort(controller.signal, fn);
    expect(fn).toHaveBeenCalledTimes(100);
    expect(onAbort(undefined, fn)()).toBeUndefined();
  });
});
