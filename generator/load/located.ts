import type { Diagnostic } from '../diagnostics.js';
import { formatPath } from './document-path.js';
import type { DocumentSource } from './crd.js';
import type { Fault } from './fault.js';
import type { Positions } from './positions.js';

/** A fault together with the document that it was found in. */
export interface LocatedFault {
  readonly fault: Fault;
  readonly source: DocumentSource;
}

/** Gives faults of one source their lines. The positional reader is loaded only now: most runs have no faults. */
export async function toDiagnostics(located: readonly LocatedFault[], text: string): Promise<Diagnostic[]> {
  if (located.length === 0) return [];
  const { readPositions } = await import('./positions.js');
  const positions = readPositions(text);
  return located.map((one) => toDiagnostic(one, positions)).sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function toDiagnostic({ fault, source }: LocatedFault, positions: Positions): Diagnostic {
  const { severity, message, path, key, hint } = fault;
  const line = positions.lineOf(source.document, key === undefined ? path : [...path, key]);
  return {
    severity,
    file: source.file,
    ...(line === undefined ? {} : { line }),
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
