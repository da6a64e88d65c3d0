import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import {
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createTestAuthority } from '../../tests/support/test-certificates.js';
import { anyOf, chance } from './chance.js';

/** An HTTP/2 server before the embedded one, that resets streams and ends sessions. */
export interface Http2Front {
  readonly url: string;
  readonly ca: string;
  readonly strikes: Readonly<Record<string, () => void>>;
  readonly open: number;
  /** While false, what passes is not broken off by chance. */
  wild: boolean;
}

/** Every so many pieces that pass, one is cut in its middle. */
const BREAKS = 400;
/** RFC 9113, 7. */
const CODES = [0, 1, 2, 5, 7, 8, 11];
const OF_ONE_CONNECTION = new Set(['connection', 'transfer-encoding', 'keep-alive']);

/** Opens it before a port of this machine. */
export async function openHttp2Front(port: number): Promise<Http2Front> {
  const authority = createTestAuthority();
  const server = createSecureServer({
    ...authority.issue({ addresses: ['127.0.0.1'] }),
    settings: { maxConcurrentStreams: 6 },
  });
  const sessions = new Set<ServerHttp2Session>();
  const streams = new Set<ServerHttp2Stream>();
  const front = { wild: true };
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined); // ends with `close`
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    streams.add(stream);
    stream.on('error', () => undefined);
    stream.on('close', () => streams.delete(stream));
    pass(stream, { headers, port, breaks: () => front.wild && chance(BREAKS) === 0 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: authority.ca,
    get open() {
      return streams.size;
    },
    get wild() {
      return front.wild;
    },
    set wild(wild) {
      front.wild = wild;
    },
    strikes: {
      resetStream: () => anyOf(streams)?.close(anyOf(CODES)),
      goaway: () => anyOf(sessions)?.goaway(0),
      goawayWithError: () => anyOf(sessions)?.goaway(2),
      closeSession: () => anyOf(sessions)?.close(),
      cutSession: () => anyOf(sessions)?.destroy(),
    },
  };
}

interface Passing {
  readonly headers: IncomingHttpHeaders;
  readonly port: number;
  readonly breaks: () => boolean;
}

function pass(stream: ServerHttp2Stream, { headers, port, breaks }: Passing): void {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  const upstream = httpRequest({
    host: '127.0.0.1',
    port,
    method: headers[':method'],
    path: headers[':path'],
    headers: Object.fromEntries(own),
  });
  upstream.on('response', (response) => answer(stream, response, breaks));
  upstream.on('error', () => {
    if (stream.closed || stream.destroyed) return;
    if (!stream.headersSent) stream.respond({ ':status': 503 });
    stream.end();
  });
  stream.on('close', () => upstream.destroy());
  stream.on('data', (chunk) => upstream.write(chunk));
  stream.on('end', () => upstream.end());
}

function answer(stream: ServerHttp2Stream, response: IncomingMessage, breaks: () => boolean): void {
  const gone = (): boolean => stream.closed || stream.destroyed;
  if (gone()) return void response.destroy();
  const headers = Object.entries(response.headers).filter(([name]) => !OF_ONE_CONNECTION.has(name));
  stream.respond({ ':status': response.statusCode, ...Object.fromEntries(headers) });
  response.on('data', (chunk: Buffer) => {
    if (gone()) return;
    if (!breaks()) return void stream.write(chunk);
    stream.write(chunk.subarray(0, chance(chunk.length)));
    stream.close(anyOf(CODES));
  });
  response.on('end', () => {
    if (!gone()) stream.end();
  });
  response.on('error', () => stream.close(2));
}
