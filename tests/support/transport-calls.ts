import { KubeError } from '../../runtime/src/errors.js';
import type { Transport, TransportRequest, TransportResponse } from '../../runtime/src/io/transport.js';

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

/** The `KubeError` that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<KubeError> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (error instanceof KubeError) return error;
  throw error;
}
