import { applyDefaults } from '../schema/defaults.js';
import { prune } from '../schema/prune.js';
import type { Target, WriteRules } from './api-state.js';
import { type JsonObject, isObject, objectOr, ownValue, stringOr } from './json.js';
import { readMeta } from './object-meta.js';
import { apiVersionFor } from './served-kind.js';
import { StatusFailure, badRequest } from './status.js';

/** An object from outside, pruned and with its defaults, and what its sender should be told. */
export interface Decoded {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/**
 * Reads the body of a create or update: checks that it is of the target's kind, drops what the schema does not know (an error under
 * `Strict`) and fills in defaults.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#validation-for-unrecognized-or-duplicate-fields
 */
export function decodeObject(body: unknown, target: Target, rules: Pick<WriteRules, 'fieldValidation'>): Decoded {
  if (!isObject(body)) throw badRequest('the body of the request is no object');
  const object = structuredClone(body);
  checkType(object, target);
  const { kind, version } = target;
  const prefix = `${kind.kind} in version "${version.name}" cannot be handled as a ${kind.kind}: `;
  const { meta, unknown } = tellingWhat(prefix, () => readMeta(ownValue(object, 'metadata')));
  object['metadata'] = meta;
  const removed = [...unknown];
  if (version.schema !== undefined) {
    removed.push(...prune(object, version.schema));
    applyDefaults(object, version.schema);
  }
  const warnings = removed.sort().map((path) => `unknown field "${path}"`);
  if (warnings.length > 0 && rules.fieldValidation === 'Strict') {
    throw badRequest(`${prefix}strict decoding error: ${warnings.join(', ')}`);
  }
  return { object, warnings: rules.fieldValidation === 'Warn' ? warnings : [] };
}

function checkType(object: JsonObject, { kind, version }: Target): void {
  const expected = apiVersionFor(kind, version.name);
  const apiVersion = stringOr(ownValue(object, 'apiVersion')) ?? '';
  const kindName = stringOr(ownValue(object, 'kind')) ?? '';
  if (!kind.builtIn && kindName === '') throw badRequest(`Object 'Kind' is missing in '${excerpt(object)}'`);
  if (!kind.builtIn && apiVersion === '') throw badRequest(`Object 'apiVersion' is missing in '${excerpt(object)}'`);
  if (apiVersion !== '' && apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kindName !== '' && kindName !== kind.kind) {
    throw badRequest(`the kind in the data (${kindName}) does not match the expected kind (${kind.kind})`);
  }
  object['apiVersion'] = expected;
  object['kind'] = kind.kind;
}

function excerpt(object: JsonObject): string {
  const text = JSON.stringify(object);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
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
