/**
 * What the roles that an API server makes by itself (`system:discovery`, `system:public-info-viewer`, `system:basic-user`) allow every
 * authenticated user.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
const paths = /^\/(?:healthz|livez|readyz|version\/?|api|apis|openapi|(?:api|apis|openapi)\/.*)$/;

const resources: readonly string[] = [
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authentication.k8s.io/selfsubjectreviews',
];

/** Whether nobody needs a rule to send this method to a path that is no resource. */
export function isGivenPath(path: string, verb: string): boolean {
  return verb === 'get' && paths.test(path);
}

/** Whether nobody needs a rule for this verb on a resource. */
export function isGivenResource(group: string, resource: string, verb: string): boolean {
  return verb === 'create' && resources.includes(`${group}/${resource}`);
}
