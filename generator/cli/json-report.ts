import type { Diagnostic } from '../diagnostics.js';
import type { GeneratedResource } from '../generate.js';
import type { Reason } from '../write/plan.js';
import type { Outcome } from './outcome.js';
import { countEntries } from './report.js';

/** What `--json` prints on stdout. It may grow; `report` changes when it changes otherwise. */
export interface JsonReport {
  readonly report: 1;
  /** The version of kube-gen. */
  readonly version: string;
  readonly exitCode: 0 | 1 | 2;
  readonly check: boolean;
  readonly out: string;
  readonly resources: readonly GeneratedResource[];
  /** Documents of other kinds, counted. */
  readonly skipped: Readonly<Record<string, number>>;
  /** With `--check` and after an error these are what would have happened; empty where that is not known. */
  readonly files: readonly JsonFile[];
  readonly counts: { readonly written: number; readonly unchanged: number; readonly removed: number };
  readonly diagnostics: readonly Diagnostic[];
  readonly durationMs: number;
}

/** What happened to one file, relative to `out`. */
export interface JsonFile {
  readonly path: string;
  readonly state: 'written' | 'unchanged' | 'removed';
  readonly reason?: Reason;
}

const states = { write: 'written', remove: 'removed', unchanged: 'unchanged' } as const;

/** Puts the report of a run together. */
export function jsonReport(outcome: Outcome, version: string): JsonReport {
  const { args, plan, summary, exitCode, diagnostics, durationMs } = outcome;
  const entries = plan === undefined ? [] : [...plan.entries, plan.manifest];
  return {
    report: 1,
    version,
    exitCode,
    check: args.check,
    out: args.out,
    resources: summary.resources,
    skipped: summary.skipped,
    files: entries.map((entry) => ({
      path: entry.path,
      state: states[entry.t],
      ...(entry.t === 'unchanged' ? {} : { reason: entry.reason }),
    })),
    counts: plan === undefined ? { written: 0, unchanged: 0, removed: 0 } : countEntries(plan),
    diagnostics,
    durationMs: Math.round(durationMs),
  };
}
