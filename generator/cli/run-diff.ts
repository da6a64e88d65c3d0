import { diff, nothingCompared, type DiffResult } from '../diff/diff.js';
import { isBreaking } from '../diff/change.js';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { shownInput } from '../load/shown-input.js';
import type { DiffArgs } from './args.js';
import { diagnosticLines } from './diagnostic-lines.js';
import { diffMarkdown, diffText, type DiffReport } from './diff-report.js';
import type { ExitCode } from './outcome.js';
import { readSides } from './read-sides.js';
import { ownVersion } from './version.js';

/** Where a run prints. */
export interface DiffOutput {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** `kube-gen diff <old> <new>`: what changed between them goes to stdout, faults go to stderr. Returns the exit code. */
export async function runDiff(args: DiffArgs, output: DiffOutput): Promise<ExitCode> {
  const { old, now, options, diagnostics } = await readSides(args);
  const result = hasErrors(diagnostics)
    ? nothingCompared(diagnostics)
    : await withReadFaults(diagnostics, diff(old, now, options));
  const exitCode = hasErrors(result.diagnostics) ? 2 : result.changes.some(isBreaking) ? 1 : 0;
  for (const line of diagnosticLines(result.diagnostics, args)) output.stderr(`${line}\n`);
  // It becomes a comment that others read.
  const shown = { old: shownInput(args.old), new: shownInput(args.new) };
  const report: DiffReport = { ...result, exitCode, version: ownVersion(), ...shown };
  if (args.json) output.stdout(`${JSON.stringify(jsonDiff(report), null, 2)}\n`);
  else if (exitCode !== 2) output.stdout(args.format === 'markdown' ? diffMarkdown(report) : diffText(report));
  return exitCode;
}

async function withReadFaults(unread: readonly Diagnostic[], result: Promise<DiffResult>): Promise<DiffResult> {
  const { diagnostics, ...rest } = await result;
  return { ...rest, diagnostics: [...unread, ...diagnostics] };
}

/** What `--json` prints, described by schemas/diff.schema.json. */
function jsonDiff({ version, exitCode, old, new: now, compared, changes, diagnostics }: DiffReport): object {
  const breaking = changes.filter(isBreaking).length;
  return {
    diff: 1,
    version,
    exitCode,
    old,
    new: now,
    compared,
    counts: { breaking, safe: changes.length - breaking },
    changes: changes.map(({ breaks, ...change }) => ({ ...change, breaking: breaks.length > 0, breaks })),
    diagnostics,
  };
}
