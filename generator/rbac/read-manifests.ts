import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import { readDocuments, type LoadedDocument, type Source } from '../load/documents.js';
import { field, isMap } from '../load/json-value.js';
import { readPositions } from '../load/positions.js';
import { grantsTo, type Account, type Binding, type Grant, type Place, type Role, type Subject } from './grants.js';

/** The roles and bindings of some manifests. */
export interface RbacManifests {
  /** The accounts that a binding names, each once. */
  readonly accounts: readonly Account[];
  readonly diagnostics: readonly Diagnostic[];
  /** What an account gets. */
  grantsTo(account: Account): { readonly grants: readonly Grant[]; readonly diagnostics: readonly Diagnostic[] };
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
    for (const one of [...read.documents].flatMap(itemsOf)) {
      const { value, kind } = one;
      const lineOf = (...path: (string | number)[]): number | undefined =>
        lines.lineOf(one.document.source.document, [...one.document.path, ...one.path, ...path]);
      const place = { file: source.file, line: lineOf() };
      if (kind === 'Role' || kind === 'ClusterRole') roles.push(roleOf(value, kind, place, lineOf));
      else bindings.push(bindingOf(value, kind, place));
    }
  }
  // Without a source there is an error already: it says why nothing was read.
  if (sources.length > 0 && diagnostics.every(({ severity }) => severity !== 'error') && roles.length === 0)
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

/** What is no string, as `y` is none in YAML, makes the API server refuse the role. Left out, it would make a rule for names one for all. */
function texts(value: unknown, key: string): string[] {
  return list(value, key).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
}
