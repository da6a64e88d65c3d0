import type { Fault } from '../fault.js';
import { StatusFailure } from '../state/status.js';

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  501: 'NotImplemented',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** The error that a `status` fault answers with. */
export function faultStatus(fault: Fault): StatusFailure {
  const code = fault.status ?? 500;
  const reason = fault.reason ?? reasons[code];
  const message =
    fault.message ?? `this answer was asked for by fault(): ${code}${reason === undefined ? '' : ` ${reason}`}`;
  return new StatusFailure({
    code,
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(fault.retryAfterS === undefined ? {} : { details: { retryAfterSeconds: fault.retryAfterS } }),
  });
}
