/** What kind of fault a YAML text has. `template` means that it is one for Helm or the like, which must be rendered first. */
export type YamlFault = 'syntax' | 'duplicate-key' | 'template' | 'aliases' | 'depth';

/** Where and why a YAML text cannot be read. Lines and columns count from 1. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
  readonly t: YamlFault;
  /** The message without file and position. */
  readonly reason: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;

  constructor(t: YamlFault, reason: string, place: { file?: string | undefined; line?: number; column?: number } = {}) {
    const position = place.line === undefined ? '' : `${place.line}:${place.column ?? 1}: `;
    super(
      place.file === undefined ? `${position}${reason}` : `${place.file}:${position === '' ? ' ' : position}${reason}`,
    );
    this.t = t;
    this.reason = reason;
    if (place.file !== undefined) this.file = place.file;
    if (place.line !== undefined) this.line = place.line;
    if (place.column !== undefined) this.column = place.column;
  }
}
