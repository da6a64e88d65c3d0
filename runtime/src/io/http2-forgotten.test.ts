import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { FakeClock } from '../testing/fake-clock.js';
import type { Http2Session } from './http2-session.js';
import { createHttp2Sessions } from './http2-sessions.js';
import type { SocketOpener } from './node-socket.js';
import { parseServerAddress } from './server-address.js';

const { made } = vi.hoisted(() => ({ made: [] as { streams: number; asked: number }[] }));

/** Sessions that have ended, and count who asks. */
vi.mock('./http2-session.js', () => ({
  createHttp2Session: (): Partial<Http2Session> => {
    const session = {
      streams: 0,
      asked: 0,
      isSettling: false,
      isSettled: true,
      idleSince: 0,
      limit: 100,
      retire: () => undefined,
      destroy: () => undefined,
      get usable() {
        session.asked++;
        return false;
      },
    };
    made.push(session);
    return session;
  },
}));

it('D3: sessions that have ended are forgotten, once their last exchange is over', () => {
  const sessions = createHttp2Sessions({ address: parseServerAddress('https://host'), clock: new FakeClock() });
  const opener: SocketOpener = { open: () => Promise.reject(new Error('unused')) };
  for (let i = 0; i < 3; i++) sessions.add(new Socket(), opener);
  const [busy] = made;
  if (busy !== undefined) busy.streams = 1;
  expect(sessions.choose(opener)).toEqual({ t: 'open' });
  sessions.choose(opener);
  expect(made.map(({ asked }) => asked)).toEqual([2, 1, 1]);
  if (busy !== undefined) busy.streams = 0;
  sessions.choose(opener);
  sessions.choose(opener);
  expect(made.map(({ asked }) => asked)).toEqual([3, 1, 1]);
});
