import { resourceName } from '../../resource.js';
import type { StatusDetails } from '../../errors.js';

/** The answer of an API server that is no object of a kind. */
export interface StatusObject {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: { readonly continue?: string };
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** What a request is about, as the texts of a `Status` name it. */
export interface Named {
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
}

interface FailureOptions {
  readonly code: number;
  readonly reason?: string;
  readonly message: string;
  readonly details?: StatusDetails;
  readonly continue?: string;
}

/** A request that the server refuses; `status` is the body of its answer. */
export class StatusFailure extends Error {
  override readonly name = 'StatusFailure';
  readonly status: StatusObject;

  constructor(options: FailureOptions) {
    super(options.message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: options.continue === undefined ? {} : { continue: options.continue },
      status: 'Failure',
      message: options.message,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ...(options.details === undefined ? {} : { details: options.details }),
      code: options.code,
    };
  }
}

/** One fault of an object, as `details.causes` holds it. */
export interface FieldFault {
  readonly reason:
    | 'FieldValueInvalid'
    | 'FieldValueTypeInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany';
  readonly field: string;
  /** What follows the field's name in the message. */
  readonly message: string;
}

function about(of: Named, name: string): StatusDetails {
  return { ...(name === '' ? {} : { name }), ...(of.group === '' ? {} : { group: of.group }), kind: of.plural };
}

export function badRequest(message: string): StatusFailure {
  return new StatusFailure({ code: 400, reason: 'BadRequest', message });
}

export function unauthorized(): StatusFailure {
  return new StatusFailure({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
}

export function notFound(of: Named, name: string): StatusFailure {
  const message = `${resourceName(of)} "${name}" not found`;
  return new StatusFailure({ code: 404, reason: 'NotFound', message, details: about(of, name) });
}

/** No such path, for a kind that real servers have compiled in. */
export function resourceNotFound(): StatusFailure {
  const message = 'the server could not find the requested resource';
  return new StatusFailure({ code: 404, reason: 'NotFound', message, details: {} });
}

/** No such path: the kind is not installed. Real servers answer this one in plain text. */
export class PathNotFound extends Error {
  override readonly name = 'PathNotFound';
  readonly text = '404 page not found\n';
}

export function methodNotAllowed(): StatusFailure {
  return new StatusFailure({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

export function notAcceptable(accepted: string): StatusFailure {
  const message = `only the following media types are accepted: ${accepted}`;
  return new StatusFailure({ code: 406, reason: 'NotAcceptable', message });
}

export function alreadyExists(of: Named, name: string): StatusFailure {
  const message = `${resourceName(of)} "${name}" already exists`;
  return new StatusFailure({ code: 409, reason: 'AlreadyExists', message, details: about(of, name) });
}

export function conflict(of: Named & { readonly name: string }, why: string): StatusFailure {
  const message = `Operation cannot be fulfilled on ${resourceName(of)} "${of.name}": ${why}`;
  return new StatusFailure({ code: 409, reason: 'Conflict', message, details: about(of, of.name) });
}

/** 410: the version asked for is gone from the server's memory. */
export function expired(message: string, continueToken?: string): StatusFailure {
  return new StatusFailure({
    code: 410,
    reason: 'Expired',
    message,
    ...(continueToken === undefined ? {} : { continue: continueToken }),
  });
}

export function bodyTooLarge(limitBytes: number): StatusFailure {
  const message = `Request entity too large: limit is ${limitBytes}`;
  return new StatusFailure({ code: 413, reason: 'RequestEntityTooLarge', message });
}

export function unsupportedMediaType(accepted: readonly string[]): StatusFailure {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new StatusFailure({ code: 415, reason: 'UnsupportedMediaType', message });
}

/** 422 with one cause for each fault. */
export function invalid(
  of: { readonly group: string; readonly kind: string; readonly name: string },
  faults: readonly FieldFault[],
): StatusFailure {
  const causes = faults.map((fault) => ({ reason: fault.reason, message: fault.message, field: fault.field }));
  const texts = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const kind = of.group === '' ? of.kind : `${of.kind}.${of.group}`;
  return new StatusFailure({
    code: 422,
    reason: 'Invalid',
    message: `${kind} "${of.name}" is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
    details: {
      ...(of.name === '' ? {} : { name: of.name }),
      ...(of.group === '' ? {} : { group: of.group }),
      ...(of.kind === '' ? {} : { kind: of.kind }),
      causes,
    },
  });
}

/** 422 for a patch that cannot be applied. Real servers do not say why. */
export function patchRejected(): StatusFailure {
  const message = 'the server rejected our request due to an error in our request';
  return new StatusFailure({ code: 422, reason: 'Invalid', message, details: {} });
}

/** 422 for a query that says what it cannot say: `CreateOptions`, `PatchOptions` and so on. */
export function invalidOptions(kind: string, fault: FieldFault): StatusFailure {
  return invalid({ group: 'meta.k8s.io', kind, name: '' }, [fault]);
}

/** 504 as the server answers when it is asked for a version that it has not reached. */
export function versionTooLarge(asked: number, current: number): StatusFailure {
  return new StatusFailure({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
}

/** What real servers do and this one does not: said, never guessed. */
export function notImplemented(sentence: string): StatusFailure {
  return new StatusFailure({ code: 501, reason: 'NotImplemented', message: sentence });
}

/** 200 after an object is gone. */
export function deletedStatus(of: Named, object: { readonly name: string; readonly uid: string }): StatusObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { ...about(of, object.name), uid: object.uid },
  };
}
