import { isBreaking, type Change, type ChangeType, type TypeText } from '../diff/change.js';
import type { DiffResult } from '../diff/diff.js';
import type { ExitCode } from './outcome.js';
import { inert, plural } from './report.js';

/** Everything that a report of `kube-gen diff` says. */
export interface DiffReport extends DiffResult {
  /** The two inputs as they were named, without the secrets of URLs. */
  readonly old: string;
  readonly new: string;
  readonly exitCode: ExitCode;
  /** Of kube-gen. */
  readonly version: string;
}

const words: { readonly [C in ChangeType]: string } = {
  'kind-added': 'new kind',
  'kind-removed': 'kind removed',
  'version-added': 'new version',
  'version-removed': 'version removed',
  definition: 'changed',
  'field-added': 'added',
  'field-removed': 'removed',
  'now-required': 'now required',
  'now-optional': 'now optional',
  type: 'type changed',
  'now-open': 'now takes any field',
  'now-closed': 'no longer takes any field',
  combination: 'other combinations of its fields',
};

/** Parts of a definition come and go, too. */
function wordOf({ change, old, new: now }: Change): string {
  if (change !== 'definition' || (old !== undefined && now !== undefined)) return words[change];
  return words[now === undefined ? 'field-removed' : 'field-added'];
}

const longestText = 160;

/** The report for a terminal. */
export function diffText(report: DiffReport): string {
  const lines = byKind(report.changes).flatMap(([title, changes]) => [
    title,
    ...changes.flatMap((change) => {
      const types = typesOf(change);
      return [
        `  ${isBreaking(change) ? 'BREAKING' : 'safe    '}  ${placeOf(change)}: ${wordOf(change)}${types === '' ? '' : `: ${types}`}`,
        `            ${isBreaking(change) ? `${breaksText(change)}: ` : ''}${change.advice}`,
      ];
    }),
    '',
  ]);
  return [...lines, summary(report)].map((line) => `${inert(line)}\n`).join('');
}

/** The report as a comment of a pull request. */
export function diffMarkdown(report: DiffReport): string {
  const lines = byKind(report.changes).flatMap(([title, changes]) => [
    `### ${prose(title)}`,
    '',
    '| | where | what | old | new | what to do |',
    '| --- | --- | --- | --- | --- | --- |',
    ...changes.map((change) => {
      const mark = isBreaking(change) ? `**breaking** (${breaksText(change)})` : 'safe';
      const cells = [mark, code(placeOf(change)), wordOf(change), cell(change.old), cell(change.new)];
      return `| ${[...cells, prose(change.advice)].join(' | ')} |`;
    }),
    '',
  ]);
  const head = [
    '## What changed for TypeScript users',
    '',
    `${code(report.old)} → ${code(report.new)}: ${summary(report)}`,
    '',
  ];
  return [...head, ...lines].join('\n');
}

function byKind(changes: readonly Change[]): [title: string, changes: Change[]][] {
  const kinds = new Map<string, Change[]>();
  for (const change of changes) {
    const { group, version, kind, plural: name } = change;
    const title = `${kind} (${name === undefined ? '' : `${name}, `}${group === '' ? '' : `${group}/`}${version})`;
    const known = kinds.get(title);
    if (known === undefined) kinds.set(title, [change]);
    else known.push(change);
  }
  return [...kinds];
}

function summary({ changes, compared, comparedKinds }: DiffReport): string {
  const breaking = changes.filter(isBreaking).length;
  const versions = compared === comparedKinds ? '' : ` in ${plural(compared, 'version')}`;
  const among = `${plural(comparedKinds, 'resource')}${versions} compared`;
  if (changes.length === 0) return `no change for TypeScript users; ${among}`;
  return `${plural(breaking, 'breaking change')}, ${plural(changes.length - breaking, 'safe change')}; ${among}`;
}

function placeOf({ path, kind }: Change): string {
  return path === '' ? kind : path;
}

function breaksText({ breaks }: Change): string {
  return breaks.map((use) => (use === 'reads' ? 'objects read' : 'manifests written')).join(', ');
}

function typesOf({ old, new: now }: Change): string {
  const texts = [old, now].flatMap((one) => (one === undefined ? [] : [short(typeText(one))]));
  return texts.join(' -> ');
}

function typeText({ type, optional }: TypeText): string {
  return optional ? `optional ${type}` : type;
}

function short(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}

function cell(type: TypeText | undefined): string {
  return type === undefined ? '' : code(short(typeText(type)));
}

/** Text of a stranger as code in a cell: nothing in it ends the code, the cell or the line. */
function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const padding = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${padding}${inert(text).replaceAll('|', String.raw`\|`)}${padding}${fence}`;
}

/** Text of a stranger as text: no markup, no HTML, no mention of people. */
function prose(text: string): string {
  return inert(text).replaceAll(/[\\`*_{}[\]<>#|@&!]/g, (char) => `&#${char.charCodeAt(0)};`);
}
