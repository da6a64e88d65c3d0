import { KubeError } from '../errors.js';
import { createConnection, type Connection } from './node-connection.js';
import { createSocketOpener, type SocketOpener } from './node-socket.js';
import type { TlsSettings } from './node-tls.js';
import type { ProxyAddress } from './proxy-address.js';
import type { ServerAddress } from './server-address.js';

/** Connections to one server, lent for one exchange at a time. */
export interface ConnectionPool {
  /** An idle connection, or a new one. It comes back by itself when its exchange is over. */
  take(signal: AbortSignal): Promise<Connection>;
  /** Closes all connections, busy ones too. */
  close(): void;
}

/** So many idle connections are kept, and so long: load balancers forget silent ones after a minute. */
const MAX_IDLE = 16;
const IDLE_MS = 50_000;

/** Connections that were opened with the same settings. */
interface Generation {
  readonly settings: TlsSettings;
  readonly opener: SocketOpener;
  readonly idle: { readonly connection: Connection; readonly since: number }[];
}

/** Makes the pool. `tls` is asked before each exchange; another object means new connections with it. */
export function createConnectionPool({
  address,
  tls,
  proxy,
}: {
  address: ServerAddress;
  tls: () => TlsSettings;
  proxy?: ProxyAddress | undefined;
}): ConnectionPool {
  const all = new Set<Connection>();
  let newest = begin(tls());
  let closed = false;

  function begin(settings: TlsSettings): Generation {
    return { settings, opener: createSocketOpener({ address, settings, proxy }), idle: [] };
  }

  function current(): Generation {
    const settings = tls();
    if (settings === newest.settings) return newest;
    // Exchanges that run keep their connections; idle ones were made with credentials that are no longer right.
    for (const { connection } of newest.idle.splice(0)) drop(connection);
    newest = begin(settings);
    return newest;
  }

  function drop(connection: Connection): void {
    connection.destroy();
    all.delete(connection);
  }

  function takeIdle({ idle }: Generation): Connection | undefined {
    const oldest = performance.now() - IDLE_MS;
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.connection.usable && last.since >= oldest) return last.connection;
      drop(last.connection);
    }
    return undefined;
  }

  function giveBack(connection: Connection, to: Generation): void {
    if (!connection.usable || to !== newest || to.idle.length >= MAX_IDLE) drop(connection);
    else to.idle.push({ connection, since: performance.now() });
  }

  async function open(from: Generation, signal: AbortSignal): Promise<Connection> {
    const connection = await createConnection(from.opener, { signal, onOver: () => giveBack(connection, from) });
    if (closed) {
      connection.destroy();
      throw new KubeError('stopped', `the connections to ${address.text} are closed`);
    }
    all.add(connection);
    return connection;
  }

  async function take(signal: AbortSignal): Promise<Connection> {
    if (closed) throw new KubeError('stopped', `the connections to ${address.text} are closed`);
    const from = current();
    return takeIdle(from) ?? open(from, signal);
  }

  function close(): void {
    closed = true;
    for (const connection of all) connection.destroy();
    all.clear();
  }

  return { take, close };
}
