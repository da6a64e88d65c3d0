import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { fakeKubeConfig } from '../../../tests/support/fake-kube-config.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { serveConnectProxy } from '../../../tests/support/test-proxies.js';
import { afterwards, closeServersAfterEach, serveHttp, serveHttps } from '../../../tests/support/test-servers.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, text } from '../../../tests/support/transport-calls.js';
import { connect } from '../connect.js';
import { fromClientNode } from './from-client-node.js';
import type { Transport } from './transport.js';

closeServersAfterEach();

const authority = createTestAuthority();
const bytes = (pem: string): Uint8Array => Buffer.from(pem);

function transportOf(...args: Parameters<typeof fakeKubeConfig>): Transport {
  const transport = fromClientNode(fakeKubeConfig(...args));
  afterwards(() => transport.close?.());
  return transport;
}

describe('a KubeConfig of @kubernetes/client-node', () => {
  it('tells connect where to go, and the namespace', async () => {
    const { url } = await serveHttp((request, response) => response.end(JSON.stringify(request.url)));
    const kubeConfig = fakeKubeConfig({ server: `${url}/k8s` }, { namespace: 'team' });
    await using cluster = await connect({ transport: fromClientNode(kubeConfig) });
    expect([cluster.server, cluster.namespace]).toEqual([`${url}/k8s`, 'team']);
    expect(await cluster.request({ path: '/version' })).toBe('/k8s/version');
  });

  it('T5: is asked before each request, and what the request says counts before it', async () => {
    const { url } = await serveHttp((request, response) =>
      response.end(JSON.stringify([request.headers.authorization, request.headersDistinct['impersonate-group']])),
    );
    let asked = 0;
    const transport = transportOf(
      { server: url },
      { identity: () => ({ headers: { Authorization: `Bearer ${++asked}`, 'Impersonate-Group': ['a', 'b'] } }) },
    );
    expect(JSON.parse(await text(await ask(transport)))).toEqual(['Bearer 1', ['a', 'b']]);
    const own = { headers: { authorization: 'Bearer own' } };
    expect(JSON.parse(await text(await ask(transport, own)))).toEqual(['Bearer own', ['a', 'b']]);
    const basic = transportOf({ server: url }, { identity: () => ({ auth: 'jane:pass' }) });
    expect(await text(await ask(basic))).toContain(Buffer.from('jane:pass').toString('base64'));
    expect(await text(await ask(basic, { headers: { Authorization: 'Bearer own' } }))).toContain('"Bearer own"');
  });

  it('T8: brings authority, name and certificate; another certificate means another connection', async () => {
    const who = createTestAuthority();
    let connections = 0;
    const { url, server } = await serveHttps(
      (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'),
      { ...authority.issue({ names: ['kubernetes'] }), ca: who.ca, requestCert: true, rejectUnauthorized: false },
    );
    server.on('secureConnection', () => connections++);
    let user = who.issue({ user: 'old' });
    const transport = transportOf(
      { server: url },
      {
        identity: () => ({
          ca: bytes(authority.ca),
          cert: bytes(user.cert),
          key: bytes(user.key),
          servername: 'kubernetes',
        }),
      },
    );
    expect([await text(await ask(transport)), await text(await ask(transport)), connections]).toEqual([
      'old',
      'old',
      1,
    ]);
    user = who.issue({ user: 'new' });
    expect([await text(await ask(transport)), connections]).toEqual(['new', 2]);
    const careless = transportOf({ server: url }, { identity: () => ({ rejectUnauthorized: false }) });
    expect((await ask(careless)).status).toBe(200);
    expect(await failure(ask(transportOf({ server: url })))).toMatchObject({ code: 'tls' });
  });

  it('T7: goes through its proxy', async () => {
    const { url } = await serveHttp((_, response) => response.end('ok'));
    const proxy = await serveConnectProxy();
    expect(await text(await ask(transportOf({ server: url, proxyUrl: proxy.url })))).toBe('ok');
    expect(proxy.asked).toHaveLength(1);
  });

  it('that gives no credentials is a credentials error without the secrets it tells', async () => {
    const identity = (): never => {
      throw new Error('plugin said: Authorization: Bearer hunter2hunter2');
    };
    const error = await failure(ask(transportOf({ server: 'http://x' }, { identity })));
    expect(error.code).toBe('credentials');
    expect(String(error) + String(error.cause)).not.toContain('hunter2');
  });

  it('with a proxy that is none is a config error of each request, and closes all the same', async () => {
    const transport = transportOf({ server: 'http://x', proxyUrl: 'ftp://proxy' });
    expect(await failure(ask(transport))).toMatchObject({ code: 'config' });
    await expect(transport.close?.()).resolves.toBeUndefined();
  });

  it('without a cluster, or with a certificate that is no PEM, is a config error', async () => {
    expect(() => fromClientNode(fakeKubeConfig(null))).toThrow(expect.objectContaining({ code: 'config' }));
    const pfx = transportOf({ server: 'http://x' }, { identity: () => ({ pfx: bytes('x') }) });
    expect(await failure(ask(pfx))).toMatchObject({ code: 'config', message: expect.stringContaining('PFX') });
  });
});
