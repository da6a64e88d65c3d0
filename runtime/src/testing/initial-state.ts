import { KubeError } from '../errors.js';
import { resourceName, type ResourceInfo } from '../resource.js';
import type { ApiState, Environment, Target, WriteRules } from './state/api-state.js';
import { createObject } from './state/create-object.js';
import { type JsonObject, isObject, objectOr, ownValue, stringOr } from './state/json.js';
import { createKindRegistry, kindFromDefinitions } from './state/kind-registry.js';
import { StatusFailure } from './state/status.js';
import { createStorage } from './state/storage.js';

const rules: WriteRules = { dryRun: false, fieldValidation: 'Ignore', fieldManager: 'kube-gen-testing' };

const firstNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** The state of a server that starts: its kinds, the namespaces that every cluster has, and the objects given. Throws `KubeError` (`usage`). */
export function createInitialState(options: {
  readonly environment: Environment;
  readonly window: number;
  readonly crds: readonly JsonObject[];
  readonly kinds: readonly ResourceInfo[];
  readonly objects: readonly object[];
}): ApiState {
  const state: ApiState = {
    storage: createStorage({ window: options.window }),
    kinds: createKindRegistry(),
    environment: options.environment,
  };
  for (const definitions of byResource(options.kinds).values()) {
    const kind = kindFromDefinitions(definitions);
    if (state.kinds.byResource(resourceName(kind))?.origin !== 'built-in') state.kinds.set(kind);
  }
  for (const kind of state.kinds.all()) state.storage.log(resourceName(kind));
  for (const name of firstNamespaces) seed(state, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const crd of options.crds) seed(state, crd);
  for (const object of options.objects) seed(state, object);
  return state;
}

function byResource(definitions: readonly ResourceInfo[]): Map<string, ResourceInfo[]> {
  const result = new Map<string, ResourceInfo[]>();
  for (const definition of definitions) {
    const resource = resourceName(definition);
    result.set(resource, [...(result.get(resource) ?? []), definition]);
  }
  return result;
}

function seed(state: ApiState, object: object): void {
  const target = targetOf(state, object);
  try {
    createObject(state, { target, body: object, rules, keepStatus: true });
  } catch (cause) {
    if (!(cause instanceof StatusFailure)) throw cause;
    throw new KubeError('usage', `the embedded API server cannot start with ${describe(object)}: ${cause.message}`, {
      cause,
    });
  }
}

function targetOf(state: ApiState, object: object): Target {
  const given = isObject(object) ? object : {};
  const apiVersion = stringOr(ownValue(given, 'apiVersion')) ?? '';
  const kindName = stringOr(ownValue(given, 'kind')) ?? '';
  const slash = apiVersion.indexOf('/');
  const [group, version] = slash === -1 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
  const found = state.kinds.findKind(group, version, kindName);
  if (found === undefined) {
    throw new KubeError(
      'usage',
      `the embedded API server does not know the kind of ${describe(object)}; add it to \`crds\` or \`kinds\``,
    );
  }
  const namespace = stringOr(ownValue(objectOr(ownValue(given, 'metadata')), 'namespace'));
  const isNamespaced = found.kind.scope === 'Namespaced';
  return {
    ...found,
    namespace: isNamespaced ? (namespace ?? 'default') : undefined,
    name: undefined,
    subresource: undefined,
  };
}

function describe(object: object): string {
  const given = isObject(object) ? object : {};
  const name = stringOr(objectOr(ownValue(given, 'metadata'))['name']) ?? '(no name)';
  return `${String(ownValue(given, 'apiVersion'))} ${String(ownValue(given, 'kind'))} ${name}`;
}
