import type { Clock } from './clock.js';
import { createHttp1Transport } from './node-http1.js';
import { createHttpsTransport } from './node-https.js';
import type { TlsSettings } from './node-tls.js';
import { parseProxyAddress } from './proxy-address.js';
import { parseServerAddress } from './server-address.js';
import { systemClock } from './system-clock.js';
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
  readonly proxyUrl?: string | undefined;
  /** Offer HTTP/2 to https servers. Default true. */
  readonly http2?: boolean;
  /** Times how long a connection may take to open and be idle, and the PINGs of HTTP/2. Default: the platform's clock. */
  readonly clock?: Clock;
}

const platformTls: TlsSettings = {};

/** The transport for Node: HTTP/2 where an https server offers it, else HTTP/1.1 over keep-alive connections. Throws `config` for an address that is none, also of the proxy. */
export function createNodeTransport({
  server,
  tls = platformTls,
  proxyUrl,
  http2 = true,
  clock = systemClock,
}: NodeTransportOptions): Transport {
  const settings = typeof tls === 'function' ? tls : (): TlsSettings => tls;
  const address = parseServerAddress(server);
  const proxy = proxyUrl === undefined ? undefined : parseProxyAddress(proxyUrl);
  const create = address.secure && http2 ? createHttpsTransport : createHttp1Transport;
  return create({ address, tls: settings, proxy, clock });
}
