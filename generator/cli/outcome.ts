import type { Diagnostic } from '../diagnostics.js';
import type { Summary } from '../generate.js';
import { shownInput } from '../load/shown-input.js';
import type { FileChange, Plan } from '../write/plan.js';
import type { GenerateArgs } from './args.js';
import { diagnosticLines } from './diagnostic-lines.js';
import type { Job } from './job.js';
import { countEntries, inert, plural, reasonText, secondsText, skippedText, subjectText } from './report.js';

/** What a run did for one target. */
export interface Outcome {
  readonly args: GenerateArgs;
  readonly job: Job;
  readonly summary: Summary;
  /** Undefined after an error, of this target or of another one. */
  readonly plan: Plan | undefined;
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  /** The command that installs what the output imports, where that is not there. */
  readonly install: string | undefined;
  /** Stands for everything that was read; only while watching. */
  readonly digest: string;
  readonly durationMs: number;
}

/** 0 done; 1 `--check` found a difference; 2 nothing was written. */
export type ExitCode = 0 | 1 | 2;

/** Everything that a run says on stderr, line by line. */
export function outcomeLines(outcome: Outcome): string[] {
  return [...diagnosticLines(outcome.diagnostics, outcome.args), ...resultLines(outcome)];
}

/** What the run changes, or would change. */
export function differences(plan: Plan): FileChange[] {
  return [...plan.entries, plan.manifest].filter((entry) => entry.t !== 'unchanged');
}

function resultLines(outcome: Outcome): string[] {
  const { args, job, summary, plan, exitCode, diagnostics, durationMs } = outcome;
  const skipped = skippedText(summary);
  const lines = skipped === undefined || args.quiet ? [] : [skipped];
  if (exitCode === 2 || plan === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    return [
      ...lines,
      errors > 0
        ? `${plural(errors, 'error')}: nothing was written`
        : inert(`${job.out}/: nothing was written, because of the errors of another target`),
    ];
  }
  if (exitCode === 1) return [...lines, ...checkLines(plan, outcome)];
  if (args.verbose)
    for (const entry of differences(plan))
      lines.push(
        inert(`${job.out}/${entry.path}: ${entry.t === 'remove' ? 'removed' : 'written'}: ${reasonText(entry, plan)}`),
      );
  if (args.quiet) return lines;
  if (outcome.install !== undefined)
    lines.push(inert(`${job.out}/ imports @kube-gen/runtime, which is not installed there. Run: ${outcome.install}`));
  const { written, unchanged, removed } = countEntries(plan);
  const counts = args.check ? 'up to date' : `${written} written, ${unchanged} unchanged, ${removed} removed`;
  return [...lines, `${subjectText(summary, job)}${counts} ${secondsText(durationMs)}`];
}

function checkLines(plan: Plan, { job, args }: Outcome): string[] {
  const found = differences(plan);
  const lines = found.map((entry) => inert(`${job.out}/${entry.path}: ${reasonText(entry, plan)}`));
  return [
    ...lines,
    inert(`${plural(found.length, 'file')} of ${job.out}/ would change. Run: ${commandThatMends(args)}`),
  ];
}

/** The command line of a run without `--check`, as one types it; without the secrets of its URLs. */
export function commandThatMends({ inputs, given, config }: GenerateArgs): string {
  const shown = inputs.map(shownInput);
  // Behind `--` a dash in front makes no option.
  const [first, last] = shown.some((input) => /^-./.test(input)) ? [[], ['--', ...shown]] : [shown, []];
  const words = [
    'kube-gen',
    ...first,
    ...(config === undefined ? [] : ['--config', config]),
    ...(given.out === undefined ? [] : ['-o', given.out]),
    ...(given.include ?? []).flatMap((pattern) => ['--include', pattern]),
    ...(given.exclude ?? []).flatMap((pattern) => ['--exclude', pattern]),
    ...(given.versions === undefined ? [] : ['--versions', given.versions]),
    ...(given.docs === false ? ['--no-docs'] : []),
    ...(given.cluster === true ? ['--cluster'] : []),
    ...(given.paths === true ? ['--paths'] : []),
    ...(given.context === undefined ? [] : ['--context', given.context]),
    ...(given.kubeconfig === undefined ? [] : ['--kubeconfig', given.kubeconfig]),
    ...(given.importExtension === undefined ? [] : ['--import-extension', given.importExtension]),
    ...last,
  ];
  return ['npx', ...words]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}
