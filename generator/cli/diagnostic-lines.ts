import type { Severity } from '../diagnostics.js';
import { errorStream } from './print.js';

const codes: { readonly [S in Severity]: number } = { error: 31, warning: 33 };

/** Paints the place of a fault, where a terminal shows colours: not with NO_COLOR, not on a dumb one, not in a pipe. */
export function paintPlace(line: string, severity: Severity, stream: NodeJS.WriteStream = errorStream()): string {
  if (!stream.isTTY) return line;
  // An empty NO_COLOR means nothing (https://no-color.org), which Node sees differently.
  const { NO_COLOR, ...env } = process.env;
  if (!stream.hasColors(NO_COLOR === '' ? env : process.env)) return line;
  return line.replace(/^\S*?: /, (place) => `\u001B[${codes[severity]}m${place.trimEnd()}\u001B[39m `);
}
