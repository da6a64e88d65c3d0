import type { CheckedKind, CheckedModules } from '../tools/ts-morph.js';
import { adviceOf } from './advice.js';
import { isBreaking, uses, type Change, type KindVersion, type Use } from './change.js';
import { compareDefinitions } from './compare-definitions.js';
import { TypeComparer } from './compare-types.js';
import type { Finding } from './finding.js';

interface Known extends KindVersion {
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
  const old = byName(modules.kindsOf('old'));
  const now = byName(modules.kindsOf('new'));
  const comparers = { reads: new TypeComparer('reads'), writes: new TypeComparer('writes') };
  const changes: Change[] = [];
  const kinds = new Set<string>();
  let compared = 0;
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const was = old.get(key);
    const is = now.get(key);
    if (was !== undefined && is !== undefined) {
      compared += 1;
      kinds.add(`${is.group}/${is.kind}`);
      for (const change of breakingFirst(kindChanges(was, is, comparers))) changes.push(change);
    } else if (was !== undefined) changes.push(removed(was, [...now.values()]));
    else if (is !== undefined) changes.push(added(is, [...old.values()]));
  }
  return { compared, comparedKinds: kinds.size, changes };
}

function byName(kinds: readonly CheckedKind[]): Map<string, Known> {
  return new Map(
    kinds.map((types) => {
      const [group = '', kind = '', version = ''] = ['group', 'kind', 'version'].map((name) =>
        String(types.definition[name]),
      );
      return [`${group}/${kind}/${version}`, { group, version, kind, types }];
    }),
  );
}

function kindChanges(was: Known, is: Known, comparers: { readonly [U in Use]: TypeComparer }): Change[] {
  const { group, version, kind } = was;
  const head = { group, version, kind };
  const found = {
    reads: comparers.reads.compare([was.types.read], [is.types.read]).findings,
    writes: comparers.writes.compare([was.types.manifest], [is.types.manifest]).findings,
  };
  return [...compareDefinitions(was.types.definition, is.types.definition, head), ...mergeViews(found, head)];
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

function removed({ group, version, kind }: Known, now: readonly Known[]): Change {
  const others = now.filter((one) => one.group === group && one.kind === kind).map((one) => one.version);
  const advice =
    others.length === 0
      ? 'Remove the code that uses it: nothing is generated for it any more.'
      : `Move to ${others.join(' or ')}: nothing is generated for ${version} any more.`;
  const change = others.length === 0 ? 'kind-removed' : 'version-removed';
  return { group, version, kind, path: '', change, breaks: uses, advice };
}

function added({ group, version, kind }: Known, old: readonly Known[]): Change {
  const isNew = old.every((one) => one.group !== group || one.kind !== kind);
  const change = isNew ? 'kind-added' : 'version-added';
  return { group, version, kind, path: '', change, breaks: [], advice: 'Nothing to do; it can be used from now on.' };
}

function breakingFirst(changes: readonly Change[]): Change[] {
  return [...changes.filter(isBreaking), ...changes.filter((one) => !isBreaking(one))];
}
