import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { transportError } from '../client/transport-error.js';
import { KubeError } from '../errors.js';
import { createBody } from './node-body.js';
import { tlsOptions, type TlsSettings } from './node-tls.js';
import { onAbort } from './on-abort.js';
import type { ServerAddress } from './server-address.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

/** Load balancers forget silent connections after a minute or more. */
const TCP_KEEPALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** Options of the HTTP/1.1 transport. */
export interface Http1Options {
  readonly address: ServerAddress;
  /** Asked before each request; another object means new connections with it. Unused for plain http. */
  readonly tls: () => TlsSettings;
}

/** HTTP/1.1 over keep-alive connections, plain or TLS. */
export function createHttp1Transport(options: Http1Options): Transport {
  const { address } = options;
  const agents = createAgents(options);
  const busy = new Set<ClientRequest>();

  function attempt(request: TransportRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = start(request, { address, agent: agents.current() });
      const answer = { sent, broken: undefined as unknown };
      const forget = onAbort(request.signal, () => void sent.destroy(aborted(address)));
      busy.add(sent);
      sent.on('response', (message) => resolve(Object.assign(answer, { message })));
      sent.on('error', (error) => {
        answer.broken = error;
        reject(Object.assign(error, { reusedSocket: sent.reusedSocket }));
      });
      sent.on('close', () => {
        busy.delete(sent);
        forget();
      });
      if (!request.signal.aborted) sent.end(request.body);
    });
  }

  async function request(request: TransportRequest): Promise<TransportResponse> {
    const tell = (error: unknown): KubeError =>
      request.signal.aborted ? aborted(address) : transportError(error, address.text);
    for (;;) {
      try {
        const answer = await attempt(request);
        const { message } = answer;
        return { status: message.statusCode ?? 0, headers: headersOf(message), body: bodyOf(answer, tell) };
      } catch (error) {
        if (request.signal.aborted || !mayRepeat(error, request.method)) throw tell(error);
      }
    }
  }

  async function close(): Promise<void> {
    for (const sent of busy) sent.destroy(aborted(address));
    agents.close();
  }
  return { request, close };
}

/** A request with the head of its answer. `broken` is what went wrong later: the message itself hears only that it was cut. */
interface Answer {
  readonly sent: ClientRequest;
  readonly message: IncomingMessage;
  readonly broken: unknown;
}

function aborted({ text }: ServerAddress): KubeError {
  return new KubeError('aborted', `the request to ${text} was aborted`);
}

/** The server may close an idle connection just when it is used again; reading twice does no harm. */
function mayRepeat(error: unknown, method: string): boolean {
  const { reusedSocket, code } = error as { reusedSocket?: boolean; code?: string };
  return (
    reusedSocket === true && (code === 'ECONNRESET' || code === 'EPIPE') && (method === 'GET' || method === 'HEAD')
  );
}

function start(
  request: TransportRequest,
  to: { address: ServerAddress; agent: HttpAgent | HttpsAgent },
): ClientRequest {
  const { address, agent } = to;
  const headers: Record<string, string | string[]> = { ...request.headers, host: address.authority };
  for (const [name, value] of request.repeatedHeaders ?? []) headers[name] = [headers[name] ?? [], value].flat();
  if (request.body !== undefined) headers['content-length'] = String(request.body.length);
  const options: RequestOptions = {
    agent,
    host: address.host,
    port: address.port,
    method: request.method,
    path: address.prefix + request.path,
    headers,
    maxHeaderSize: MAX_HEADER_BYTES,
  };
  return address.secure ? httpsRequest(options) : httpRequest(options);
}

function createAgents({ address, tls }: Http1Options): { current(): HttpAgent | HttpsAgent; close(): void } {
  const shared = { keepAlive: true, keepAliveMsecs: TCP_KEEPALIVE_MS, maxFreeSockets: 16 };
  if (!address.secure) {
    const agent = new HttpAgent(shared);
    return { current: () => agent, close: () => agent.destroy() };
  }
  let settings = tls();
  const make = (): HttpsAgent => new HttpsAgent({ ...shared, ...tlsOptions(settings), ALPNProtocols: ['http/1.1'] });
  let agent = make();
  const all = new Set([agent]);
  const current = (): HttpsAgent => {
    const now = tls();
    if (now === settings) return agent;
    settings = now;
    // Requests that run keep their connections; idle ones were made with credentials that are no longer right.
    for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    agent = make();
    all.add(agent);
    return agent;
  };
  return { current, close: () => all.forEach((made) => made.destroy()) };
}

function headersOf(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  const zipped = isZipped(message);
  for (const [name, value] of Object.entries(message.headers)) {
    if (value === undefined || name === '__proto__') continue;
    // These two say how the body travelled, not what the reader gets.
    if (zipped && (name === 'content-encoding' || name === 'content-length')) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function bodyOf(answer: Answer, tell: (error: unknown) => KubeError): AsyncIterable<Uint8Array> {
  const { message, sent } = answer;
  const stream = isZipped(message) ? unzipped(message) : message;
  return createBody({
    stream,
    isComplete: () => message.complete && stream.readableEnded,
    failure: (error) => tell(answer.broken ?? error),
    leave: () => {
      if (message.complete) message.resume();
      else sent.destroy();
    },
  });
}

function isZipped(message: IncomingMessage): boolean {
  return message.headers['content-encoding'] === 'gzip';
}

/** What the gzip holds: told at each flush, not at the end (a watch never ends), and through all its members. */
function unzipped(message: IncomingMessage): Readable {
  const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH });
  pipeline(message, gunzip, () => undefined); // errors of either reach the reader of the gunzip
  return gunzip;
}
