import { createNodeTransport, type NodeTransportOptions } from '../../runtime/src/io/node-transport.js';
import type { Transport, TransportRequest, TransportResponse } from '../../runtime/src/io/transport.js';

import { afterwards } from './test-servers.js';

/** A transport over sockets, closed after the test. */
export function openTransport(options: NodeTransportOptions): Transport {
  const transport = createNodeTransport(options);
  afterwards(() => transport.close?.());
  return transport;
}

const live = new AbortController().signal;

/** Sends a GET of `/`, or what is given. */
export function ask(transport: Transport, request: Partial<TransportRequest> = {}): Promise<TransportResponse> {
  return transport.request({ method: 'GET', path: '/', headers: {}, signal: live, ...request });
}

/** The whole body as text. */
export async function text(response: TransportResponse): Promise<string> {
  let all = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) all += decoder.decode(chunk, { stream: true });
  return all + decoder.decode();
}
