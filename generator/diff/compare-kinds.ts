import type { CheckedKind, CheckedModules } from '../tools/ts-morph.js';
import { adviceOf } from './advice.js';
import { isBreaking, uses, type Change, type KindVersion, type Use } from './change.js';
import { compareDefinitions } from './compare-definitions.js';
import { TypeComparer } from './compare-types.js';
import type { Finding } from './finding.js';

interface Known {
  readonly head: KindVersion;
  readonly types: CheckedKind;
}

/** What two folders of generated modules differ in. */
export interface KindsComparison {
  /** Versions of kinds that are on both sides. */
  readonly compared: number;
  /** Kinds that these are versions of. */
  readonly comparedKinds: number;
  /** Sorted by group, kind and version, and within those breaking ones first. */
  readonly changes: readonly Change[];
}

/** Compares the kinds of the folders `old` and `new`. */
export function compareKinds(modules: CheckedModules): KindsComparison {
  const [before, after] = [modules.kindsOf('old'), modules.kindsOf('new')];
  const shared = new Set([...sharedKinds(before), ...sharedKinds(after)]);
  const [old, now] = [byName(before, shared), byName(after, shared)];
  const comparers = { reads: new TypeComparer('reads'), writes: new TypeComparer('writes') };
  const changes: Change[] = [];
  const kinds = new Set<string>();
  let compared = 0;
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const was = old.get(key);
    const is = now.get(key);
    if (was !== undefined && is !== undefined) {
      compared += 1;
      kinds.add(resourceOf(is.head));
      for (const change of breakingFirst(kindChanges(was, is, comparers))) changes.push(change);
    } else if (was !== undefined) changes.push(removed(was, [...now.values()]));
    else if (is !== undefined) changes.push(added(is, [...old.values()]));
  }
  return { compared, comparedKinds: kinds.size, changes };
}

/** Kinds that several resources have in one version, as `group/Kind`: the templates of OpenShift are kept, and processed by another. */
function sharedKinds(kinds: readonly CheckedKind[]): string[] {
  const seen = new Set<string>();
  return kinds.flatMap((types) => {
    const { group, kind, version } = headOf(types);
    const key = `${group}/${kind}/${version}`;
    if (seen.has(key)) return [`${group}/${kind}`];
    seen.add(key);
    return [];
  });
}

function byName(kinds: readonly CheckedKind[], shared: ReadonlySet<string>): Map<string, Known> {
  return new Map(
    kinds.map((types) => {
      const { plural, ...rest } = headOf(types);
      const head = shared.has(resourceOf(rest)) ? { ...rest, plural } : rest;
      return [`${resourceOf(head)}/${head.version}`, { head, types }];
    }),
  );
}

function headOf({ definition }: CheckedKind): Required<KindVersion> {
  const [group = '', version = '', kind = '', plural = ''] = ['group', 'version', 'kind', 'plural'].map((name) =>
    String(definition[name]),
  );
  return { group, version, kind, plural };
}

/** What all versions of a resource are known by: its plural only where others have its kind. */
function resourceOf({ group, kind, plural }: KindVersion): string {
  return plural === undefined ? `${group}/${kind}` : `${group}/${kind}/${plural}`;
}

function kindChanges(
  { head, types: was }: Known,
  { types: is }: Known,
  comparers: { readonly [U in Use]: TypeComparer },
): Change[] {
  const found = {
    reads: comparers.reads.compare([was.read], [is.read]).findings,
    writes: comparers.writes.compare([was.manifest], [is.manifest]).findings,
  };
  return [...compareDefinitions(was.definition, is.definition, head), ...mergeViews(found, head)];
}

/** One change for what both uses see in one place; the text is of the use that breaks, else of manifests. */
function mergeViews(found: { readonly [U in Use]: readonly Finding[] }, head: KindVersion): Change[] {
  const places = new Map<string, Partial<Record<Use, Finding>>>();
  for (const use of uses) {
    for (const finding of found[use]) {
      const key = `${finding.path}\n${finding.change}`;
      places.set(key, { ...places.get(key), [use]: finding });
    }
  }
  return [...places.values()].flatMap(({ reads, writes }) => {
    const shown = writes === undefined || (reads?.isBreaking === true && !writes.isBreaking) ? reads : writes;
    if (shown === undefined) return [];
    const breaks = uses.filter((use) => (use === 'reads' ? reads : writes)?.isBreaking);
    const { path, change } = shown;
    return [
      {
        ...head,
        path,
        change,
        breaks,
        ...(shown.old === undefined ? {} : { old: shown.old }),
        ...(shown.new === undefined ? {} : { new: shown.new }),
        advice: adviceOf(shown, breaks),
      },
    ];
  });
}

function removed({ head }: Known, now: readonly Known[]): Change {
  const others = now.filter((one) => resourceOf(one.head) === resourceOf(head)).map((one) => one.head.version);
  const advice =
    others.length === 0
      ? 'Remove the code that uses it: nothing is generated for it any more.'
      : `Move to ${others.join(' or ')}: nothing is generated for ${head.version} any more.`;
  const change = others.length === 0 ? 'kind-removed' : 'version-removed';
  return { ...head, path: '', change, breaks: uses, advice };
}

function added({ head }: Known, old: readonly Known[]): Change {
  const isNew = old.every((one) => resourceOf(one.head) !== resourceOf(head));
  const change = isNew ? 'kind-added' : 'version-added';
  return { ...head, path: '', change, breaks: [], advice: 'Nothing to do; it can be used from now on.' };
}

function breakingFirst(changes: readonly Change[]): Change[] {
  return [...changes.filter(isBreaking), ...changes.filter((one) => !isBreaking(one))];
}
