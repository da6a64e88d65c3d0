import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import { closeServersAfterEach, listen } from '../../../tests/support/test-servers.js';
import { ask, openTransport, text } from '../../../tests/support/transport-calls.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createConnection } from './node-connection.js';
import { createConnectionPool } from './node-connection-pool.js';
import type { SocketOpener } from './node-socket.js';
import { onAbort } from './on-abort.js';

const live = new AbortController().signal;

closeServersAfterEach();

/** An answer whose end is that of the connection, of a server that is not through with it. */
async function unfinished(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\nhalf'));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

describe('an answer of HTTP/1.1 that ends with its connection', () => {
  it('is not whole when the request is given up', async () => {
    const transport = openTransport({ server: await unfinished() });
    const controller = new AbortController();
    const { body } = await ask(transport, { signal: controller.signal });
    const reader = body[Symbol.asyncIterator]();
    expect((await reader.next()).value).toHaveLength(4);
    controller.abort();
    expect(await failure(reader.next())).toMatchObject({ code: 'aborted' });
  });

  it('is not whole when the transport is closed', async () => {
    const transport = openTransport({ server: await unfinished() });
    const { body } = await ask(transport);
    const reader = body[Symbol.asyncIterator]();
    expect((await reader.next()).value).toHaveLength(4);
    await transport.close?.();
    expect(await failure(reader.next())).toMatchObject({ code: 'unreachable' });
  });
});

describe('a connection of HTTP/1.1', () => {
  it('that was cut in the moment it opened is told, and nobody waits for its answer', async () => {
    const socket = new Socket();
    socket.destroy();
    await once(socket, 'close');
    const opener = { open: async () => ({ socket, protocol: 'http/1.1', inPlace: true }) as const };
    const opening = createConnection(opener, { signal: live, onOver: () => undefined }).then((connection) =>
      connection.exchange({
        head: '',
        request: { method: 'GET', path: '/', headers: {}, signal: live },
        tell: (error) => error,
      }),
    );
    const turns = new Promise((resolve) => void setImmediate(() => setImmediate(() => resolve('hangs'))));
    expect(await Promise.race([opening.catch((error: unknown) => error), turns])).toMatchObject({ code: 'ECONNRESET' });
  });

  it('is not used again while a part of its request is not sent yet', async () => {
    const heads: string[] = [];
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const head = chunk.toString('latin1').split('\r\n', 1)[0] ?? '';
        heads.push(head);
        socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n');
        if (head.startsWith('POST')) socket.pause();
      });
    });
    const transport = openTransport({ server: `http://127.0.0.1:${await listen(server)}` });
    const answer = await ask(transport, { method: 'POST', body: new Uint8Array(32 * 1024 * 1024) });
    expect([answer.status, await text(answer)]).toEqual([413, '']);
    expect((await ask(transport)).status).toBe(413);
    expect(connections).toBe(2);
  });

  it('D3: that is being opened is given up when the transport is closed', async () => {
    const pool = createConnectionPool('http://host', new FakeClock());
    let asked: AbortSignal | undefined;
    const opener: SocketOpener = {
      open: ({ signal }) => new Promise((_, reject) => onAbort((asked = signal), () => reject(new Error('given up')))),
    };
    const taken = failure(pool.take(opener, { signal: live, anew: false }));
    await expect.poll(() => asked?.aborted).toBe(false);
    pool.close();
    expect(asked?.aborted).toBe(true);
    expect(await taken).toMatchObject({ code: 'stopped' });
  });
});

describe('an empty answer', () => {
  it('is empty, also when it says that it is packed', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write('HTTP/1.1 503 Busy\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n'));
    });
    const transport = openTransport({ server: `http://127.0.0.1:${await listen(server)}` });
    const answer = await ask(transport);
    expect([answer.status, await text(answer)]).toEqual([503, '']);
  });
});
