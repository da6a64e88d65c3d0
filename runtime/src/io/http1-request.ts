import type { Sending } from './node-http.js';
import type { ServerAddress } from './server-address.js';

/** The head of a request as text; each of its characters is one byte. */
export function requestHead(
  { request, headers }: Pick<Sending, 'request' | 'headers'>,
  address: Pick<ServerAddress, 'authority' | 'prefix'>,
): string {
  const { method, path, body } = request;
  let head = `${method} ${address.prefix}${path} HTTP/1.1\r\nhost: ${address.authority}\r\n`;
  for (const [name, value] of headers) head += `${name}: ${value}\r\n`;
  if (body !== undefined) head += `content-length: ${body.length}\r\n`;
  else if (method !== 'GET' && method !== 'HEAD' && method !== 'DELETE') head += 'content-length: 0\r\n';
  return `${head}\r\n`;
}
