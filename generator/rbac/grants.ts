import type { Diagnostic } from '../diagnostics.js';

/** A rule of a role, where a binding grants it. */
export interface Grant {
  readonly file: string;
  readonly line: number | undefined;
  /** `ClusterRole foo`, `Role apps/foo` */
  readonly role: string;
  /** `undefined`: in all namespaces, and what has none. */
  readonly namespace: string | undefined;
  readonly rule: GrantedRule;
}

/** A rule as it stands in a role. */
export interface GrantedRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

/** An account that roles are bound to. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Where something stands. */
export interface Place {
  readonly file: string;
  readonly line: number | undefined;
}

/** A Role or ClusterRole of a manifest. */
export interface Role extends Place {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly isAggregated: boolean;
  readonly rules: readonly (GrantedRule & { readonly line: number | undefined })[];
}

/** A RoleBinding or ClusterRoleBinding of a manifest. */
export interface Binding extends Place {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly Subject[];
}

/** Whom a binding binds to, as it stands there. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** What an account gets, and what of it cannot be followed. */
export function grantsTo(
  account: Account,
  roles: readonly Role[],
  bindings: readonly Binding[],
): { grants: Grant[]; diagnostics: Diagnostic[] } {
  const grants: Grant[] = [];
  const diagnostics: Diagnostic[] = [];
  const warn = (place: Place, message: string): void => {
    const { file, line } = place;
    diagnostics.push({ severity: 'warning', file, ...(line === undefined ? {} : { line }), message });
  };
  const take = (role: Role, namespace: string | undefined): void => {
    const name = `${role.kind} ${role.namespace === undefined ? '' : `${role.namespace}/`}${role.name}`;
    if (role.isAggregated)
      return warn(
        role,
        `${name} is put together by the API server (aggregationRule): what it grants cannot be followed`,
      );
    for (const { line, ...rule } of role.rules) grants.push({ file: role.file, line, role: name, namespace, rule });
  };
  const homeOf = (one: Role | Binding): string => one.namespace ?? account.namespace;
  for (const one of [...roles, ...bindings]) {
    if (one.namespace === undefined && (one.kind === 'Role' || one.kind === 'RoleBinding'))
      warn(one, `${one.kind} ${one.name} names no namespace: taken for one of ${account.namespace}`);
  }
  if (bindings.length === 0) {
    // Roles alone: whoever binds them does so as far as they go.
    for (const role of roles) take(role, role.kind === 'Role' ? homeOf(role) : undefined);
    return { grants, diagnostics };
  }
  for (const binding of bindings.filter(({ subjects }) => subjects.some((one) => isMeant(one, account)))) {
    const namespace = binding.kind === 'RoleBinding' ? homeOf(binding) : undefined;
    const { kind, name } = binding.role;
    const role = roles.find(
      (one) => one.kind === kind && one.name === name && (kind === 'ClusterRole' || homeOf(one) === namespace),
    );
    if (role !== undefined) take(role, namespace);
    else
      warn(
        binding,
        `${binding.kind} ${binding.name} grants ${kind} ${name}, which is not here: what it grants cannot be followed`,
      );
  }
  return { grants, diagnostics };
}

/** @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
function isMeant({ kind, name, namespace }: Subject, account: Account): boolean {
  if (kind === 'ServiceAccount') return name === account.name && (namespace ?? account.namespace) === account.namespace;
  if (kind === 'User') return name === `system:serviceaccount:${account.namespace}:${account.name}`;
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
  return kind === 'Group' && groups.includes(name);
}
