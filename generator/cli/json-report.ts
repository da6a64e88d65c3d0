import type { Diagnostic } from '../diagnostics.js';
import type { GeneratedResource } from '../generate.js';
import type { Reason } from '../write/plan.js';
import { commandThatMends, type ExitCode, type Outcome } from './outcome.js';
import { countEntries } from './report.js';

/**
 * What `--json` prints on stdout, described by schemas/report.schema.json. It may grow; `report` changes when it changes otherwise. A
 * config with several targets gives a `targets` with the part of each; a single target stands in the report itself.
 */
export type JsonReport = JsonHead & (JsonTarget | { readonly targets: readonly JsonTarget[] });

/** What a run has once. */
export interface JsonHead {
  readonly report: 1;
  /** The version of kube-gen. */
  readonly version: string;
  readonly exitCode: ExitCode;
  readonly check: boolean;
  readonly durationMs: number;
  /** After `--check` with differences: the command that makes them go away. */
  readonly mend?: string;
}

/** What a run did for one target. */
export interface JsonTarget {
  readonly out: string;
  readonly resources: readonly GeneratedResource[];
  /** Documents of other kinds, counted. */
  readonly skipped: Readonly<Record<string, number>>;
  /** With `--check` these are what would have happened; empty after an error. */
  readonly files: readonly JsonFile[];
  readonly counts: { readonly written: number; readonly unchanged: number; readonly removed: number };
  readonly diagnostics: readonly Diagnostic[];
  /** The command that installs what the output imports, where that is not there. */
  readonly install?: string;
}

/** What happened to one file, relative to `out`. */
export interface JsonFile {
  readonly path: string;
  readonly state: 'written' | 'unchanged' | 'removed';
  readonly reason?: Reason;
}

const states = { write: 'written', remove: 'removed', unchanged: 'unchanged' } as const;

/** Puts the report of a run together. */
export function jsonReport(
  outcomes: readonly [Outcome, ...Outcome[]],
  { version, exitCode }: { readonly version: string; readonly exitCode: ExitCode },
): JsonReport {
  const [{ args, durationMs }, ...others] = outcomes;
  const head: JsonHead = {
    report: 1,
    version,
    exitCode,
    check: args.check,
    durationMs: Math.round(durationMs),
    ...(exitCode === 1 ? { mend: commandThatMends(args) } : {}),
  };
  return others.length === 0 ? { ...head, ...jsonTarget(outcomes[0]) } : { ...head, targets: outcomes.map(jsonTarget) };
}

function jsonTarget({ job, plan, summary, diagnostics, install }: Outcome): JsonTarget {
  const entries = plan === undefined ? [] : [...plan.entries, plan.manifest];
  return {
    out: job.out,
    resources: summary.resources,
    skipped: summary.skipped,
    files: entries.map((entry) => ({
      path: entry.path,
      state: states[entry.t],
      ...(entry.t === 'unchanged' ? {} : { reason: entry.reason }),
    })),
    counts: plan === undefined ? { written: 0, unchanged: 0, removed: 0 } : countEntries(plan),
    diagnostics,
    ...(install === undefined ? {} : { install }),
  };
}
