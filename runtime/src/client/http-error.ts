import { isObject } from '../any-object.js';
import type { ClusterInternals } from '../cluster-internals.js';
import { KubeError, type KubeErrorCode, type StatusDetails } from '../errors.js';
import type { TransportResponse } from '../io/transport.js';
import { resourceName } from '../resource.js';
import { requestInfo, type RequestInfo } from './api-path.js';
import { auditIdOf } from './audit-id.js';
import { forbiddenAdvice } from './forbidden-advice.js';
import { maskSecrets } from '../mask-secrets.js';
import { readStart } from './response-body.js';
import { retryAfterMs } from './retry-after.js';

/** More of an error's body is not read. */
const ERROR_BODY_LIMIT = 256 * 1024;

/** A request as errors name it. */
export interface RequestName {
  readonly server: string;
  readonly method: string;
  readonly path: string;
  /** What is said about the credentials after a 401, without a secret. */
  readonly credentials?: () => string | undefined;
}

/** An answer with an error status, its body read. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When it came, wall-clock ms: some headers hold dates. */
  readonly wallNow: number;
}

/** The error of an answer with an error status, of whose body it reads no more than an error needs. */
export async function answeredError(
  response: TransportResponse,
  { internals, ...request }: Omit<RequestName, 'credentials'> & { readonly internals: ClusterInternals },
): Promise<KubeError> {
  const { status, headers } = response;
  const body = internals.maskCredentials(new TextDecoder().decode(await readStart(response, ERROR_BODY_LIMIT)));
  const credentials = (): string | undefined => internals.describeCredentials();
  return httpError({ status, headers, body, wallNow: internals.clock.wallNow() }, { ...request, credentials });
}

/** The error of an answer: its code by the HTTP status, reason and details from the `Status` in the body, and what to do about it. */
export function httpError(answer: ErrorAnswer, request: RequestName): KubeError {
  const status = parseStatus(answer.body);
  const info = requestInfo(request.method, request.path);
  const details = withRetryAfter(status?.details, answer);
  const options = { status: answer.status, reason: status?.reason, details, auditId: auditIdOf(answer.headers) };
  const code = wantsTls(answer, status) ? 'protocol' : codeOf(answer.status, status !== undefined);
  return new KubeError(code, message({ code, answer, status, info, request }), options);
}

/** Servers that speak TLS say so in plain text to who does not. */
function wantsTls({ status, body }: ErrorAnswer, read: StatusBody | undefined): boolean {
  return (
    read === undefined && status === 400 && /HTTP request (?:was sent )?to (?:an )?HTTPS (?:server|port)/i.test(body)
  );
}

/** Which code an HTTP status has. A 4xx that the API server never sends, without a `Status`, is not Kubernetes. */
function codeOf(status: number, isStatus: boolean): KubeErrorCode {
  if (status >= 500) return 'server';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 407:
      return 'unreachable';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 410:
      return 'expired';
    case 429:
      return 'throttled';
    case 400:
    case 405:
    case 406:
    case 413:
    case 415:
    case 422:
      return 'invalid';
    default:
      return isStatus && status >= 400 ? 'invalid' : 'protocol';
  }
}

interface StatusBody {
  readonly reason?: string;
  readonly message?: string;
  readonly details?: StatusDetails;
}

function parseStatus(body: string): StatusBody | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a proxy's page, or text
    throw error;
  }
  if (!isObject(value) || value['kind'] !== 'Status') return undefined;
  const details = isObject(value['details']) ? readDetails(value['details']) : undefined;
  return { ...texts(value, ['reason', 'message']), ...(details === undefined ? {} : { details }) };
}

function readDetails(value: Record<string, unknown>): StatusDetails {
  const { causes, retryAfterSeconds } = value;
  return {
    ...texts(value, ['name', 'group', 'kind', 'uid']),
    ...(Array.isArray(causes)
      ? { causes: causes.filter(isObject).map((cause) => texts(cause, ['reason', 'message', 'field'])) }
      : {}),
    ...(typeof retryAfterSeconds === 'number' ? { retryAfterSeconds } : {}),
  };
}

/** Each is a lower bound (E3). */
function withRetryAfter(details: StatusDetails | undefined, answer: ErrorAnswer): StatusDetails | undefined {
  const ms = retryAfterMs(answer.headers['retry-after'], answer.wallNow);
  if (ms === undefined) return details;
  return { ...details, retryAfterSeconds: Math.max(Math.ceil(ms / 1000), details?.retryAfterSeconds ?? 0) };
}

function texts<K extends string>(value: Record<string, unknown>, keys: readonly K[]): { [P in K]?: string } {
  const result: { [P in K]?: string } = {};
  for (const key of keys) {
    const text = value[key];
    if (typeof text === 'string' && text !== '') result[key] = maskSecrets(text);
  }
  return result;
}

interface Told {
  readonly code: KubeErrorCode;
  readonly answer: ErrorAnswer;
  readonly status: StatusBody | undefined;
  readonly info: RequestInfo;
  readonly request: RequestName;
}

function message(told: Told): string {
  const { answer, status, request } = told;
  const said = status?.message ?? excerpt(answer.body);
  const parts = [`cannot ${attempt(told.info, request)}: ${answer.status}${said === '' ? '' : `, ${said}`}`];
  const advice = adviceFor(told);
  if (advice !== undefined) parts.push(advice);
  return parts.join('. ');
}

/** `get foos.example.dev "web" in namespace "apps"`. */
function attempt({ verb, resource }: RequestInfo, request: RequestName): string {
  if (resource === undefined) return `${request.method} ${request.path.split('?', 1)[0] ?? ''} at ${request.server}`;
  const { name, namespace, subresource } = resource;
  const what = `${resourceName(resource)}${subresource === undefined ? '' : `/${subresource}`}`;
  return `${verb} ${what}${name === undefined ? '' : ` "${name}"`}${where(namespace)}`;
}

function where(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in namespace "${namespace}"`;
}

function adviceFor({ code, info, answer, status, request }: Told): string | undefined {
  const { resource, verb } = info;
  switch (code) {
    case 'unauthorized':
      return `${request.server} did not accept the credentials: ${request.credentials?.() ?? 'they are missing, wrong or expired'}`;
    case 'forbidden':
      return forbiddenAdvice({ verb, resource, said: status?.message, credentials: request.credentials });
    case 'not-found':
      if (resource === undefined || status?.details?.name !== undefined) return undefined;
      return kindIsMissing(resource);
    case 'conflict':
      return status?.reason === 'Conflict' && verb === 'update'
        ? 'It changed since it was read: read it again, make the change again, and replace it then'
        : undefined;
    case 'invalid':
      // All that an API server says of a JSON patch that cannot be applied.
      return verb === 'patch' && status?.message === 'the server rejected our request due to an error in our request'
        ? 'A `test` of the JSON patch does not hold, or one of its paths is not there: read the object again'
        : undefined;
    case 'unreachable':
      return 'A proxy between wants user name and password: give them in `proxyUrl` (proxy-url, HTTPS_PROXY)';
    case 'protocol':
      if (wantsTls(answer, status)) return `Use ${request.server.replace(/^http:/, 'https:')}`;
      return `Is ${request.server} a Kubernetes API server?`;
    default:
      return undefined;
  }
}

function kindIsMissing(resource: NonNullable<RequestInfo['resource']>): string {
  const { group, version, plural } = resource;
  return group.includes('.')
    ? `Is the CustomResourceDefinition ${plural}.${group} installed, and does it serve ${version}?`
    : `Does this server have ${plural} in ${group === '' ? version : `${group}/${version}`}?`;
}

function excerpt(body: string): string {
  const text = maskSecrets(
    body
      // What is never closed goes to the end, or only to the next one: no body takes long.
      .replaceAll(/<(script|style)\b.*?(?:<\/\1>|$)/gis, ' ')
      .replaceAll(/<[^<>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
