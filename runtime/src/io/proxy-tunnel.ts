import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { KubeError } from '../errors.js';
import type { TlsSettings } from './node-tls.js';
import { onAbort } from './on-abort.js';
import type { ProxyAddress } from './proxy-address.js';
import { createSocketReader, type SocketReader } from './socket-reader.js';

/** Where a tunnel leads. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

/** Longer answers to CONNECT are no answers. */
const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Opens a way through a proxy, by HTTP CONNECT or SOCKS5 CONNECT (RFC 1928, 1929). Names are resolved by the proxy. The socket carries
 * the target's bytes and nothing else. Rejects with `unreachable`, and names the proxy.
 */
export async function openTunnel(
  proxy: ProxyAddress,
  target: TunnelTarget,
  { signal, tls }: { signal: AbortSignal; tls: TlsSettings },
): Promise<Socket> {
  const socket = start(proxy, tls);
  let failed: unknown;
  const fail = (error: unknown): void => {
    failed ??= error;
    socket.destroy();
  };
  socket.on('error', fail);
  const forget = onAbort(signal, () => fail(signal.reason));
  const reader = createSocketReader(socket);
  try {
    await reader.opened(proxy.protocol === 'https' ? 'secureConnect' : 'connect');
    if (proxy.protocol === 'socks5') await speakSocks(socket, reader, { proxy, target });
    else await speakHttp(socket, reader, { proxy, target });
    reader.release();
    return socket;
  } catch (error) {
    socket.destroy();
    throw told(proxy, failed ?? error);
  } finally {
    forget();
  }
}

function start(proxy: ProxyAddress, { ca, insecure = false }: TlsSettings): Socket {
  const { host, port } = proxy;
  if (proxy.protocol !== 'https') return connectPlain({ host, port });
  return connectTls({
    host,
    port,
    rejectUnauthorized: !insecure,
    // The proxy of a private network may have a certificate of its authority. The client certificate is none of the proxy's business.
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
}

interface Way {
  readonly proxy: ProxyAddress;
  readonly target: TunnelTarget;
}

async function speakHttp(socket: Socket, reader: SocketReader, { proxy, target }: Way): Promise<void> {
  const { username, password = '' } = proxy;
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const login =
    username === undefined
      ? ''
      : `proxy-authorization: Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}\r\n`;
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${login}\r\n`);
  const head = (await reader.until('\r\n\r\n', MAX_HEAD_BYTES)).toString('latin1');
  const status = Number(/^HTTP\/1\.[01] (\d\d\d)/.exec(head)?.[1]);
  if (status >= 200 && status < 300) return;
  if (Number.isNaN(status)) throw refusal('it does not answer in HTTP');
  if (status === 407) {
    throw refusal(
      `it ${username === undefined ? 'wants a user name and password: give them' : 'does not accept the user name and password'} in its URL (407)`,
    );
  }
  throw refusal(`it opens no way to ${authority} (${status})`);
}

const NO_LOGIN = 0;
const LOGIN = 2;

async function speakSocks(socket: Socket, reader: SocketReader, { proxy, target }: Way): Promise<void> {
  const { username, password = '' } = proxy;
  const methods = username === undefined ? [NO_LOGIN] : [NO_LOGIN, LOGIN];
  socket.write(Uint8Array.of(5, methods.length, ...methods));
  const [version, method] = await reader.exactly(2);
  if (version !== 5) throw refusal('it does not speak SOCKS5');
  if (method === LOGIN && username !== undefined) {
    socket.write(Uint8Array.of(1, ...counted(username), ...counted(password)));
    const [, status] = await reader.exactly(2);
    if (status !== 0) throw refusal('it does not accept the user name and password in its URL');
  } else if (method !== NO_LOGIN) {
    throw refusal(
      username === undefined
        ? 'it wants a user name and password: give them in its URL'
        : 'it wants a way to log in that is not user name and password',
    );
  }
  // The name, not an address: where names of the cluster resolve is often behind the proxy only.
  socket.write(Uint8Array.of(5, 1, 0, ...destination(target.host), target.port >> 8, target.port & 255));
  const [, status = 255, , type] = await reader.exactly(4);
  if (status !== 0)
    throw refusal(`it opens no way to ${target.host}:${target.port}: ${socksFailures[status] ?? `code ${status}`}`);
  const rest = type === 1 ? 4 : type === 4 ? 16 : (await reader.exactly(1))[0];
  await reader.exactly((rest ?? 0) + 2);
}

const socksFailures: readonly string[] = [
  'no failure',
  'general failure',
  'its rules forbid it',
  'the network is unreachable',
  'the host is unreachable',
  'connection refused',
  'it took too long',
  'it does not know the command',
  'it does not know the kind of address',
];

function destination(host: string): number[] {
  if (isIP(host) === 4) return [1, ...host.split('.').map(Number)];
  if (isIP(host) === 6) return [4, ...ipv6Bytes(host)];
  return [3, ...counted(host)];
}

/** Of an address in the form that URLs have: hexadecimal groups, of which one row of zeros may be `::`. */
function ipv6Bytes(address: string): number[] {
  const [before = [], after = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

function counted(text: string): number[] {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > 255) throw refusal('a name or password is longer than SOCKS5 can carry (255 bytes)');
  return [bytes.length, ...bytes];
}

/** What the proxy said. */
class Refusal extends Error {}

function refusal(text: string): Refusal {
  return new Refusal(text);
}

function told(proxy: ProxyAddress, error: unknown): KubeError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = error instanceof Refusal ? message : code === undefined ? message : `${message} (${code})`;
  return new KubeError('unreachable', `cannot go through the proxy ${proxy.text}: ${why}`, { cause: error });
}
