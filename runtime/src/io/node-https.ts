import { orAborted } from './or-aborted.js';
import { KubeError } from '../errors.js';
import { requestHead } from './http1-request.js';
import type { Http2Sessions } from './http2-sessions.js';
import { createConnectionPool } from './node-connection-pool.js';
import { createNodeHttp, type NodeHttpOptions, type Sending } from './node-http.js';
import type { ExchangeResponse } from './http1-exchange.js';
import type { SocketOpener } from './node-socket.js';
import type { Protocol } from './tls-connector.js';
import { createOpeners } from './openers.js';
import { createSharedOpening } from './shared-opening.js';
import type { Transport } from './transport.js';

/**
 * HTTPS: HTTP/2 where the server offers it, all exchanges over one or a few sessions (T9, T10), else HTTP/1.1 (T11). The first connection
 * finds out; whatever is asked meanwhile waits for it.
 */
export function createHttpsTransport(options: NodeHttpOptions): Transport {
  const { address, clock } = options;
  const openers = createOpeners(options);
  const pool = createConnectionPool(address.text, clock);
  let sessions: Http2Sessions | undefined;
  let spoken: Protocol | undefined;
  let closed = false;
  const opening = createSharedOpening(open);

  async function open(signal: AbortSignal): Promise<void> {
    const opener = openers();
    const opened = await opener.open({ signal, protocols: ['h2', 'http/1.1'] });
    if (opened.protocol === 'h2' && sessions === undefined) {
      const { createHttp2Sessions } = await import('./http2-sessions.js'); // who speaks HTTP/1.1 does not pay for it
      sessions = createHttp2Sessions({ address, clock });
    }
    if (closed || signal.aborted) return void opened.socket.destroy();
    if (opened.socket.destroyed) throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
    spoken = opened.protocol;
    if (opened.protocol === 'h2') sessions?.add(opened.socket, opener);
    else pool.adopt(opened, opener);
  }

  async function exchange(sending: Sending): Promise<ExchangeResponse> {
    const { request } = sending;
    for (;;) {
      // Each time anew: what is waited for ends when it is closed, too.
      if (closed) throw new KubeError('stopped', `the connections to ${address.text} are closed`);
      if (spoken === 'http/1.1') break;
      const opener = openers();
      const choice = sessions?.choose(opener) ?? { t: 'open' };
      if (choice.t === 'take') return choice.session.exchange(sending);
      if (choice.t === 'wait') await orAborted(choice.until, request.signal);
      else await openAnother(opener, request.signal);
      if (request.signal.aborted) throw new Error('aborted');
    }
    const connection = await pool.take(openers(), { signal: request.signal, anew: sending.anew });
    return connection.exchange({ head: requestHead(sending, address), request, tell: sending.tell });
  }

  async function openAnother(opener: SocketOpener, signal: AbortSignal): Promise<void> {
    try {
      await opening.join(signal);
    } catch (error) {
      if (signal.aborted || sessions?.manageWithout(opener) !== true) throw error;
    }
  }

  function close(): void {
    closed = true;
    opening.close();
    sessions?.close();
    pool.close();
  }

  return createNodeHttp(address, { exchange, close });
}
