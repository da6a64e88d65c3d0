import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import { connectScene, kubeconfig } from '../../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { serveConnectProxy, serveSocksProxy } from '../../../tests/support/test-proxies.js';
import { closeServersAfterEach, serveHttp, serveHttps } from '../../../tests/support/test-servers.js';
import { connect, type ConnectOptions } from '../connect.js';

closeServersAfterEach();
const scene = connectScene();
const NAME = 'api.example.test';

async function ask(options: ConnectOptions): Promise<unknown> {
  await using cluster = await connect(options);
  return await cluster.request({ path: '/version' });
}

/** Servers at a name that only the test proxies resolve. */
async function servers(): Promise<{ http: string; https: string; ca: string }> {
  const authority = createTestAuthority();
  const plain = await serveHttp((_, response) => response.end('{"over":"http"}'));
  const tls = await serveHttps(
    (_, response) => response.end('{"over":"https"}'),
    authority.issue({ names: [NAME, 'idp.example.test'] }),
  );
  return {
    http: plain.url.replace('127.0.0.1', NAME),
    https: tls.url.replace('127.0.0.1', NAME),
    ca: authority.ca,
  };
}

describe('connecting through a proxy', () => {
  it('T7: HTTPS_PROXY and HTTP_PROXY are used, each for its scheme, and NO_PROXY exempts', async () => {
    const { http, https, ca } = await servers();
    const [forHttp, forHttps] = [await serveConnectProxy(), await serveSocksProxy()];
    vi.stubEnv('HTTP_PROXY', forHttp.url);
    vi.stubEnv('https_proxy', forHttps.url);
    expect(await ask({ server: http })).toEqual({ over: 'http' });
    expect(await ask({ server: https, ca })).toEqual({ over: 'https' });
    expect([forHttp.asked, forHttps.asked]).toEqual([[new URL(http).host], [new URL(https).host]]);
    vi.stubEnv('NO_PROXY', '.example.test');
    expect(await failure(ask({ server: http }))).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('does not resolve'),
    });
    expect(forHttp.asked).toHaveLength(1);
  });

  it('T7: proxy-url of the cluster counts before the environment, proxyUrl of the options before that', async () => {
    const { url } = await serveHttp((_, response) => response.end('{}'));
    const [ofCluster, ofOptions] = [await serveConnectProxy(), await serveConnectProxy()];
    vi.stubEnv('HTTP_PROXY', 'http://192.0.2.1:1');
    const file = scene.write('config', kubeconfig({ cluster: { server: url, 'proxy-url': ofCluster.url } }));
    await ask({ kubeconfig: file });
    expect([ofCluster.asked.length, ofOptions.asked.length]).toEqual([1, 0]);
    await ask({ kubeconfig: file, proxyUrl: ofOptions.url });
    expect([ofCluster.asked.length, ofOptions.asked.length]).toEqual([1, 1]);
  });

  it('T6: the provider of tokens is asked through the proxy too', async () => {
    const authority = createTestAuthority();
    const proxy = await serveConnectProxy();
    vi.stubEnv('HTTPS_PROXY', proxy.url);
    const { url } = await serveHttps(
      (request, response) => {
        const address = `https://${request.headers.host ?? ''}/token`;
        response.end(JSON.stringify(request.method === 'POST' ? { id_token: 'a.b.c' } : { token_endpoint: address }));
      },
      authority.issue({ names: ['idp.example.test'] }),
    );
    const issuer = url.replace('127.0.0.1', 'idp.example.test');
    const config = {
      'idp-issuer-url': issuer,
      'client-id': 'kube',
      'refresh-token': 'r',
      'idp-certificate-authority-data': Buffer.from(authority.ca).toString('base64'),
    };
    const api = await serveHttp((request, response) => response.end(JSON.stringify(request.headers.authorization)));
    const user = { 'auth-provider': { name: 'oidc', config } };
    const file = scene.write('config', kubeconfig({ cluster: { server: api.url }, user }));
    expect(await ask({ kubeconfig: file })).toBe('Bearer a.b.c');
    expect(proxy.asked).toEqual([new URL(issuer).host, new URL(issuer).host]);
  });

  it('T12: a proxy that wants another password is named, and no password is', async () => {
    const proxy = await serveConnectProxy({ login: 'me:right' });
    const { http } = await servers();
    const proxyUrl = proxy.url.replace('right', 'hunter2');
    await using cluster = await connect({ server: http, proxyUrl });
    const error = await failure(cluster.request({ path: '/version' }));
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringMatching(/proxy http:\/\/127.*407/) });
    expect(inspect([error, cluster], { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('hunter2');
  });
});
