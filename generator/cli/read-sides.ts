import type { DiffOptions } from '../diff/diff.js';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { generate } from '../generate.js';
import { InputError } from '../load/decode-text.js';
import type { Source } from '../load/documents.js';
import { readInputs, type ReadResult } from '../load/read.js';
import type { DiffArgs } from './args.js';

/** What there is to compare, and how. */
export interface Sides {
  readonly old: readonly Source[];
  readonly now: readonly Source[];
  readonly options: DiffOptions;
  /** With an error among them nothing can be compared. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads both inputs of `kube-gen diff`. A cluster is read last: the other side says what of it is asked for. */
export async function readSides(args: DiffArgs): Promise<Sides> {
  const { cluster } = args;
  if (cluster === undefined) {
    const [old, now] = [await readSide(args.old), await readSide(args.new)];
    return { old: old.sources, now: now.sources, options: args, diagnostics: [...old.diagnostics, ...now.diagnostics] };
  }
  const isOld = args.old === '--cluster';
  const other = await readSide(isOld ? args.new : args.old);
  const failed = (diagnostics: readonly Diagnostic[]): Sides => ({ old: [], now: [], options: args, diagnostics });
  if (hasErrors(other.diagnostics)) return failed(other.diagnostics);
  const { include, diagnostics } = await patternsFor(other.sources, args);
  if (hasErrors(diagnostics)) return failed([...other.diagnostics, ...diagnostics]);
  const { readCluster } = await import('../load/cluster/read-cluster.js');
  const read = await readCluster({ ...cluster, include, exclude: args.exclude });
  const sides = isOld ? { old: read.sources, now: other.sources } : { old: other.sources, now: read.sources };
  return {
    ...sides,
    options: { ...args, include, leftOut: read.leftOut },
    diagnostics: [...other.diagnostics, ...read.diagnostics],
  };
}

/**
 * Which kinds of a cluster are compared: those that `--include` names, else the groups that the other side has. A file of three CRDs does
 * not mean that all other kinds of the cluster are gone.
 */
async function patternsFor(
  sources: readonly Source[],
  { include, exclude, versions }: DiffArgs,
): Promise<{ readonly include: readonly string[]; readonly diagnostics: readonly Diagnostic[] }> {
  if (include.length > 0) return { include, diagnostics: [] };
  const { summary, diagnostics } = await generate(sources, { exclude, versions, docs: false });
  const groups = new Set(summary.resources.map(({ group }) => group));
  return { include: [...groups].map((group) => `${group === '' ? 'core' : group}/*`), diagnostics };
}

async function readSide(input: string): Promise<ReadResult> {
  if (!input.startsWith('git:')) return readInputs([input]);
  const { readGit } = await import('../load/read-git.js');
  try {
    return { sources: await readGit(input), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { sources: [], diagnostics: [{ severity: 'error', file: input, message: error.message }] };
  }
}
