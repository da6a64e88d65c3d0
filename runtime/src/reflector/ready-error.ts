import { KubeError } from '../errors.js';
import type { ReflectorCore } from './core.js';
import type { NamespaceStatus, ReflectorFailure } from './status.js';

/** Whether waiting for this namespace, or for all, is in vain. */
export function isHopeless<T>(core: ReflectorCore<T>, namespace: string | undefined): boolean {
  return isFatal(statusOf(core, namespace).lastError);
}

/** The status that tells most about why a namespace, or all of them, are not there yet. */
function statusOf<T>({ status }: ReflectorCore<T>, namespace: string | undefined): NamespaceStatus {
  const { namespaces = {} } = status;
  const own = namespace === undefined ? undefined : namespaces[namespace];
  const fatal = Object.values(namespaces).find(({ lastError }) => isFatal(lastError));
  return own ?? fatal ?? status;
}

/** Whether waiting will not heal it. */
function isFatal(failure: ReflectorFailure | undefined): boolean {
  switch (failure?.code) {
    case 'forbidden':
    case 'not-found':
    case 'unauthorized':
    case 'invalid':
      return true;
    default:
      return false;
  }
}

/** Why `ready` gave up: what was tried, what went wrong, what to do. Code `timeout` after `waitedMs`, else the failure's own. */
export function notReadyError<T>(o: {
  readonly core: ReflectorCore<T>;
  readonly waitedMs: number | undefined;
  readonly namespace: string | undefined;
}): KubeError {
  const { core, waitedMs, namespace } = o;
  const { lastError, phase, failures } = statusOf(core, namespace);
  const parts = [
    waitedMs === undefined
      ? `${core.resource} cannot be listed and watched`
      : `${core.resource} are not in the cache after ${waitedMs} ms`,
  ];
  if (lastError === undefined) {
    parts.push(`${core.server} has not failed, but not answered completely either (${phase}): give it more time`);
  } else {
    parts.push(`${tries(failures)}, last: ${lastError.message}`, ...advice(core, lastError));
  }
  parts.push('The reflector goes on trying; its status tells more');
  const { status: httpStatus, reason, auditId } = lastError ?? {};
  const known = { status: httpStatus, reason, auditId };
  const cause = lastError === undefined ? undefined : new KubeError(lastError.code, lastError.message, known);
  const code = waitedMs === undefined ? (lastError?.code ?? 'timeout') : 'timeout';
  return new KubeError(code, sentences(parts), { ...known, cause });
}

/** Why `caughtUp` gave up: how far the cache is, and what keeps it there. */
export function notCaughtUpError<T>(o: {
  readonly core: ReflectorCore<T>;
  readonly version: string;
  readonly waitedMs: number;
}): KubeError {
  const { resource, status } = o.core;
  const { resourceVersion, lastError, live } = status;
  const parts = [
    `version ${o.version} of ${resource} did not come within ${o.waitedMs} ms`,
    resourceVersion === '' ? 'The cache is not complete yet' : `The cache is at ${resourceVersion}`,
  ];
  if (lastError !== undefined) parts.push(`Last: ${lastError.message}`);
  else if (live) parts.push('It is in touch with the server: is it a version that this server gave?');
  return new KubeError('timeout', sentences(parts));
}

function sentences(parts: readonly string[]): string {
  return parts.map((part, i) => (i === parts.length - 1 || /[.?!]$/.test(part) ? part : `${part}.`)).join(' ');
}

function tries(failures: number): string {
  return failures === 1 ? 'It was tried once' : `It was tried ${failures} times`;
}

function advice<T>({ resource, definition }: ReflectorCore<T>, failure: ReflectorFailure): string[] {
  switch (failure.code) {
    case 'not-found':
      return definition.group.includes('.') ? [`Look with: kubectl get crd ${resource}`] : [];
    case 'forbidden':
      return ['A reflector needs the verbs list and watch'];
    default:
      return [];
  }
}
