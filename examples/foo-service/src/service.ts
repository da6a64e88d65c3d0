import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Cluster } from '@kube-gen/runtime';
import { createApp } from './app.js';
import type { Config } from './config.js';
import { State } from './state.js';

export interface Service {
  readonly url: string;
  readonly state: State;
  /** Ends the event streams, answers what was asked, and leaves the cluster. */
  stop(): Promise<void>;
}

/** Serves at once; `/readyz` turns good when the cache has its first whole set. */
export async function startService(cluster: Cluster, config: Config): Promise<Service> {
  const state = new State(cluster, config.namespaces);
  state.foos.start();

  const stopping = new AbortController();
  const app = createApp({ cluster, state, signal: stopping.signal });
  // serve() makes an HTTP/1.1 server unless it is given another kind.
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }) as Server;
  await once(server, 'listening');

  // An address of a listening TCP server is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    state,
    async stop() {
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await cluster.close();
    },
  };
}
