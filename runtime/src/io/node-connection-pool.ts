import { KubeError } from '../errors.js';
import type { Clock } from './clock.js';
import { nextTurn } from './next-turn.js';
import { onAbort } from './on-abort.js';
import { adoptConnection, createConnection, type Connection } from './node-connection.js';
import type { OpenSocket, SocketOpener } from './node-socket.js';

/** What is asked of a connection that is taken. */
interface Wish {
  /** Gives up while one is being opened. */
  readonly signal: AbortSignal;
  /** No idle one. */
  readonly anew: boolean;
}

/** Connections to one server, lent for one exchange at a time. */
export interface ConnectionPool {
  /** An idle connection of this opener, or a new one. It comes back by itself when its exchange is over. */
  take(opener: SocketOpener, wish: Wish): Promise<Connection>;
  /** Takes a connection that this opener opened, as an idle one. */
  adopt(open: OpenSocket, opener: SocketOpener): void;
  /** Closes all connections, busy ones too, and gives up those that are being opened. */
  close(): void;
}

/** So many idle connections are kept, and so long: load balancers forget silent ones after a minute. */
const MAX_IDLE = 16;
const IDLE_MS = 50_000;

/** Connections that one opener opened. */
interface Generation {
  readonly opener: SocketOpener;
  readonly idle: { readonly connection: Connection; readonly since: number }[];
}

/** Makes the pool of one server, which `name` names in messages. */
export function createConnectionPool(name: string, clock: Clock): ConnectionPool {
  const all = new Set<Connection>();
  const closing = new AbortController();
  let newest: Generation | undefined;

  function generation(opener: SocketOpener): Generation {
    if (newest?.opener === opener) return newest;
    // Exchanges that run keep their connections; idle ones were made with credentials that are no longer right.
    for (const { connection } of newest?.idle.splice(0) ?? []) drop(connection);
    return (newest = { opener, idle: [] });
  }

  function drop(connection: Connection): void {
    connection.destroy();
    all.delete(connection);
  }

  function takeIdle({ idle }: Generation): Connection | undefined {
    const now = clock.now();
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      const { connection, since } = last;
      if (connection.usable && now - since < Math.min(IDLE_MS, connection.keepAliveMs)) return connection;
      drop(connection);
    }
    return undefined;
  }

  function giveBack(connection: Connection, to: Generation): void {
    if (!connection.usable || to !== newest || to.idle.length >= MAX_IDLE) drop(connection);
    else to.idle.push({ connection, since: clock.now() });
  }

  function keep(connection: Connection): Connection {
    if (closing.signal.aborted) connection.destroy();
    closing.signal.throwIfAborted();
    all.add(connection);
    return connection;
  }

  async function take(opener: SocketOpener, { signal, anew }: Wish): Promise<Connection> {
    closing.signal.throwIfAborted();
    const from = generation(opener);
    if (!anew && from.idle.length > 0) {
      // The server may have closed it: what has come from the network is seen after one turn of the event loop, not before.
      await nextTurn();
      const idle = takeIdle(from);
      if (idle !== undefined) return idle;
    }
    const onOver = (): void => giveBack(connection, from);
    const connection = await openUntil([signal, closing.signal], opener, onOver).catch((error: unknown) => {
      closing.signal.throwIfAborted();
      throw error;
    });
    return keep(connection);
  }

  function adopt(open: OpenSocket, opener: SocketOpener): void {
    const to = generation(opener);
    const connection = adoptConnection(open, () => giveBack(connection, to));
    to.idle.push({ connection: keep(connection), since: clock.now() });
  }

  function close(): void {
    closing.abort(new KubeError('stopped', `the connections to ${name} are closed`));
    for (const connection of all) connection.destroy();
    all.clear();
  }

  return { take, adopt, close };
}

/** Opens a connection, and gives up when one of these signals fires. */
async function openUntil(
  signals: readonly AbortSignal[],
  opener: SocketOpener,
  onOver: () => void,
): Promise<Connection> {
  const leave = new AbortController();
  const forgetEach = signals.map((signal) => onAbort(signal, () => leave.abort()));
  try {
    return await createConnection(opener, { signal: leave.signal, onOver });
  } finally {
    for (const forget of forgetEach) forget();
  }
}
