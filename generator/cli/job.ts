import { posix, resolve, sep } from 'node:path';
import type { CheckedTarget } from '../config/check-config.js';
import type { GenerateOptions } from '../generate.js';
import type { GenerateArgs } from './args.js';
import type { LoadedConfig } from './load-config.js';

/** One output folder and what goes into it, with every default filled in. Paths are relative to the working folder. */
export interface Job extends Required<
  Pick<GenerateOptions, 'include' | 'exclude' | 'versions' | 'docs' | 'importExtension' | 'paths'>
> {
  readonly inputs: readonly string[];
  /** Reads a cluster; there are no inputs then. */
  readonly cluster: { readonly context: string | undefined; readonly kubeconfig: string | undefined } | undefined;
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
  const combined = targets.map((target) => withGiven(target, inputs, given));
  messages.push(...new Set(combined.flatMap(clusterFaults)));
  const jobs = combined.map(jobOf);
  if (jobs.some((job) => job.inputs.length === 0 && job.cluster === undefined)) messages.push(noInput);
  // One folder alone needs no working folder, which may be gone.
  const places = jobs.length < 2 || given.out !== undefined ? [] : jobs.map(({ out }) => `${resolve(out)}${sep}`);
  for (const [i, place] of places.entries()) {
    const other = places.findIndex((one, j) => j < i && (one.startsWith(place) || place.startsWith(one)));
    if (other >= 0)
      messages.push(
        `the output folders ${jobs[other]?.out ?? ''}/ and ${jobs[i]?.out ?? ''}/ are one, or one lies in the other: each target needs its own`,
      );
  }
  return messages.length > 0 ? { messages } : { jobs };
}

/** A target, and what the command line says instead. Inputs and a cluster exclude each other, so either takes the place of both. */
function withGiven(
  { input, cluster, ...target }: CheckedTarget,
  inputs: readonly string[],
  given: GenerateArgs['given'],
): CheckedTarget {
  if (inputs.length > 0) {
    const { context: _, kubeconfig: __, ...files } = target;
    return { ...files, ...given, input: inputs };
  }
  if (given.cluster === true) return { ...target, ...given };
  return {
    ...target,
    ...(input === undefined ? {} : { input }),
    ...(cluster === undefined ? {} : { cluster }),
    ...given,
  };
}

function clusterFaults({ input = [], cluster = false, context, kubeconfig }: CheckedTarget): string[] {
  if (cluster && input.length > 0)
    return ['inputs and a cluster exclude each other: a cluster tells everything itself'];
  const named = context ?? kubeconfig;
  if (cluster || named === undefined) return [];
  return [
    `--${context === undefined ? 'kubeconfig' : 'context'} says which cluster to read: add --cluster (in a config file: cluster)`,
  ];
}

function jobOf(target: CheckedTarget): Job {
  return {
    inputs: target.input ?? [],
    cluster: target.cluster === true ? { context: target.context, kubeconfig: target.kubeconfig } : undefined,
    // `/` is the one folder whose path ends with a slash: `/.` lets a path in it be made as in any other.
    out: (target.out ?? 'generated').replace(/(?<=.)\/+$/, '').replace(/^\/$/, '/.'),
    include: target.include ?? [],
    exclude: target.exclude ?? [],
    versions: target.versions ?? 'served',
    docs: target.docs ?? true,
    paths: target.paths ?? false,
    importExtension: target.importExtension ?? 'js',
    templates: target.templates ?? {},
  };
}

/** A target of a config file in another folder, its paths as they are from here. */
function relocated(target: CheckedTarget, folder: string): CheckedTarget {
  if (folder === '.') return target;
  const here = (path: string): string =>
    path === '-' || /^https?:/i.test(path) || posix.isAbsolute(path) ? path : posix.join(folder, path);
  const { templates, kubeconfig } = target;
  return {
    ...target,
    out: here(target.out ?? 'generated'),
    ...(kubeconfig === undefined ? {} : { kubeconfig: here(kubeconfig) }),
    ...(target.input === undefined ? {} : { input: target.input.map(here) }),
    ...(templates === undefined
      ? {}
      : { templates: Object.fromEntries(Object.entries(templates).map(([name, file]) => [name, here(file)])) }),
  };
}
