/** Stands in a path for what only the running program knows. */
export const anything = '\0';

/** Stands for the namespace of the connection: `cluster.namespace`. */
export const ownNamespace = '\0own\0';

/** What a path means to the authorizer of an API server. */
export type RequestTarget =
  | {
      readonly t: 'resource';
      readonly group: string;
      readonly plural: string;
      readonly subresource: string | undefined;
      /** May be, or hold, `anything`. */
      readonly namespace: string | undefined;
      readonly name: string | undefined;
      /** Whether the path itself asks for a watch, as old clients do. */
      readonly isWatch: boolean;
    }
  | { readonly t: 'path'; readonly path: string }
  /** A part that decides is not known. */
  | { readonly t: 'unclear' };

/**
 * Reads a path as the API server does. A part that is not known stands for one segment, as names and namespaces do.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
 */
export function requestTarget(path: string): RequestTarget {
  const [pathname = ''] = path.split('?', 1);
  const parts = pathname.split('/').filter((part) => part !== '');
  const [prefix = ''] = parts;
  if (!pathname.startsWith('/') || prefix.includes(anything)) return { t: 'unclear' };
  const isCore = prefix === 'api';
  const rest = isCore ? parts.slice(2) : parts.slice(3);
  if ((!isCore && prefix !== 'apis') || rest.length === 0)
    return pathname.includes(anything) ? { t: 'unclear' } : { t: 'path', path: pathname };
  const isWatch = rest[0] === 'watch';
  if (isWatch) rest.shift();
  const isInNamespace = rest[0] === 'namespaces' && rest.length > 2 && rest[2] !== 'status' && rest[2] !== 'finalize';
  const namespace = isInNamespace ? rest[1] : undefined;
  const [plural = '', name, subresource] = isInNamespace ? rest.slice(2) : rest;
  const group = isCore ? '' : (parts[1] ?? '');
  if (plural === '' || `${group}${plural}${subresource ?? ''}`.includes(anything)) return { t: 'unclear' };
  return { t: 'resource', group, plural, subresource, namespace, name, isWatch };
}

/** The verb of an RBAC rule for a request. The runtime has the same table for its errors, in a package of its own; a test compares them. */
export function verbOf(
  method: string,
  { isNamed, isWatch }: { readonly isNamed: boolean; readonly isWatch: boolean },
): string {
  switch (method.toUpperCase()) {
    case 'GET':
    case 'HEAD':
      // One object is read, whatever the query asks for.
      return isNamed ? 'get' : isWatch ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return isNamed ? 'delete' : 'deletecollection';
    default:
      return method.toLowerCase();
  }
}
