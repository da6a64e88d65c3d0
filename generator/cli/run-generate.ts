import { hasErrors, type Diagnostic } from '../diagnostics.js';
import type { Summary } from '../generate.js';
import { readInputs, type ReadResult } from '../load/read.js';
import { commitOutput } from '../write/commit.js';
import { OutputError } from '../write/output-error.js';
import { planOutput, type Plan } from '../write/plan.js';
import { manifestHash, planUntouched } from '../write/untouched.js';
import type { GenerateArgs } from './args.js';
import { holdSignals } from './hold-signals.js';
import { jsonReport } from './json-report.js';
import { differences, outcomeLines, type Outcome } from './outcome.js';
import { createProgress } from './progress.js';
import { createRunCache, type RunCache } from './run-cache.js';
import { builtAt, ownVersion } from './version.js';

/** `kube-gen <input...>`: reads, generates, writes or compares, and reports. Returns the exit code. */
export async function runGenerate(args: GenerateArgs): Promise<Outcome['exitCode']> {
  const version = ownVersion();
  const read = await readInputs(args.inputs);
  const cache = createRunCache(read.sources, { args, version, built: builtAt() });
  const work = workBefore(read, { args, cache }) ?? (await workNow(read, { args, cache, version }));
  const outcome: Outcome = { args, ...work, exitCode: exitCodeOf(work, args), durationMs: performance.now() };
  const lines = outcomeLines(outcome);
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
  if (args.json) process.stdout.write(`${JSON.stringify(jsonReport(outcome, version), null, 2)}\n`);
  return outcome.exitCode;
}

type Work = Pick<Outcome, 'summary' | 'plan' | 'diagnostics'>;

/** What the last run did, when this one could only do the same again. */
function workBefore(read: ReadResult, { args, cache }: { args: GenerateArgs; cache: RunCache }): Work | undefined {
  const last = read.diagnostics.length > 0 ? undefined : cache.load();
  const plan = last === undefined ? undefined : planUntouched(args.out, last.manifest);
  return last === undefined || plan === undefined
    ? undefined
    : { summary: last.summary, plan, diagnostics: last.diagnostics };
}

async function workNow(
  read: ReadResult,
  { args, cache, version }: { args: GenerateArgs; cache: RunCache; version: string },
): Promise<Work> {
  const { files, summary, diagnostics: found } = await generateFrom(read, args);
  const diagnostics: Diagnostic[] = [...read.diagnostics, ...found];
  if (hasErrors(diagnostics)) return { summary, plan: undefined, diagnostics };
  try {
    const plan = planOutput(files, { out: args.out, version });
    if (!args.check) await holdSignals(() => commitOutput(plan));
    const manifest = differences(plan).length === 0 || !args.check ? manifestHash(args.out) : undefined;
    if (manifest !== undefined && plan.abandoned.length === 0) cache.save({ manifest, summary, diagnostics });
    return { summary, plan, diagnostics: [...diagnostics, ...abandonedFiles(plan)] };
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    const faults = error.faults.map((fault): Diagnostic => ({ severity: 'error', ...fault }));
    return { summary, plan: undefined, diagnostics: [...diagnostics, ...faults] };
  }
}

async function generateFrom(
  read: ReadResult,
  args: GenerateArgs,
): Promise<{ files: Parameters<typeof planOutput>[0]; summary: Summary; diagnostics: readonly Diagnostic[] }> {
  if (read.sources.length === 0)
    return { files: [], diagnostics: [], summary: { resources: [], skipped: {}, sources: 0 } };
  const { generate } = await import('../generate.js');
  const progress = createProgress({ enabled: !args.quiet });
  try {
    return await generate(read.sources, { ...args, onProgress: (done, total) => progress.update(done, total) });
  } finally {
    progress.end();
  }
}

function exitCodeOf({ plan, diagnostics }: Work, { check }: GenerateArgs): Outcome['exitCode'] {
  if (hasErrors(diagnostics) || plan === undefined) return 2;
  return check && differences(plan).length > 0 ? 1 : 0;
}

function abandonedFiles({ out, abandoned }: Plan): Diagnostic[] {
  const message = 'is not made any more, and somebody put something else in its place: left alone';
  return abandoned.map((path) => ({ severity: 'warning', file: `${out}/${path}`, message }));
}
