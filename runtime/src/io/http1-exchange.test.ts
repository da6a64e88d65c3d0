import { describe, expect, it } from 'vitest';
import { createExchange, type Exchange } from './http1-exchange.js';
import { createReadBuffers } from './read-buffers.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n';

function exchange(): Exchange {
  const nothing = (): void => undefined;
  return createExchange({
    method: 'GET',
    buffers: createReadBuffers(),
    tell: (error) => error,
    onTaken: nothing,
    onLeft: nothing,
  });
}

describe('an exchange of HTTP/1.1', () => {
  it('lends what it read to a reader that waits, and keeps nothing of the buffer for one that does not', async () => {
    const running = exchange();
    expect(running.feed(bytes(HEAD))).toEqual({ used: HEAD.length, lent: false });
    const { body } = await running.response;
    const waiting = body.next();
    const read = bytes('one.');
    expect(running.feed(read)).toEqual({ used: 4, lent: true });
    expect((await waiting).value?.buffer).toBe(read.buffer);
    const large = new Uint8Array(64 * 1024);
    expect(running.feed(large.subarray(0, 3))).toEqual({ used: 3, lent: false });
    expect((await body.next()).value?.buffer).not.toBe(large.buffer);
    const unread = bytes('x');
    expect(running.feed(unread)).toEqual({ used: 1, lent: true }); // it fills its buffer, and is no copy
    expect([running.over, running.backlog]).toEqual([true, 1]);
  });

  it('that broke is over, and its connection is not used again', async () => {
    const running = exchange();
    running.feed(bytes(HEAD));
    const { body } = await running.response;
    expect(running.keepAliveMs).toBeGreaterThan(0);
    running.closed(undefined);
    expect([running.over, running.keepAliveMs]).toEqual([true, 0]);
    running.closed(new Error('later'));
    await expect(body.next()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('without an answer rejects with what broke it', async () => {
    const running = exchange();
    running.closed(new Error('broken'));
    await expect(running.response).rejects.toThrow('broken');
    expect([running.begun, running.over]).toEqual([false, true]);
  });
});
