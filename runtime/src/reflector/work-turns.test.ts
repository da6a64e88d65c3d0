import { describe, expect, it } from 'vitest';
import { listOf, thing, Thing } from '../../../tests/support/reflector-scene.js';
import { ScriptedTransport } from '../../../tests/support/scripted-transport.js';
import { createCluster } from '../client/create-cluster.js';
import { FakeClock } from '../testing/fake-clock.js';
import { Reflector } from './reflector.js';
import { workTurns } from './work-turns.js';

/** A clock on which looking at it takes time, so that work takes some. */
class BusyClock extends FakeClock {
  #spent = 0;
  turns = 0;
  #turnBegan = 0;
  longestTurn = 0;

  override now(): number {
    this.#spent += 0.01;
    this.longestTurn = Math.max(this.longestTurn, this.#spent - this.#turnBegan);
    return super.now() + this.#spent;
  }

  override setTimer(ms: number, fn: () => void): { cancel(): void } {
    if (ms > 0) return super.setTimer(ms, fn);
    return super.setTimer(0, () => {
      this.turns++;
      this.#turnBegan = this.#spent;
      fn();
    });
  }
}

describe('work turns', () => {
  it('L14: a long list and its commit give the event loop back at least every 10 ms', async () => {
    const clock = new BusyClock();
    const server = new ScriptedTransport();
    const cluster = createCluster({ server: 'http://server', transport: server, clock });
    const things = new Reflector(cluster, Thing, { streaming: false });
    things.start();
    await clock.advance(0);
    const items = Array.from({ length: 20_000 }, (_, n) => thing(`thing-${n}`, n + 1));
    const text = JSON.stringify(listOf(30_000, items));
    server.last.open();
    for (let at = 0; at < text.length; at += 1_000_000) server.last.raw(text.slice(at, at + 1_000_000));
    server.last.end();
    for (let n = 0; n < 500 && !things.status.synced; n++) await clock.advance(0);
    expect(things.list()).toHaveLength(20_000);
    expect(clock.turns).toBeGreaterThan(5);
    expect(clock.longestTurn).toBeLessThan(12);
    await things.stop();
  });

  it('one waiter goes on per turn, so that many reflectors do not add up to a long one', async () => {
    const fires: (() => void)[] = [];
    const setTimer = (_ms: number, fn: () => void): { cancel(): void } => {
      fires.push(fn);
      return { cancel: () => undefined };
    };
    const clock = { now: () => 0, wallNow: () => 0, random: () => 0, setTimer };
    const turns = workTurns(clock);
    expect(workTurns(clock)).toBe(turns);
    turns.worked(3);
    expect(turns.spent).toBe(false);
    turns.worked(4);
    expect(turns.spent).toBe(true);
    const order: string[] = [];
    for (const name of ['a', 'b']) void turns.next().then(() => order.push(`${name} ${turns.spent}`));
    fires.shift()?.();
    await Promise.resolve();
    expect(order).toEqual(['a false']);
    fires.shift()?.();
    await Promise.resolve();
    expect(order).toEqual(['a false', 'b false']);
    expect(fires).toEqual([]);
  });
});
