import { byText } from '../by-text.js';
import type { Diagnostic } from '../diagnostics.js';
import type { Summary } from '../generate.js';
import type { FileChange, Plan, PlanEntry, Reason } from '../write/plan.js';

/** A diagnostic as people read it: `crds/foo.yaml:41: spec.versions[0]…properties.x: type "strng" is not a JSON type. …` */
export function diagnosticText({ severity, file, line, path, message, hint }: Diagnostic): string {
  const place = file === undefined ? 'kube-gen: ' : line === undefined ? `${file}: ` : `${file}:${line}: `;
  const kind = severity === 'warning' ? 'warning: ' : '';
  const text = `${place}${kind}${path === undefined ? '' : `${path}: `}${withoutField(message, path)}${hint === undefined ? '' : `. ${hint}`}`;
  return inert(text);
}

/** What is told of: with `--quiet` errors only. */
export function toldDiagnostics(
  diagnostics: readonly Diagnostic[],
  { quiet }: { readonly quiet: boolean },
): readonly Diagnostic[] {
  return quiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
}

/** A message names its field, which ends the path already: `spec.scope: must be …`, not `spec.scope: scope must be …`. */
function withoutField(message: string, path: string | undefined): string {
  const name = path?.slice(path.lastIndexOf('.') + 1) ?? '';
  const [start] = /^: |^ /.exec(message.slice(name.length)) ?? [];
  const isNamed = name !== '' && start !== undefined && message.startsWith(name);
  return isNamed ? message.slice(name.length + start.length) : message;
}

/**
 * Text of a stranger on a terminal: control characters, which could move the cursor or break the line, become escapes, and so do those that
 * turn the direction of the text around them.
 */
export function inert(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const reasonTexts: { readonly [R in Reason]: (plan: Plan) => string } = {
  missing: () => 'is missing',
  'input-changed': () => 'the input or the options changed',
  edited: () => 'was edited by hand',
  'line-ends': () => 'has other line ends, as git makes them: put "-text" for this folder into .gitattributes',
  'other-version': ({ writtenBy }) => `was made by kube-gen ${writtenBy ?? ''}`.trimEnd(),
  stale: () => 'is stale: no input makes it any more',
};

/** Why a file would change, in words. */
export function reasonText(entry: FileChange, plan: Plan): string {
  return reasonTexts[entry.reason](plan);
}

/** How many files there are of each fate. */
export function countEntries({ entries }: Plan): { written: number; unchanged: number; removed: number } {
  const count = (t: PlanEntry['t']): number => entries.filter((entry) => entry.t === t).length;
  return { written: count('write'), unchanged: count('unchanged'), removed: count('remove') };
}

/** `3 resources (2 groups) from 2 files -> generated/: ` */
export function subjectText(
  { resources, sources }: Summary,
  { out, cluster }: { readonly out: string; readonly cluster?: unknown },
): string {
  const kinds = new Set(resources.map(({ group, kind }) => `${group}/${kind}`));
  const groups = new Set(resources.map(({ group }) => group));
  const files = new Set(resources.map(({ file }) => file));
  const from = `${plural(kinds.size, 'resource')} (${plural(groups.size, 'group')}) from ${cluster === undefined ? plural(files.size, 'file') : 'the cluster'}`;
  // Types of operations and of JSON Schemas are no resources.
  if (resources.length === 0)
    return inert(`${cluster === undefined ? plural(sources, 'file') : 'the cluster'} -> ${out}/: `);
  return inert(`${from} -> ${out}/: `);
}

/** `skipped 3 documents of other kinds: 2 Service, 1 Deployment`; `undefined` when there were none. */
export function skippedText({ skipped }: Pick<Summary, 'skipped'>): string | undefined {
  const kinds = Object.entries(skipped).sort(([a, m], [b, n]) => n - m || byText(a, b));
  if (kinds.length === 0) return undefined;
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const shown = kinds.slice(0, 8).map(([kind, count]) => `${count} ${kind}`);
  return inert(
    `skipped ${plural(total, 'document')} of other kinds: ${shown.join(', ')}${kinds.length > 8 ? ', …' : ''}`,
  );
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A duration in milliseconds as `(0.3 s)`. */
export function secondsText(ms: number): string {
  return `(${(ms / 1000).toFixed(1)} s)`;
}
