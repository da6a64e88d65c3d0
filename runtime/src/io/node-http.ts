import { transportError } from './transport-error.js';
import { KubeError } from '../errors.js';
import type { Clock } from './clock.js';
import type { ExchangeResponse } from './http1-exchange.js';
import { hasNoBody } from './http1-head.js';
import { LostConnection } from './lost-connection.js';
import type { TlsSettings } from './node-tls.js';
import type { ProxyAddress } from './proxy-address.js';
import { checkedHeaders, type CheckedHeaders } from './request-headers.js';
import type { ServerAddress } from './server-address.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

/** The way to a server, and how to make it. */
export interface NodeHttpOptions {
  readonly address: ServerAddress;
  /** Asked before each request; another object means new connections with it. Unused for plain http. */
  readonly tls: () => TlsSettings;
  readonly proxy?: ProxyAddress | undefined;
  readonly clock: Clock;
}

/** A request on its way. */
export interface Sending {
  readonly request: TransportRequest;
  /** Its headers; those of the request itself may not be sent as they are. */
  readonly headers: CheckedHeaders;
  /** No idle connection of HTTP/1.1 shall be taken: it would perhaps be lost, too. */
  readonly anew: boolean;
  /** Makes of what breaks the body of the answer the error for its reader. */
  readonly tell: (error: unknown) => KubeError;
}

/** How requests are exchanged for answers, over one version of HTTP or another. */
export interface Exchanges {
  /** Sends a request once. Rejects with `LostConnection` when it may perhaps be sent again. */
  exchange(sending: Sending): Promise<ExchangeResponse>;
  close(): void;
}

/** A server that refuses again and again is not asked for ever. */
const MOST_TRIES = 5;

/**
 * Makes a transport of it: errors become `KubeError`s, gzip is unpacked, and a request whose connection was lost is sent again, if the
 * server did certainly nothing with it, or if it only reads. What writes is never sent twice.
 */
export function createNodeHttp(address: ServerAddress, exchanges: Exchanges): Transport {
  let answered = false;

  async function request(request: TransportRequest): Promise<TransportResponse> {
    const { signal, method } = request;
    const tell = (error: unknown): KubeError =>
      signal.aborted
        ? new KubeError('aborted', `the request to ${address.text} was aborted`)
        : transportError(error, address.text, { answered });
    const headers = checkedHeaders(request);
    for (let tries = 1; ; tries++) {
      if (signal.aborted) throw tell(undefined);
      try {
        const response = await exchanges.exchange({ request, headers, tell, anew: tries === MOST_TRIES });
        answered = true;
        return hasNoBody(method, response.status) ? response : await unpacked(response, tell);
      } catch (error) {
        const lost = error instanceof LostConnection ? error : undefined;
        const again = lost?.unsent === true || (lost !== undefined && (method === 'GET' || method === 'HEAD'));
        if (again && tries < MOST_TRIES && !signal.aborted) continue;
        throw tell(lost?.cause ?? error);
      }
    }
  }

  return { request, close: async () => exchanges.close() };
}

/** The body without its gzip; the headers then no longer say how it travelled. */
async function unpacked(response: ExchangeResponse, tell: (error: unknown) => KubeError): Promise<TransportResponse> {
  const { 'content-encoding': encoding, 'content-length': length, ...headers } = response.headers;
  if (encoding === undefined || /^identity$/i.test(encoding)) return response;
  if (length === '0') return response; // nothing at all is not even an empty gzip member
  if (!/^(?:x-)?gzip$/i.test(encoding)) {
    await response.body.return?.();
    throw new KubeError('protocol', `the answer is packed as ${JSON.stringify(encoding)}, which was not asked for`);
  }
  const { gunzipBody } = await import('./node-gunzip.js'); // zlib is 2 MB that most connections never need
  return { status: response.status, headers, body: gunzipBody(response.body, tell) };
}
