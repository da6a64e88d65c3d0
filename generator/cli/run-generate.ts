import type { GenerateArgs } from './args.js';
import { findJobs } from './find-jobs.js';
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
