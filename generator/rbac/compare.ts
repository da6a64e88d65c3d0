import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import type { Grant, GrantedRule } from './grants.js';
import { sortedVerbs, type Needs, type PathRight, type Reason, type Right } from './right.js';

/** How a manifest stands to what the code needs. */
export interface Comparison {
  /** What it does not grant. */
  readonly missing: readonly (Right | PathRight)[];
  /** An error for each place where it grants less, a warning for each rule that grants more. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares what is needed with what is granted, as the authorizer of the API server would. */
export function compare({ rights, paths }: Needs, grants: readonly Grant[]): Comparison {
  const missing: Right[] = [];
  const unclear: Diagnostic[] = [];
  for (const right of rights) {
    const lacking = lackOf(right, grants);
    if (lacking === undefined) continue;
    const isEverywhere = right.reasons.some(({ isUnclear, namespace }) => !isUnclear && namespace === undefined);
    const places = right.namespace === undefined && !isEverywhere ? namespacesWith(right, grants) : [];
    if (places.length === 0) missing.push(lacking);
    else {
      unclear.push(unclearDiagnostic(lacking, places));
      missing.push(...namedParts(right).flatMap((part) => lackOf(part, grants) ?? []));
    }
  }
  const lackingPaths = paths.filter((right) => !grants.some((grant) => allowsPath(grant, right)));
  const errors = [...missingDiagnostics(missing), ...lackingPaths.map(pathDiagnostic)];
  const warnings = grants.flatMap((grant) => excessOf(grant, { rights, paths }));
  return { missing: [...missing, ...lackingPaths], diagnostics: [...errors, ...unclear, ...warnings] };
}

/** What a right that is wide because of an unknown namespace is needed for in namespaces that are known. */
function namedParts(right: Right): Right[] {
  const namespaces = [...new Set(right.reasons.flatMap(({ namespace }) => namespace ?? []))].sort(byText);
  return namespaces.map((namespace) => ({
    ...right,
    namespace,
    reasons: right.reasons.filter((reason) => reason.namespace === namespace),
  }));
}

/** The part of a right that nothing grants. */
function lackOf(right: Right, grants: readonly Grant[]): Right | undefined {
  if (right.namespace === undefined && right.names !== undefined && isOfNamespaces(right)) {
    // A request for a namespace is made in that namespace, so that a role there may grant it.
    const lacking = right.names.filter((name) => lackOf({ ...right, namespace: name, names: [name] }, grants));
    return lacking.length === 0 ? undefined : { ...right, names: lacking };
  }
  const allowing = grants.filter((grant) => allows(grant, right));
  if (allowing.some(({ rule }) => rule.resourceNames.length === 0)) return undefined;
  if (right.names === undefined) return right;
  const names = right.names.filter((name) => !allowing.some(({ rule }) => rule.resourceNames.includes(name)));
  return names.length === 0 ? undefined : { ...right, names };
}

function isOfNamespaces({ group, resource }: Right): boolean {
  return group === '' && /^namespaces(?:\/|$)/.test(resource);
}

/** Whether a grant is for this verb on this resource in this namespace; for which names is another question. */
function allows({ namespace, rule }: Grant, right: Right): boolean {
  return (namespace === undefined || namespace === right.namespace) && isFor(rule, right);
}

function isFor({ apiGroups, resources, verbs }: GrantedRule, { group, resource, verb }: Right): boolean {
  return includes(apiGroups, group) && includes(verbs, verb) && resources.some((one) => isResource(one, resource));
}

/** `*` is everything, subresources too, and `*` with `/scale` that subresource of everything. */
function isResource(pattern: string, resource: string): boolean {
  if (pattern === '*' || pattern === resource) return true;
  return pattern.startsWith('*/') && resource.endsWith(pattern.slice(1)) && resource.includes('/');
}

function includes(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

function allowsPath({ namespace, rule }: Grant, { path, verb }: PathRight): boolean {
  return namespace === undefined && includes(rule.verbs, verb) && rule.nonResourceURLs.some((one) => isPath(one, path));
}

function isPath(pattern: string, path: string): boolean {
  return pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1)));
}

function namespacesWith(right: Right, grants: readonly Grant[]): string[] {
  const found = grants.filter(({ rule }) => isFor(rule, right)).flatMap(({ namespace }) => namespace ?? []);
  return [...new Set(found)].sort(byText);
}

function unclearDiagnostic(right: Right, namespaces: readonly string[]): Diagnostic {
  const { file, line, note } = right.reasons.find(({ isUnclear }) => isUnclear) ?? {
    file: '',
    line: 1,
    note: undefined,
  };
  const message = `${whatOf([right])} is granted in ${namespaces.join(', ')} only: whether that is enough cannot be followed (${note ?? ''})`;
  return { severity: 'warning', file, line, message };
}

/** Verbs that are missing at the same places are told together. */
function missingDiagnostics(missing: readonly Right[]): Diagnostic[] {
  const together = new Map<string, Right[]>();
  for (const right of missing) {
    const { namespace, group, resource, names, reasons } = right;
    const key = JSON.stringify([namespace, group, resource, names, reasons]);
    together.set(key, [...(together.get(key) ?? []), right]);
  }
  return [...together.values()].map((rights): Diagnostic => {
    const [first] = rights as [Right];
    const { namespace, group, resource, names, reasons } = first;
    const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
    const kind = namespace === undefined ? 'ClusterRole' : `Role in namespace "${namespace}", or a ClusterRole,`;
    const named = names === undefined ? '' : `, resourceNames: ${flow(names)}`;
    const verbs = flow(sortedVerbs(rights.map(({ verb }) => verb)));
    return {
      severity: 'error',
      file: reasons[0]?.file ?? '',
      line: reasons[0]?.line ?? 1,
      message: `nothing grants ${whatOf(rights)}${where}${more(reasons)}`,
      hint: `A ${kind} with this rule, bound to the account, allows it: { apiGroups: ${flow([group])}, resources: ${flow([resource])}${named}, verbs: ${verbs} }`,
    };
  });
}

function pathDiagnostic({ path, verb, reasons }: PathRight): Diagnostic {
  return {
    severity: 'error',
    file: reasons[0]?.file ?? '',
    line: reasons[0]?.line ?? 1,
    message: `nothing grants ${verb} on the path ${path}${more(reasons)}`,
    hint: `A ClusterRole with this rule, bound to the account, allows it: { nonResourceURLs: ${flow([path])}, verbs: ${flow([verb])} }`,
  };
}

function more(reasons: readonly Reason[]): string {
  const places = new Set(reasons.map(({ file, line }) => `${file}:${line}`)).size;
  return places > 1 ? ` (needed at ${places} places)` : '';
}

function whatOf(rights: readonly Right[]): string {
  const [{ group, resource, names } = { group: '', resource: '', names: undefined }] = rights;
  const objects = names === undefined ? '' : ` named ${names.join(', ')}`;
  const verbs = sortedVerbs(rights.map(({ verb }) => verb)).join(', ');
  return `${verbs} on ${resource}${objects} of ${groupText(group)}`;
}

function groupText(group: string): string {
  return group === '' ? 'the core group' : group;
}

/** What a rule grants and no code needs. */
function excessOf(grant: Grant, { rights, paths }: Pick<Needs, 'rights' | 'paths'>): Diagnostic[] {
  const { rule, namespace, role, file, line } = grant;
  const used = rights.filter((right) => isFor(rule, right) && meet(namespace, right.namespace));
  const usedPaths = paths.filter((right) => allowsPath(grant, right));
  const excess =
    used.length + usedPaths.length === 0
      ? ['nothing in the code needs it']
      : [...resourceExcess(rule, used), ...pathExcess(rule, usedPaths), ...reachExcess(grant, used)];
  if (excess.length === 0) return [];
  const place = line === undefined ? { file } : { file, line };
  return [
    { severity: 'warning', ...place, message: `a rule of ${role} grants more than needed: ${excess.join('; ')}` },
  ];
}

function meet(granted: string | undefined, needed: string | undefined): boolean {
  return granted === undefined || needed === undefined || granted === needed;
}

/** Verbs for each resource that the rule names. */
function resourceExcess({ apiGroups, resources, verbs }: GrantedRule, used: readonly Right[]): string[] {
  return apiGroups.flatMap((group) =>
    resources.flatMap((resource) => {
      const here = used.filter(
        (right) => (group === '*' || right.group === group) && isResource(resource, right.resource),
      );
      const needed = sortedVerbs(here.map(({ verb }) => verb));
      const extra = verbs.filter((verb) => verb !== '*' && !needed.includes(verb));
      const unneeded = verbs.includes('*') ? ['*'] : extra;
      const isBroad = group === '*' || resource.includes('*');
      if (unneeded.length === 0 && !isBroad) return [];
      const only = [...new Set(here.map((right) => `${right.resource} of ${groupText(right.group)}`))].sort(byText);
      const what = `${unneeded.length > 0 ? unneeded.join(', ') : verbs.join(', ')} on ${resource} of ${groupText(group)}`;
      if (here.length === 0) return [what];
      return [`${what} (needed: ${needed.join(', ')}${isBroad ? ` on ${only.join(', ')}` : ''})`];
    }),
  );
}

function pathExcess({ nonResourceURLs, verbs }: GrantedRule, used: readonly PathRight[]): string[] {
  return nonResourceURLs.flatMap((pattern) => {
    const here = used.filter(({ path }) => isPath(pattern, path));
    const extra = verbs.filter((verb) => !here.some((right) => right.verb === verb));
    return extra.length === 0 && !pattern.endsWith('*')
      ? []
      : [`${(extra.length > 0 ? extra : verbs).join(', ')} on the path ${pattern}`];
  });
}

/** Where and for which objects; where only some of the rights reach too far, which. */
function reachExcess(grant: Grant, used: readonly Right[]): string[] {
  const whole = reachOf(grant, used);
  if (whole.length > 0) return whole;
  const parts = new Map<string, Right[]>();
  for (const right of used) {
    const what = `${right.verb} on ${right.resource} of ${groupText(right.group)}`;
    parts.set(what, [...(parts.get(what) ?? []), right]);
  }
  return [...parts].flatMap(([what, rights]) => reachOf(grant, rights).map((one) => `${what}: ${one}`));
}

function reachOf({ namespace, rule }: Grant, used: readonly Right[]): string[] {
  // Of namespaces a role in one reaches that one.
  if (used.length === 0 || (namespace !== undefined && used.every(isOfNamespaces))) return [];
  const found: string[] = [];
  if (namespace === undefined && used.every((right) => right.namespace !== undefined)) {
    const needed = [...new Set(used.flatMap((right) => right.namespace ?? []))].sort(byText);
    found.push(`all namespaces (needed: ${needed.join(', ')})`);
  }
  const names = [...new Set(used.flatMap((right) => right.names ?? []))].sort(byText);
  if (used.some((right) => right.names === undefined)) return found;
  if (rule.resourceNames.length === 0) found.push(`objects of any name (needed: ${names.join(', ')})`);
  const extra = rule.resourceNames.filter((name) => !names.includes(name));
  if (extra.length > 0) found.push(`objects named ${extra.join(', ')}`);
  return found;
}

function flow(values: readonly string[]): string {
  return `[${values.map((one) => JSON.stringify(one)).join(', ')}]`;
}
