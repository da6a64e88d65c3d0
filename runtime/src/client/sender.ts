import type { ApiRequest, Publish } from '../cluster-internals.js';
import { KubeError } from '../errors.js';
import type { Clock } from '../io/clock.js';
import type { Transport, TransportRequest, TransportResponse } from '../io/transport.js';
import { auditIdOf } from './audit-id.js';
import type { Credentials } from './credentials.js';
import { createDeadline } from './deadline.js';
import { orAborted } from '../io/or-aborted.js';
import { leaveBody } from './response-body.js';
import { transportError } from '../io/transport-error.js';

interface SenderOptions {
  readonly server: string;
  readonly transport: Transport;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly extraHeaders: readonly (readonly [name: string, value: string])[];
  readonly publish: Publish;
  readonly warn: (header: string) => void;
}

/** Sends requests with address, credentials and user agent. */
export interface Sender {
  send(request: ApiRequest): Promise<TransportResponse>;
  /** Somebody else's text without the credentials of the last request. */
  mask(text: string): string;
  /** Ends pending requests and refuses new ones with `error`. */
  close(error: KubeError): void;
}

/** Makes the one door through which all requests of a cluster leave. */
export function createSender(options: SenderOptions): Sender {
  const { server, transport, credentials, clock, publish } = options;
  const pending = new Set<(error: KubeError) => void>();
  let closed: KubeError | undefined;
  let answered = false;
  let sent: string | undefined;

  async function attempt(request: ApiRequest, signal: AbortSignal): Promise<TransportResponse> {
    signal.throwIfAborted(); // a plugin is not run for nobody
    // A request with an identity of its own needs nobody else's; a plugin is not run for it.
    const own = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
    const secret = own ? {} : await orAborted(credentials.headers(), signal);
    const message = withHeaders(request, secret, options);
    sent = message.headers['authorization'];
    const answer = transport.request(message);
    const response = await orAborted(answer, signal).catch((error: unknown) => {
      // A transport that answers although the signal fired must not keep its connection busy.
      if (signal.aborted) void answer.then(leaveBody).catch(() => undefined);
      throw error;
    });
    answered = true;
    if (response.headers['warning'] !== undefined) options.warn(mask(response.headers['warning']));
    if (!isRedirect(response.status)) return response;
    await leaveBody(response);
    throw new KubeError('unreachable', redirected(server, response), { status: response.status });
  }

  async function send(request: ApiRequest): Promise<TransportResponse> {
    if (closed !== undefined) throw closed;
    const what = { method: request.method, path: request.path.split('?', 1)[0] };
    const startedAt = clock.now();
    const deadline = createDeadline(clock, { signal: request.signal, what: `${what.method} ${what.path}` });
    pending.add(deadline.abort);
    try {
      const response = await attempt(request, deadline.signal);
      const auditId = auditIdOf(response.headers);
      const told = { ...what, status: response.status, ms: clock.now() - startedAt };
      publish('kube-gen:request', auditId === undefined ? told : { ...told, auditId });
      return response;
    } catch (error) {
      const told = deadline.signal.aborted
        ? (deadline.signal.reason as KubeError)
        : transportError(error, server, { answered });
      publish('kube-gen:request', { ...what, error: told.code, ms: clock.now() - startedAt });
      throw told;
    } finally {
      pending.delete(deadline.abort);
      deadline.release();
    }
  }

  function mask(text: string): string {
    const pattern = patternOf(sent);
    return pattern === undefined ? text : text.replaceAll(pattern, '***');
  }

  function close(error: KubeError): void {
    closed = error;
    for (const abort of pending) abort(error);
  }

  return { send, mask, close };
}

/** What follows the scheme, but not as part of a word: somebody's token is `secret`. Shorter ones are found everywhere. */
function patternOf(authorization = ''): RegExp | undefined {
  const credential = authorization.slice(authorization.indexOf(' ') + 1);
  if (credential.length < 6) return undefined;
  return new RegExp(`(?<![A-Za-z0-9])${credential.replaceAll(/\W/g, '\\$&')}(?![A-Za-z0-9])`, 'g');
}

function withHeaders(
  { method, path, headers = {}, body, signal }: ApiRequest,
  secret: Record<string, string>,
  { userAgent, extraHeaders }: SenderOptions,
): TransportRequest {
  const all: Record<string, string> = { accept: 'application/json', 'user-agent': userAgent, ...secret };
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  const repeatedHeaders: (readonly [string, string])[] = [];
  const seen = new Set<string>();
  for (const pair of extraHeaders) {
    if (seen.has(pair[0])) repeatedHeaders.push(pair);
    else all[pair[0]] = pair[1];
    seen.add(pair[0]);
  }
  return {
    method,
    path,
    headers: all,
    signal,
    ...(repeatedHeaders.length === 0 ? {} : { repeatedHeaders }),
    ...(body === undefined ? {} : { body }),
  };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** Only the origin of where it points is named: the rest may hold secrets. */
function redirected(server: string, { status, headers }: TransportResponse): string {
  const match = /^(?:https?:)?\/\/[^/?#]+/i.exec(headers['location'] ?? '');
  const target = match === null ? 'another path' : match[0].replace(/\/\/[^@/]*@/, '//');
  return `${server} redirects to ${target} (${status}), and redirects are not followed: credentials would go there. Use the address it points to, if you trust it`;
}
