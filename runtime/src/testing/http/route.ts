import { type ApiState, named, type Target } from '../state/api-state.js';
import { isTrue } from '../state/list-options.js';
import type { ServedKind } from '../state/served-kind.js';
import {
  badRequest,
  methodNotAllowed,
  notFound,
  notImplemented,
  PathNotFound,
  resourceNotFound,
} from '../state/status.js';

/** What a request wants. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'replace' | 'patch' | 'delete' | 'deletecollection';

/** A path and method, understood. */
export type Route =
  | { readonly t: 'resource'; readonly verb: Verb; readonly target: Target }
  | { readonly t: 'other'; readonly path: readonly string[] };

/** The segments of a path, decoded. */
function splitPath(pathname: string): string[] {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  try {
    return segments.map((segment) => decodeURIComponent(segment));
  } catch (cause) {
    if (cause instanceof URIError) throw badRequest('the path of the request is not valid');
    throw cause;
  }
}

/** Finds out which objects a request is about. 404 for kinds that are not there. */
export function route(state: ApiState, request: { readonly method: string; readonly url: URL }): Route {
  const path = splitPath(request.url.pathname);
  const [root] = path;
  const head = root === 'api' ? 2 : root === 'apis' ? 3 : Number.POSITIVE_INFINITY;
  if (path.length <= head) return { t: 'other', path };
  const [group, version] = root === 'api' ? ['', path[1] ?? ''] : [path[1] ?? '', path[2] ?? ''];
  const rest = readRest(path.slice(head));
  const { namespace, plural, name } = rest;
  const found = state.kinds.find(group, version, plural);
  if (found === undefined) throw new PathNotFound();
  if (!isReachable(request.method, found.kind, rest)) {
    throw found.kind.builtIn ? resourceNotFound() : new PathNotFound();
  }
  const target: Target = { ...found, namespace, name, subresource: readSubresource(rest, found) };
  return { t: 'resource', verb: readVerb(request, target), target };
}

/** Namespaced objects are written through their namespace; other kinds have none. */
function isReachable(method: string, kind: ServedKind, { namespace, name }: Rest): boolean {
  if (kind.scope === 'Cluster') return namespace === undefined;
  if (namespace !== undefined) return true;
  return name === undefined && (kind.builtIn || method !== 'POST');
}

interface Rest {
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

function readRest(rest: readonly string[]): Rest {
  const isOfNamespace = rest[0] === 'namespaces' && rest.length > 2 && !(rest.length === 3 && isNamespacePart(rest[2]));
  const [plural = '', name, subresource, ...tooMuch] = isOfNamespace ? rest.slice(2) : rest;
  if (tooMuch.length > 0) throw new PathNotFound();
  return { namespace: isOfNamespace ? rest[1] : undefined, plural, name, subresource };
}

/** `/namespaces/x/status` is a part of the namespace x, not the kind `status` in it. */
function isNamespacePart(segment: string | undefined): boolean {
  return segment === 'status' || segment === 'finalize';
}

function readSubresource(
  { name: objectName = '', subresource: name }: Rest,
  { kind, version }: Pick<Target, 'kind' | 'version'>,
): 'status' | 'scale' | undefined {
  if (name === undefined) return undefined;
  if (name === 'status' && version.status) return 'status';
  if (name === 'scale' && version.scale !== undefined) return 'scale';
  if (kind.builtIn && name !== 'status' && name !== 'scale') {
    throw notImplemented(`The embedded API server does not have the subresource ${name} of ${kind.plural}.`);
  }
  throw notFound(named({ kind }), objectName);
}

function readVerb({ method, url }: { readonly method: string; readonly url: URL }, target: Target): Verb {
  const isNamed = target.name !== undefined;
  switch (method) {
    case 'GET':
      if (isNamed) return 'get';
      return isTrue(url.searchParams.get('watch')) ? 'watch' : 'list';
    case 'POST':
      if (target.kind.builtIn && (isNamed || isOutOfPlace(target))) throw methodNotAllowed();
      return 'create';
    case 'PUT':
      if (!isNamed) throw target.kind.builtIn ? methodNotAllowed() : badRequest('name must be provided');
      return 'replace';
    case 'PATCH':
      if (!isNamed) throw methodNotAllowed();
      return 'patch';
    case 'DELETE':
      if (target.subresource !== undefined) throw methodNotAllowed();
      return isNamed ? 'delete' : 'deletecollection';
    default:
      throw methodNotAllowed();
  }
}

function isOutOfPlace({ kind, namespace }: Target): boolean {
  return kind.scope === 'Namespaced' && namespace === undefined;
}
