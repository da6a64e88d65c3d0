import type { ApiOperation } from '../../load/openapi/openapi-document.js';
import type { ResourceModel } from '../resource.js';

/** A resource of an API server, as the paths of its OpenAPI documents tell it. */
export interface ApiResource extends Pick<
  ResourceModel,
  'group' | 'version' | 'kind' | 'plural' | 'scope' | 'subresources'
> {
  /** As in RBAC rules, in their usual order. */
  readonly verbs: readonly string[];
}

const pathPattern =
  /^\/(?:api|apis\/(?<group>[^/{}]+))\/(?<version>[^/{}]+)\/(?:namespaces\/(?<namespace>\{namespace\})\/)?(?<plural>[^/{}]+)(?:\/\{name\}(?:\/(?<subresource>.+))?)?$/;

/** `/api/v1/watch/nodes`, which each built-in kind has that can be watched. */
const watchPattern =
  /^\/(?:api|apis\/(?<group>[^/{}]+))\/(?<version>[^/{}]+)\/watch\/(?:namespaces\/\{namespace\}\/)?(?<plural>[^/{}]+)$/;

const verbOf: Readonly<Record<string, string>> = {
  get: 'get',
  list: 'list',
  post: 'create',
  put: 'update',
  patch: 'patch',
  delete: 'delete',
  deletecollection: 'deletecollection',
};
const verbOrder = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Where built-in kinds with a scale subresource keep their counts. */
const builtInScale = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

interface Found {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  kind: string | undefined;
  namespaced: boolean;
  readonly verbs: Set<string>;
  readonly subresources: Set<string>;
}

/** The resources behind a set of operations, in no particular order. What is only a subresource of another kind is none. */
export function apiResources(operations: readonly ApiOperation[]): ApiResource[] {
  const found = new Map<string, Found>();
  const isWatched = watchPaths(operations);
  for (const operation of operations) {
    const match = pathPattern.exec(operation.path)?.groups;
    const { group = '', version = '', plural = '', namespace, subresource } = match ?? {};
    if (plural === '') continue;
    const key = `${group}/${version}/${plural}`;
    const known = found.get(key);
    const resource = known ?? {
      group,
      version,
      plural,
      kind: undefined,
      namespaced: false,
      verbs: new Set(),
      subresources: new Set(),
    };
    if (known === undefined) found.set(key, resource);
    if (namespace !== undefined) resource.namespaced = true;
    if (subresource === undefined) takeAction(resource, operation, isWatched(resource));
    else resource.subresources.add(subresource);
  }
  return [...found.values()].flatMap((one) => toResource(one) ?? []);
}

/**
 * Whether a resource has a path for watching. Where none of its group and version has one, as with custom resources, this tells nothing
 * (`undefined`).
 */
function watchPaths(operations: readonly ApiOperation[]): (resource: Found) => boolean | undefined {
  const watched = new Map<string, Set<string>>();
  for (const { path } of operations) {
    const { group = '', version = '', plural } = watchPattern.exec(path)?.groups ?? {};
    if (plural === undefined) continue;
    const key = `${group}/${version}`;
    watched.set(key, (watched.get(key) ?? new Set()).add(plural));
  }
  return ({ group, version, plural }) => watched.get(`${group}/${version}`)?.has(plural);
}

/** A list has the parameter `watch` even where the server refuses it, so a path for watching is asked first. */
function takeAction(resource: Found, { action, kind, canWatch }: ApiOperation, isWatched: boolean | undefined): void {
  const verb = verbOf[action];
  if (verb === undefined) return;
  resource.kind ??= kind;
  resource.verbs.add(verb);
  if (verb === 'list' && (isWatched ?? canWatch)) resource.verbs.add('watch');
}

function toResource({ group, version, plural, kind, namespaced, verbs, subresources }: Found): ApiResource | undefined {
  if (kind === undefined) return undefined;
  return {
    group,
    version,
    kind,
    plural,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    verbs: verbOrder.filter((verb) => verbs.has(verb)),
    subresources: {
      ...(subresources.has('status') ? { status: true as const } : {}),
      ...(subresources.has('scale') ? { scale: builtInScale } : {}),
    },
  };
}
