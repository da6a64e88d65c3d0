import type { Diagnostic } from '../diagnostics.js';
import type { Summary } from '../generate.js';
import type { Plan } from '../write/plan.js';
import type { GenerateArgs } from './args.js';
import {
  countEntries,
  diagnosticText,
  inert,
  plural,
  reasonText,
  secondsText,
  skippedText,
  subjectText,
} from './report.js';

/** A run that is over. */
export interface Outcome {
  readonly args: GenerateArgs;
  readonly summary: Summary;
  /** Undefined after an error. */
  readonly plan: Plan | undefined;
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics: readonly Diagnostic[];
  readonly durationMs: number;
}

/** Everything that a run says on stderr, line by line. */
export function outcomeLines(outcome: Outcome): string[] {
  const { diagnostics, args } = outcome;
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || !args.quiet);
  return [...shown.map(diagnosticText), ...resultLines(outcome)];
}

/** What the run changes, or would change. */
export function differences(plan: Plan): Exclude<Plan['manifest'], { t: 'unchanged' }>[] {
  return [...plan.entries, plan.manifest].filter((entry) => entry.t !== 'unchanged');
}

function resultLines({ args, summary, plan, exitCode, diagnostics, durationMs }: Outcome): string[] {
  const skipped = skippedText(summary);
  const lines = skipped === undefined || args.quiet ? [] : [skipped];
  if (exitCode === 2 || plan === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    return [...lines, `${plural(errors, 'error')}: nothing was written`];
  }
  const subject = subjectText(summary, args.out);
  if (exitCode === 1) return [...lines, ...checkLines(plan, args)];
  if (args.verbose)
    for (const entry of differences(plan))
      lines.push(
        inert(`${args.out}/${entry.path}: ${entry.t === 'remove' ? 'removed' : 'written'}: ${reasonText(entry, plan)}`),
      );
  if (args.quiet) return lines;
  const { written, unchanged, removed } = countEntries(plan);
  const counts = args.check ? 'up to date' : `${written} written, ${unchanged} unchanged, ${removed} removed`;
  return [...lines, `${subject}${counts} ${secondsText(durationMs)}`];
}

function checkLines(plan: Plan, args: GenerateArgs): string[] {
  const found = differences(plan);
  const lines = found.map((entry) => inert(`${args.out}/${entry.path}: ${reasonText(entry, plan)}`));
  return [...lines, `${plural(found.length, 'file')} of ${args.out}/ would change. Run: ${commandThatMends(args)}`];
}

function commandThatMends(args: GenerateArgs): string {
  const words = [
    'kube-gen',
    ...args.inputs,
    ...(args.out === 'generated' ? [] : ['-o', args.out]),
    ...args.include.flatMap((pattern) => ['--include', pattern]),
    ...args.exclude.flatMap((pattern) => ['--exclude', pattern]),
    ...(args.versions === 'served' ? [] : ['--versions', args.versions]),
    ...(args.docs ? [] : ['--no-docs']),
    ...(args.importExtension === 'js' ? [] : ['--import-extension', args.importExtension]),
  ];
  return inert(
    ['npx', ...words]
      .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
      .join(' '),
  );
}
