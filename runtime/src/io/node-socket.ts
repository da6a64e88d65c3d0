import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  type ConnectionOptions,
  type SecureContext,
} from 'node:tls';
import type { TlsSettings } from './node-tls.js';
import { onAbort } from './on-abort.js';
import type { ServerAddress } from './server-address.js';

/** Load balancers forget silent connections after a minute or more. */
const TCP_KEEPALIVE_MS = 30_000;

/** Opens connections to one server with one set of TLS settings. */
export interface SocketOpener {
  /** Opens a connection, and resolves when it may be written to: for TLS that is when the server has proved who it is. */
  open(onread: OnReadOpts, signal: AbortSignal): Promise<Socket>;
}

/** Makes an opener. TLS certificates are parsed once, and sessions are resumed. */
export function createSocketOpener(address: ServerAddress, settings: TlsSettings): SocketOpener {
  const { host, port } = address;
  const tls = address.secure ? tlsConnection(address, settings) : undefined;
  let session: Buffer | undefined;

  function start(onread: OnReadOpts): Socket {
    if (tls === undefined) return connectPlain({ host, port, onread });
    // `onread` works for TLS too; the types do not say so.
    const options: ConnectionOptions & { onread: OnReadOpts } = {
      ...tls,
      onread,
      ...(session === undefined ? {} : { session }),
    };
    const socket = connectTls(options);
    socket.on('session', (ticket) => (session = ticket));
    return socket;
  }

  function open(onread: OnReadOpts, signal: AbortSignal): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = start(onread);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
      const settle = (): void => {
        socket.off('error', onError);
        socket.off('close', onClose);
        forget();
      };
      const onError = (error: unknown): void => {
        settle();
        session = undefined; // a session that the server no longer likes must not spoil the next connection
        socket.on('error', () => undefined); // told; a second one must not end the process
        socket.destroy();
        reject(error);
      };
      const onClose = (): void => onError(Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }));
      socket.on('error', onError);
      socket.on('close', onClose);
      const forget = onAbort(signal, () => onError(new Error('aborted')));
      // Not earlier: a token must not be on its way to a server that turns out to be another one.
      socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
        settle();
        resolve(socket);
      });
    });
  }

  return { open };
}

function tlsConnection({ host, port }: ServerAddress, settings: TlsSettings): ConnectionOptions {
  const { ca, cert, key, insecure = false } = settings;
  const secureContext: SecureContext = createSecureContext({
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
  const name = settings.serverName ?? host;
  return {
    host,
    port,
    rejectUnauthorized: !insecure,
    secureContext,
    ALPNProtocols: ['http/1.1'],
    // An address is no server name (RFC 6066); Node warns about one on stderr.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
  };
}
