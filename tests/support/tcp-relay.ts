import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection of a client, and the one that the relay opened for it. */
export interface RelayPair {
  readonly client: Socket;
  readonly upstream: Socket;
}

/** Connections to a port of its own, each joined with one to another port. */
export interface TcpRelay {
  readonly port: number;
  /** The pairs that are open. When one end closes, so does the other. */
  readonly pairs: ReadonlySet<RelayPair>;
  /** Refuses new connections; ends when the open ones have. */
  close(): Promise<void>;
}

/** How a relay treats connections. */
export interface RelayOptions {
  /** The port on loopback that a connection is joined with, asked for each; undefined resets it. */
  readonly target: () => number | undefined;
  /** Lets the bytes of a new pair through, as it likes. */
  readonly join: (pair: RelayPair) => void;
}

/** Opens a relay on a free port of loopback. */
export async function openTcpRelay({ target, join }: RelayOptions): Promise<TcpRelay> {
  const pairs = new Set<RelayPair>();
  const server = createServer((client) => {
    const port = target();
    if (port === undefined) return void client.resetAndDestroy();
    const upstream = connect(port, '127.0.0.1');
    const pair: RelayPair = { client, upstream };
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined); // the other end is told by `close`
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      });
    }
    join(pair);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    pairs,
    async close() {
      await once(server.close(), 'close');
    },
  };
}
