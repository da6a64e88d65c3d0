import type { ClusterInternals } from '../cluster-internals.js';
import type { ClusterRequest } from '../cluster.js';
import { optionsOf, shown } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { TransportResponse } from '../io/transport.js';
import { queryString } from './api-path.js';
import { createDeadline, type Deadline } from './deadline.js';
import { orAborted } from '../io/or-aborted.js';
import { answeredError } from './http-error.js';
import { createdObject, objectAnswer, objectOrDone } from './object-answer.js';
import { DEFAULT_MAX_BYTES, leaveBody, readBody } from './response-body.js';
import { retryDelay } from './retry-delay.js';
import { transportError } from '../io/transport-error.js';
import { textOf } from '../text-of.js';

/** One request from start to end. */
export interface Calls {
  /** Resolves to the body; rejects with a `KubeError` for an HTTP error. */
  request<R>(request: ClusterRequest): Promise<R>;
  /** As `request`. Rejects with `protocol` when the answer is no object of Kubernetes. */
  object<R>(request: ClusterRequest): Promise<R>;
  /** As `object`, for a creation: the request's body where a server only answers that it is done. */
  created<R>(request: ClusterRequest): Promise<R>;
  /** As `object`, where a server may also answer that it is done: `undefined`. */
  objectOrDone<R>(request: ClusterRequest): Promise<R | undefined>;
}

/**
 * Makes requests that end with a body or a `KubeError`. After a 401 credentials are refreshed, and the request is sent once more; after a
 * 429 or 5xx it is sent again where that does no harm.
 */
export function createCalls(internals: ClusterInternals, server: string): Calls {
  const { clock } = internals;

  async function exchange(request: ClusterRequest, path: string, deadline: Deadline): Promise<TransportResponse> {
    const { method = 'GET' } = request;
    const encoded = encodeBody(request.body);
    const headers = { ...encoded?.headers, ...request.headers };
    const send = (): Promise<TransportResponse> =>
      internals.send({
        method,
        path,
        headers,
        signal: deadline.signal,
        ...(encoded === undefined ? {} : { body: encoded.body }),
      });
    for (let tries = 1; ; tries++) {
      const sentAt = clock.now();
      let response = await send();
      if (
        response.status === 401 &&
        (await hasNewCredentials(internals, { response, sentAt, signal: deadline.signal }))
      ) {
        await leaveBody(response);
        response = await send();
      }
      const waitMs = retryDelay(response, { method, tries, clock });
      if (waitMs === undefined) return response;
      await leaveBody(response);
      await pause(clock, waitMs, deadline.signal);
    }
  }

  async function request<R>(request: ClusterRequest): Promise<R> {
    optionsOf(request, 'request');
    const { as = 'json', method = 'GET', signal, timeoutMs, maxBytes = DEFAULT_MAX_BYTES } = request;
    checkMaxBytes(maxBytes);
    checkForm(as);
    const path = withQuery(request);
    const what = nameOf(request, server);
    const deadline = createDeadline(clock, { signal, timeoutMs, what, closed: internals.closed });
    let streaming = false;
    try {
      const response = await exchange(request, path, deadline);
      if (response.status < 200 || response.status >= 300) {
        throw await answeredError(response, { internals, server, method, path });
      }
      if (as !== 'stream') return decodeBody(await readBody(response, maxBytes, what), as, what) as R; // the caller says what it expects
      deadline.stopClock();
      streaming = true;
      return streamOf(response, deadline, server) as R; // `stream` is an AsyncIterable<Uint8Array>, as declared
    } catch (error) {
      throw ownError(error, deadline, server);
    } finally {
      if (!streaming) deadline.release();
    }
  }

  return { request, ...objectCalls(request, server) };
}

function objectCalls(request: Calls['request'], server: string): Omit<Calls, 'request'> {
  // Which type the object is of says the caller, as for `request`.
  return {
    object: async <R>(wanted: ClusterRequest) => objectAnswer(await request(wanted), nameOf(wanted, server)) as R,
    created: async <R>(wanted: ClusterRequest) =>
      createdObject(await request(wanted), wanted.body, nameOf(wanted, server)) as R,
    objectOrDone: async <R>(wanted: ClusterRequest) =>
      objectOrDone(await request(wanted), nameOf(wanted, server)) as R | undefined,
  };
}

/** The request in messages. */
function nameOf({ method = 'GET', path }: ClusterRequest, server: string): string {
  return `${method} ${path.split('?', 1)[0] ?? ''} at ${server}`;
}

function checkMaxBytes(maxBytes: number): void {
  if (Number.isSafeInteger(maxBytes) && maxBytes > 0) return;
  throw new KubeError('usage', 'maxBytes must be a whole number from 1');
}

function checkForm(as: string): void {
  if (['json', 'text', 'bytes', 'stream'].includes(as)) return;
  throw new KubeError('usage', `as must be 'json', 'text', 'bytes' or 'stream', not ${shown(as)}`);
}

/** After this answer, to a request of `sentAt`. When they cannot be had, or nobody waits for them any more, its connection is free. */
async function hasNewCredentials(
  internals: ClusterInternals,
  { response, sentAt, signal }: { response: TransportResponse; sentAt: number; signal: AbortSignal },
): Promise<boolean> {
  try {
    return await orAborted(internals.refreshCredentials(sentAt), signal);
  } catch (error) {
    await leaveBody(response);
    throw error;
  }
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let timer: { cancel(): void } | undefined;
  try {
    const over = new Promise<void>((resolve) => (timer = clock.setTimer(ms, resolve)));
    await orAborted(over, signal);
  } finally {
    timer?.cancel();
  }
}

/** The deadline's reason if it fired: whatever else then broke, broke because of it. */
function ownError(error: unknown, deadline: Deadline, server: string): unknown {
  return deadline.signal.aborted ? deadline.signal.reason : transportError(error, server, { answered: true });
}

/** Servers take `..` for the way up, out of the path that the address may have; `fetch` also when it is disguised, or cut by a tab. */
const UPWARDS = /[/\\](?:\.|%2e){1,2}(?:[/\\]|$)/i;

function withQuery({ path, query }: ClusterRequest): string {
  const isBelow = typeof path === 'string' && /^\/(?!\/)/.test(path);
  if (!isBelow || UPWARDS.test(path.replaceAll(/[\t\r\n]|[?#].*/gs, ''))) {
    throw new KubeError('usage', `the path ${shown(path)} must begin with one slash: it is below the server's address`);
  }
  const added = query === undefined ? '' : queryString(query);
  return path.includes('?') ? path + added.replace('?', '&') : path + added;
}

function encodeBody(body: unknown): { body: Uint8Array; headers: Record<string, string> } | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Uint8Array) return { body, headers: {} };
  const text = typeof body === 'string' ? body : jsonOf(body);
  return { body: new TextEncoder().encode(text), headers: { 'content-type': 'application/json' } };
}

function jsonOf(body: unknown): string {
  try {
    const text = JSON.stringify(body, noHiddenNull) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    throw new KubeError('usage', `the body of a request cannot be written as JSON: ${textOf(error)}`, { cause: error });
  }
  throw new KubeError('usage', `the body of a request cannot be written as JSON: ${shown(body)}`);
}

/**
 * JSON would have null in the place of such a number or time, and in a merge patch null takes a field away. Of a time `JSON.stringify`
 * hands over what it has made of it: the object that holds it still has the time.
 */
function noHiddenNull(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const isNumber = typeof value === 'number' && !Number.isFinite(value);
  if (isNumber || (value === null && this[key] instanceof Date)) throw new RangeError(`${key} is ${String(this[key])}`);
  return value;
}

function decodeBody(bytes: Uint8Array, as: 'json' | 'text' | 'bytes', what: string): unknown {
  if (as === 'bytes') return bytes;
  const text = new TextDecoder().decode(bytes);
  if (as === 'text') return text;
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The platform's error is not kept: it quotes the answer, which may be secret.
    throw new KubeError('protocol', `the answer to ${what} is no JSON`);
  }
}

/** The body with errors told as `KubeError`, holding the deadline until it ends. */
function streamOf(response: TransportResponse, deadline: Deadline, server: string): AsyncIterable<Uint8Array> {
  const iterator = response.body[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  async function read(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      const { done, value } = await iterator.next();
      // A copy: the transport uses the chunk's buffer again, and who reads may keep what he got.
      if (done !== true) return { done: false, value: new Uint8Array(value) };
      deadline.release();
      return { done, value: undefined };
    } catch (error) {
      deadline.release();
      throw ownError(error, deadline, server);
    }
  }
  const stream: AsyncIterableIterator<Uint8Array> = {
    // One after the other, however many are asked for at once.
    next: () => {
      const answer = last.then(() => read());
      last = answer.catch(() => undefined);
      return answer;
    },
    return: async () => {
      deadline.release();
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
