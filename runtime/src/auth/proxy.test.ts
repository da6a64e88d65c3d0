import { describe, expect, it } from 'vitest';
import { KubeError } from '../errors.js';
import type { Environment } from './file-paths.js';
import { proxyFor } from './proxy.js';

const PROXY = 'http://proxy:3128';
const HTTPS = 'https://api.example.dev:6443';

function choose(address: string, env: Environment, proxyUrl?: string): string | undefined {
  return proxyFor(address, { env, proxyUrl });
}

describe('the proxy for an address', () => {
  const choices: [
    what: string,
    address: string,
    env: Environment,
    proxyUrl: string | undefined,
    want: string | undefined,
  ][] = [
    ['none is set', HTTPS, {}, undefined, undefined],
    ['HTTPS_PROXY is for https', HTTPS, { HTTPS_PROXY: PROXY }, undefined, PROXY],
    ['https_proxy too', HTTPS, { https_proxy: PROXY }, undefined, PROXY],
    ['upper case counts first', HTTPS, { HTTPS_PROXY: PROXY, https_proxy: 'http://other' }, undefined, PROXY],
    ['an empty one is none', HTTPS, { HTTPS_PROXY: '', https_proxy: PROXY }, undefined, PROXY],
    ['HTTP_PROXY is not for https', HTTPS, { HTTP_PROXY: PROXY }, undefined, undefined],
    ['HTTP_PROXY is for http', 'http://api.example.dev', { HTTP_PROXY: PROXY }, undefined, PROXY],
    ['HTTPS_PROXY is not for http', 'http://api.example.dev', { HTTPS_PROXY: PROXY }, undefined, undefined],
    ['ALL_PROXY is none, as in Go', HTTPS, { ALL_PROXY: PROXY }, undefined, undefined],
    [
      'a bare host speaks http',
      HTTPS,
      { HTTPS_PROXY: 'user:pass@proxy:3128' },
      undefined,
      'http://user:pass@proxy:3128',
    ],
    ['socks5', HTTPS, { HTTPS_PROXY: 'socks5://proxy:1080' }, undefined, 'socks5://proxy:1080'],
    ['socks5h', HTTPS, { HTTPS_PROXY: 'socks5h://proxy' }, undefined, 'socks5h://proxy'],
    ['proxy-url counts before the environment', HTTPS, { HTTPS_PROXY: PROXY }, 'https://own', 'https://own'],
    ['proxy-url counts whatever NO_PROXY says', HTTPS, { NO_PROXY: '*' }, 'socks5://own', 'socks5://own'],
    ['proxy-url counts for loopback too', 'https://127.0.0.1:6443', {}, 'http://own', 'http://own'],
  ];
  it.each(choices)('T7: %s', (_what, address, env, proxyUrl, want) => {
    expect(choose(address, env, proxyUrl)).toBe(want);
  });

  it.each(['localhost', '127.0.0.1', '127.9.8.7', '[::1]', '[::ffff:127.0.0.1]'])(
    'T7: %s is reached without',
    (host) => {
      expect(choose(`https://${host}:6443`, { HTTPS_PROXY: PROXY })).toBeUndefined();
    },
  );

  const lists: [list: string, direct: string[], proxied: string[]][] = [
    ['*', ['api.example.dev', '10.0.0.1', '[fd00::1]'], []],
    ['x, *', ['api.example.dev'], []],
    ['example.dev', ['example.dev', 'api.example.dev', 'API.EXAMPLE.DEV'], ['notexample.dev', 'example.dev.evil']],
    ['.example.dev', ['api.example.dev', 'a.b.example.dev'], ['example.dev']],
    ['*.example.dev', ['api.example.dev'], ['example.dev']],
    [' Example.Dev , other', ['example.dev', 'other'], ['another']],
    ['example.dev:6443', ['api.example.dev:6443'], ['api.example.dev:443', 'example.dev']],
    ['example.dev:443', ['api.example.dev'], ['api.example.dev:6443']],
    ['.example.dev:6443', ['api.example.dev:6443'], ['example.dev:6443']],
    ['10.0.0.1', ['10.0.0.1', '10.0.0.1:6443', '[::ffff:10.0.0.1]'], ['10.0.0.2', 'ten.example']],
    ['10.0.0.1:6443', ['10.0.0.1:6443'], ['10.0.0.1']],
    ['10.0.0.0/8', ['10.255.3.4'], ['11.0.0.1', 'ten.example']],
    ['10.1.2.3/16', ['10.1.9.9'], ['10.2.0.1']],
    ['fd00::/8', ['[fd00::1]', '[fdff::9]'], ['[fe80::1]', '10.0.0.1']],
    ['fd00::1', ['[fd00::1]:6443'], ['[fd00::2]']],
    ['[fd00::1]:6443', ['[fd00::1]:6443'], ['[fd00::1]']],
    ['10.0.0.0/33,10.0.0.0/x,/8,:80,[,]', [], ['10.0.0.1', 'example.dev']],
    ['0.0.0.1', [], ['10.0.0.1']],
    ['bücher.example', ['xn--bcher-kva.example', 'a.bücher.example'], []],
    ['', [], ['example.dev']],
  ];
  it.each(lists)('T7: NO_PROXY=%s', (list, direct, proxied) => {
    for (const [hosts, want] of [
      [direct, undefined],
      [proxied, PROXY],
    ] as const) {
      for (const host of hosts) {
        const chosen = [{ NO_PROXY: list }, { no_proxy: list }].map((env) =>
          choose(`https://${host}/api`, { HTTPS_PROXY: PROXY, ...env }),
        );
        expect([host, ...chosen]).toEqual([host, want, want]);
      }
    }
  });

  const refused: [what: string, address: string, env: Environment, proxyUrl: string | undefined, message: RegExp][] = [
    ['a scheme that is none', HTTPS, {}, 'socks6://u:hunter2@p', /socks6:\/\/ is not known.*socks5:\/\//],
    ['no scheme', HTTPS, {}, 'hunter2@example.com', /the proxy URL \(proxy-url\) is no address/],
    ['no URL', HTTPS, { HTTPS_PROXY: 'http://u:hunter2@a b' }, undefined, /HTTPS_PROXY is no address of a proxy/],
    ['a CGI program', 'http://x', { HTTP_PROXY: PROXY, REQUEST_METHOD: 'GET' }, undefined, /CGI/],
  ];
  it.each(refused)('%s is a config error that repeats no password', (_what, address, env, proxyUrl, message) => {
    let error: unknown;
    try {
      choose(address, env, proxyUrl);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ code: 'config', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('hunter2');
  });
});
