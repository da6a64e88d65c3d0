import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { generate, type GenerateResult } from '../generate.js';
import { readInputs } from '../load/read.js';
import { commitOutput } from '../write/commit.js';
import { OutputError } from '../write/output-error.js';
import { planOutput, type Plan } from '../write/plan.js';
import type { GenerateArgs } from './args.js';
import { holdSignals } from './hold-signals.js';
import { jsonReport } from './json-report.js';
import { createProgress } from './progress.js';
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
import { ownVersion } from './version.js';

type ExitCode = 0 | 1 | 2;

/** `kube-gen <input...>`: reads, generates, writes or compares, and reports. Returns the exit code. */
export async function runGenerate(args: GenerateArgs): Promise<ExitCode> {
  const version = ownVersion();
  const { result, diagnostics } = await readAndGenerate(args);
  let plan: Plan | undefined;
  if (!hasErrors(diagnostics)) {
    try {
      plan = planOutput(result.files, { out: args.out, version });
      const ready = plan;
      if (!args.check) await holdSignals(() => commitOutput(ready));
      diagnostics.push(...abandonedFiles(plan));
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      for (const fault of error.faults) diagnostics.push({ severity: 'error', ...fault });
    }
  }
  const exitCode = exitCodeOf(diagnostics, plan, args);
  const durationMs = performance.now();
  say(diagnosticLines(diagnostics, args));
  say(resultLines({ args, result, plan, exitCode, diagnostics, durationMs }));
  if (args.json) {
    const { check, out } = args;
    const report = jsonReport({
      version,
      exitCode,
      check,
      out,
      summary: result.summary,
      plan,
      diagnostics,
      durationMs,
    });
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  }
  return exitCode;
}

async function readAndGenerate(args: GenerateArgs): Promise<{ result: GenerateResult; diagnostics: Diagnostic[] }> {
  const read = await readInputs(args.inputs);
  const progress = createProgress({ enabled: !args.quiet });
  const nothing: GenerateResult = { files: [], diagnostics: [], summary: { resources: [], skipped: {}, sources: 0 } };
  const result =
    read.sources.length === 0
      ? nothing
      : await generate(read.sources, { ...args, onProgress: progress.update.bind(progress) });
  progress.end();
  return { result, diagnostics: [...read.diagnostics, ...result.diagnostics] };
}

function exitCodeOf(diagnostics: readonly Diagnostic[], plan: Plan | undefined, { check }: GenerateArgs): ExitCode {
  if (hasErrors(diagnostics) || plan === undefined) return 2;
  return check && differences(plan).length > 0 ? 1 : 0;
}

function differences(plan: Plan): Exclude<Plan['manifest'], { t: 'unchanged' }>[] {
  return [...plan.entries, plan.manifest].filter((entry) => entry.t !== 'unchanged');
}

function abandonedFiles({ out, abandoned }: Plan): Diagnostic[] {
  const message = 'is not made any more, and somebody put something else in its place: left alone';
  return abandoned.map((path) => ({ severity: 'warning', file: `${out}/${path}`, message }));
}

function diagnosticLines(diagnostics: readonly Diagnostic[], { quiet }: GenerateArgs): string[] {
  return diagnostics.filter(({ severity }) => severity === 'error' || !quiet).map(diagnosticText);
}

interface Outcome {
  readonly args: GenerateArgs;
  readonly result: GenerateResult;
  readonly plan: Plan | undefined;
  readonly exitCode: ExitCode;
  readonly diagnostics: readonly Diagnostic[];
  readonly durationMs: number;
}

function resultLines({ args, result, plan, exitCode, diagnostics, durationMs }: Outcome): string[] {
  const skipped = skippedText(result.summary);
  const lines = skipped === undefined || args.quiet ? [] : [skipped];
  if (exitCode === 2 || plan === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    return [...lines, `${plural(errors, 'error')}: nothing was written`];
  }
  const subject = subjectText(result.summary, args.out);
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

function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
}
