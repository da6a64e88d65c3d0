/** Why the output folder cannot be written, each reason with the file that it is about. Nothing was changed. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly faults: readonly OutputFault[];

  constructor(faults: readonly OutputFault[]) {
    super(faults.map(({ file, message }) => `${file}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/** One reason not to write. */
export interface OutputFault {
  /** The file or folder as people name it, the output folder included. */
  readonly file: string;
  readonly message: string;
  readonly hint?: string;
}
