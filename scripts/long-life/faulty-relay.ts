import { openTcpRelay, type RelayPair } from '../../tests/support/tcp-relay.js';
import { anyOf, chance } from './chance.js';

/** A relay that cuts, resets, stalls and breaks off connections. */
export interface FaultyRelay {
  readonly url: string;
  readonly strikes: Readonly<Record<string, () => void>>;
  readonly open: number;
  /** While false, what passes is not broken off by chance. */
  wild: boolean;
}

/** Every so many pieces that pass, one is cut in its middle. */
const BREAKS = 400;
const STALL_MS = 3000;

/** Opens a relay to a port of this machine. */
export async function openFaultyRelay(port: number): Promise<FaultyRelay> {
  const faults = { wild: true };
  const stalled = new WeakSet<RelayPair>();
  const { pairs, port: own } = await openTcpRelay({
    target: () => port,
    join(pair) {
      const { client, upstream } = pair;
      client.on('data', (data) => upstream.write(data));
      upstream.on('data', (data: Buffer) => {
        if (stalled.has(pair)) return;
        if (!faults.wild || chance(BREAKS) > 0) return void client.write(data);
        client.write(data.subarray(0, chance(data.length)));
        client.resetAndDestroy();
      });
    },
  });
  const one = (): RelayPair | undefined => anyOf(pairs);
  const stall = (pair: RelayPair | undefined): void => {
    if (pair === undefined) return;
    stalled.add(pair);
    setTimeout(() => pair.client.destroy(), STALL_MS);
  };
  return {
    url: `http://127.0.0.1:${own}`,
    get open() {
      return pairs.size;
    },
    get wild() {
      return faults.wild;
    },
    set wild(wild) {
      faults.wild = wild;
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
