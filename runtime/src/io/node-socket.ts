import type { X509Certificate } from 'node:crypto';
import { connect as connectPlain, type OnReadOpts, type Socket } from 'node:net';
import type { Clock } from './clock.js';
import type { TlsSettings } from './node-tls.js';
import { onAbort } from './on-abort.js';
import { noteTime } from './out-of-time.js';
import type { ProxyAddress } from './proxy-address.js';
import type { ServerAddress } from './server-address.js';
import type { Protocol, TlsConnector } from './tls-connector.js';

/** Load balancers forget silent connections after a minute or more. */
const TCP_KEEPALIVE_MS = 30_000;
/** A connection that is not open after so long will not be: without a word nobody else finds out, and others may wait for the same one (T10). */
const OPEN_MS = 30_000;
/** A server that has just shown its certificate shows it again at once. */
const LOOK_MS = 2_000;

/** A connection that may be written to. */
export interface OpenSocket {
  readonly socket: Socket;
  /** What the server chose. */
  readonly protocol: Protocol;
  /** Whether reads go to `onread`; else they come as `data` events. */
  readonly inPlace: boolean;
}

/** How to open one. */
export interface SocketOptions {
  readonly signal: AbortSignal;
  /** What is offered to the server. */
  readonly protocols: readonly Protocol[];
  /** Reads into buffers of one's own, where the platform can: not through a proxy. */
  readonly onread?: OnReadOpts;
}

/** Opens connections to one server with one set of TLS settings. */
export interface SocketOpener {
  /** Opens a connection, and resolves when it may be written to: for TLS that is when the server has proved who it is. */
  open(options: SocketOptions): Promise<OpenSocket>;
}

/** The way to a server. */
export interface Way {
  readonly address: ServerAddress;
  readonly settings: TlsSettings;
  readonly proxy?: ProxyAddress | undefined;
  readonly clock: Clock;
}

/** Makes an opener. TLS is loaded and its certificates are parsed once, at the first connection, and sessions are resumed. */
export function createSocketOpener(way: Way): SocketOpener {
  const { address, settings, proxy, clock } = way;
  const { host, port } = address;
  let connector: Promise<TlsConnector> | undefined;

  /** Nothing for a server without TLS. */
  async function tls(): Promise<TlsConnector | undefined> {
    if (!address.secure) return undefined;
    connector ??= import('./tls-connector.js').then(({ createTlsConnector }) => createTlsConnector(address, settings));
    return connector;
  }

  function tunnelled(signal: AbortSignal): Promise<Socket> | undefined {
    return proxy === undefined ? undefined : throughProxy(proxy, way, signal);
  }

  async function open({ signal, protocols, onread }: SocketOptions): Promise<OpenSocket> {
    const secure = await tls();
    const tunnel = await tunnelled(signal);
    if (signal.aborted) {
      tunnel?.destroy();
      throw signal.reason;
    }
    const socket =
      secure?.connect({ protocols, onread, tunnel }) ??
      tunnel ??
      connectPlain({ host, port, ...(onread && { onread }) });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, TCP_KEEPALIVE_MS);
    try {
      // Not earlier: a token must not be on its way to a server that turns out to be another one.
      if (secure !== undefined || tunnel === undefined)
        await opened(socket, secure === undefined ? 'connect' : 'secureConnect', signal);
    } catch (error) {
      tunnel?.destroy();
      if (secure !== undefined) {
        secure.forget();
        await noteTime(error, () => look(secure, signal));
      }
      throw error;
    }
    return {
      socket,
      protocol: secure?.protocolOf(socket) ?? 'http/1.1',
      inPlace: tunnel === undefined && onread !== undefined,
    };
  }

  /** The server's certificate, for a message: nothing is sent over this connection, and it is trusted with nothing. */
  async function look(secure: TlsConnector, signal: AbortSignal): Promise<X509Certificate | undefined> {
    const tunnel = await tunnelled(signal);
    const socket = secure.look(tunnel);
    socket.setTimeout(LOOK_MS, () => socket.destroy());
    try {
      await opened(socket, 'secureConnect', signal);
      return socket.getPeerX509Certificate();
    } finally {
      socket.destroy();
      tunnel?.destroy();
    }
  }

  return { open: ({ signal, ...how }) => inTime(clock, signal, (signal) => open({ ...how, signal })) };
}

async function throughProxy(proxy: ProxyAddress, { address, settings }: Way, signal: AbortSignal): Promise<Socket> {
  const { openTunnel } = await import('./proxy-tunnel.js'); // most connections need none
  return openTunnel(proxy, address, { signal, tls: settings });
}

/** What `open` does with a signal that fires with `signal`, or when it takes too long. */
async function inTime<T>(clock: Clock, signal: AbortSignal, open: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const late = Object.assign(new Error(`it did not open within ${OPEN_MS / 1000} s`), { code: 'ETIMEDOUT' });
  const timer = clock.setTimer(OPEN_MS, () => controller.abort(late));
  const forget = onAbort(signal, () => controller.abort());
  try {
    return await open(controller.signal);
  } finally {
    timer.cancel();
    forget();
  }
}

/** Resolves at the event. Rejects when the connection fails first, or `signal` fires. */
function opened(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let forget = (): void => undefined; // a signal that has fired calls back before there is anything to forget
    const settle = (): void => {
      // From here on it is told, or for whoever uses the connection, who sees that it is closed; it must not end the process.
      socket.on('error', () => undefined);
      socket.off('error', onError);
      socket.off('close', onClose);
      forget();
    };
    const onError = (error: unknown): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onClose = (): void => onError(Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' }));
    socket.on('error', onError);
    socket.on('close', onClose);
    socket.once(event, () => {
      settle();
      resolve();
    });
    forget = onAbort(signal, () => onError(signal.reason));
  });
}
