import type { Diagnostic, Severity } from '../diagnostics.js';
import { errorStream } from './print.js';
import { diagnosticText, toldDiagnostics } from './report.js';

const codes: { readonly [S in Severity]: number } = { error: 31, warning: 33 };

/** What is told of diagnostics on stderr, line by line. */
export function diagnosticLines(diagnostics: readonly Diagnostic[], o: { readonly quiet: boolean }): string[] {
  return toldDiagnostics(diagnostics, o).map((one) => paintPlace(diagnosticText(one), one.severity));
}

/** Paints the place of a fault, where a terminal shows colours: not with NO_COLOR, not on a dumb one, not in a pipe. */
function paintPlace(line: string, severity: Severity): string {
  const stream = errorStream();
  if (!stream.isTTY) return line;
  // An empty NO_COLOR means nothing (https://no-color.org), which Node sees differently.
  const { NO_COLOR, ...env } = process.env;
  if (!stream.hasColors(NO_COLOR === '' ? env : process.env)) return line;
  return line.replace(/^\S*?: /, (place) => `\u001B[${codes[severity]}m${place.trimEnd()}\u001B[39m `);
}
