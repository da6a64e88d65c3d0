import { transportError } from './transport-error.js';
import { KubeError } from '../errors.js';
import { onAbort } from './on-abort.js';
import type { Transport, TransportRequest, TransportResponse } from './transport.js';

/** What of a `fetch` answer is used. */
export interface FetchResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers: { forEach(fn: (value: string, name: string) => void): void };
  readonly body: { getReader(): FetchReader } | null;
}

/** What of a stream's reader is used. */
export interface FetchReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** What of `fetch` is used: the platform's fits, and so does a wrapper of yours. */
export type FetchFunction = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: ArrayBuffer;
    signal: AbortSignal;
    redirect: 'manual';
    cache: 'no-store';
  },
) => Promise<FetchResponse>;

/**
 * A transport over `fetch`, for browsers and other runtimes: `createCluster({ server, transport: fromFetch(fetch) })`. The server may be
 * an address or, in a browser, a path of the page's origin (`/k8s`). `fetch` itself sets the user agent and cannot repeat a header, so
 * that one group at most can be impersonated.
 */
export function fromFetch(fetch: FetchFunction): Transport {
  return transportTo(fetch, '');
}

function transportTo(fetch: FetchFunction, server: string): Transport {
  const busy = new Set<AbortController>();
  let answered = false;

  async function request(request: TransportRequest): Promise<TransportResponse> {
    const controller = new AbortController();
    const forget = onAbort(request.signal, () => controller.abort());
    const done = (): void => {
      forget();
      busy.delete(controller);
    };
    const tell = (error: unknown): KubeError =>
      controller.signal.aborted
        ? new KubeError('aborted', `the request to ${server} was aborted`)
        : transportError(error, server, { answered });
    busy.add(controller);
    try {
      const response = await fetch(server + request.path, initOf(request, controller.signal));
      answered = true;
      if (response.type === 'opaqueredirect') {
        throw new KubeError(
          'unreachable',
          `${server} redirects, and redirects are not followed: credentials would go there`,
        );
      }
      return { status: response.status, headers: headersOf(response), body: bodyOf(response, { tell, done }) };
    } catch (error) {
      done();
      throw tell(error);
    }
  }

  async function close(): Promise<void> {
    for (const controller of busy) controller.abort();
  }

  return { request, close, streamedLists: false, forServer: (address) => transportTo(fetch, address) };
}

function initOf(request: TransportRequest, signal: AbortSignal): Parameters<FetchFunction>[1] {
  if (request.repeatedHeaders !== undefined) {
    throw new KubeError(
      'config',
      'fetch cannot send a header twice: impersonate one group and one value of each extra at most',
    );
  }
  const { 'user-agent': _, ...headers } = request.headers;
  const body = request.body?.slice().buffer; // a copy: never shared memory
  return {
    method: request.method,
    headers,
    signal,
    redirect: 'manual',
    cache: 'no-store',
    ...(body === undefined ? {} : { body }),
  };
}

function headersOf(response: FetchResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    if (name !== '__proto__') headers[name.toLowerCase()] = value;
  });
  return headers;
}

function bodyOf(
  response: FetchResponse,
  on: { tell(error: unknown): KubeError; done(): void },
): AsyncIterableIterator<Uint8Array> {
  const reader = response.body?.getReader();
  let ended = reader === undefined;
  if (ended) on.done();
  const end = (): IteratorResult<Uint8Array, undefined> => {
    ended = true;
    on.done();
    return { done: true, value: undefined };
  };
  const body: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      if (ended || reader === undefined) return { done: true, value: undefined };
      try {
        const { done, value } = await reader.read();
        return done || value === undefined ? end() : { done: false, value };
      } catch (error) {
        end();
        throw on.tell(error);
      }
    },
    return: async () => {
      if (!ended) {
        end();
        await reader?.cancel().catch(() => undefined); // it was left: how it ended does not matter
      }
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => body,
  };
  return body;
}
