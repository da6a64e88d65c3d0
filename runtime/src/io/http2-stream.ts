import {
  constants,
  sensitiveHeaders,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { createBodyQueue } from './body-queue.js';
import { Http1Error } from './http1-error.js';
import type { ExchangeResponse } from './http1-exchange.js';
import { LostConnection } from './lost-connection.js';
import type { Sending } from './node-http.js';
import { onAbort } from './on-abort.js';
import type { ServerAddress } from './server-address.js';

/** So many bytes wait for the reader of a body before its stream is held. Only its own: the session's window goes on. */
const BACKLOG_BYTES = 1024 * 1024;
/** Also when the server did not know the limit yet that it was told. */
const MAX_HEADER_BYTES = 64 * 1024;

/** A request on its way over a session. */
export interface StreamMessage extends Sending {
  readonly address: ServerAddress;
  /** Bytes came. */
  readonly onBytes: () => void;
  /** The stream is closed. */
  readonly onOver: () => void;
  /** Why the session ended, when it did. */
  readonly reason: () => unknown;
}

/** Sends a request over a session, and resolves with the head of its answer. Rejects with `LostConnection` when the server did not process it. */
export function sendOverSession(session: ClientHttp2Session, message: StreamMessage): Promise<ExchangeResponse> {
  const { request } = message;
  let stream: ClientHttp2Stream;
  try {
    stream = session.request(headersOf(message), { endStream: request.body === undefined });
  } catch (error) {
    message.onOver();
    return Promise.reject(unprocessed(error));
  }
  if (request.body !== undefined) stream.end(request.body);
  return follow(stream, message);
}

function follow(stream: ClientHttp2Stream, message: StreamMessage): Promise<ExchangeResponse> {
  const { request, tell, onBytes, onOver, reason } = message;
  const leave = (): void => {
    stream.close(constants.NGHTTP2_CANCEL);
    stream.destroy(); // one that the server has ended would else wait for ever for a reader of what came
  };
  const queue = createBodyQueue({
    onTaken: () => {
      if (stream.isPaused() && queue.backlog <= BACKLOG_BYTES / 2) stream.resume();
    },
    onLeft: leave,
  });
  // Counted apart: while the session is written to, Node may hand out bytes before the head that came with them.
  let expected = Number.NaN;
  let received = 0;
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure ??= error;
    leave();
  };
  const forget = onAbort(request.signal, () => fail(cut(constants.NGHTTP2_CANCEL)));
  stream.on('error', (error) => (failure ??= error));
  stream.on('data', (chunk: Uint8Array) => {
    onBytes();
    received += chunk.length;
    queue.push(chunk);
    if (queue.backlog > BACKLOG_BYTES) stream.pause();
  });
  return new Promise((resolve, reject) => {
    stream.on('response', (head) => {
      onBytes();
      try {
        const { status, headers } = headOf(head);
        if (request.method !== 'HEAD' && status === 200) expected = lengthOf(headers);
        resolve({ status, headers, body: queue.body });
      } catch (error) {
        fail(error);
      }
    });
    // Not at `end`: that comes for a stream that was cut as well.
    stream.on('close', () => {
      forget();
      onOver();
      const { rstCode } = stream;
      failure ??=
        reason() ?? (rstCode === constants.NGHTTP2_NO_ERROR && !(received < expected) ? undefined : cut(rstCode));
      if (failure === undefined) queue.end();
      else queue.fail(tell(failure));
      // Nobody waits for it when the head came.
      const cause = failure ?? cut(rstCode);
      reject(rstCode === constants.NGHTTP2_REFUSED_STREAM ? unprocessed(cause) : cause);
    });
  });
}

/** The server says that it has not looked at the request (RFC 9113, 8.7): it may be sent again, whatever it asks for. */
function unprocessed(cause: unknown): LostConnection {
  return new LostConnection('the server did not process the request', { cause, unsent: true });
}

function cut(code: number): Error {
  // What the server says with other codes is an error of the stream itself.
  const text = code === constants.NGHTTP2_CANCEL ? 'CANCEL' : 'before its end';
  return Object.assign(new Error(`the stream was cut: ${text}`), { code: 'ERR_HTTP2_STREAM_ERROR' });
}

function headersOf({ request, headers: checked, address }: StreamMessage): OutgoingHttpHeaders {
  const { method, path, body } = request;
  const headers: OutgoingHttpHeaders & { [sensitiveHeaders]?: string[] } = {
    ':method': method,
    ':path': address.prefix + path,
    ':authority': address.authority,
    ':scheme': address.secure ? 'https' : 'http',
  };
  for (const [rawName, value] of checked) {
    const name = rawName.toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [String(before)]), value];
  }
  if (body !== undefined) headers['content-length'] = String(body.length);
  headers[sensitiveHeaders] = ['authorization']; // kept out of the compression table
  return headers;
}

function headOf(received: Readonly<Record<string, string | string[] | number | undefined>>): {
  status: number;
  headers: Record<string, string>;
} {
  const headers: Record<string, string> = {};
  let size = 0;
  for (const [name, value] of Object.entries(received)) {
    if (name.startsWith(':') || name === '__proto__' || value === undefined) continue;
    headers[name] = Array.isArray(value) ? value.join(', ') : String(value);
    size += name.length + headers[name].length;
  }
  if (size > MAX_HEADER_BYTES) throw new Http1Error('the head of the answer is too large');
  return { status: Number(received[':status']), headers };
}

/** How many bytes the body must have; NaN when it does not say. */
function lengthOf(headers: Readonly<Record<string, string>>): number {
  const length = headers['content-length'];
  return length === undefined || !/^\d+$/.test(length) ? Number.NaN : Number(length);
}
