import { KubeError } from '../errors.js';
import type { Environment } from './file-paths.js';
import { isExempt } from './no-proxy.js';

const SCHEMES = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** Where the choice of a proxy comes from. */
export interface ProxyConfig {
  /** `proxy-url` or `proxyUrl`: counts for every address, whatever the environment says. */
  readonly proxyUrl: string | undefined;
  readonly env: Environment;
}

/**
 * The proxy for an http or https address, as kubectl chooses it: the one of the cluster, else HTTPS_PROXY or HTTP_PROXY (or these in
 * lower case) unless NO_PROXY or a loopback address says otherwise. The result may hold a password. Throws `config`, and never repeats
 * what it was given.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxyFor(address: string, { proxyUrl, env }: ProxyConfig): string | undefined {
  if (proxyUrl !== undefined) return checked(proxyUrl, 'the proxy URL (proxy-url)');
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  const name = (secure ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy']).find((name) => env[name]);
  const value = name === undefined ? undefined : env[name];
  if (name === undefined || value === undefined) return undefined;
  if (isExempt(url, env['NO_PROXY'] || env['no_proxy'] || '')) return undefined;
  if (!secure && env['REQUEST_METHOD']) {
    // A CGI program gets the header `Proxy` of whoever asks as HTTP_PROXY.
    throw new KubeError('config', 'HTTP_PROXY is not used in a CGI program (REQUEST_METHOD is set): give `proxyUrl`');
  }
  // As Go does: what is no URL is a host of plain http.
  return checked(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`, name);
}

function checked(text: string, what: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.hostname !== '' && SCHEMES.includes(url.protocol)) return text;
  const scheme = url !== undefined && /^[a-z\d]{1,10}:\/\//.test(text) ? ` (${url.protocol}// is not known)` : '';
  throw new KubeError(
    'config',
    `${what} is no address of a proxy${scheme}: it looks like http://proxy:3128, https://proxy:443 or socks5://proxy:1080`,
  );
}
