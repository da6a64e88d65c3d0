/** What went wrong, as a closed list: apps act differently on each. The guide about reading and writing has a table of them. */
export type KubeErrorCode =
  | 'config'
  | 'credentials'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'stopped'
  | 'usage'
  | 'not-synced'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'expired'
  | 'throttled'
  | 'invalid'
  | 'server'
  | 'protocol';

/** `details` of a Kubernetes `Status`: which object, which fields, when to try again. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly { readonly reason?: string; readonly message?: string; readonly field?: string }[];
  readonly retryAfterSeconds?: number;
}

/** What else a `KubeError` knows: the fields of the same names. What is left out or undefined it does not have. */
export interface KubeErrorOptions {
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly details?: StatusDetails | undefined;
  readonly auditId?: string | undefined;
  readonly cause?: unknown;
}

const brand: symbol = Symbol.for('@kube-gen/runtime/KubeError');

/**
 * The one error of this package. Its message says what was tried and what to do; it never holds a secret.
 * Test for it with `isKubeError`, which also works when two copies of the package are loaded.
 */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  /** What went wrong, for programs: act on this, never on the message. */
  readonly code: KubeErrorCode;
  // Declared only: a field would be there as `undefined`, and be printed with every error.
  /** The HTTP status, when the server answered. */
  declare readonly status?: number;
  /** The `reason` of the server's `Status`, for example `AlreadyExists`. */
  declare readonly reason?: string;
  /** The `details` of the server's `Status`: fields that it refuses, for example. */
  declare readonly details?: StatusDetails;
  /** The id of the request (`Audit-Id`), when the server gave one: its audit log and traces know the request by it. */
  declare readonly auditId?: string;

  constructor(code: KubeErrorCode, message: string, options: KubeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    if (options.status !== undefined) this.status = options.status;
    if (options.reason !== undefined) this.reason = options.reason;
    if (options.details !== undefined) this.details = options.details;
    if (options.auditId !== undefined) this.auditId = options.auditId;
  }
}

/** Whether `error` is a `KubeError`, of this or another copy of the package. */
export function isKubeError(error: unknown): error is KubeError {
  return typeof error === 'object' && error !== null && Reflect.get(error, brand) === true;
}
