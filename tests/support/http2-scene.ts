import type { SecureServerOptions, ServerHttp2Stream } from 'node:http2';
import { expect } from 'vitest';
import { createTestAuthority } from './test-certificates.js';
import { serveHttp2, type TestHttp2Server } from './test-servers.js';
import { ask, openTransport } from './transport-calls.js';
import type { NodeTransportOptions } from '../../runtime/src/io/node-transport.js';
import type { Transport, TransportRequest } from '../../runtime/src/io/transport.js';

/** Who issues the certificates of these servers, and whom `connectTo` trusts. */
export const authority = createTestAuthority();

/** A certificate for the loopback address. */
export const local = authority.issue({ addresses: ['127.0.0.1'] });

type Handler = (stream: ServerHttp2Stream, headers: Record<string, string>) => void;

/** A transport that trusts the authority. */
export const connectTo = (server: string, options: Partial<NodeTransportOptions> = {}): Transport =>
  openTransport({ server, tls: { ca: authority.ca }, ...options });

/** A server, and a transport to it below `prefix`. */
export async function serve(
  handler: Handler,
  o: { serving?: SecureServerOptions; prefix?: string } & Partial<NodeTransportOptions> = {},
): Promise<TestHttp2Server & { transport: Transport }> {
  const { serving, prefix = '', ...options } = o;
  const served = await serveHttp2(handler, { ...local, ...serving });
  return { ...served, transport: connectTo(served.url + prefix, options) };
}

/** Answers `/watch…` with a line and no end, everything else with `ok`. */
export const watches: Handler = (stream, headers) => {
  stream.respond({ ':status': 200 });
  if (headers[':path']?.startsWith('/watch') === true) stream.write('line\n');
  else stream.end('ok');
};

interface Watch {
  next(): Promise<string | undefined>;
  leave(): Promise<unknown>;
}

/** Opens a watch and reads its first line. */
export async function watch(transport: Transport, request: Partial<TransportRequest> = {}): Promise<Watch> {
  const body = (await ask(transport, { path: '/watch', ...request })).body[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const { value, done } = await body.next();
    return done === true ? undefined : new TextDecoder().decode(value);
  };
  expect(await next()).toBe('line\n');
  return { next, leave: async () => body.return?.() };
}
