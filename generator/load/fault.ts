import type { Severity } from '../diagnostics.js';
import type { DocumentPath } from './document-path.js';

/** Something wrong in a document, before its line is known. */
export interface Fault {
  readonly severity: Severity;
  readonly message: string;
  /** The node or field that is meant. */
  readonly path: DocumentPath;
  /** The key below `path` at whose line the fault stands, when it is not that of `path` itself. */
  readonly key?: string | undefined;
  /** What to do about it. */
  readonly hint?: string;
}

/** Takes the faults of one document: up to 1,000 errors and 100 warnings are kept, of the rest only the count. */
export interface FaultList {
  add(fault: Fault): void;
  error(path: DocumentPath, message: string): void;
  warning(path: DocumentPath, message: string): void;
  /** Whether there was an error. */
  readonly failed: boolean;
  /** All that was kept, and a last line about what was not. */
  end(): readonly Fault[];
}

const limits = { error: 1000, warning: 100 };

/** An empty list of faults. */
export function createFaultList(): FaultList {
  const faults: Fault[] = [];
  const counts = { error: 0, warning: 0 };
  const add = (fault: Fault): void => {
    counts[fault.severity] += 1;
    if (counts[fault.severity] <= limits[fault.severity]) faults.push(fault);
  };
  return {
    add,
    error: (path, message) => add({ severity: 'error', path, message }),
    warning: (path, message) => add({ severity: 'warning', path, message }),
    get failed() {
      return counts.error > 0;
    },
    end: () => {
      const rest = (['error', 'warning'] as const)
        .filter((severity) => counts[severity] > limits[severity])
        .map((severity) => ({
          severity,
          path: [],
          message: `${counts[severity] - limits[severity]} more ${severity}s`,
        }));
      return [...faults, ...rest];
    },
  };
}

/** Takes what is wrong with one part of a document. */
export class PartReport {
  readonly path: DocumentPath;
  readonly #faults: FaultList;

  constructor(path: DocumentPath, faults: FaultList) {
    this.path = path;
    this.#faults = faults;
  }

  /** The report of what stands at the end of some keys in this part. */
  below(...steps: DocumentPath): PartReport {
    return new PartReport([...this.path, ...steps], this.#faults);
  }

  error(message: string): void {
    this.#faults.error(this.path, message);
  }

  warning(message: string): void {
    this.#faults.warning(this.path, message);
  }
}
