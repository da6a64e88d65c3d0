import { renderTemplate } from '../tools/template.js';
import type { Reason } from './right.js';
import type { Rule, RuleReason, RuleSet } from './rules.js';

/** Whom the roles are for, and what they are called. */
export interface RoleNames {
  readonly name: string;
  readonly account: { readonly namespace: string; readonly name: string };
}

/** Prints roles and bindings as YAML. `notes` stand above them, as comments. */
export function manifestOf(sets: readonly RuleSet[], { name, account }: RoleNames, notes: readonly string[]): string {
  const roles = sets.map(({ namespace, rules }) => ({
    kind: namespace === undefined ? 'ClusterRole' : 'Role',
    binding: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    namespace: namespace === undefined ? '' : scalar(namespace),
    name: scalar(name),
    accountName: scalar(account.name),
    accountNamespace: scalar(account.namespace),
    rules: rules.map((rule) => ({ reasons: rule.reasons.map(reasonText).map(comment), fields: fieldsOf(rule) })),
  }));
  return renderTemplate('rbac', { notes: notes.map(comment), roles });
}

function fieldsOf({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: Rule): string[] {
  if (nonResourceURLs !== undefined) return [`nonResourceURLs: ${flow(nonResourceURLs)}`, `verbs: ${flow(verbs)}`];
  return [
    `apiGroups: ${flow(apiGroups)}`,
    `resources: ${flow(resources)}`,
    ...(resourceNames === undefined ? [] : [`resourceNames: ${flow(resourceNames)}`]),
    `verbs: ${flow(verbs)}`,
  ];
}

/** `list, watch foos: src/main.ts:12 (in all namespaces)` */
function reasonText({ verbs, what, places }: RuleReason): string {
  return `${verbs.join(', ')} ${what}: ${[...new Set(places.map(placeText))].join('; ')}`;
}

/** A place as people read it, with the calls that lead there. */
function placeText({ file, line, calledFrom, note }: Reason): string {
  const calls = calledFrom.map((one) => `, called at ${one.file}:${one.line}`).join('');
  return `${file}:${line}${calls}${note === undefined ? '' : ` (${note})`}`;
}

function flow(values: readonly string[]): string {
  return `[${values.map(quoted).join(', ')}]`;
}

/** Plain where that can mean nothing else. */
function scalar(text: string): string {
  const isWord = /^[a-z][a-z0-9.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(text);
  return isWord ? text : quoted(text);
}

/** In double quotes, where YAML has the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[^\x20-\x7e]/g, escaped);
}

/** Text in a comment stays there: nothing in it ends the line, for any reader of YAML. */
function comment(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\uFEFF]|\p{Cs}/gu, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
