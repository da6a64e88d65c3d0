import { isAbsolute, relative, resolve, sep } from 'node:path';
import { annotationLines } from './annotations.js';
import { jsonReport } from './json-report.js';
import { outcomeLines, type ExitCode, type Outcome } from './outcome.js';
import { printError, printOut } from './print.js';

/** Says on stderr what a run did, and on stdout with `--json`. Returns the exit code. */
export function report(outcomes: readonly Outcome[], version: string): ExitCode {
  const [first, ...others] = outcomes;
  if (first === undefined) throw new Error('a run has at least one target');
  const exitCode = outcomes.reduce<ExitCode>((worst, one) => (one.exitCode > worst ? one.exitCode : worst), 0);
  const root = process.env['GITHUB_WORKSPACE'];
  const annotations =
    process.env['GITHUB_ACTIONS'] === 'true'
      ? outcomes.flatMap((outcome) => annotationLines(outcome, (file) => placeIn(root, file)))
      : [];
  const lines = [...outcomes.flatMap(outcomeLines), ...annotations];
  if (lines.length > 0) printError(`${lines.join('\n')}\n`);
  if (first.args.json) {
    // While watching each report is a line.
    const indent = first.args.watch ? undefined : 2;
    printOut(`${JSON.stringify(jsonReport([first, ...others], { version, exitCode }), null, indent)}\n`);
  }
  return exitCode;
}

/** A file as seen from the root of the repository. */
function placeIn(root: string | undefined, file: string): string {
  if (root === undefined || root === '') return file;
  const path = relative(root, resolve(file));
  return path.startsWith('..') || isAbsolute(path) ? file : path.split(sep).join('/');
}
