import { maskSecrets } from '../mask-secrets.js';
import type { KubeErrorCode } from '../errors.js';
import type { ErrorStatus } from '../wire/watch-event.js';
import type { ErrorClass, Failure } from './protocol.js';

const TOO_LARGE = /too large resource version/i;

/** The class of a `Status`, be it the body of an HTTP answer or an ERROR event. R1: code 410, Expired and Gone are one class. */
export function classOfStatus(status: ErrorStatus): ErrorClass {
  if (status.code === 410 || status.reason === 'Expired' || status.reason === 'Gone') return 'expired';
  if (isTooLarge(status)) return 'rvTooLarge';
  switch (status.code) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 429:
      return 'throttled';
    case 500:
      return status.reason === 'StorageReadError' || status.reason === 'StoreReadError' ? 'storeRead' : 'internal';
    case 408:
      return 'unavailable';
    default:
      return status.code !== undefined && status.code >= 400 && status.code < 500 ? 'invalid' : 'unavailable';
  }
}

/** Three generations of servers say it in three ways: a cause, a reason with a text, or the text alone. */
function isTooLarge(status: ErrorStatus): boolean {
  if (status.causes.some((cause) => cause.reason === 'ResourceVersionTooLarge')) return true;
  if (status.code !== undefined && status.code !== 504 && status.reason !== 'Timeout') return false;
  return TOO_LARGE.test(status.message ?? '') || status.causes.some((cause) => TOO_LARGE.test(cause.message ?? ''));
}

/** The public code of a failure class. */
function codeOfClass(kind: ErrorClass): KubeErrorCode {
  switch (kind) {
    case 'expired':
      return 'expired';
    case 'invalid':
      return 'invalid';
    case 'throttled':
      return 'throttled';
    case 'unauthorized':
      return 'unauthorized';
    case 'forbidden':
      return 'forbidden';
    case 'notFound':
      return 'not-found';
    case 'rvTooLarge':
    case 'storeRead':
    case 'internal':
    case 'unavailable':
      return 'server';
    case 'refused':
    case 'reset':
      return 'unreachable';
    case 'decode':
    case 'overflow':
      return 'protocol';
  }
}

/** A failure as the server told it. */
export function failureOfStatus(status: ErrorStatus): Failure {
  const kind = classOfStatus(status);
  const message =
    status.message ?? status.reason ?? (status.code === undefined ? 'no reason given' : `HTTP ${status.code}`);
  return {
    class: kind,
    code: codeOfClass(kind),
    message: maskSecrets(message),
    status: status.code,
    reason: status.reason,
    retryAfterMs: inMs(status.retryAfterSeconds),
  };
}

/** Seconds, if there are any, in ms. */
export function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/** E12: the server took the request and did not answer. */
export function silence(what: string): Failure {
  return { class: 'unavailable', code: 'timeout', message: `the server sent nothing for 30 s in answer to ${what}` };
}

/** W20: whatever was open may be dead. */
export const suspended: Failure = {
  class: 'unavailable',
  code: 'timeout',
  message: 'this process had been suspended',
};

/** Whether the server was away, so that another one may have come back (R12). */
export function isOutage(failure: Failure): boolean {
  return failure.class === 'refused' || failure.class === 'unavailable' || failure.class === 'reset';
}
