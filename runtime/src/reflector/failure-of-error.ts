import { isKubeError } from '../errors.js';
import type { KubeError } from '../errors.js';
import { WireError } from '../wire/wire-error.js';
import { classOfStatus, inMs } from './failure.js';
import type { ErrorClass, Failure } from './protocol.js';
import { textOf } from '../text-of.js';

/** Codes of the platform that say: no connection was made. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const DEEPEST_CAUSE = 5;

/** An answer with an error status, made into a `KubeError` that says what was tried and what to do. */
export function failureOfAnswer(error: KubeError): Failure {
  const { code, message, status, reason, details, auditId } = error;
  const kind =
    status === undefined || status < 400
      ? 'unavailable'
      : classOfStatus({ code: status, reason, message, causes: details?.causes ?? [] });
  return { class: kind, code, message, status, reason, auditId, retryAfterMs: inMs(details?.retryAfterSeconds) };
}

/** No answer came, or a body broke off (`broken` names the class of that), or could not be read. */
export function failureOfError(error: unknown, broken: 'unavailable' | 'reset'): Failure {
  if (error instanceof WireError) {
    return { class: error.t === 'overflow' ? 'overflow' : 'decode', code: 'protocol', message: error.message };
  }
  if (isKubeError(error)) {
    const kind = classOfUnanswered(error, broken);
    return { class: kind, code: error.code === 'aborted' ? 'unreachable' : error.code, message: error.message };
  }
  const message = error instanceof Error ? error.message : textOf(error);
  return { class: noConnection(error) ? 'refused' : broken, code: 'unreachable', message };
}

function classOfUnanswered(error: KubeError, broken: 'unavailable' | 'reset'): ErrorClass {
  // Without credentials or trust there is nobody to ask, as if nobody were there.
  if (error.code === 'tls' || error.code === 'credentials') return 'refused';
  return noConnection(error) ? 'refused' : broken;
}

/** `fetch` hides what happened in `cause`; several addresses tried give an AggregateError. */
function noConnection(error: unknown): boolean {
  let at = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof at === 'object' && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === 'string' && NO_CONNECTION.has(code)) return true;
    at = cause ?? (Array.isArray(errors) ? (errors as unknown[])[0] : undefined);
  }
  return false;
}
