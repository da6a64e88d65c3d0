import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP relay that can be turned to another target, shut, or made to hold back what the target says. */
export interface TcpGate extends AsyncDisposable {
  readonly port: number;
  /** Cuts all connections; later ones go to this port. */
  turnTo(port: number): void;
  /** Cuts all connections and refuses new ones, until `turnTo`. */
  shut(): void;
  /** Nothing that the target says comes through, and nothing is lost. */
  hold(): void;
  release(): void;
}

/** Opens a relay on loopback to a port on loopback. */
export async function openTcpGate(target: number): Promise<TcpGate> {
  let port: number | undefined = target;
  let isHeld = false;
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((client) => {
    if (port === undefined) return void client.resetAndDestroy();
    const upstream = connect(port, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined); // the other end is told by `close`
      socket.on('close', () => {
        pairs.delete(pair);
        for (const each of pair) each.destroy();
      });
    }
    client.pipe(upstream);
    upstream.pipe(client);
    if (isHeld) upstream.unpipe(client).pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    turnTo(next) {
      port = next;
      cut();
    },
    shut() {
      port = undefined;
      cut();
    },
    hold() {
      isHeld = true;
      for (const [client, upstream] of pairs) upstream.unpipe(client).pause();
    },
    release() {
      isHeld = false;
      for (const [client, upstream] of pairs) upstream.pipe(client);
    },
    async [Symbol.asyncDispose]() {
      cut();
      await once(server.close(), 'close');
    },
  };
}
