import { KubeError } from '../errors.js';
import { createHttp1Transport } from './node-http1.js';
import type { TlsSettings } from './node-tls.js';
import { parseServerAddress } from './server-address.js';
import type { Transport } from './transport.js';

/** Options of the transport for Node. */
export interface NodeTransportOptions {
  /** The server's address; it may have a path prefix. */
  readonly server: string;
  /** Settings for https; a function is asked again and again, and a new object means new connections. Default: the platform's. */
  readonly tls?: TlsSettings | (() => TlsSettings);
  /** The proxy to go through: `http://`, `https://` or `socks5://`, perhaps with a password. Default: none. */
  readonly proxyUrl?: string;
}

const platformTls: TlsSettings = {};

/** The transport for Node: HTTP/1.1 over keep-alive connections, plain or TLS. Throws `config` for an address that is none. */
export function createNodeTransport({ server, tls = platformTls, proxyUrl }: NodeTransportOptions): Transport {
  if (proxyUrl !== undefined) {
    throw new KubeError(
      'config',
      `${parseServerAddress(server).text} is to be reached through a proxy, and that is not supported yet`,
    );
  }
  const settings = typeof tls === 'function' ? tls : (): TlsSettings => tls;
  return createHttp1Transport({ address: parseServerAddress(server), tls: settings });
}
