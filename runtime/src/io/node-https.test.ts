import { createServer as createPlainServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it, vi } from 'vitest';
import { codeOf, failure } from '../../../tests/support/kube-failure.js';
import { closeServersAfterEach, listen, serveHttps } from '../../../tests/support/test-servers.js';
import { ask, text } from '../../../tests/support/transport-calls.js';
import { connectTo, local, serve, watch, watches } from '../../../tests/support/http2-scene.js';
import { FakeClock } from '../testing/fake-clock.js';
import type * as Openers from './openers.js';
import type { OpenSocket, SocketOpener } from './node-socket.js';

closeServersAfterEach();

/** The connection that was opened last, and what befalls it then, and while the module of HTTP/2 is loaded. */
const scene = vi.hoisted(() => ({
  last: undefined as OpenSocket | undefined,
  opened: undefined as ((open: OpenSocket) => void) | undefined,
  loading: async (): Promise<void> => {},
}));

vi.mock('./openers.js', async (original) => {
  const { createOpeners } = await original<typeof Openers>();
  const noting = new Map<SocketOpener, SocketOpener>();
  const note = (opener: SocketOpener): SocketOpener => ({
    open: async (options) => {
      scene.last = await opener.open(options);
      scene.opened?.(scene.last);
      return scene.last;
    },
  });
  return {
    createOpeners: (...args: Parameters<typeof createOpeners>) => {
      const current = createOpeners(...args);
      return () => {
        const opener = current();
        if (!noting.has(opener)) noting.set(opener, note(opener));
        return noting.get(opener);
      };
    },
  };
});

vi.mock('./http2-sessions.js', async (original) => {
  await scene.loading();
  return original();
});

describe('an https transport', () => {
  it('whose first connection breaks while HTTP/2 is loaded says so, and goes on with another', async () => {
    scene.loading = async () => {
      const { socket } = scene.last ?? {};
      socket?.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
      await new Promise((resolve) => socket?.once('close', resolve));
    };
    const { transport } = await serve(watches);
    expect(await failure(ask(transport))).toMatchObject({ code: 'unreachable' });
    expect(await text(await ask(transport))).toBe('ok');
  });

  it('D3: whose request gives up as the connection opens is kept alive by nothing', async () => {
    const { url } = await serveHttps((_request, response) => response.end('ok'), local);
    const controller = new AbortController();
    const unref = vi.fn<() => void>();
    scene.opened = ({ socket }) => {
      scene.opened = undefined;
      vi.spyOn(socket, 'unref').mockImplementation(() => (unref(), socket));
      socket.once('close', unref);
      controller.abort();
    };
    expect(await codeOf(ask(connectTo(url), { signal: controller.signal }))).toBe('aborted');
    await expect.poll(() => unref).toHaveBeenCalled();
  });

  it('D3: opens nothing more when it is closed while a request waits for the limit that the server tells', async () => {
    let connections = 0;
    // It speaks HTTP/2, and never says a word.
    const server = createTlsServer({ ...local, ALPNProtocols: ['h2'] }, (socket) => {
      connections++;
      socket.on('error', () => undefined).resume();
    });
    const transport = connectTo(`https://127.0.0.1:${await listen(server)}`);
    const first = codeOf(ask(transport));
    const second = codeOf(ask(transport));
    await expect.poll(() => connections).toBe(1);
    // Both have looked for a session by then.
    await new Promise((resolve) => setImmediate(resolve));
    await transport.close?.();
    expect(await Promise.all([first, second])).toEqual(['unreachable', 'stopped']);
    expect(connections).toBe(1);
  });

  it('T10: a connection that takes longer than 30 s to open is given up, and who asks next gets another', async () => {
    const clock = new FakeClock();
    const { server } = await serve(watches);
    // A balancer whose first way leads nowhere: it takes the connection, and nobody answers.
    let connections = 0;
    const balancer = createPlainServer((socket) => {
      socket.on('error', () => undefined);
      if (++connections > 1) server.emit('connection', socket);
    });
    const transport = connectTo(`https://127.0.0.1:${await listen(balancer)}`, { clock });
    const first = failure(ask(transport));
    await expect.poll(() => connections).toBe(1);
    const second = failure(ask(transport)); // waits for the same connection
    await expect.poll(() => clock.pending).toBe(1);
    await clock.advance(30_000);
    for (const error of await Promise.all([first, second])) {
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('ETIMEDOUT') });
    }
    expect(await text(await ask(transport))).toBe('ok');
    expect([connections, clock.pending]).toEqual([2, 0]);
  });

  it('T10: a request goes on when the one ends that waited with it for the limit that the server tells', async () => {
    const clock = new FakeClock();
    const sockets: Socket[] = [];
    const server = createTlsServer({ ...local, ALPNProtocols: ['h2'] }, (socket) => {
      sockets.push(socket.on('error', () => undefined).resume());
    });
    const transport = connectTo(`https://127.0.0.1:${await listen(server)}`, { clock });
    const leaving = new AbortController();
    const left = codeOf(ask(transport, { signal: leaving.signal }));
    await expect.poll(() => sockets.length).toBe(1);
    await expect.poll(() => clock.pending).toBe(2); // it is waited for its limit, and asked after 30 s whether it is there
    const waiting = new AbortController();
    const given = codeOf(ask(transport, { signal: waiting.signal }));
    const stays = failure(ask(transport, { method: 'POST' })); // what only reads would be sent again
    await new Promise((resolve) => setImmediate(resolve));
    waiting.abort();
    expect(await given).toBe('aborted');
    leaving.abort();
    expect(await left).toBe('aborted');
    await expect.poll(() => clock.pending).toBe(2);
    for (const ms of [30_000, 15_000, 0]) await clock.advance(ms);
    expect(await stays).toMatchObject({ code: 'unreachable', message: expect.stringContaining('PING') });
  });

  it('T9: a second session whose server does not tell its limit within a second is not waited for', async () => {
    const clock = new FakeClock();
    const { server: good } = await serve(watches);
    const silent = createTlsServer({ ...local, ALPNProtocols: ['h2'] }, (socket) => {
      socket.on('error', () => undefined).resume();
    });
    await listen(silent);
    let connections = 0;
    const balancer = createPlainServer((socket) => {
      socket.on('error', () => undefined);
      (++connections === 1 ? good : silent).emit('connection', socket);
    });
    const transport = connectTo(`https://127.0.0.1:${await listen(balancer)}`, { clock });
    let open = 0;
    const watched = Array.from({ length: 20 }, () => watch(transport).then(() => open++));
    await expect.poll(() => [open, clock.pending]).toEqual([10, 3]); // one is sent over the second, the others wait
    await clock.advance(1_000);
    await expect.poll(() => open).toBe(19);
    expect(connections).toBe(2);
    await transport.close?.();
    await Promise.allSettled(watched);
  });

  it('T9: a second session that cannot be opened is done without for 30 s', async () => {
    const clock = new FakeClock();
    const { server } = await serve(watches);
    let connections = 0;
    const balancer = createPlainServer((socket) => {
      socket.on('error', () => undefined);
      if (++connections === 2) socket.destroy();
      else server.emit('connection', socket);
    });
    const transport = connectTo(`https://127.0.0.1:${await listen(balancer)}`, { clock });
    await Promise.all(Array.from({ length: 20 }, () => watch(transport)));
    await clock.advance(29_999);
    await watch(transport);
    expect(connections).toBe(2);
    await clock.advance(1);
    await watch(transport);
    expect(connections).toBe(3);
  });
});
