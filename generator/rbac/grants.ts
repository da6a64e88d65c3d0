import type { Diagnostic } from '../diagnostics.js';
import { readDocuments, type LoadedDocument, type Source } from '../load/documents.js';
import { field, isMap } from '../load/json-value.js';
import { readPositions } from '../load/positions.js';
import { byText } from './right.js';

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

/** The roles and bindings of some manifests. */
export interface RbacManifests {
  /** The accounts that a binding names, each once. */
  readonly accounts: readonly Account[];
  readonly diagnostics: readonly Diagnostic[];
  /** What an account gets. */
  grantsTo(account: Account): { readonly grants: readonly Grant[]; readonly diagnostics: readonly Diagnostic[] };
}

interface Place {
  readonly file: string;
  readonly line: number | undefined;
}

interface Role extends Place {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly isAggregated: boolean;
  readonly rules: readonly (GrantedRule & { readonly line: number | undefined })[];
}

interface Binding extends Place {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly Subject[];
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Reads the roles and bindings among the documents of some files; other kinds are passed over. */
export async function readManifests(sources: readonly Source[]): Promise<RbacManifests> {
  const roles: Role[] = [];
  const bindings: Binding[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const read = await readDocuments(source);
    diagnostics.push(...read.diagnostics);
    const lines = readPositions(source.text);
    for (const one of read.documents.flatMap(itemsOf)) {
      const { value, kind } = one;
      const lineOf = (...path: (string | number)[]): number | undefined =>
        lines.lineOf(one.document.source.document, [...one.document.path, ...one.path, ...path]);
      const place = { file: source.file, line: lineOf() };
      if (kind === 'Role' || kind === 'ClusterRole') roles.push(roleOf(value, kind, place, lineOf));
      else bindings.push(bindingOf(value, kind, place));
    }
  }
  if (diagnostics.every(({ severity }) => severity !== 'error') && roles.length === 0)
    diagnostics.push({ severity: 'error', message: 'there is no Role and no ClusterRole in what --against names' });
  const accounts = new Map(
    bindings
      .flatMap((binding) => binding.subjects.map((subject) => accountOf(subject, binding)))
      .flatMap((one) => (one === undefined ? [] : [[`${one.namespace}/${one.name}`, one] as const])),
  );
  const sorted = [...accounts].sort(([a], [b]) => byText(a, b)).map(([, account]) => account);
  return { accounts: sorted, diagnostics, grantsTo: (account) => grantsTo(account, roles, bindings) };
}

interface Item {
  readonly value: unknown;
  readonly kind: string;
  readonly document: LoadedDocument;
  readonly path: readonly (string | number)[];
}

const kinds = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** A role or binding, or those of a typed list, whose items need no kind. */
function itemsOf(document: LoadedDocument): Item[] {
  const { value } = document;
  const kind = text(value, 'kind') ?? '';
  if (!isMap(value) || !(text(value, 'apiVersion') ?? '').startsWith('rbac.authorization.k8s.io/')) return [];
  if (kinds.has(kind)) return [{ value, kind, document, path: [] }];
  const inside = kind.replace(/List$/, '');
  return kinds.has(inside)
    ? list(value, 'items').map((item, i) => ({ value: item, kind: inside, document, path: ['items', i] }))
    : [];
}

function roleOf(
  value: unknown,
  kind: string,
  place: Place,
  lineOf: (...path: (string | number)[]) => number | undefined,
): Role {
  const metadata = inside(value, 'metadata');
  return {
    ...place,
    kind,
    name: text(metadata, 'name') ?? '',
    namespace: kind === 'Role' ? text(metadata, 'namespace') : undefined,
    isAggregated: inside(value, 'aggregationRule') !== undefined,
    rules: list(value, 'rules').map((rule, i) => ({
      apiGroups: texts(rule, 'apiGroups'),
      resources: texts(rule, 'resources'),
      resourceNames: texts(rule, 'resourceNames'),
      nonResourceURLs: texts(rule, 'nonResourceURLs'),
      verbs: texts(rule, 'verbs'),
      line: lineOf('rules', i),
    })),
  };
}

function bindingOf(value: unknown, kind: string, place: Place): Binding {
  const metadata = inside(value, 'metadata');
  const role = inside(value, 'roleRef');
  return {
    ...place,
    kind,
    name: text(metadata, 'name') ?? '',
    namespace: kind === 'RoleBinding' ? text(metadata, 'namespace') : undefined,
    role: { kind: text(role, 'kind') ?? '', name: text(role, 'name') ?? '' },
    subjects: list(value, 'subjects').map((subject) => ({
      kind: text(subject, 'kind') ?? '',
      name: text(subject, 'name') ?? '',
      namespace: text(subject, 'namespace'),
    })),
  };
}

function accountOf(subject: Subject, binding: Binding): Account | undefined {
  if (subject.kind !== 'ServiceAccount') return undefined;
  return { namespace: subject.namespace ?? binding.namespace ?? 'default', name: subject.name };
}

function grantsTo(
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

function inside(value: unknown, key: string): unknown {
  return isMap(value) ? field(value, key) : undefined;
}

function text(value: unknown, key: string): string | undefined {
  const found = inside(value, key);
  return typeof found === 'string' ? found : undefined;
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = inside(value, key);
  return Array.isArray(found) ? found : [];
}

function texts(value: unknown, key: string): string[] {
  return list(value, key).filter((one) => typeof one === 'string');
}
