import { describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import { createRunQueue, type Runnable, type RunQueue } from './run-queue.js';

interface Scene {
  readonly clock: FakeClock;
  readonly queue: RunQueue;
  readonly ran: string[];
  readonly errors: unknown[];
  /** A runnable that takes so long, so many times. */
  add(name: string, ms: number, times?: number): Runnable;
  /** The first turn. */
  turn(): void;
}

function scene(): Scene {
  const clock = new FakeClock();
  const scheduled: (() => void)[] = [];
  const errors: unknown[] = [];
  const ran: string[] = [];
  const queue = createRunQueue({
    clock,
    schedule: (fn) => void scheduled.push(fn),
    onError: (error) => void errors.push(error),
  });
  const add = (name: string, ms: number, times = 1): Runnable => {
    let left = times;
    const runnable: Runnable = {
      isReady: false,
      run: () => {
        ran.push(name);
        clock.advanceSync(ms);
        return --left > 0;
      },
    };
    queue.add(runnable);
    return runnable;
  };
  return { clock, queue, ran, errors, add, turn: () => scheduled.shift()?.() };
}

describe('the queue of what has work to do', () => {
  it('runs all that is ready in one turn, as long as that is short', () => {
    const { add, ran, turn, clock } = scene();
    for (const name of ['a', 'b', 'c']) add(name, 2);
    turn();
    expect([ran, clock.pending]).toEqual([['a', 'b', 'c'], 0]);
  });

  it('goes on in another turn after 8 ms, and gives each its part', async () => {
    const { add, ran, turn, clock } = scene();
    add('a', 8, 2);
    add('b', 1, 2);
    turn();
    expect([ran, clock.pending]).toEqual([['a'], 1]);
    await clock.advance(0);
    expect([ran, clock.pending]).toEqual([['a', 'b', 'a'], 1]);
    await clock.advance(0);
    expect([ran, clock.pending]).toEqual([['a', 'b', 'a', 'b'], 0]);
  });

  it('holds each once, and begins a new turn for what comes later', () => {
    const { add, queue, ran, turn } = scene();
    const once = add('a', 0);
    queue.add(once);
    turn();
    queue.add(once);
    turn();
    expect(ran).toEqual(['a', 'a']);
  });

  it('U10: tells what one throws, and goes on with the others and with what it has left', () => {
    const { add, queue, ran, errors, turn } = scene();
    let thrown = false;
    queue.add({
      isReady: false,
      run: () => {
        if (thrown) return ran.push('rest') < 0;
        thrown = true;
        throw new Error('broken');
      },
    });
    add('b', 0);
    turn();
    expect([ran, errors]).toEqual([['b', 'rest'], [new Error('broken')]]);
  });
});
