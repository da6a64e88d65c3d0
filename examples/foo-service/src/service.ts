import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Cluster } from '@kube-gen/runtime';
import { createApp } from './app.js';
import type { Config } from './config.js';
import { State } from './state.js';

/** How long an answer that is under way may hold up `stop`. */
const patienceMs = 5_000;

export interface Service {
  readonly url: string;
  readonly state: State;
  /** Ends the event streams, finishes the answers that are under way, and leaves the cluster. */
  stop(): Promise<void>;
}

/** Serves at once; `/readyz` turns good when the cache has its first whole set. */
export async function startService(cluster: Cluster, config: Config): Promise<Service> {
  const state = new State(cluster, config.namespaces);
  const stopping = new AbortController();
  const app = createApp({ cluster, state, signal: stopping.signal });
  // serve() makes an HTTP/1.1 server unless it is told otherwise.
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }) as Server;
  const underWay = trackAnswers(server);
  await once(server, 'listening');
  state.start();

  // A server that listens on a port has an AddressInfo, never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${port}`,
    state,
    async stop() {
      stopping.abort();
      server.close();
      const signal = AbortSignal.timeout(patienceMs);
      await Promise.allSettled([...underWay].map((answer) => once(answer, 'close', { signal })));
      // Browsers open connections ahead of requests that may never come: those are not idle to Node, and would stay.
      server.closeAllConnections();
      await cluster.close();
    },
  };
}

function trackAnswers(server: Server): ReadonlySet<ServerResponse> {
  const underWay = new Set<ServerResponse>();
  server.on('request', (_request, answer) => {
    underWay.add(answer);
    answer.once('close', () => underWay.delete(answer));
  });
  return underWay;
}
