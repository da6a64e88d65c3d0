import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers';

import { KubeError } from '../../errors.js';
import { handleRequest } from './handle-request.js';
import type { ServerContext } from './server-context.js';

/** Taken once, and not from the globals, which tests replace: Jest, told to by its configuration, before anything is loaded. */
const inNextTurn = setImmediate;

/** A port on loopback that answers, until it is closed. */
export interface Listener {
  readonly port: number;
  /** Stops listening and cuts all connections. Resolves when the port is free. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. `port` 0: any free one. Rejects with a `KubeError` (`usage`) when it is taken. */
export async function listen(context: ServerContext, port: number): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
    void handleRequest(context, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new KubeError('usage', `cannot listen on 127.0.0.1:${port}: ${cause.message}`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  // Else the next request of a client in this process goes out on a connection that it does not know to be cut.
  await new Promise<void>((resolve) => void inNextTurn(resolve));
}
