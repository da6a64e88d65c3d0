import { resourceName } from '../../resource.js';
import { applyDefaults } from '../schema/defaults.js';
import { prune } from '../schema/prune.js';
import type { Target, WriteRules } from './api-state.js';
import { completeSecret } from './complete-secret.js';
import { type JsonObject, isDeeperThan, isObject, objectOr, ownValue, stringOr } from './json.js';
import { readMeta } from './object-meta.js';
import { apiVersionFor } from './served-kind.js';
import { StatusFailure, badRequest, invalid } from './status.js';

/** An object from outside, pruned and with its defaults, and what its sender should be told. */
export interface Decoded {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** How a body is read. */
export interface DecodeRules extends Pick<WriteRules, 'fieldValidation'> {
  /** It is what a patch made of an object. */
  readonly patched?: boolean;
}

/**
 * Reads the body of a create or update: checks that it is of the target's kind, drops what the schema does not know (an error under
 * `Strict`) and fills in defaults.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#validation-for-unrecognized-or-duplicate-fields
 */
export function decodeObject(body: unknown, target: Target, rules: DecodeRules): Decoded {
  if (!isObject(body)) throw badRequest('the body of the request is no object');
  refuseDepth(body);
  const object = structuredClone(body);
  checkType(object, target);
  const { kind, version } = target;
  const prefix = `${kind.kind} in version "${version.name}" cannot be handled as a ${kind.kind}: `;
  const removed = tellingWhat(prefix, () => {
    const { meta, unknown } = readMeta(ownValue(object, 'metadata'));
    object['metadata'] = meta;
    return [...unknown, ...(version.schema === undefined ? [] : prune(object, version.schema))];
  });
  if (version.schema !== undefined) applyDefaults(object, version.schema);
  if (resourceName(kind) === 'secrets') completeSecret(object);
  const warnings = removed.sort().map((path) => `unknown field "${path}"`);
  if (warnings.length > 0 && rules.fieldValidation === 'Strict') {
    const faults = `strict decoding error: ${warnings.join(', ')}`;
    throw rules.patched === true ? refusedPatch(body, faults) : badRequest(prefix + faults);
  }
  return { object, warnings: rules.fieldValidation === 'Warn' ? warnings : [] };
}

const DEEPEST_LEVELS = 1_000;

/** What works by recursion ends in the middle of it where a value is too deep; a real API server takes ten times as much. */
export function refuseDepth(value: unknown): void {
  if (!isDeeperThan(value, DEEPEST_LEVELS)) return;
  throw badRequest(`nested deeper than ${DEEPEST_LEVELS} levels, which is as deep as the embedded API server goes`);
}

function refusedPatch(patched: unknown, faults: string): StatusFailure {
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(patched))}: ${faults}`;
  return invalid({ group: '', kind: '', name: '' }, [{ reason: 'FieldValueInvalid', field: 'patch', message }]);
}

function checkType(object: JsonObject, { kind, version }: Target): void {
  const expected = apiVersionFor(kind, version.name);
  const apiVersion = stringOr(ownValue(object, 'apiVersion')) ?? '';
  const kindName = stringOr(ownValue(object, 'kind')) ?? '';
  if (apiVersion !== expected && !(kind.builtIn && apiVersion === '')) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kindName !== '' && kindName !== kind.kind) {
    const name = stringOr(objectOr(ownValue(object, 'metadata'))['name']) ?? '';
    const message = `Invalid value: ${JSON.stringify(kindName)}: must be ${kind.kind}`;
    throw invalid({ group: kind.group, kind: kindName, name }, [
      { reason: 'FieldValueInvalid', field: 'kind', message },
    ]);
  }
  object['apiVersion'] = expected;
  object['kind'] = kind.kind;
}

function tellingWhat<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof StatusFailure && cause.status.code === 400) throw badRequest(prefix + cause.message);
    throw cause;
  }
}

/** The namespace that a write goes to; refuses a body that names another one. */
export function settleNamespace(object: JsonObject, target: Target): void {
  const meta = objectOr(object['metadata']);
  if (target.kind.scope === 'Cluster') {
    delete meta['namespace'];
    return;
  }
  const given = stringOr(meta['namespace']) ?? '';
  if (given !== '' && given !== target.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (target.namespace === undefined) throw badRequest('an empty namespace may not be set during creation');
  meta['namespace'] = target.namespace;
}
