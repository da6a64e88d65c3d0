import { didYouMean } from '../../did-you-mean.js';
import { checkFields, type Fields } from './check-fields.js';
import type { Crd } from '../crd.js';
import type { PartReport } from '../fault.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from '../json-value.js';
import { quotesHint } from './quotes-hint.js';

/** Names of a kind and where it lives, each usable in a path, a URL and an identifier. */
export type CheckedNames = Pick<
  Crd,
  'group' | 'kind' | 'plural' | 'singular' | 'listKind' | 'shortNames' | 'categories' | 'scope'
>;

const longestLabel = 63;
const label = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Whether text is a name as versions and plurals have it (DNS-1035 label). */
export function isLabel(text: string): boolean {
  return label.test(text);
}

/** Checks `group`, `names` and `scope` of a CRD's spec. Undefined, with errors, where one of them cannot be used. */
export function checkNames(spec: JsonMap, report: PartReport, beta: boolean): CheckedNames | undefined {
  const names = field(spec, 'names');
  const group = needed({ map: spec, key: 'group', report }, isSubdomain, 'a domain name such as "example.com"');
  if (group !== undefined && !group.includes('.'))
    report.below('group').warning(`the group ${quote(group)} has no dot; the API server refuses it`);
  const scope = checkScope(spec, report.below('scope'), beta);
  const at = report.below('names');
  if (!isMap(names)) {
    at.error(`names must be a map with kind and plural, not ${describe(names)}`);
    return undefined;
  }
  const of = (key: string): NameOf => ({ map: names, key, report: at });
  checkFields({ map: names, what: 'names', report: at }, nameFields);
  const kind = needed(of('kind'), isKind, 'a name such as "Certificate"');
  const plural = needed(of('plural'), isLabel, 'a lower-case name such as "certificates"');
  const fallback = kind ?? '';
  const singular = optional(of('singular'), isLabel, fallback.toLowerCase());
  const listKind = optional(of('listKind'), isKind, `${fallback}List`);
  if (listKind.length > longestLabel && kind !== undefined) {
    const message = `listKind is missing, and ${quote(listKind)} has more than ${longestLabel} characters: give one`;
    at.below('listKind').warning(message);
  }
  if (kind !== undefined && kind === listKind)
    at.below('listKind').warning(`listKind must be another name than kind, ${quote(kind)}`);
  const shortNames = nameList(of('shortNames'));
  const categories = nameList(of('categories'));
  if (group === undefined || scope === undefined || kind === undefined || plural === undefined) return undefined;
  return { group, kind, plural, singular, listKind, shortNames, categories, scope };
}

const nameFields: Fields = {
  kind: 'any',
  plural: 'any',
  singular: 'any',
  listKind: 'any',
  shortNames: 'any',
  categories: 'any',
};

/** Whether text is a domain name as groups and the prefixes of labels have it (DNS-1123 subdomain). */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomain.test(text);
}

/** Kinds are labels in any case (V17: a lower-case kind and `Da-sh` are real). */
export function isKind(text: string): boolean {
  return isLabel(text.toLowerCase());
}

interface NameOf {
  readonly map: JsonMap;
  readonly key: string;
  readonly report: PartReport;
}

function needed({ map, key, report }: NameOf, isRight: (text: string) => boolean, what: string): string | undefined {
  const value = field(map, key);
  if (typeof value === 'string' && isRight(value)) return value;
  const isTemplate = typeof value === 'string' && value.includes('{{');
  const wrong = isTemplate
    ? `is ${quote(value)}: this looks like a Helm template; render it first (helm template …)`
    : `must be ${what}, not ${describe(value)}`;
  report.below(key).error(value === undefined ? `${key} is missing` : `${key} ${wrong}`);
  return undefined;
}

function optional({ map, key, report }: NameOf, isRight: (text: string) => boolean, fallback: string): string {
  const value = field(map, key);
  if (value === undefined || value === '') return fallback;
  if (typeof value === 'string' && isRight(value)) return value;
  report.below(key).warning(`${key} cannot be ${describe(value)}; taken as ${quote(fallback)}`);
  return fallback;
}

function nameList({ map, key, report }: NameOf): string[] {
  const value = field(map, key);
  if (value === undefined) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!Array.isArray(value)) report.below(key).warning(`${key} must be a list of lower-case names`);
  return list.flatMap((name, i) => {
    if (typeof name === 'string' && isLabel(name)) return [name];
    const message = `must be a lower-case name, not ${describe(name)}, which is left out${quotesHint(name)}`;
    report.below(key, i).warning(message);
    return [];
  });
}

const scopes = ['Namespaced', 'Cluster'] as const;

function checkScope(spec: JsonMap, report: PartReport, beta: boolean): 'Namespaced' | 'Cluster' | undefined {
  const value = field(spec, 'scope');
  const scope = scopes.find((known) => known === value);
  if (scope !== undefined) return scope;
  // v1beta1 defaults it; an empty text is an absent one.
  if (beta && (value === undefined || value === '')) return 'Namespaced';
  const guess = didYouMean(stringField(spec, 'scope') ?? '', [...scopes, 'Clustered', 'Namespace']);
  const help = guess === undefined ? '' : ` Did you mean "${guess.startsWith('C') ? 'Cluster' : 'Namespaced'}"?`;
  const what = value === undefined ? 'scope is missing: it' : 'scope';
  const not = value === undefined ? '' : `, not ${describe(value)}`;
  report.error(`${what} must be "Namespaced" or "Cluster"${not}.${help}`);
  return undefined;
}
