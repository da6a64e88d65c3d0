import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { authority, connectTo, local, serve, watch, watches } from '../../../tests/support/http2-scene.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { closeServersAfterEach, listen, serveHttp, serveHttps } from '../../../tests/support/test-servers.js';
import { ask, openTransport, text } from '../../../tests/support/transport-calls.js';

closeServersAfterEach();
afterEach(() => {
  vi.restoreAllMocks();
});

/** What the socket of the client with this server was told last: whether it keeps the process alive. */
function holding(url: string): () => boolean | undefined {
  const port = Number(new URL(url).port);
  let holds: boolean | undefined;
  for (const name of ['ref', 'unref'] as const) {
    const real = Socket.prototype[name];
    vi.spyOn(Socket.prototype, name).mockImplementation(function (this: Socket) {
      if (this.remotePort === port) holds = name === 'ref';
      return real.call(this);
    });
  }
  return () => holds;
}

describe('a connection', () => {
  it.each([true, false])(
    'D3: keeps the process alive as long as something is asked over it (HTTP/2: %s)',
    async (http2) => {
      const { url } = http2
        ? await serve(watches)
        : await serveHttps((request, response) => {
            if (request.url === '/watch') response.write('line\n');
            else response.end('ok');
          }, local);
      const holds = holding(url);
      const transport = connectTo(url, { http2 });
      await ask(transport).then(text);
      await expect.poll(holds).toBe(false);
      const { leave } = await watch(transport);
      expect(holds()).toBe(true);
      await leave();
      if (http2) await expect.poll(holds).toBe(false);
    },
  );

  it('T11: sends at once, and asks after 30 s of silence whether the peer is there', async () => {
    const { url } = await serveHttp((_, response) => response.end('ok'));
    const keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive');
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    await ask(openTransport({ server: url })).then(text);
    expect(keepAlive.mock.calls).toContainEqual([true, 30_000]);
    expect(noDelay.mock.calls).toContainEqual([true]);
  });

  it('with TLS resumes the session of the one before', async () => {
    const { url, server } = await serveHttps(
      (_, response) => response.setHeader('connection', 'close').end('ok'),
      local,
    );
    const resumed: boolean[] = [];
    server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
    const transport = connectTo(url);
    for (let i = 0; i < 2; i++) await ask(transport).then(text);
    expect(resumed).toEqual([false, true]);
  });

  it('D3: that looked at a certificate for a message is closed, as the one that failed', async () => {
    const expired = authority.issue({ addresses: ['127.0.0.1'], expired: true });
    const { url, server } = await serveHttps(() => undefined, expired);
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    expect((await failure(ask(connectTo(url)))).message).toMatch(/expired at \d{4}-/);
    expect(sockets).toHaveLength(2);
    await expect.poll(() => sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('D3: that opens is given up when the transport is closed', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined).resume()));
    const transport = connectTo(`https://127.0.0.1:${await listen(silent)}`);
    const asked = failure(ask(transport));
    await expect.poll(() => sockets.length).toBe(1);
    const closed = once(sockets[0] as Socket, 'close');
    await transport.close?.();
    expect((await asked).code).toBe('unreachable');
    await closed;
  });

  it('of HTTP/1.1 over which comes what nobody asked for is closed', async () => {
    const { url, server } = await serveHttp((_, response) => response.end('ok'));
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    const transport = openTransport({ server: url });
    await ask(transport).then(text);
    const closed = once(sockets[0] as Socket, 'close');
    sockets[0]?.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno');
    await closed;
    expect(await ask(transport).then(text)).toBe('ok');
    expect(sockets).toHaveLength(2);
  });
});
