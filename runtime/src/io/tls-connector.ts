import { isIP, type OnReadOpts, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
  TLSSocket,
} from 'node:tls';
import type { TlsSettings } from './node-tls.js';
import type { ServerAddress } from './server-address.js';

/** What a connection can speak, by its name in TLS (ALPN). */
export type Protocol = 'h2' | 'http/1.1';

/** How to connect once. */
export interface TlsConnectOptions {
  /** What is offered to the server. */
  readonly protocols: readonly Protocol[];
  readonly onread: OnReadOpts | undefined;
  /** A way that is open already, through a proxy. */
  readonly tunnel: Socket | undefined;
}

/** TLS connections to one server with one set of settings. Apart from the rest, as who uses none need not load it. */
export interface TlsConnector {
  connect(options: TlsConnectOptions): TLSSocket;
  /** What the server chose, once connected. */
  protocolOf(socket: Socket): Protocol;
  /** Resumes no session next time: one that the server no longer likes must not spoil the next connection. */
  forget(): void;
  /** A connection that trusts anybody, to look at a certificate and for nothing else. */
  look(tunnel: Socket | undefined): TLSSocket;
}

/** Makes a connector. Certificates are parsed once, and sessions are resumed. Throws what the platform says of settings that it does not take. */
export function createTlsConnector(address: ServerAddress, settings: TlsSettings): TlsConnector {
  const { host, port } = address;
  const common = tlsConnection(address, settings);
  let session: Buffer | undefined;
  return {
    connect({ protocols, onread, tunnel }) {
      // `onread` works for TLS too; the types do not say so.
      const options: ConnectionOptions & { onread?: OnReadOpts } = {
        ...common,
        ALPNProtocols: [...protocols],
        ...(tunnel === undefined ? { host, port, ...(onread && { onread }) } : { socket: tunnel }),
        session,
      };
      const socket = connect(options);
      socket.on('session', (ticket) => (session = ticket));
      return socket;
    },
    protocolOf: (socket) => (socket instanceof TLSSocket && socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1'),
    forget: () => (session = undefined),
    look: (tunnel) =>
      connect({
        ...serverName(address, settings),
        ...(tunnel === undefined ? { host, port } : { socket: tunnel }),
        rejectUnauthorized: false,
      }),
  };
}

/** An address is no server name (RFC 6066); Node warns about one on stderr. */
function serverName({ host }: ServerAddress, settings: TlsSettings): { readonly servername?: string } {
  const name = settings.serverName ?? host;
  return isIP(name) === 0 ? { servername: name } : {};
}

function tlsConnection(address: ServerAddress, settings: TlsSettings): ConnectionOptions {
  const { ca, cert, key, insecure = false } = settings;
  const secureContext: SecureContext = createSecureContext({ ca, cert, key });
  const name = settings.serverName ?? address.host;
  return {
    rejectUnauthorized: !insecure,
    secureContext,
    ...serverName(address, settings),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  };
}
