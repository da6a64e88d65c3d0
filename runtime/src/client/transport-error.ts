import { isKubeError, KubeError } from '../errors.js';
import { maskSecrets } from './mask-secrets.js';

/** The error of a request that got no answer, or of a body that broke off: `tls` or `unreachable`, with the server's name and a way out. */
export function transportError(error: unknown, server: string): KubeError {
  if (isKubeError(error)) return error;
  const { code, text } = innermost(error);
  if (code !== undefined && /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code)) {
    return new KubeError('protocol', `${server} does not answer in HTTP (${code})`, { cause: error });
  }
  const tls = code === undefined ? undefined : tlsAdvice(code === 'EPROTO' ? opensslCode(text) : code, server);
  if (tls !== undefined) return new KubeError('tls', `cannot trust ${server}: ${tls}`, { cause: error });
  const why = code === undefined ? maskSecrets(text) : (networkAdvice(code) ?? `${maskSecrets(text)} (${code})`);
  return new KubeError('unreachable', `cannot reach ${server}: ${why}`, { cause: error });
}

/** `fetch` hides what happened in `cause`; several addresses tried give an AggregateError. */
function innermost(error: unknown): { code: string | undefined; text: string } {
  let at: unknown = error;
  let code: string | undefined;
  let text = String(error);
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    const {
      code: ownCode,
      message,
      cause,
      errors,
    } = at as { code?: unknown; message?: unknown; cause?: unknown; errors?: unknown };
    if (typeof message === 'string' && message !== '') text = message;
    if (typeof ownCode === 'string') code = ownCode;
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return { code, text };
}

function tlsAdvice(code: string, server: string): string | undefined {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `its certificate is signed by an unknown authority (${code}). Give the right CA (\`ca\`, or certificate-authority in the kubeconfig)`;
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `its certificate is not valid at this time (${code}). Look at the clock here and at the certificate there`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `its certificate is for another host name (${code}). Use the name it is for as \`server\`, or give it as \`tlsServerName\` (tls-server-name)`;
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

/** Node tells what OpenSSL said before the handshake was done only in the text of an EPROTO. */
function opensslCode(text: string): string {
  const reason = /SSL routines:[^:]*:([^:]+):/.exec(text)?.[1];
  return reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}

function networkAdvice(code: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return 'connection refused (ECONNREFUSED). Is the API server running there, and is the port right?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `its host name does not resolve (${code})`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no way to its address (${code}). Is a VPN or a firewall between?`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `the connection was cut (${code})`;
    default:
      return undefined;
  }
}
