import { posix } from 'node:path';
import type { CheckedTarget } from '../config/check-config.js';
import type { GenerateOptions } from '../generate.js';
import type { GenerateArgs } from './args.js';
import type { LoadedConfig } from './load-config.js';

/** One output folder and what goes into it, with every default filled in. Paths are relative to the working folder. */
export interface Job extends Required<
  Pick<GenerateOptions, 'include' | 'exclude' | 'versions' | 'docs' | 'importExtension'>
> {
  readonly inputs: readonly string[];
  readonly out: string;
  /** Files of templates, by name. */
  readonly templates: Readonly<Record<string, string>>;
}

const noInput =
  'no input: name a file, a folder, a glob, a URL, or - for standard input, or put one into kube-gen.config.json';

/** What there is to do: the targets of the config, each with what the command line says instead; or why that makes no sense. */
export function jobsOf(
  { inputs, given }: Pick<GenerateArgs, 'inputs' | 'given'>,
  config: LoadedConfig | undefined,
): { readonly jobs: readonly Job[] } | { readonly messages: readonly string[] } {
  const targets = (config?.targets ?? [{}]).map((target) => relocated(target, config?.folder ?? '.'));
  const messages: string[] = [];
  if (targets.length > 1) {
    const many = `${config?.file ?? 'the config'} has ${targets.length} targets`;
    if (inputs.length > 0) messages.push(`${many}: inputs on the command line could mean any of them`);
    if (given.out !== undefined) messages.push(`${many}: --out could mean any of them`);
  }
  const jobs = targets.map((target) => jobOf({ ...target, ...given, ...(inputs.length > 0 ? { input: inputs } : {}) }));
  if (jobs.some((job) => job.inputs.length === 0)) messages.push(noInput);
  const outs = jobs.map(({ out }) => posix.normalize(`${out}/`));
  for (const [i, out] of outs.entries()) {
    const other = outs.find((one, j) => j < i && (one.startsWith(out) || out.startsWith(one)));
    if (other !== undefined)
      messages.push(
        `the output folders ${other} and ${out} are one, or one lies in the other: each target needs its own`,
      );
  }
  return messages.length > 0 ? { messages } : { jobs };
}

function jobOf(target: CheckedTarget): Job {
  return {
    inputs: target.input ?? [],
    out: (target.out ?? 'generated').replace(/(?<=.)\/+$/, ''),
    include: target.include ?? [],
    exclude: target.exclude ?? [],
    versions: target.versions ?? 'served',
    docs: target.docs ?? true,
    importExtension: target.importExtension ?? 'js',
    templates: target.templates ?? {},
  };
}

/** A target of a config file in another folder, its paths as they are from here. */
function relocated(target: CheckedTarget, folder: string): CheckedTarget {
  if (folder === '.') return target;
  const here = (path: string): string =>
    path === '-' || /^https?:/i.test(path) || posix.isAbsolute(path) ? path : posix.join(folder, path);
  const { templates } = target;
  return {
    ...target,
    out: here(target.out ?? 'generated'),
    ...(target.input === undefined ? {} : { input: target.input.map(here) }),
    ...(templates === undefined
      ? {}
      : { templates: Object.fromEntries(Object.entries(templates).map(([name, file]) => [name, here(file)])) }),
  };
}
