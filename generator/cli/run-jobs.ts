import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { didYouMean } from '../did-you-mean.js';
import { generate, type GenerateResult } from '../generate.js';
import type { ClusterRead } from '../load/cluster/read-cluster.js';
import type { Source } from '../load/documents.js';
import { readInputs, type ReadResult } from '../load/read.js';
import { systemErrorReason } from '../system-error.js';
import { commitOutput } from '../write/commit.js';
import { OutputError } from '../write/output-error.js';
import { planOutput, type Plan } from '../write/plan.js';
import { sha256 } from '../write/sha256.js';
import { manifestHash, planUntouched, writtenFiles } from '../write/untouched.js';
import type { GenerateArgs } from './args.js';
import { holdSignals } from './hold-signals.js';
import { inlineLess } from './inline-less.js';
import { installHint } from './install-hint.js';
import type { Job } from './job.js';
import { differences, type ExitCode, type Outcome } from './outcome.js';
import { commandNames } from './option-table.js';
import { createProgress } from './progress.js';
import { createRunCache, type RunCache } from './run-cache.js';

/** What a run needs to know besides its targets. */
export interface RunContext {
  readonly args: GenerateArgs;
  /** The version of kube-gen. */
  readonly version: string;
  readonly built: number | undefined;
  /** When the run began, in milliseconds of `process.uptime()`: to look at `performance` loads all that measures with it. */
  readonly start: number;
}

/** Reads, generates, and writes or compares. With an error in one target nothing is written for any. */
export async function runJobs(jobs: readonly Job[], context: RunContext): Promise<Outcome[]> {
  const before: Planned[] = [];
  const outs = jobs.map(({ out }) => out);
  for (const job of jobs) before.push(await planJob(job, { ...context, outs }));
  const isGood = before.every(({ diagnostics }) => !hasErrors(diagnostics));
  const planned = isGood ? await commitJobs(before, context.args) : before;
  const failed = planned.some(({ diagnostics }) => hasErrors(diagnostics));
  return planned.map((one) => outcomeOf(one, { ...context, failed }));
}

/** What is known of a target before anything is written. */
interface Planned {
  readonly job: Job;
  readonly summary: GenerateResult['summary'];
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly cache: RunCache;
  readonly digest: string;
}

const nothing: GenerateResult = { files: [], diagnostics: [], summary: { resources: [], skipped: {}, sources: 0 } };

async function planJob(job: Job, context: RunContext & { readonly outs: readonly string[] }): Promise<Planned> {
  const read = withoutOutput(await readJob(job), context.outs);
  const { templates, faults } = readTemplates(job);
  const cache = createRunCache(read.sources, { ...context, job, templates });
  const digest = context.args.watch ? digestOf(read, templates) : '';
  const before = read.diagnostics.length + faults.length > 0 ? undefined : planBefore(job, cache);
  if (before !== undefined) return { job, cache, digest, ...before };
  const made = read.sources.length === 0 ? nothing : await generateFrom(read, { job, templates, args: context.args });
  const { files, summary } = made;
  const diagnostics = [...read.diagnostics, ...faults, ...made.diagnostics];
  if (hasErrors(diagnostics)) return { job, cache, digest, summary, plan: undefined, diagnostics };
  const planned = outputFaults(() => planOutput(files, { ...job, ...context }));
  return { job, cache, digest, summary, plan: planned.result, diagnostics: [...diagnostics, ...planned.faults] };
}

/** What a target reads; what reads a cluster is loaded only for one. */
async function readJob(job: Job): Promise<ReadResult & Pick<ClusterRead, 'leftOut'>> {
  if (job.cluster === undefined) return { ...suggestCommand(await readInputs(job.inputs), job.inputs[0]), leftOut: [] };
  const { readCluster } = await import('../load/cluster/read-cluster.js');
  return readCluster({ ...job, ...job.cluster });
}

/** A glob such as `crds/**` may match what an earlier run wrote, which is no input. */
function withoutOutput<T extends ReadResult>(read: T, outs: readonly string[]): T {
  const mayBeOutput = ({ file, found }: Source): boolean => found === true && file.endsWith('.ts');
  if (!read.sources.some(mayBeOutput)) return read;
  const written = new Set(outs.flatMap(writtenFiles).map((file) => resolve(file)));
  const sources = read.sources.filter((source) => !mayBeOutput(source) || !written.has(resolve(source.file)));
  // Where nothing else is left the inputs are gone, and reading it says so.
  return sources.length === 0 ? read : { ...read, sources };
}

/** A command that is misspelled, and `help`, look like an input that is not there. */
function suggestCommand(read: ReadResult, first: string | undefined): ReadResult {
  const isThere = read.diagnostics.every(({ file, message }) => file !== first || !message.startsWith('no such file'));
  const word = first === undefined || isThere ? undefined : didYouMean(first, [...commandNames, 'help', 'version']);
  if (word === undefined || word === 'generate') return read;
  const isOption = word === 'help' || word === 'version';
  const hint = isOption ? `Did you mean kube-gen --${word}?` : `Did you mean the command kube-gen ${word}?`;
  return { ...read, diagnostics: read.diagnostics.map((one) => (one.file === first ? { ...one, hint } : one)) };
}

function digestOf({ sources }: ReadResult, templates: Record<string, string>): string {
  const parts = sources.flatMap(({ file, text }) => [JSON.stringify([file, text.length]), text]);
  return sha256(JSON.stringify(templates), ...parts);
}

/** What the last run did, when this one could only do the same again. */
function planBefore(job: Job, cache: RunCache): Pick<Planned, 'plan' | 'summary' | 'diagnostics'> | undefined {
  const last = cache.load();
  const plan = last === undefined ? undefined : planUntouched(job.out, last.manifest);
  return last === undefined || plan === undefined ? undefined : { ...last, plan };
}

function readTemplates({ templates }: Job): { templates: Record<string, string>; faults: Diagnostic[] } {
  const texts: Record<string, string> = {};
  const faults: Diagnostic[] = [];
  for (const [name, file] of Object.entries(templates)) {
    try {
      // The same output on every machine: neither the line ends that git makes there nor a byte order mark are part of it.
      texts[name] = readFileSync(file, 'utf8')
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n');
    } catch (error) {
      faults.push({ severity: 'error', file, message: systemErrorReason(error) });
    }
  }
  return { templates: texts, faults };
}

async function generateFrom(
  read: Awaited<ReturnType<typeof readJob>>,
  { job, templates, args }: { job: Job; templates: Record<string, string>; args: GenerateArgs },
): Promise<GenerateResult> {
  const progress = createProgress({ enabled: !args.quiet });
  inlineLess(read.sources);
  try {
    return await generate(read.sources, {
      ...job,
      leftOut: read.leftOut,
      templates,
      templateFiles: job.templates,
      onProgress: (done, total) => progress.update(done, total),
    });
  } finally {
    progress.end();
  }
}

/** Writes what was planned, unless it is only to be compared; what stands in the way becomes diagnostics of its target. */
async function commitJobs(planned: readonly Planned[], args: GenerateArgs): Promise<Planned[]> {
  const plans = planned.flatMap(({ plan }) => plan ?? []);
  const faults = args.check ? [] : await holdSignals(() => outputFaults(() => commitOutput(...plans)).faults);
  if (faults.length === 0) return planned.map((one) => remembered(one, args));
  return planned.map((one) => {
    const own = faults.filter(({ file }) => file?.startsWith(`${one.job.out}/`));
    return { ...one, plan: undefined, diagnostics: [...one.diagnostics, ...own] };
  });
}

/** What was done, for the report and for the next run. */
function remembered(planned: Planned, args: GenerateArgs): Planned {
  const { job, plan, summary, diagnostics, cache } = planned;
  if (plan === undefined) return planned;
  const isDone = !args.check || differences(plan).length === 0;
  if (isDone && plan.abandoned.length === 0) {
    cache.save(() => {
      const manifest = manifestHash(job.out);
      return manifest === undefined ? undefined : { manifest, summary, diagnostics };
    });
  }
  return { ...planned, diagnostics: [...diagnostics, ...abandonedFiles(plan)] };
}

/** Does work on output folders; what stands in its way becomes diagnostics. */
function outputFaults<T>(work: () => T): { readonly result?: T; readonly faults: readonly Diagnostic[] } {
  try {
    return { result: work(), faults: [] };
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    return { faults: error.faults.map((fault): Diagnostic => ({ severity: 'error', ...fault })) };
  }
}

function abandonedFiles({ out, abandoned }: Plan): Diagnostic[] {
  const message = 'is not made any more, and somebody put something else in its place: left alone';
  return abandoned.map((path) => ({ severity: 'warning', file: `${out}/${path}`, message }));
}

function outcomeOf(planned: Planned, o: RunContext & { readonly failed: boolean }): Outcome {
  const { job, summary, diagnostics, digest } = planned;
  const plan = o.failed ? undefined : planned.plan;
  const { args } = o;
  const exitCode: ExitCode = plan === undefined ? 2 : args.check && differences(plan).length > 0 ? 1 : 0;
  const isMade = exitCode === 0 && !args.check && summary.resources.length > 0;
  const install = isMade && (!args.quiet || args.json) ? installHint(job.out) : undefined;
  return {
    args,
    job,
    summary,
    plan,
    exitCode,
    diagnostics,
    install,
    digest,
    durationMs: process.uptime() * 1000 - o.start,
  };
}
