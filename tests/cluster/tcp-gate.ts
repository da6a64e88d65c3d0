import { openTcpRelay } from '../support/tcp-relay.js';

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
  const relay = await openTcpRelay({
    target: () => port,
    join({ client, upstream }) {
      client.pipe(upstream);
      if (!isHeld) upstream.pipe(client);
    },
  });
  const cut = (): void => {
    for (const { client, upstream } of relay.pairs) for (const socket of [client, upstream]) socket.resetAndDestroy();
  };
  return {
    port: relay.port,
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
      for (const { client, upstream } of relay.pairs) upstream.unpipe(client).pause();
    },
    release() {
      isHeld = false;
      for (const { client, upstream } of relay.pairs) upstream.pipe(client);
    },
    async [Symbol.asyncDispose]() {
      cut();
      await relay.close();
    },
  };
}
