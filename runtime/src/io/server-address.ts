import { KubeError } from '../errors.js';

/** A server's address in parts. */
export interface ServerAddress {
  readonly secure: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** What stands in the `Host` header. */
  readonly authority: string;
  /** Path before every request's path, without a slash at its end. */
  readonly prefix: string;
  /** The address in its normal form, for messages. */
  readonly text: string;
}

/** Reads a server's address. Throws `config` for what is none, and for one that holds credentials. */
export function parseServerAddress(server: string): ServerAddress {
  let url: URL;
  try {
    url = new URL(server);
  } catch (error) {
    throw new KubeError('config', 'the server address is no URL: it looks like https://host:6443', {
      cause: withoutInput(error),
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new KubeError(
      'config',
      `the server address of ${url.host} holds a user name or password: give a token or a client certificate instead`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new KubeError('config', `the server address must begin with https:// or http://, not ${url.protocol}`);
  }
  if (url.search !== '' || url.hash !== '')
    throw new KubeError('config', `the server address of ${url.host} may not have a query`);
  const secure = url.protocol === 'https:';
  const prefix = url.pathname.replace(/\/+$/, '');
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authority: url.host,
    prefix,
    text: `${url.protocol}//${url.host}${prefix}`,
  };
}

/** The platform's error repeats what it was given, which may hold a password. */
function withoutInput(error: unknown): Error {
  return new TypeError(error instanceof Error && 'code' in error ? String(error.code) : 'no URL');
}
