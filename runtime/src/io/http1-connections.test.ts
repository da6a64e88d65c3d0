import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import { closeServersAfterEach, listen, serveHttp } from '../../../tests/support/test-servers.js';
import { ask, openTransport, text } from '../../../tests/support/transport-calls.js';
import { FakeClock } from '../testing/fake-clock.js';
import type { Clock } from './clock.js';
import type { Transport } from './transport.js';

closeServersAfterEach();

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A transport to a server that answers with bytes: it is told how many requests came over this connection, and how many in all. */
async function answering(
  answer: (socket: Socket, requests: { here: number; all: number }) => unknown,
  clock?: Clock,
): Promise<{ transport: Transport; connections: Socket[]; requests: () => number }> {
  const connections: Socket[] = [];
  let all = 0;
  const server = createServer((socket) => {
    connections.push(socket.on('error', () => undefined));
    let here = 0;
    socket.on('data', () => answer(socket, { here: ++here, all: ++all }));
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  const transport = openTransport({ server: url, ...(clock === undefined ? {} : { clock }) });
  return { transport, connections, requests: () => all };
}

describe('a connection of HTTP/1.1', () => {
  it('is not used again when more came than the answer has: the next one would begin with it', async () => {
    const { transport, connections } = await answering((socket) => socket.write(`${OK}${OK.replace('ok', 'no')}`));
    expect(await text(await ask(transport))).toBe('ok');
    expect(await text(await ask(transport))).toBe('ok');
    expect(connections).toHaveLength(2);
  });

  it.each(['GET', 'POST'])('that breaks at its first request is told, and no other is tried: %s', async (method) => {
    const { transport, requests } = await answering((socket) => socket.resetAndDestroy());
    expect(await failure(ask(transport, { method }))).toMatchObject({ code: 'unreachable' });
    expect(requests()).toBe(1);
  });

  it('that breaks after the answer began is told, and the read is not sent again', async () => {
    const { transport, requests } = await answering((socket, { here }) =>
      here === 1 ? socket.write(OK) : socket.end('HTTP/1.1 200 OK\r\nConte'),
    );
    await ask(transport).then(text);
    expect(await failure(ask(transport))).toMatchObject({ code: 'unreachable' });
    expect(requests()).toBe(2);
  });

  it.each(['GET', 'HEAD'])('that was idle and is closed costs a read nothing: %s', async (method) => {
    const head = OK.slice(0, -2);
    const { transport, requests } = await answering((socket, { here }) =>
      here === 1 ? socket.write(method === 'HEAD' ? head : OK) : socket.resetAndDestroy(),
    );
    for (let i = 0; i < 2; i++)
      expect((await ask(transport, { method }).then(async (it) => [it, await text(it)]))[0]).toMatchObject({
        status: 200,
      });
    expect(requests()).toBe(3);
  });

  it('T9: five that were idle and are all closed cost a read nothing: the last try opens a new one', async () => {
    const first: Socket[] = [];
    const { transport, connections } = await answering((socket, { here, all }) => {
      if (all > 5) return here === 1 ? socket.write(OK) : socket.resetAndDestroy();
      first.push(socket);
      return first.length === 5 && first.map((each) => each.write(OK));
    });
    await Promise.all(Array.from({ length: 5 }, async () => text(await ask(transport))));
    expect(connections).toHaveLength(5);
    expect(await text(await ask(transport))).toBe('ok');
    expect(connections).toHaveLength(6);
  });

  it('D5: that is idle is not touched by a request whose signal fired before', async () => {
    const { transport, connections, requests } = await answering((socket) => socket.write(OK));
    await ask(transport).then(text);
    expect(await failure(ask(transport, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' });
    await ask(transport).then(text);
    expect([connections.length, requests()]).toEqual([1, 2]);
  });

  it.each([
    ['50 s', OK, 50_000],
    ['the server keeps it, less a second', OK.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=5, max=9\r\n\r\n'), 4_000],
    ['50 s, although the server would keep it', OK.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=90\r\n\r\n'), 50_000],
  ])('that is idle is not used after %s', async (_what, answer, ms) => {
    const clock = new FakeClock();
    const { transport, connections } = await answering((socket) => socket.write(answer), clock);
    await ask(transport).then(text);
    await clock.advance(ms - 1);
    await ask(transport).then(text);
    expect(connections).toHaveLength(1);
    await clock.advance(ms);
    await ask(transport).then(text);
    expect(connections).toHaveLength(2);
  });

  it('is kept when it is idle, with fifteen others at most', async () => {
    const { url, server } = await serveHttp((_, response) => {
      waiting.push(() => response.end('ok'));
      if (waiting.length === 20) for (const answer of waiting.splice(0)) answer();
    });
    const waiting: (() => void)[] = [];
    const sockets: Socket[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    const transport = openTransport({ server: url });
    await Promise.all(Array.from({ length: 20 }, async () => text(await ask(transport))));
    await expect.poll(() => sockets.filter(({ destroyed }) => !destroyed).length).toBe(16);
    expect(sockets).toHaveLength(20);
  });

  it('D3: is not used once the transport is closed, nor one that opens just then', async () => {
    const { transport, requests } = await answering((socket) => socket.write(OK));
    const opening = failure(ask(transport));
    await transport.close?.();
    expect(await opening).toMatchObject({ code: 'stopped' });
    expect(await failure(ask(transport))).toMatchObject({ code: 'stopped' });
    expect(requests()).toBe(0);
  });
});
