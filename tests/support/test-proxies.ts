import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createNetServer, type Socket } from 'node:net';
import type { TestCertificate } from './test-certificates.js';
import { afterwards, listen } from './test-servers.js';

/** A proxy and where it was asked to go. */
export interface TestProxy {
  readonly url: string;
  readonly asked: string[];
}

/** Joins two connections. `local` sends every name to the loopback interface. */
function join(client: Socket, port: number, onOpen: (upstream: Socket) => void): void {
  const upstream = connect({ host: '127.0.0.1', port }, () => onOpen(upstream));
  afterwards(() => upstream.destroy());
  const cut = (): void => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) socket.on('error', cut).on('close', cut);
}

/** An HTTP proxy that knows CONNECT only; it resolves every name to the loopback interface. */
export async function serveConnectProxy(
  o: { login?: string; status?: number; tls?: TestCertificate } = {},
): Promise<TestProxy> {
  const server: Server = o.tls === undefined ? createHttpServer() : createHttpsServer(o.tls);
  const asked: string[] = [];
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    client.on('error', () => undefined);
    const login = Buffer.from(request.headers['proxy-authorization']?.replace('Basic ', '') ?? '', 'base64').toString();
    if (o.login !== undefined && login !== o.login) return client.end('HTTP/1.1 407 Who are you\r\n\r\n');
    if (o.status !== undefined) return client.end(`HTTP/1.1 ${o.status} no\r\n\r\n`);
    asked.push(request.url ?? '');
    join(client, Number(request.url?.split(':').pop()), (upstream) => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
  });
  const scheme = o.tls === undefined ? 'http' : 'https';
  return { url: `${scheme}://${o.login === undefined ? '' : `${o.login}@`}127.0.0.1:${await listen(server)}`, asked };
}

/** A SOCKS5 proxy; it resolves every name to the loopback interface. Each of its answers comes byte by byte. */
export async function serveSocksProxy(o: { login?: string; code?: number } = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createNetServer((client) => {
    let bytes = Buffer.alloc(0);
    let expecting: 'hello' | 'login' | 'request' | 'nothing' = 'hello';
    const say = (...values: number[]): void => {
      for (const value of values) client.write(Uint8Array.of(value));
    };
    client.setNoDelay(true);
    client.on('error', () => undefined);
    client.on('data', function read(chunk: Buffer) {
      bytes = Buffer.concat([bytes, chunk]);
      if (expecting === 'hello') {
        const wanted = o.login === undefined ? 0 : 2;
        const offered = bytes.subarray(2, 2 + (bytes[1] ?? 0)).includes(wanted);
        expecting = wanted === 2 ? 'login' : 'request';
        bytes = Buffer.alloc(0);
        return say(5, offered ? wanted : 255);
      }
      if (expecting === 'login') {
        const user = bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString();
        const password = bytes.subarray(3 + (bytes[1] ?? 0)).toString();
        expecting = 'request';
        bytes = Buffer.alloc(0);
        return say(1, `${user}:${password}` === o.login ? 0 : 1);
      }
      const host = socksHost(bytes);
      const port = bytes.readUInt16BE(bytes.length - 2);
      asked.push(`${host}:${port}`);
      expecting = 'nothing';
      client.off('data', read);
      if (o.code !== undefined) return say(5, o.code, 0, 1, 0, 0, 0, 0, 0, 0);
      join(client, port, (upstream) => {
        say(5, 0, 0, 3, 4, 104, 111, 115, 116, 1, 187);
        client.pipe(upstream).pipe(client);
      });
    });
  });
  return { url: `socks5://${o.login === undefined ? '' : `${o.login}@`}127.0.0.1:${await listen(server)}`, asked };
}

/** The destination of a request: a name, an IPv4 or an IPv6 address (as hexadecimal digits). */
function socksHost(request: Buffer): string {
  if (request[3] === 3) return request.subarray(5, 5 + (request[4] ?? 0)).toString();
  return request[3] === 4 ? request.subarray(4, 20).toString('hex') : request.subarray(4, 8).join('.');
}
