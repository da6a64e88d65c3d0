import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import {
  createSecureServer as createHttp2Server,
  type Http2SecureServer,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { createServer as createNetServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { afterEach } from 'vitest';

const cleanups: (() => unknown)[] = [];

/** Does this after the test, the last first. */
export function afterwards(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** Must be called once in a test file that uses these servers. */
export function closeServersAfterEach(): void {
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
}

/** Listens on a free port of the loopback interface until the test is over. */
export async function listen(server: Server | NetServer | Http2SecureServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  for (const event of ['connection', 'secureConnection']) server.on(event, (socket: Socket) => sockets.add(socket));
  afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A plain HTTP server. */
export async function serveHttp(handler: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createHttpServer(handler);
  return { server, url: `http://127.0.0.1:${await listen(server)}` };
}

/** A server that answers what comes in on a connection with bytes of its own. */
export async function serveBytes(answer: (socket: Socket, request: string) => void): Promise<string> {
  const server = createNetServer((socket) => {
    socket.on('error', () => undefined); // clients cut connections in these tests
    socket.on('data', (data) => answer(socket, data.toString()));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** A TLS server. */
export async function serveHttps(
  handler: RequestListener,
  options: ServerOptions,
): Promise<{ server: Server; url: string }> {
  const server = createHttpsServer(options, handler);
  server.on('tlsClientError', () => undefined); // what the client thinks of it is what is tested
  return { server, url: `https://127.0.0.1:${await listen(server)}` };
}

/** An HTTP/2 server, with what it sees: its sessions in the order they began. */
export interface TestHttp2Server {
  readonly server: Http2SecureServer;
  readonly url: string;
  readonly sessions: ServerHttp2Session[];
}

/** A TLS server that speaks HTTP/2 only, unless `allowHTTP1`. */
export async function serveHttp2(
  handler: (stream: ServerHttp2Stream, headers: Record<string, string>) => void,
  options: SecureServerOptions,
): Promise<TestHttp2Server> {
  const server = createHttp2Server(options);
  const sessions: ServerHttp2Session[] = [];
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined); // clients cut streams in these tests
    handler(stream, headers as Record<string, string>);
  });
  server.on('tlsClientError', () => undefined);
  afterwards(() => {
    for (const session of sessions) session.destroy();
  });
  return { server, sessions, url: `https://127.0.0.1:${await listen(server)}` };
}
