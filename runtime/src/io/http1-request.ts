import { KubeError } from '../errors.js';
import type { ServerAddress } from './server-address.js';
import type { TransportRequest } from './transport.js';

/** The head of a request as text; each of its characters is one byte. Throws `usage` for what would break it apart. */
export function requestHead(request: TransportRequest, address: Pick<ServerAddress, 'authority' | 'prefix'>): string {
  const { method, path, headers, repeatedHeaders = [], body } = request;
  if (!/^[A-Z]+$/.test(method)) throw new KubeError('usage', `${JSON.stringify(method)} is no HTTP method`);
  if (!/^\/[\u0021-\u007E]*$/.test(path)) {
    throw new KubeError(
      'usage',
      'the path of a request must begin with a slash and hold only visible ASCII: encode the rest',
    );
  }
  let head = `${method} ${address.prefix}${path} HTTP/1.1\r\nhost: ${address.authority}\r\n`;
  for (const [name, value] of [...Object.entries(headers), ...repeatedHeaders]) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      throw new KubeError('usage', `${JSON.stringify(name)} is no name of a header`);
    if (!/^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(value)) {
      throw new KubeError('usage', `the header ${name} holds characters that no header can carry`);
    }
    if (!decidedHere.has(name.toLowerCase())) head += `${name}: ${value}\r\n`;
  }
  if (body !== undefined) head += `content-length: ${body.length}\r\n`;
  else if (method !== 'GET' && method !== 'HEAD' && method !== 'DELETE') head += 'content-length: 0\r\n';
  return `${head}\r\n`;
}

/** Two of these would contradict each other. */
const decidedHere: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);
