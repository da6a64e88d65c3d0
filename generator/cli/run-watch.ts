import { statSync } from 'node:fs';
import type { GenerateArgs } from './args.js';
import { createChangeSignal, type ChangeSignal } from './change-signal.js';
import { findJobs, type FoundJobs } from './find-jobs.js';
import type { Outcome } from './outcome.js';
import { printError } from './print.js';
import { inert, plural } from './report.js';
import { runJobs, type RunContext } from './run-jobs.js';
import { report } from './run-report.js';
import { onStopSignal } from './stop-signals.js';
import { createFolderWatch, WatchError, type FolderWatch } from './watch-folders.js';

/** Editors write a file in several steps: so long after the last one, in milliseconds, it is whole. */
const quietMs = 30;

type Jobs = Extract<FoundJobs, { readonly config: unknown }>;

/**
 * Generates, and again whenever an input, the config or a template changes, until it is told to stop. A run that fails leaves what the
 * last good one wrote. Returns the exit code: 0 when it was told to stop, 2 when nothing can be watched.
 */
export async function runWatch(first: Jobs, context: Omit<RunContext, 'start'>): Promise<0 | 2> {
  if (first.jobs.some(({ inputs }) => inputs.includes('-'))) {
    say('kube-gen: standard input cannot be watched');
    return 2;
  }
  if (first.jobs.every(({ cluster }) => cluster !== undefined)) {
    say('kube-gen: a cluster cannot be watched: --watch is for files');
    return 2;
  }
  if (first.jobs.every(({ inputs }) => inputs.every((input) => /^https?:/i.test(input)))) {
    say('kube-gen: there is nothing to watch: a URL does not tell when it changes');
    return 2;
  }
  const signal = createChangeSignal();
  const folders = createFolderWatch(signal.changed);
  const ignoreSignals = onStopSignal(signal.stop);
  try {
    await watchLoop(first, { ...context, signal, folders });
    return 0;
  } catch (error) {
    if (!(error instanceof WatchError)) throw error;
    say(`kube-gen: ${error.message}`);
    return 2;
  } finally {
    folders.close();
    ignoreSignals();
  }
}

interface Watching extends Omit<RunContext, 'start'> {
  readonly signal: ChangeSignal;
  readonly folders: FolderWatch;
}

async function watchLoop(first: Jobs, context: Watching): Promise<void> {
  const { args, signal, folders } = context;
  const newJobs = createConfigReader(args);
  let jobs = first;
  let said = '';
  let isInstallSaid = false;
  for (let isFirst = true; isFirst || (await signal.next(quietMs)); isFirst = false) {
    const start = isFirst ? 0 : process.uptime() * 1000;
    if (!isFirst) jobs = jobsAgain(jobs, await newJobs(jobs));
    // Before reading: a change from here on makes another run.
    folders.update(watchList(jobs));
    const outcomes = await runJobs(jobs.jobs, { ...context, start });
    // Saving without a change, and the second half of a change that is done already, are not worth a line.
    const now = signature(outcomes);
    if (now !== said) report(isInstallSaid ? outcomes.map(withoutInstall) : outcomes, context.version);
    said = now;
    isInstallSaid ||= outcomes.some(({ install }) => install !== undefined);
    if (isFirst && !args.quiet) say(`watching ${plural(folders.size, 'folder')} for changes; Ctrl+C stops`);
  }
}

/** What is missing to use the output is said once, not at every change. */
function withoutInstall(outcome: Outcome): Outcome {
  return { ...outcome, install: undefined };
}

function signature(outcomes: readonly Outcome[]): string {
  return JSON.stringify(outcomes.map(({ job, digest, exitCode, diagnostics }) => [job, digest, exitCode, diagnostics]));
}

function watchList({ jobs, config, imports }: Jobs): Parameters<FolderWatch['update']>[0] {
  return {
    inputs: jobs.flatMap(({ inputs }) => inputs.filter((input) => !/^https?:/i.test(input))),
    files: [
      ...(config === undefined ? [] : [config]),
      ...imports,
      ...jobs.flatMap(({ templates }) => Object.values(templates)),
    ],
    outs: jobs.map(({ out }) => out),
  };
}

/** Gives the jobs of a config file, if it or what it imports has changed since they were last asked for; `undefined` when nothing has. */
function createConfigReader(args: GenerateArgs): (jobs: Jobs) => Promise<FoundJobs | undefined> {
  let known = '';
  return async ({ config, imports }) => {
    if (config === undefined) return undefined;
    const times = [config, ...imports]
      .map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1)
      .join(' ');
    if (times === known) return undefined;
    known = times;
    return findJobs(args);
  };
}

/** A config that cannot be read leaves the last good one in force. */
function jobsAgain(jobs: Jobs, found: FoundJobs | undefined): Jobs {
  if (found === undefined) return jobs;
  if (!('messages' in found)) return found;
  for (const message of found.messages) say(`kube-gen: ${message}`);
  return jobs;
}

function say(line: string): void {
  printError(`${inert(line)}\n`);
}
