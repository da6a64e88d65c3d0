import type { RequestInfo } from './api-path.js';

/** What is known of a request that was forbidden. */
export interface Forbidden {
  readonly verb: string;
  readonly resource: RequestInfo['resource'];
  /** The message of the server's `Status`. */
  readonly said: string | undefined;
  /** What is said about the credentials. */
  readonly credentials: (() => string | undefined) | undefined;
}

/** What the server says is missing: a right on a resource, or on a path. */
interface Missing {
  readonly verb: string;
  /** With its subresource. */
  readonly resource: string;
  readonly group: string;
  readonly namespace: string | undefined;
}

/**
 * What to do about a 403: the RBAC rule that is missing, as YAML. The server's own words count before the request: for an impersonation
 * it is another rule. Nothing for a refusal that no rule lifts: of an admission plugin, a webhook or a quota.
 */
export function forbiddenAdvice({ verb, resource, said = '', credentials }: Forbidden): string | undefined {
  const missing = missingRight(said);
  const path = /cannot ([\w-]+) path "([^"]+)"/.exec(said);
  const who = /User "system:anonymous"/.test(said) ? anonymousAdvice(credentials?.()) : '';
  if (missing !== undefined) return who + rule(missing);
  if (path !== null) {
    return `${who}A ClusterRole with this rule, bound to the user, allows it: { nonResourceURLs: ["${path[2]}"], verbs: ["${path[1]}"] }`;
  }
  if (resource === undefined || /is forbidden: |denied|is attempting to grant/.test(said)) return undefined;
  const { group, plural, subresource, namespace } = resource;
  return rule({ verb, group, namespace, resource: subresource === undefined ? plural : `${plural}/${subresource}` });
}

function missingRight(said: string): Missing | undefined {
  const match = /cannot ([\w:-]+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/.exec(said);
  if (match === null) return undefined;
  const [, verb = '', resource = '', group = '', namespace] = match;
  // Constrained impersonation names one of its own two rights; the older right is enough, on every version.
  const mode = /^impersonate-on:([\w-]+):/.exec(verb)?.[1];
  if (mode !== undefined) {
    const whom = mode === 'serviceaccount' ? 'serviceaccounts' : 'users';
    return { verb: 'impersonate', resource: whom, group: '', namespace: undefined };
  }
  return { verb, resource, group, namespace };
}

function rule({ verb, resource, group, namespace }: Missing): string {
  const kind = namespace === undefined ? 'ClusterRole' : `Role in namespace "${namespace}", or a ClusterRole,`;
  return `A ${kind} with this rule, bound to the user, allows it: { apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verb}"] }`;
}

function anonymousAdvice(credentials: string | undefined): string {
  const about = credentials === undefined ? '' : ` (${credentials})`;
  return `The server knows no user: it saw no credentials that it takes${about}. Else: `;
}
