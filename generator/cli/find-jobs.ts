import type { GenerateArgs } from './args.js';
import { ConfigError, findConfig } from './find-config.js';
import { jobsOf, type Job } from './job.js';
import type { LoadedConfig } from './load-config.js';

/** The targets of a run, and the config file that they come from; or why there are none. */
export type FoundJobs =
  | {
      readonly jobs: readonly Job[];
      readonly config: string | undefined;
      /** The files that the config imports; looked for only while watching. */
      readonly imports: readonly string[];
    }
  | { readonly messages: readonly string[]; readonly isUsage: boolean };

/** Reads the config file, if there is one, and says what there is to do. */
export async function findJobs(args: GenerateArgs): Promise<FoundJobs> {
  try {
    const imports = args.watch ? new Set<string>() : undefined;
    const config = await configOf(args, imports);
    const found = jobsOf(args, config);
    return 'messages' in found
      ? { ...found, isUsage: true }
      : { ...found, config: config?.file, imports: [...(imports ?? [])] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { messages: error.messages, isUsage: false };
  }
}

/** What reads config files is loaded only for one. */
async function configOf(args: GenerateArgs, imports: Set<string> | undefined): Promise<LoadedConfig | undefined> {
  const file = args.config ?? findConfig();
  if (file === undefined) return undefined;
  const { loadConfig } = await import('./load-config.js');
  return loadConfig(file, imports);
}
