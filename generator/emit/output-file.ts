/** A file to write: plain data, nothing touches the disk here. */
export interface OutputFile {
  /** Relative to the output folder, with `/` on every platform. */
  readonly path: string;
  readonly content: string;
}
