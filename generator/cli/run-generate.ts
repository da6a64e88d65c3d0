import type { GenerateArgs } from './args.js';
import { ConfigError, findConfig } from './find-config.js';
import { jobsOf, type Job } from './job.js';
import type { LoadedConfig } from './load-config.js';
import type { ExitCode } from './outcome.js';
import { printError } from './print.js';
import { inert } from './report.js';
import { report } from './run-report.js';
import { runJobs } from './run-jobs.js';
import { builtAt, ownVersion } from './version.js';

/** `kube-gen <input...>`: reads, generates, writes or compares, and reports. Returns the exit code. */
export async function runGenerate(args: GenerateArgs): Promise<ExitCode> {
  const jobs = await findJobs(args);
  if ('messages' in jobs) {
    for (const message of jobs.messages) printError(`kube-gen: ${inert(message)}\n`);
    if (jobs.isUsage) {
      const { usageHint } = await import('./help.js');
      printError(`${usageHint('generate')}\n`);
    }
    return 2;
  }
  const context = { args, version: ownVersion(), built: builtAt() };
  if (args.watch) {
    const { runWatch } = await import('./run-watch.js');
    return runWatch(jobs, context);
  }
  // From the start of the process: that is what people wait for.
  return report(await runJobs(jobs.jobs, { ...context, start: 0 }), context.version);
}

/** The targets of a run, and the config file that they come from; or why there are none. */
export type FoundJobs =
  | { readonly jobs: readonly Job[]; readonly config: string | undefined }
  | { readonly messages: readonly string[]; readonly isUsage: boolean };

/** Reads the config file, if there is one, and says what there is to do. */
export async function findJobs(args: GenerateArgs): Promise<FoundJobs> {
  try {
    const config = await configOf(args);
    const found = jobsOf(args, config);
    return 'messages' in found ? { ...found, isUsage: true } : { ...found, config: config?.file };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { messages: error.messages, isUsage: false };
  }
}

/** What reads config files is loaded only for one. */
async function configOf(args: GenerateArgs): Promise<LoadedConfig | undefined> {
  const file = args.config ?? findConfig();
  if (file === undefined) return undefined;
  const { loadConfig } = await import('./load-config.js');
  return loadConfig(file);
}
