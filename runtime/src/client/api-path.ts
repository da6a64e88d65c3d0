import { KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';

/** Which object or objects of a kind a path means. */
export interface ApiTarget {
  readonly namespace?: string | undefined;
  /** Left out for the collection. */
  readonly name?: string | undefined;
  readonly subresource?: string;
}

/** The path of a kind's collection, of one object or of its subresource, below the server's address. */
export function apiPath(
  definition: Pick<ResourceInfo, 'group' | 'version' | 'plural' | 'scope'>,
  target: ApiTarget,
): string {
  const { group, version, plural, scope } = definition;
  let path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const namespaced = scope === 'Namespaced' && target.namespace !== undefined;
  if (namespaced) path += `/namespaces/${segment(target.namespace ?? '', 'namespace')}`;
  path += `/${plural}`;
  // A name that is there but undefined is a mistake: without it the path would mean all objects.
  if ('name' in target) path += `/${segment(target.name, 'name')}`;
  if (target.subresource !== undefined) path += `/${target.subresource}`;
  return path;
}

/**
 * Whether a text is one part of a path. Others would make it another path: an API server decodes a path before it looks for slashes, and
 * what stands before it may decode it, too. No name in Kubernetes has any of that.
 */
export function isPathSegment(value: unknown): value is string {
  return typeof value === 'string' && !/^\.{0,2}$|[/%]/.test(value);
}

function segment(value: unknown, what: string): string {
  if (!isPathSegment(value)) {
    throw new KubeError('usage', `${JSON.stringify(value)} is no ${what} of a Kubernetes object`);
  }
  return encodeURIComponent(value);
}

/** `?a=1&b=2`, or nothing. `undefined` is left out, a list repeats its key. */
export function queryString(query: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item === undefined) continue;
      if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') {
        throw new KubeError(
          'usage',
          `the query parameter ${key} must be a string, a number, a boolean or a list of these`,
        );
      }
      parts.push(`${encodeURIComponent(key)}=${encodeURIComponent(item)}`);
    }
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** What a request means to the API server's authorizer. */
export interface RequestInfo {
  readonly verb: string;
  /** Absent when the path is not one of a resource. */
  readonly resource?: {
    readonly group: string;
    readonly version: string;
    readonly plural: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
}

/**
 * Reads verb, resource, namespace and name out of a request, as the API server does.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
 */
export function requestInfo(method: string, path: string): RequestInfo {
  const [pathname = '', query = ''] = path.split('?', 2);
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const core = parts[0] === 'api';
  const rest = core ? parts.slice(2) : parts.slice(3);
  if ((!core && parts[0] !== 'apis') || rest.length === 0) return { verb: method.toLowerCase() };
  const group = core ? '' : (parts[1] ?? '');
  const version = (core ? parts[1] : parts[2]) ?? '';
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && !isNamespaceSubresource(rest[2]);
  const namespace = inNamespace ? rest[1] : undefined;
  const [plural = '', name, subresource] = inNamespace ? rest.slice(2) : rest;
  const watch = /(?:^|&)watch=(?:1|true)(?:&|$)/.test(query);
  return {
    verb: verbOf(method, name !== undefined, watch),
    resource: {
      group,
      version,
      plural,
      ...(subresource === undefined ? {} : { subresource }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
    },
  };
}

function isNamespaceSubresource(part: string | undefined): boolean {
  return part === 'status' || part === 'finalize';
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

function verbOf(method: string, named: boolean, watch: boolean): string {
  switch (method.toUpperCase()) {
    case 'GET':
    case 'HEAD':
      // One object is read, whatever the query asks for.
      return named ? 'get' : watch ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return named ? 'delete' : 'deletecollection';
    default:
      return method.toLowerCase();
  }
}
