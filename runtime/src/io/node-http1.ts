import { transportError } from '../client/transport-error.js';
import { KubeError } from '../errors.js';
import type { ExchangeResponse } from './http1-exchange.js';
import { requestHead } from './http1-request.js';
import { LostConnection } from './node-connection.js';
import { createConnectionPool } from './node-connection-pool.js';
import type { TlsSettings } from './node-tls.js';
import type { ProxyAddress } from './proxy-address.js';
import type { ServerAddress } from './server-address.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

/** Options of the HTTP/1.1 transport. */
export interface Http1Options {
  readonly address: ServerAddress;
  /** Asked before each request; another object means new connections with it. Unused for plain http. */
  readonly tls: () => TlsSettings;
  readonly proxy?: ProxyAddress | undefined;
}

type Tell = (error: unknown) => KubeError;

/** HTTP/1.1 over keep-alive connections, plain or TLS. Answers are read in place, from buffers that are used again. */
export function createHttp1Transport({ address, tls, proxy }: Http1Options): Transport {
  const pool = createConnectionPool({ address, tls, proxy });

  async function attempt(request: TransportRequest, tell: Tell): Promise<TransportResponse> {
    const head = requestHead(request, address);
    const connection = await pool.take(request.signal);
    return unpacked(await connection.exchange({ head, request, tell }), tell);
  }

  async function request(request: TransportRequest): Promise<TransportResponse> {
    const { signal, method } = request;
    const tell: Tell = (error) =>
      signal.aborted
        ? new KubeError('aborted', `the request to ${address.text} was aborted`)
        : transportError(error, address.text);
    for (;;) {
      if (signal.aborted) throw tell(undefined);
      try {
        return await attempt(request, tell);
      } catch (error) {
        const lost = error instanceof LostConnection;
        // The server may close an idle connection just when it is used again; reading twice does no harm.
        if (lost && (method === 'GET' || method === 'HEAD') && !signal.aborted) continue;
        throw tell(lost ? error.cause : error);
      }
    }
  }

  return { request, close: async () => pool.close() };
}

/** The body without its gzip; the headers then no longer say how it travelled. */
async function unpacked(response: ExchangeResponse, tell: Tell): Promise<TransportResponse> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const { 'content-encoding': _encoding, 'content-length': _length, ...headers } = response.headers;
  const { gunzipBody } = await import('./node-gunzip.js'); // zlib is 2 MB that most connections never need
  return { status: response.status, headers, body: gunzipBody(response.body, tell) };
}
