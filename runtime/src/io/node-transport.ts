import { createHttp1Transport } from './node-http1.js';
import type { TlsSettings } from './node-tls.js';
import { parseProxyAddress } from './proxy-address.js';
import { parseServerAddress } from './server-address.js';
import type { Transport } from './transport.js';

/** Options of the transport for Node. */
export interface NodeTransportOptions {
  /** The server's address; it may have a path prefix. */
  readonly server: string;
  /** Settings for https; a function is asked again and again, and a new object means new connections. Default: the platform's. */
  readonly tls?: TlsSettings | (() => TlsSettings);
  /**
   * The proxy to go through: `http://`, `https://` or `socks5://`, with `user:password@` if it wants them. It is dialled whenever it is
   * given: which proxy applies, and whether NO_PROXY exempts the server, is for the caller to decide. Default: none.
   */
  readonly proxyUrl?: string;
}

const platformTls: TlsSettings = {};

/** The transport for Node: HTTP/1.1 over keep-alive connections, plain or TLS. Throws `config` for an address that is none, also of the proxy. */
export function createNodeTransport({ server, tls = platformTls, proxyUrl }: NodeTransportOptions): Transport {
  const settings = typeof tls === 'function' ? tls : (): TlsSettings => tls;
  return createHttp1Transport({
    address: parseServerAddress(server),
    tls: settings,
    proxy: proxyUrl === undefined ? undefined : parseProxyAddress(proxyUrl),
  });
}
