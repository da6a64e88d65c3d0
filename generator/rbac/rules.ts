import { byText } from '../by-text.js';
import { sortedVerbs, type Needs, type Reason, type Right } from './right.js';

/** A rule of a role, and what in the code it is for. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[] | undefined;
  readonly nonResourceURLs: readonly string[] | undefined;
  readonly verbs: readonly string[];
  readonly reasons: readonly RuleReason[];
}

/** What is done somewhere: some verbs on one resource, at some places. */
export interface RuleReason {
  readonly verbs: readonly string[];
  readonly what: string;
  readonly places: readonly Reason[];
}

/** The rules of one role. */
export interface RuleSet {
  /** `undefined`: a ClusterRole, bound everywhere. */
  readonly namespace: string | undefined;
  readonly rules: readonly Rule[];
}

/** The fewest rules that grant what is needed and nothing else, one set for each namespace; sorted. */
export function rulesOf({ rights, paths }: Needs): RuleSet[] {
  const everywhere = [...resourceRules(rights.filter(({ namespace }) => namespace === undefined)), ...pathRules(paths)];
  const namespaces = [...new Set(rights.flatMap(({ namespace }) => namespace ?? []))].sort(byText);
  return [
    ...(everywhere.length > 0 ? [{ namespace: undefined, rules: everywhere }] : []),
    ...namespaces.map((namespace) => ({
      namespace,
      rules: resourceRules(rights.filter((right) => right.namespace === namespace)),
    })),
  ];
}

/** Verbs of one resource make a rule, if they are for the same objects; resources of one group share it where all of it is the same. */
function resourceRules(rights: readonly Right[]): Rule[] {
  const byResource = groupBy(rights, ({ group, resource, names }) => JSON.stringify([group, resource, names ?? null]));
  const byRule = groupBy([...byResource.values()], (same) => {
    const [{ group, names } = { group: '', names: undefined }] = same;
    return JSON.stringify([group, names ?? null, sortedVerbs(same.map(({ verb }) => verb))]);
  });
  return [...byRule.values()]
    .map((sets): Rule => {
      const all = sets.flat();
      const [first] = all;
      return {
        apiGroups: [first?.group ?? ''],
        resources: [...new Set(all.map(({ resource }) => resource))].sort(byText),
        resourceNames: first?.names,
        nonResourceURLs: undefined,
        verbs: sortedVerbs(all.map(({ verb }) => verb)),
        reasons: sets.flatMap(reasonsOf),
      };
    })
    .sort(compareRules);
}

function pathRules(paths: Needs['paths']): Rule[] {
  const byVerbs = groupBy([...groupBy(paths, ({ path }) => path).values()], (same) =>
    sortedVerbs(same.map(({ verb }) => verb)).join(),
  );
  return [...byVerbs.values()].map((sets) => {
    const all = sets.flat();
    return {
      apiGroups: [],
      resources: [],
      resourceNames: undefined,
      nonResourceURLs: [...new Set(all.map(({ path }) => path))].sort(byText),
      verbs: sortedVerbs(all.map(({ verb }) => verb)),
      reasons: all.map(({ path, verb, reasons }) => ({ verbs: [verb], what: path, places: reasons })),
    };
  });
}

/** Verbs that are needed at the same places are named together. */
function reasonsOf(rights: readonly Right[]): RuleReason[] {
  const together = groupBy(rights, ({ reasons }) => JSON.stringify(reasons));
  const order = sortedVerbs(rights.map(({ verb }) => verb));
  return [...together.values()]
    .map((same) => ({
      verbs: sortedVerbs(same.map(({ verb }) => verb)),
      what: same[0]?.resource ?? '',
      places: same[0]?.reasons ?? [],
    }))
    .sort((a, b) => order.indexOf(a.verbs[0] ?? '') - order.indexOf(b.verbs[0] ?? ''));
}

function compareRules(a: Rule, b: Rule): number {
  const [one, other] = [a, b].map(({ apiGroups, resources, resourceNames = [] }) => [
    apiGroups[0] ?? '',
    resources[0] ?? '',
    resourceNames.join(),
  ]);
  return (
    byText(one?.[0] ?? '', other?.[0] ?? '') ||
    byText(one?.[1] ?? '', other?.[1] ?? '') ||
    byText(one?.[2] ?? '', other?.[2] ?? '') ||
    byText(a.verbs.join(), b.verbs.join())
  );
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
