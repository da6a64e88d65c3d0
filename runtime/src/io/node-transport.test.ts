import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { serveConnectProxy } from '../../../tests/support/test-proxies.js';
import { afterwards, closeServersAfterEach, serveHttp, serveHttps } from '../../../tests/support/test-servers.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, openTransport, text } from '../../../tests/support/transport-calls.js';
import type { KubeError } from '../errors.js';
import type { TlsSettings } from './node-tls.js';
import { createNodeTransport } from './node-transport.js';
import type { Transport } from './transport.js';

closeServersAfterEach();

const connectTo = (server: string, tls: TlsSettings | (() => TlsSettings) = {}): Transport =>
  openTransport({ server, tls });

describe('TLS', () => {
  const authority = createTestAuthority();
  const local = authority.issue({ addresses: ['127.0.0.1'] });

  it('T11: trusts the given authority', async () => {
    const { url } = await serveHttps((_, response) => response.end('ok'), local);
    expect(await text(await ask(connectTo(url, { ca: authority.ca })))).toBe('ok');
  });

  it.each([
    ['an unknown authority', local, {}, /signed by an unknown authority/],
    [
      'another host name',
      authority.issue({ names: ['kubernetes'] }),
      { ca: authority.ca },
      /for another host name.*tlsServerName/,
    ],
    [
      'a certificate of the past',
      authority.issue({ addresses: ['127.0.0.1'], expired: true }),
      { ca: authority.ca },
      /not valid at this time: it expired at 2021-01-01T00:00:00\.000Z \(CERT_HAS_EXPIRED\)/,
    ],
    [
      'a certificate of the future',
      authority.issue({ addresses: ['127.0.0.1'], notYet: true }),
      { ca: authority.ca },
      /not valid at this time: not before 2048-01-01T00:00:00\.000Z \(CERT_NOT_YET_VALID\)/,
    ],
  ])('%s is a tls error that says what to do', async (_name, certificate, tls, message) => {
    const { url } = await serveHttps((_, response) => response.end('ok'), certificate);
    const error = await failure(ask(connectTo(url, tls)));
    expect(error).toMatchObject({ code: 'tls', message: expect.stringMatching(message) });
    expect(error.message).toContain(url);
  });

  it('https to a server that speaks plain http is a tls error that asks for http', async () => {
    const { url } = await serveHttp((_, response) => response.end('ok'));
    const error = await failure(ask(connectTo(url.replace('http:', 'https:'))));
    expect(error).toMatchObject({ code: 'tls', message: expect.stringContaining(`Is it ${url}?`) });
  });

  it('T7: tls-server-name is what the certificate must be for, and what the server is asked for', async () => {
    const { url, server } = await serveHttps(
      (_, response) => response.end('ok'),
      authority.issue({ names: ['kubernetes'] }),
    );
    const asked = once(server, 'secureConnection') as Promise<[TLSSocket & { servername: string }]>;
    expect(await text(await ask(connectTo(url, { ca: authority.ca, serverName: 'kubernetes' })))).toBe('ok');
    expect((await asked)[0].servername).toBe('kubernetes');
  });

  it('an authority that the server sends along, and that expired, is told apart', async () => {
    const old = createTestAuthority('old', { expired: true });
    const { cert, key } = old.issue({ addresses: ['127.0.0.1'] });
    const { url } = await serveHttps((_, response) => response.end('ok'), { cert: cert + old.ca, key });
    expect((await failure(ask(connectTo(url, { ca: old.ca })))).message).toContain(
      'not valid at this time: that of its authority expired at 2021-01-01T00:00:00.000Z (CERT_HAS_EXPIRED)',
    );
  });

  it('the way through a proxy tells when a certificate expired, too', async () => {
    const expired = authority.issue({ addresses: ['127.0.0.1'], expired: true });
    const { url } = await serveHttps((_, response) => response.end('ok'), expired);
    const proxy = await serveConnectProxy();
    const transport = createNodeTransport({ server: url, tls: { ca: authority.ca }, proxyUrl: proxy.url });
    afterwards(() => transport.close?.());
    expect((await failure(ask(transport))).message).toContain('it expired at 2021-01-01');
  });

  it('T2: insecure trusts any certificate', async () => {
    const { url } = await serveHttps((_, response) => response.end('ok'), local);
    expect(await text(await ask(connectTo(url, { insecure: true })))).toBe('ok');
  });

  it('a client certificate is shown, and one that is missing is a tls error', async () => {
    const who: RequestListener = (request, response) =>
      response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN);
    const { url } = await serveHttps(who, { ...local, ca: authority.ca, requestCert: true, rejectUnauthorized: true });
    const jane = authority.issue({ user: 'jane' });
    expect(await text(await ask(connectTo(url, { ca: authority.ca, ...jane })))).toBe('jane');
    expect(await failure(ask(connectTo(url, { ca: authority.ca })).then(text))).toMatchObject({
      code: expect.stringMatching(/tls|unreachable/),
    });
  });

  it('T8: new settings are used by the next request, and a watch goes on', async () => {
    const who: RequestListener = (request, response) => {
      const { CN } = (request.socket as TLSSocket).getPeerCertificate().subject;
      if (request.url === '/watch') response.write(CN);
      else response.end(CN);
    };
    const { url } = await serveHttps(who, { ...local, ca: authority.ca, requestCert: true });
    let tls: TlsSettings = { ca: authority.ca, ...authority.issue({ user: 'old' }) };
    const transport = connectTo(url, () => tls);
    const watch = (await ask(transport, { path: '/watch' })).body[Symbol.asyncIterator]();
    expect(new TextDecoder().decode((await watch.next()).value as Uint8Array)).toBe('old');
    expect(await text(await ask(transport))).toBe('old');
    tls = { ca: authority.ca, ...authority.issue({ user: 'new' }) };
    expect(await text(await ask(transport))).toBe('new');
    const after = await Promise.race([watch.next(), new Promise((resolve) => setImmediate(resolve, 'open'))]);
    expect(after).toBe('open');
  });

  it('T8: new settings close the idle connections that were made with the old ones', async () => {
    const { url, server } = await serveHttps((_request, response) => response.end('ok'), local);
    const sockets: Socket[] = [];
    server.on('secureConnection', (socket) => sockets.push(socket));
    let tls: TlsSettings = { ca: authority.ca };
    const transport = connectTo(url, () => tls);
    await text(await ask(transport));
    const closed = once(sockets[0] as Socket, 'close');
    tls = { ca: authority.ca };
    await text(await ask(transport));
    await closed;
    expect(sockets).toHaveLength(2);
  });
});

describe('addresses', () => {
  it.each([
    ['ftp://host', /must begin with https/],
    ['not an address', /is no URL/],
    ['https://user:hunter2@host', /user name or password/],
    ['https://host/?token=hunter2', /may not have a query/],
    ['https://user:hunter2@bad host', /is no URL/],
  ])('%s is refused without repeating a secret', (server, message) => {
    let error: unknown;
    try {
      createNodeTransport({ server });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'config', message: expect.stringMatching(message) });
    expect(String(error) + JSON.stringify(error) + String((error as KubeError).cause)).not.toContain('hunter2');
  });
});
