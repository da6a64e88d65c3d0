import { KubeError } from '../errors.js';

/** A proxy in parts. User name and password are secrets: they go to the proxy and nowhere else. */
export interface ProxyAddress {
  readonly protocol: 'http' | 'https' | 'socks5';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  /** The address without credentials, for messages. */
  readonly text: string;
}

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

/**
 * Reads the URL of a proxy: `http`, `https`, `socks5` or `socks5h` (the proxy resolves names in either), with `user:password@` if it
 * wants them. An address without a scheme is `http`, as for curl and kubectl. Throws `config` for what is none, and never repeats it:
 * it may hold a password.
 */
export function parseProxyAddress(proxy: string): ProxyAddress {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`);
  } catch {
    throw new KubeError(
      'config',
      'the address of the proxy is no URL: it looks like http://host:3128 or socks5://host:1080',
    );
  }
  const protocol = url.protocol === 'socks5h:' ? 'socks5' : url.protocol.slice(0, -1);
  if (protocol !== 'http' && protocol !== 'https' && protocol !== 'socks5') {
    throw new KubeError(
      'config',
      `the address of the proxy must begin with http://, https:// or socks5://, not ${url.protocol}//`,
    );
  }
  if (url.hostname === '') throw new KubeError('config', 'the address of the proxy names no host');
  const port = url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port);
  return {
    protocol,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    text: `${protocol}://${url.hostname}:${port}`,
    ...(url.username === '' && url.password === ''
      ? {}
      : { username: decoded(url.username), password: decoded(url.password) }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign stands for itself
  }
}
