import { KubeError } from '../errors.js';
import type { TransportRequest } from './transport.js';

/** Headers of which each may occur more than once. */
export type CheckedHeaders = readonly (readonly [name: string, value: string])[];

/**
 * The headers of a request, without those that the connection decides. Throws `usage` for what would make another request of it: to be
 * called before a connection is taken for it.
 */
export function checkedHeaders(request: TransportRequest): CheckedHeaders {
  const { method, path, headers, repeatedHeaders = [] } = request;
  if (!/^[A-Z]+$/.test(method)) throw new KubeError('usage', `${JSON.stringify(method)} is no HTTP method`);
  if (!/^\/[\u0021-\u007E]*$/.test(path)) {
    throw new KubeError(
      'usage',
      'the path of a request must begin with a slash and hold only visible ASCII: encode the rest',
    );
  }
  const checked: (readonly [string, string])[] = [];
  for (const [name, value] of [...Object.entries(headers), ...repeatedHeaders]) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      throw new KubeError('usage', `${JSON.stringify(name)} is no name of a header`);
    if (!/^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(value)) {
      throw new KubeError('usage', `the header ${name} holds characters that no header can carry`);
    }
    if (!decidedHere.has(name.toLowerCase())) checked.push([name, value]);
  }
  return checked;
}

/** Two of these would contradict each other. */
const decidedHere: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'proxy-connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'http2-settings',
]);
