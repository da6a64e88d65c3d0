import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { anyOf, chance } from './chance.js';

/** A relay that cuts, resets, stalls and breaks off connections. */
export interface TcpGate {
  readonly url: string;
  readonly strikes: Readonly<Record<string, () => void>>;
  readonly open: number;
  /** While false, what passes is not broken off by chance. */
  wild: boolean;
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  stalled: boolean;
}

/** Every so many pieces that pass, one is cut in its middle. */
const BREAKS = 400;
const STALL_MS = 3000;

/** Opens a relay to a port of this machine. */
export async function openTcpGate(port: number): Promise<TcpGate> {
  const pairs = new Set<Pair>();
  const gate = { wild: true };
  const server = createServer((client) => {
    const pair: Pair = { client, upstream: connect(port, '127.0.0.1'), stalled: false };
    const { upstream } = pair;
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined); // the other end is told by `close`
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => upstream.write(data));
    upstream.on('data', (data: Buffer) => {
      if (pair.stalled) return;
      if (!gate.wild || chance(BREAKS) > 0) return void client.write(data);
      client.write(data.subarray(0, chance(data.length)));
      client.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const one = (): Pair | undefined => anyOf(pairs);
  const stall = (pair: Pair | undefined): void => {
    if (pair === undefined) return;
    pair.stalled = true;
    setTimeout(() => pair.client.destroy(), STALL_MS);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get open() {
      return pairs.size;
    },
    get wild() {
      return gate.wild;
    },
    set wild(wild) {
      gate.wild = wild;
    },
    strikes: {
      reset: () => one()?.client.resetAndDestroy(),
      end: () => void one()?.client.end(),
      stall: () => stall(one()),
      cutAll: () => {
        for (const { client } of pairs) client.destroy();
      },
    },
  };
}
