import { isKubeError, KubeError } from '../errors.js';
import type { OutOfTime } from './out-of-time.js';
import { maskSecrets } from '../mask-secrets.js';
import { textOf } from '../text-of.js';

/**
 * The error of a request that got no answer, or of a body that broke off: `tls` or `unreachable`, with the server's name and a way out.
 * `answered`: the server has answered before, so that its address is right. Default false.
 */
export function transportError(
  error: unknown,
  server: string,
  { answered = false }: { readonly answered?: boolean } = {},
): KubeError {
  if (isKubeError(error)) return error;
  const { code, text, at } = innermost(error);
  if (code !== undefined && /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code)) {
    const why = maskSecrets(text.slice(0, 200));
    return new KubeError('protocol', `${server} does not answer in HTTP: ${why} (${code})`, { cause: error });
  }
  if (code === 'Z_DATA_ERROR') {
    const why = maskSecrets(text);
    return new KubeError('protocol', `${server} sent an answer that cannot be unpacked: ${why} (${code})`, {
      cause: error,
    });
  }
  const tls = code === undefined ? undefined : tlsAdvice(code === 'EPROTO' ? opensslCode(text) : code, { server, at });
  if (tls !== undefined) return new KubeError('tls', `cannot trust ${server}: ${tls}`, { cause: error });
  const why =
    code === undefined
      ? maskSecrets(text)
      : (networkAdvice(code, { server, at, answered }) ?? `${maskSecrets(text)} (${code})`);
  return new KubeError('unreachable', `cannot reach ${server}: ${why}`, { cause: error });
}

/** What broke: its code and text, and the error itself, which may tell more. */
interface Broken {
  readonly code: string | undefined;
  readonly text: string;
  readonly at: object | undefined;
}

/** `fetch` hides what happened in `cause`; several addresses tried give an AggregateError. */
function innermost(error: unknown): Broken {
  let next: unknown = error;
  let found: Broken = { code: undefined, text: textOf(error), at: undefined };
  for (let depth = 0; depth < 5 && typeof next === 'object' && next !== null; depth++) {
    const { name, code: given, message, cause, errors } = next as Record<string, unknown>;
    // The fetch of the newest Node gives this one no code.
    const code = name === 'HTTPParserError' ? (given ?? 'HPE_INVALID') : given;
    found = {
      code: typeof code === 'string' ? code : found.code,
      text: typeof message === 'string' && message !== '' ? message : found.text,
      at: typeof code === 'string' ? next : found.at,
    };
    next = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return found;
}

interface Place {
  readonly server: string;
  readonly at: object | undefined;
}

function tlsAdvice(code: string, { server, at }: Place): string | undefined {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `its certificate is signed by an unknown authority (${code}). Give the right CA (\`ca\`, or certificate-authority in the kubeconfig)`;
    case 'CERT_HAS_EXPIRED':
      return `its certificate is not valid at this time: ${expiredText(outOfTime(at))} (${code}). It must be renewed there; or is the clock here wrong?`;
    case 'CERT_NOT_YET_VALID':
      return `its certificate is not valid at this time: ${earlyText(outOfTime(at))} (${code}). Is the clock here wrong?`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `its certificate is for another host name${namesOf(at)} (${code}). Use the name it is for as \`server\`, or give it as \`tlsServerName\` (tls-server-name)`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `it does not speak TLS (${code}). Is it ${server.replace(/^https:/, 'http:')}?`;
    default:
      if (/ALERT|CERTIFICATE_REQUIRED/.test(code))
        return `it refused this side of the TLS connection, perhaps the client certificate (${code})`;
      return /^(?:ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|EPROTO$)/.test(code)
        ? `the TLS connection failed (${code})`
        : undefined;
  }
}

/** What our own transport notes on the platform's error. */
function outOfTime(at: { readonly outOfTime?: OutOfTime } | undefined): OutOfTime | undefined {
  return at?.outOfTime;
}

function expiredText(of: OutOfTime | undefined): string {
  if (of === undefined) return 'it expired';
  return `${of.isAuthority ? 'that of its authority' : 'it'} expired at ${of.at}`;
}

function earlyText(of: OutOfTime | undefined): string {
  if (of === undefined) return 'not yet';
  return `${of.isAuthority ? 'that of its authority ' : ''}not before ${of.at}`;
}

const MOST_NAMES = 12;

/** `: it is for …, and not for …`, where the platform shows the certificate. */
function namesOf(at: object | undefined): string {
  const { host, cert } = (at ?? {}) as { host?: unknown; cert?: { subjectaltname?: unknown } };
  const list = cert?.subjectaltname;
  if (typeof list !== 'string' || typeof host !== 'string') return '';
  const names = list.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `: it is for ${names.slice(0, MOST_NAMES).join(', ')}${more}, and not for ${host}`;
}

/** Node tells what OpenSSL said before the handshake was done only in the text of an EPROTO. */
function opensslCode(text: string): string {
  const reason = /SSL routines:[^:]*:([^:]+):/.exec(text)?.[1];
  return reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}

function networkAdvice(
  code: string,
  { server, at, answered }: Place & { readonly answered: boolean },
): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused (ECONNREFUSED). Is the API server running there, and is the port right?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `its host name${hostOf(at)} does not resolve (${code}). Is the name right, and does it need a VPN?`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no way to its address (${code}). Is a VPN or a firewall between?`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `the connection was cut (${code})${server.startsWith('http:') && !answered ? `. Does it want TLS? Then it is ${server.replace(/^http:/, 'https:')}` : ''}`;
    case 'Z_BUF_ERROR':
      return `a packed answer broke off (${code})`;
    default:
      return undefined;
  }
}

function hostOf(at: object | undefined): string {
  const { hostname } = (at ?? {}) as { hostname?: unknown };
  return typeof hostname === 'string' ? ` "${hostname}"` : '';
}
