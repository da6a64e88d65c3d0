import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import type { FoundCode, FoundUse } from '../tools/code-uses/found.js';
import { isGivenPath, isGivenResource } from './given-rights.js';
import { type Needs, type PathRight, type Reason, type Right } from './right.js';

/** The reasons for one verb on one resource in one namespace, or in all. */
interface Entry {
  readonly namespace: string | undefined;
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  /** For any object; empty when there are none. */
  readonly any: Reason[];
  readonly named: Map<string, Reason[]>;
}

/** What the code needs, without what other rights already contain. `ownNamespace` is where a request without a namespace is made. */
export function needsOf(
  code: Pick<FoundCode, 'uses' | 'paths' | 'connections'>,
  ownNamespace: string,
): { readonly needs: Needs; readonly diagnostics: readonly Diagnostic[] } {
  const own = homeOf(code, ownNamespace);
  const entries = new Map<string, Entry>();
  const diagnostics: Diagnostic[] = [];
  const given = new Set<string>();
  for (const use of code.uses) {
    const resource = use.subresource === undefined ? use.resource.plural : `${use.resource.plural}/${use.subresource}`;
    for (const verb of use.verbs) {
      if (isGivenResource(use.resource.group, resource, verb)) {
        given.add(`${verb} ${resource} (${placeText(use.place)})`);
        continue;
      }
      for (const { namespace, note, isUnclear = false } of scopesOf(use, own)) {
        if (namespace !== undefined && !isNamespace(namespace)) {
          diagnostics.push({
            severity: 'warning',
            ...use.place,
            message: `${JSON.stringify(namespace)} cannot be the name of a namespace: no rule is made for it`,
          });
          continue;
        }
        const reason = { ...use.place, calledFrom: use.calledFrom, note, isUnclear, namespace };
        add(entries, { namespace, group: use.resource.group, resource, verb, names: use.names, reason });
      }
    }
  }
  const rights = [...dropContained(entries)].map(rightOf).sort(compareRights);
  const paths = pathRights(code.paths, given);
  return { needs: { rights, paths, given: [...given].sort(byText) }, diagnostics };
}

type Home = { readonly namespace: string } | { readonly why: string };

/** The namespace of the connection, where all connections agree about it. */
function homeOf({ connections }: Pick<FoundCode, 'connections'>, ownNamespace: string): Home {
  const homes = new Set<string>();
  for (const { namespace } of connections) {
    if (namespace.t === 'unknown') return { why: namespace.why };
    homes.add(namespace.t === 'own' ? ownNamespace : namespace.name);
  }
  const [home = ownNamespace, ...more] = homes;
  return more.length === 0 ? { namespace: home } : { why: 'the connections are at home in several namespaces' };
}

interface Scope {
  readonly namespace: string | undefined;
  readonly note: string | undefined;
  readonly isUnclear?: boolean;
}

function scopesOf({ resource, namespaces }: FoundUse, home: Home): Scope[] {
  if (resource.scope === 'Cluster') return [{ namespace: undefined, note: undefined }];
  if (namespaces.t === 'all')
    return [{ namespace: undefined, note: resource.scope === undefined ? undefined : 'in all namespaces' }];
  if (namespaces.t === 'unknown') return [everywhere(namespaces.why)];
  const scopes = namespaces.names.map((namespace): Scope => ({ namespace, note: undefined }));
  if (!namespaces.own) return scopes;
  if ('why' in home) return [...scopes, everywhere(home.why)];
  return [...scopes, { namespace: home.namespace, note: undefined }];
}

function everywhere(why: string): Scope {
  return { namespace: undefined, note: `in all namespaces, because ${why}`, isUnclear: true };
}

function add(
  entries: Map<string, Entry>,
  o: Omit<Entry, 'any' | 'named'> & { readonly names: readonly string[] | undefined; readonly reason: Reason },
): void {
  const { namespace, group, resource, verb, names, reason } = o;
  const key = JSON.stringify([namespace, group, resource, verb]);
  const entry = entries.get(key) ?? { namespace, group, resource, verb, any: [], named: new Map<string, Reason[]>() };
  entries.set(key, entry);
  if (names === undefined) entry.any.push(reason);
  for (const name of names ?? []) entry.named.set(name, [...(entry.named.get(name) ?? []), reason]);
}

/** A right for any object contains those for some, and one in all namespaces those in one. Their reasons go where they went. */
function dropContained(entries: Map<string, Entry>): Iterable<Entry> {
  for (const [key, entry] of entries) {
    const { namespace, group, resource, verb } = entry;
    const wide = namespace === undefined ? undefined : entries.get(JSON.stringify([undefined, group, resource, verb]));
    for (const into of wide === undefined ? [entry] : [wide, entry]) {
      if (into.any.length === 0) continue;
      if (into !== entry) into.any.push(...entry.any.splice(0));
      for (const reasons of entry.named.values()) into.any.push(...reasons);
      entry.named.clear();
    }
    for (const [name, reasons] of wide === undefined ? [] : entry.named) {
      const same = wide?.named.get(name);
      if (same === undefined) continue;
      same.push(...reasons);
      entry.named.delete(name);
    }
    if (entry.any.length === 0 && entry.named.size === 0) entries.delete(key);
  }
  return entries.values();
}

function rightOf({ namespace, group, resource, verb, any, named }: Entry): Right {
  const names = any.length > 0 ? undefined : [...named.keys()].sort(byText);
  const reasons = sortedReasons(any.length > 0 ? any : [...named.values()].flat());
  return { namespace, group, resource, verb, names, reasons };
}

function compareRights(a: Right, b: Right): number {
  return (
    byText(a.namespace ?? '', b.namespace ?? '') ||
    byText(a.group, b.group) ||
    byText(a.resource, b.resource) ||
    byText(a.verb, b.verb)
  );
}

function pathRights(found: FoundCode['paths'], given: Set<string>): PathRight[] {
  const rights = new Map<string, { path: string; verb: string; reasons: Reason[] }>();
  for (const { path, verb, place } of found) {
    if (isGivenPath(path, verb)) {
      given.add(`${verb} ${path} (${placeText(place)})`);
      continue;
    }
    const key = `${verb} ${path}`;
    const right = rights.get(key) ?? { path, verb, reasons: [] };
    rights.set(key, right);
    right.reasons.push({ ...place, calledFrom: [], note: undefined, isUnclear: false, namespace: undefined });
  }
  return [...rights.values()]
    .map((right) => ({ ...right, reasons: sortedReasons(right.reasons) }))
    .sort((a, b) => byText(a.path, b.path) || byText(a.verb, b.verb));
}

/** Each place once, in the order of the code. */
function sortedReasons(reasons: readonly Reason[]): Reason[] {
  const known = new Map(
    reasons.map((one) => [JSON.stringify([one.file, one.line, one.calledFrom, one.note, one.namespace]), one]),
  );
  return [...known.entries()]
    .sort(([a, one], [b, other]) => byText(one.file, other.file) || one.line - other.line || byText(a, b))
    .map(([, one]) => one);
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
function isNamespace(name: string): boolean {
  return name.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name);
}

function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
