import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { serveConnectProxy, serveSocksProxy } from '../../../tests/support/test-proxies.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, openTransport, text } from '../../../tests/support/transport-calls.js';
import {
  closeServersAfterEach,
  listen,
  serveBytes,
  serveHttp,
  serveHttps,
} from '../../../tests/support/test-servers.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createNodeTransport } from './node-transport.js';
import { parseProxyAddress } from './proxy-address.js';
import type { Transport } from './transport.js';

closeServersAfterEach();

const authority = createTestAuthority();
const named = authority.issue({ names: ['kubernetes.internal'] });
const local = authority.issue({ addresses: ['127.0.0.1'] });

const proxies = [
  ['CONNECT', serveConnectProxy],
  ['SOCKS5', serveSocksProxy],
] as const;

describe.each(proxies)('T7: a %s proxy', (_name, serveProxy) => {
  it('carries TLS to a name that only it can resolve, and sees nothing but the name', async () => {
    const { url } = await serveHttps((request, response) => response.end(request.headers.authorization), named);
    const port = new URL(url).port;
    const proxy = await serveProxy();
    const server = `https://kubernetes.internal:${port}`;
    const transport = openTransport({ server, tls: { ca: authority.ca }, proxyUrl: proxy.url });
    const headers = { authorization: 'Bearer secret' };
    expect(await text(await ask(transport, { headers }))).toBe('Bearer secret');
    expect(await text(await ask(transport, { headers }))).toBe('Bearer secret');
    expect(proxy.asked).toEqual([`kubernetes.internal:${port}`]);
  });

  it('carries plain http, also a body of many megabytes to a slow reader', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const { url } = await serveHttp((_, response) => {
      for (let i = 0; i < 160; i++) response.write(piece);
      response.end();
    });
    const transport = openTransport({ server: url, proxyUrl: (await serveProxy()).url });
    let size = 0;
    for await (const chunk of (await ask(transport)).body) {
      size += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(size).toBe(160 * piece.length);
  });

  it('gets user and password, decoded', async () => {
    const { url } = await serveHttp((_, response) => response.end('ok'));
    const proxy = await serveProxy({ login: 'jane:p@ss word' });
    const withLogin = proxy.url.replace('jane:p@ss word', 'jane:p%40ss%20word');
    expect(await text(await ask(openTransport({ server: url, proxyUrl: withLogin })))).toBe('ok');
    for (const login of ['jane:hunter2@', '']) {
      const error = await failure(
        ask(openTransport({ server: url, proxyUrl: proxy.url.replace('jane:p@ss word@', login) })),
      );
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('user name and password') });
      expect(String(error) + String(error.cause)).not.toContain('hunter2');
    }
  });

  it('that is not there, or hangs up, is unreachable, and the proxy is named', async () => {
    const gone = await serveBytes((socket) => socket.destroy());
    for (const at of [gone.replace('http://', ''), '127.0.0.1:1']) {
      const proxy = `${new URL((await serveProxy()).url).protocol}//${at}`;
      const error = await failure(ask(openTransport({ server: 'https://kubernetes.internal', proxyUrl: proxy })));
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining(`through the proxy ${proxy}`),
      });
    }
  });

  it('a request that is given up while the proxy is silent ends at once', async () => {
    const silent = await serveBytes(() => undefined);
    const proxy = `${new URL((await serveProxy()).url).protocol}//${silent.replace('http://', '')}`;
    const controller = new AbortController();
    const pending = failure(ask(openTransport({ server: 'http://x', proxyUrl: proxy }), { signal: controller.signal }));
    setImmediate(() => controller.abort());
    expect(await pending).toMatchObject({ code: 'aborted' });
  });

  it('T10: that is silent for 30 s is unreachable, and named', async () => {
    let connections = 0;
    const silent = createServer((socket) => void (connections++, socket.on('error', () => undefined).resume()));
    const proxyUrl = `${new URL((await serveProxy()).url).protocol}//127.0.0.1:${await listen(silent)}`;
    const clock = new FakeClock();
    const pending = failure(ask(openTransport({ server: 'http://x', proxyUrl, clock })));
    await expect.poll(() => connections).toBe(1);
    await clock.advance(30_000);
    expect(await pending).toMatchObject({
      code: 'unreachable',
      message: `cannot go through the proxy ${proxyUrl}: it did not open within 30 s (ETIMEDOUT)`,
    });
    expect(clock.pending).toBe(0);
  });
});

describe('T7: what a proxy refuses', () => {
  it.each([403, 199])('is told with its status: %i', async (status) => {
    const { url: proxy } = await serveConnectProxy({ status });
    expect(await failure(ask(openTransport({ server: 'https://kubernetes.internal', proxyUrl: proxy })))).toMatchObject(
      {
        code: 'unreachable',
        message: expect.stringContaining(`opens no way to kubernetes.internal:443 (${status})`),
      },
    );
  });

  it.each([
    ['https://[fd00:a::17]', 'fd00000a000000000000000000000017:443'],
    ['http://[::1]:8080', '00000000000000000000000000000001:8080'],
    ['http://[::ffff:10.0.0.1]', '00000000000000000000ffff0a000001:80'],
    ['http://10.0.0.1', '10.0.0.1:80'],
  ])('SOCKS5 is asked for the address %s as an address', async (server, asked) => {
    const proxy = await serveSocksProxy({ code: 5 });
    await failure(ask(openTransport({ server, proxyUrl: proxy.url })));
    expect(proxy.asked).toEqual([asked]);
  });

  it('SOCKS5 carries no login longer than 255 bytes, which is told without it', async () => {
    const { url } = await serveSocksProxy({ login: 'jane:x' });
    for (const login of [`${'hunter2'.repeat(37)}:x`, `jane:${'hunter2'.repeat(37)}`]) {
      const proxyUrl = url.replace('jane:x', login);
      const { message } = await failure(ask(openTransport({ server: 'http://x', proxyUrl })));
      expect(message).toContain('255 bytes');
      expect(message).not.toContain('hunter2');
    }
  });

  it('is told in words by SOCKS5', async () => {
    const { url: proxy } = await serveSocksProxy({ code: 5 });
    expect(await failure(ask(openTransport({ server: 'https://kubernetes.internal', proxyUrl: proxy })))).toMatchObject(
      {
        code: 'unreachable',
        message: expect.stringContaining('connection refused'),
      },
    );
  });

  it('is told when it speaks another protocol, or without end', async () => {
    const web = await serveBytes((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const endless = await serveBytes((socket) => socket.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(9000)}`));
    const socks = web.replace('http:', 'socks5:');
    expect((await failure(ask(openTransport({ server: 'http://x', proxyUrl: socks })))).message).toContain('SOCKS5');
    expect((await failure(ask(openTransport({ server: 'http://x', proxyUrl: endless })))).message).toContain(
      'too long',
    );
  });
});

describe('T7: an https proxy', () => {
  it('is trusted by the authority of the cluster, and carries TLS inside its own', async () => {
    const { url } = await serveHttps((_, response) => response.end('ok'), local);
    const proxy = await serveConnectProxy({ tls: local });
    expect(await text(await ask(openTransport({ server: url, tls: { ca: authority.ca }, proxyUrl: proxy.url })))).toBe(
      'ok',
    );
    const stranger = await serveConnectProxy({ tls: createTestAuthority().issue({ addresses: ['127.0.0.1'] }) });
    expect(
      await failure(ask(openTransport({ server: url, tls: { ca: authority.ca }, proxyUrl: stranger.url }))),
    ).toMatchObject({ code: 'unreachable', message: expect.stringContaining('certificate') });
    expect(stranger.asked).toEqual([]);
  });
});

describe('the address of a proxy', () => {
  it.each([
    ['http://proxy:3128', { protocol: 'http', host: 'proxy', port: 3128, text: 'http://proxy:3128' }],
    ['proxy:3128', { protocol: 'http', host: 'proxy', port: 3128 }],
    ['https://proxy', { protocol: 'https', host: 'proxy', port: 443 }],
    ['socks5h://[::1]', { protocol: 'socks5', host: '::1', port: 1080, text: 'socks5://[::1]:1080' }],
    ['http://jane@proxy', { username: 'jane', password: '' }],
    ['http://:secret@proxy', { username: '', password: 'secret' }],
    ['http://a%3Ab:50%@proxy', { username: 'a:b', password: '50%', port: 80, text: 'http://proxy:80' }],
  ])('%s', (url, want) => {
    expect(parseProxyAddress(url)).toMatchObject(want);
    expect('username' in parseProxyAddress(url)).toBe('username' in want);
  });

  it.each(['ftp://hunter2@proxy', 'http://hunter2@bad host', 'socks4://user:hunter2@x', 'http://:hunter2@'])(
    '%s is refused without repeating a secret',
    (proxy) => {
      const make = (): Transport => createNodeTransport({ server: 'https://x', proxyUrl: proxy });
      expect(make).toThrow(expect.objectContaining({ code: 'config' }));
      expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
    },
  );
});

it('T9: connections through a proxy are used again', async () => {
  const { server, url } = await serveHttp((_, response) => response.end('ok'));
  const proxy = await serveConnectProxy();
  const transport = openTransport({ server: url, proxyUrl: proxy.url });
  for (let i = 0; i < 5; i++) await text(await ask(transport));
  expect([proxy.asked.length, server.listening]).toEqual([1, true]);
});
