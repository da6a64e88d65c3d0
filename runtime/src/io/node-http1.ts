import { requestHead } from './http1-request.js';
import { createConnectionPool } from './node-connection-pool.js';
import { createNodeHttp, type Exchanges, type NodeHttpOptions } from './node-http.js';
import { createOpeners } from './openers.js';
import type { Transport } from './transport.js';

/** HTTP/1.1 over keep-alive connections, plain or TLS. Answers are read in place, from buffers that are used again. */
export function createHttp1Transport(options: NodeHttpOptions): Transport {
  const { address, clock } = options;
  const openers = createOpeners(options);
  const pool = createConnectionPool(address.text, clock);
  const exchanges: Exchanges = {
    async exchange(sending) {
      const { request, anew, tell } = sending;
      const connection = await pool.take(openers(), { signal: request.signal, anew });
      return connection.exchange({ head: requestHead(sending, address), request, tell });
    },
    close: () => pool.close(),
  };
  return createNodeHttp(address, exchanges);
}
