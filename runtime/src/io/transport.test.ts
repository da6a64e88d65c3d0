import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createNetServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  afterwards,
  closeServersAfterEach,
  listen,
  serveBytes,
  serveHttp,
} from '../../../tests/support/test-servers.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, text } from '../../../tests/support/transport-calls.js';
import { fakeKubeConfig } from '../../../tests/support/fake-kube-config.js';
import { fromClientNode } from './from-client-node.js';
import { fromFetch } from './from-fetch.js';
import type { KubeError } from '../errors.js';
import { createNodeTransport } from './node-transport.js';
import type { Transport } from './transport.js';

closeServersAfterEach();

async function received(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const transports: [name: string, connect: (server: string) => Transport][] = [
  ['node', (server) => createNodeTransport({ server })],
  ['fetch', (server) => fromFetch(fetch).forServer?.(server) ?? fromFetch(fetch)],
  ['client-node', (server) => fromClientNode(fakeKubeConfig({ server }))],
];

describe.each(transports)('the %s transport', (name, make) => {
  /** What the platform's fetch does in its own way. */
  const own = name !== 'fetch';

  function connectTo(server: string): Transport {
    const transport = make(server);
    afterwards(() => transport.close?.());
    return transport;
  }

  async function http(
    handler: RequestListener,
    prefix = '',
  ): Promise<{ transport: Transport; server: Server; url: string }> {
    const { server, url } = await serveHttp(handler);
    return { transport: connectTo(url + prefix), server, url };
  }

  async function raw(answer: (socket: Socket, request: string) => void): Promise<Transport> {
    return connectTo(await serveBytes(answer));
  }

  describe('requests', () => {
    it.runIf(own)('sends method, path below the prefix, headers, repeated headers and body', async () => {
      const { transport } = await http((request, response) => {
        void received(request).then((body) => {
          const { method, url, headersDistinct } = request;
          response.end(
            JSON.stringify({
              method,
              url,
              body,
              group: headersDistinct['impersonate-group'],
              type: headersDistinct['content-type'],
            }),
          );
        });
      }, '/k8s/clusters/c1');
      const response = await ask(transport, {
        method: 'PUT',
        path: '/api/v1/x?a=1',
        headers: { 'content-type': 'application/json', 'impersonate-group': 'a, b' },
        repeatedHeaders: [
          ['impersonate-group', 'c'],
          ['impersonate-group', 'd'],
        ],
        body: new TextEncoder().encode('{"é":1}'),
      });
      expect(JSON.parse(await text(response))).toEqual({
        method: 'PUT',
        url: '/k8s/clusters/c1/api/v1/x?a=1',
        body: '{"é":1}',
        group: ['a, b', 'c', 'd'],
        type: ['application/json'],
      });
    });

    it('an HTTP error is an answer, and a redirect is one too: it is not followed', async () => {
      const { transport } = await http((request, response) => {
        response.writeHead(request.url === '/moved' ? 302 : 403, { location: 'http://192.0.2.1/' });
        response.end('no');
      });
      expect((await ask(transport, { path: '/moved' })).status).toBe(302);
      const response = await ask(transport);
      expect([response.status, await text(response)]).toEqual([403, 'no']);
    });

    it('header names are lower case, and a hostile name is no prototype', async () => {
      const transport = await raw((socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nX-One: 1\r\n__proto__: evil\r\nWarning: 299 - "a"\r\nwarning: 299 - "b"\r\nContent-Length: 0\r\n\r\n',
        );
      });
      const { headers } = await ask(transport);
      expect(headers).toMatchObject({ 'x-one': '1', warning: '299 - "a", 299 - "b"' });
      expect(Object.getPrototypeOf(headers)).not.toBe('evil');
    });

    it.runIf(own)('T9: requests in sequence use one connection', async () => {
      const { transport, server } = await http((_, response) => response.end('ok'));
      let connections = 0;
      server.on('connection', () => connections++);
      for (let i = 0; i < 20; i++) await text(await ask(transport));
      expect(connections).toBe(1);
    });

    it.runIf(own)('a read is sent again when the server closed the idle connection that it was sent on', async () => {
      let connections = 0;
      const server = createNetServer((socket) => {
        connections++;
        socket.on('error', () => undefined);
        let requests = 0;
        socket.on('data', () => {
          // The second request of a connection meets a closed door, as after a keep-alive timeout.
          if (++requests > 1) return socket.resetAndDestroy();
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        });
      });
      const transport = connectTo(`http://127.0.0.1:${await listen(server)}`);
      for (let i = 0; i < 3; i++) expect(await text(await ask(transport))).toBe('ok');
      expect(connections).toBe(3);
      await text(await ask(transport));
      expect(await failure(ask(transport, { method: 'POST' }))).toMatchObject({ code: 'unreachable' });
    });

    it.runIf(own)('a write goes over a new connection when the server has closed the idle one', async () => {
      for (const close of ['end', 'resetAndDestroy'] as const) {
        const sockets: Socket[] = [];
        const { transport, server } = await http((_, response) => response.end('ok'));
        server.on('connection', (socket) => sockets.push(socket));
        await text(await ask(transport));
        sockets[0]?.[close]();
        await once(sockets[0] as Socket, 'close');
        expect(await text(await ask(transport, { method: 'POST' }))).toBe('ok');
        expect(sockets).toHaveLength(2);
      }
    });

    it.runIf(own)('an idle connection is not used longer than the server says that it keeps it', async () => {
      const { transport, server } = await http((_, response) => response.end('ok'));
      server.keepAliveTimeout = 1000; // told in seconds; one less is used, for the way
      let connections = 0;
      server.on('connection', () => connections++);
      for (let i = 0; i < 3; i++) await text(await ask(transport, { method: 'POST' }));
      expect(connections).toBe(3);
    });

    it.runIf(own)('an encoding that was not asked for is a protocol error', async () => {
      const { transport } = await http((_, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x'));
      expect(await failure(ask(transport))).toMatchObject({ code: 'protocol' });
    });

    it.runIf(own).each(['GZIP', 'x-gzip'])('the encoding %s is gzip, as RFC 9110 says', async (encoding) => {
      const { transport } = await http((_, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('{"a":1}')),
      );
      expect(await text(await ask(transport))).toBe('{"a":1}');
    });

    it.each([
      ['to HEAD', 'HEAD', 200],
      ['204', 'GET', 204],
      ['304', 'GET', 304],
    ])('an answer %s has no body that could be unpacked', async (_what, method, status) => {
      const { transport } = await http((_, response) =>
        response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
      );
      const response = await ask(transport, { method });
      expect([response.status, await text(response)]).toEqual([status, '']);
    });

    it.runIf(own)('what is wrong with an answer is told', async () => {
      const { transport } = await http((_, response) =>
        response.writeHead(200, { 'x-long': 'a'.repeat(100_000) }).end(),
      );
      expect(await failure(ask(transport))).toMatchObject({
        code: 'protocol',
        message: expect.stringMatching(/: the head of the answer is too large \(HPE_INVALID\)$/),
      });
    });

    it('E12: any 1xx before the answer is passed over', async () => {
      const transport = await raw((socket) => {
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
      expect(await text(await ask(transport))).toBe('ok');
    });
  });

  describe('bodies', () => {
    it('a chunk is there when the server has sent it, not at the end', async () => {
      let answer: ServerResponse | undefined;
      const { transport } = await http((_, response) => {
        answer = response;
        response.write('one\n');
      });
      const iterator = (await ask(transport)).body[Symbol.asyncIterator]();
      const next = async (): Promise<string> => new TextDecoder().decode((await iterator.next()).value as Uint8Array);
      expect(await next()).toBe('one\n');
      answer?.write('two\n');
      expect(await next()).toBe('two\n');
      answer?.end();
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
    });

    it('a body whose length only the end of the connection tells is whole', async () => {
      const transport = await raw((socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it'));
      expect(await text(await ask(transport))).toBe('all of it');
    });

    it.each([
      ['chunked', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
      ['counted', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello'],
    ])('a %s body that breaks off ends with an error after what came', async (_name, answer) => {
      const transport = await raw((socket) => {
        socket.write(answer);
        setImmediate(() => socket.destroy());
      });
      const iterator = (await ask(transport)).body[Symbol.asyncIterator]();
      expect(new TextDecoder().decode((await iterator.next()).value as Uint8Array)).toBe('hello');
      expect(await failure(iterator.next())).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('was cut'),
      });
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
    });

    it('a cut connection asks whether TLS is meant, but not once the server has answered', async () => {
      const transport = await raw((socket, request) => {
        if (request.includes('/cut')) socket.destroy();
        else socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
      });
      const cut = (): Promise<KubeError> => failure(ask(transport, { method: 'POST', path: '/cut' }));
      expect((await cut()).message).toMatch(/was cut \(.*Does it want TLS\? Then it is https:/);
      expect(await text(await ask(transport))).toBe('ok');
      expect((await cut()).message).toMatch(/was cut \(\w+\)$/);
    });

    it('a body of many megabytes comes whole, in order, whatever the reader does in between', async () => {
      const piece = Buffer.alloc(64 * 1024, 'x');
      const { transport } = await http((_, response) => {
        for (let i = 0; i < 200; i++) {
          piece.writeUInt32BE(i);
          response.write(Buffer.from(piece));
        }
        response.end();
      });
      let size = 0;
      for await (const chunk of (await ask(transport)).body) {
        size += chunk.length;
        if (size % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(size).toBe(200 * piece.length);
    });

    it('leaving a body cuts its connection, and leaving it twice or after its end does no harm', async () => {
      const closed: Promise<unknown>[] = [];
      const { transport, server } = await http((_, response) => response.write('for ever'));
      server.on('connection', (socket) => closed.push(once(socket, 'close')));
      const response = await ask(transport);
      for await (const chunk of response.body) {
        expect(chunk.length).toBe(8);
        break;
      }
      await closed[0];
      await response.body[Symbol.asyncIterator]().return?.();
    });

    it.runIf(own)(
      'W19: gzip is told at each flush, through many members, and without being asked for is not sent',
      async () => {
        let answer: ServerResponse | undefined;
        const { transport } = await http((request, response) => {
          answer = response;
          response.setHeader('asked', request.headers['accept-encoding'] ?? 'nothing');
          response.writeHead(200, { 'content-encoding': 'gzip' });
          response.write(gzipSync('{"a":1}\n'));
        });
        const response = await ask(transport);
        expect(response.headers['asked']).toBe('nothing');
        expect(response.headers['content-encoding']).toBeUndefined();
        const iterator = response.body[Symbol.asyncIterator]();
        expect(new TextDecoder().decode((await iterator.next()).value as Uint8Array)).toBe('{"a":1}\n');
        answer?.write(gzipSync('{"b":2}\n'));
        expect(new TextDecoder().decode((await iterator.next()).value as Uint8Array)).toBe('{"b":2}\n');
        answer?.end();
        expect((await iterator.next()).done).toBe(true);
      },
    );

    it.runIf(own)('W19: gzip that breaks off is an error', async () => {
      const whole = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => String(i * 7919)).join()));
      const { transport } = await http((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(whole.subarray(0, whole.length / 2));
      });
      expect(await failure(ask(transport).then(text))).toMatchObject({ code: 'unreachable' });
    });
  });

  describe('aborting', () => {
    it('a pending request rejects, and its connection is cut', async () => {
      const { transport, server } = await http(() => undefined);
      const controller = new AbortController();
      const pending = failure(ask(transport, { signal: controller.signal }));
      const [socket] = (await once(server, 'connection')) as [Socket];
      controller.abort();
      expect(await pending).toMatchObject({ code: 'aborted' });
      if (!socket.destroyed) await once(socket, 'close');
    });

    it('a running body ends with an error', async () => {
      const { transport } = await http((_, response) => response.write('one'));
      const controller = new AbortController();
      const iterator = (await ask(transport, { signal: controller.signal })).body[Symbol.asyncIterator]();
      await iterator.next();
      const pending = failure(Promise.resolve(iterator.next()));
      controller.abort();
      expect(await pending).toMatchObject({ code: 'aborted' });
    });

    it('D5: nothing is sent when the signal fired before', async () => {
      let connections = 0;
      const { transport, server } = await http(() => undefined);
      server.on('connection', () => connections++);
      expect(await failure(ask(transport, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' });
      expect(connections).toBe(0);
    });

    it.runIf(own)('D3: closing cuts idle and busy connections', async () => {
      const { transport, server } = await http((request, response) =>
        request.url === '/idle' ? response.end('ok') : response.write('one'),
      );
      const sockets: Socket[] = [];
      server.on('connection', (socket) => sockets.push(socket));
      const watch = (await ask(transport, { path: '/watch' })).body[Symbol.asyncIterator]();
      await watch.next();
      await text(await ask(transport, { path: '/idle' }));
      const cut = failure(Promise.resolve(watch.next()));
      const closed = sockets.map((socket) => once(socket, 'close'));
      await transport.close?.();
      expect(await cut).toMatchObject({ code: expect.stringMatching(/aborted|unreachable/) });
      await Promise.all(closed);
      expect(closed).toHaveLength(2);
    });

    it('many requests with one signal leave no listener behind and give no warning', async () => {
      const warnings: unknown[] = [];
      const onWarning = (warning: unknown): unknown => warnings.push(warning);
      process.on('warning', onWarning);
      const { transport } = await http((_, response) => response.end('ok'));
      const { signal } = new AbortController();
      await Promise.all(Array.from({ length: 30 }, async () => text(await ask(transport, { signal }))));
      await new Promise((resolve) => setImmediate(resolve));
      process.off('warning', onWarning);
      expect(warnings).toEqual([]);
    });
  });

  describe('what can go wrong on the way', () => {
    it('a refused connection names the server', async () => {
      const { url, server } = await http(() => undefined);
      server.close();
      await once(server, 'close');
      const error = await failure(ask(connectTo(url)));
      expect(error.code).toBe('unreachable');
      expect(error.message).toContain(`cannot reach ${url}: connection refused`);
    });

    it('a host name that does not resolve is unreachable', async () => {
      expect(await failure(ask(connectTo('http://nowhere.invalid')))).toMatchObject({ code: 'unreachable' });
    });

    it.each([
      ['no HTTP', 'SSH-2.0-OpenSSH_9\r\n'],
      ['a header without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}`],
      ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ])('%s is a protocol error', async (_name, answer) => {
      const transport = await raw((socket) => socket.write(answer));
      expect(await failure(ask(transport).then(text))).toMatchObject({ code: 'protocol' });
    });
  });
});
