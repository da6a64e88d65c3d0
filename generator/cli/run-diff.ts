import { diff, type DiffResult } from '../diff/diff.js';
import { isBreaking } from '../diff/change.js';
import { hasErrors, type Diagnostic } from '../diagnostics.js';
import { InputError } from '../load/decode-text.js';
import { readInputs, type ReadResult } from '../load/read.js';
import type { DiffArgs } from './args.js';
import { paintPlace } from './colour.js';
import { diffMarkdown, diffText, type DiffReport } from './diff-report.js';
import type { ExitCode } from './outcome.js';
import { diagnosticText } from './report.js';
import { ownVersion } from './version.js';

/** `kube-gen diff <old> <new>`: what changed between them goes to stdout, faults go to stderr. Returns the exit code. */
export async function runDiff(args: DiffArgs): Promise<ExitCode> {
  const [old, now] = [await readSide(args.old), await readSide(args.new)];
  const unread = [...old.diagnostics, ...now.diagnostics];
  const result: DiffResult = hasErrors(unread)
    ? { compared: 0, changes: [], diagnostics: unread }
    : await withReadFaults(unread, diff(old.sources, now.sources, args));
  const exitCode = hasErrors(result.diagnostics) ? 2 : result.changes.some(isBreaking) ? 1 : 0;
  sayFaults(result.diagnostics, args);
  const report: DiffReport = { ...result, old: args.old, new: args.new, exitCode, version: ownVersion() };
  if (args.json) process.stdout.write(`${JSON.stringify(jsonDiff(report), null, 2)}\n`);
  else if (exitCode !== 2) process.stdout.write(args.format === 'markdown' ? diffMarkdown(report) : diffText(report));
  return exitCode;
}

async function withReadFaults(unread: readonly Diagnostic[], result: Promise<DiffResult>): Promise<DiffResult> {
  const { diagnostics, ...rest } = await result;
  return { ...rest, diagnostics: [...unread, ...diagnostics] };
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

function sayFaults(diagnostics: readonly Diagnostic[], { quiet }: DiffArgs): void {
  for (const one of diagnostics) {
    if (one.severity === 'error' || !quiet) process.stderr.write(`${paintPlace(diagnosticText(one), one.severity)}\n`);
  }
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
