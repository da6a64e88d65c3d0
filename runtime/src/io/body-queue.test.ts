import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { createBodyQueue, type BodyQueue } from './body-queue.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const MANY = 60_000;
const over = { done: true, value: undefined };

/** A queue, with what its reader was heard to do. */
function queue(): { queue: BodyQueue; told: string[] } {
  const told: string[] = [];
  const made = createBodyQueue({
    onTaken: (chunk) => told.push(`taken ${new TextDecoder().decode(chunk)}`),
    onLeft: () => told.push('left'),
  });
  return { queue: made, told };
}

describe('a body that is filled while it is read', () => {
  it('that was left has nothing more for its reader, and what comes is not kept', async () => {
    const { queue: body, told } = queue();
    body.push(bytes('a'));
    body.push(bytes('b'));
    expect(await body.body.next()).toMatchObject({ done: false });
    await body.body.return?.();
    body.push(bytes('c'));
    expect([await body.body.next(), body.backlog]).toEqual([over, 0]);
    await body.body.return?.();
    expect(told).toEqual(['left']);
  });

  it('ends for a reader that waits as it is left', async () => {
    const { queue: body } = queue();
    const waiting = body.body.next();
    expect(body.isAwaited).toBe(true);
    await body.body.return?.();
    expect([await waiting, body.isAwaited]).toEqual([over, false]);
  });

  it('tells an error after what came, once, and that a chunk was read when the next is asked for', async () => {
    const { queue: body, told } = queue();
    body.push(bytes('a'));
    body.fail(new Error('cut'));
    body.fail(new Error('cut again'));
    body.end();
    expect((await body.body.next()).done).toBe(false);
    expect(told).toEqual([]);
    await expect(body.body.next()).rejects.toThrow(/^cut$/);
    expect(await body.body.next()).toEqual(over);
    expect(told).toEqual(['taken a']);
  });

  it('tells an error once to a reader that waits', async () => {
    const { queue: body } = queue();
    const waiting = body.body.next();
    body.fail(new Error('cut'));
    await expect(waiting).rejects.toThrow('cut');
    expect(await body.body.next()).toEqual(over);
  });

  it('counts what waits', async () => {
    const { queue: body } = queue();
    body.push(bytes('abc'));
    body.push(bytes('de'));
    expect(body.backlog).toBe(5);
    await body.body.next();
    expect(body.backlog).toBe(2);
  });

  it('hands out very many small chunks that waited in linear time', () => {
    const body = createBodyQueue({ onTaken: () => undefined, onLeft: () => undefined });
    for (let n = 0; n < MANY; n++) body.push(bytes('a'));
    const seconds = cpuSeconds(() => {
      for (let n = 0; n < MANY; n++) void body.body.next();
    });
    expect([body.backlog, body.isAwaited]).toEqual([0, false]);
    expect(seconds).toBeLessThan(1);
  });
});
