import type { DocumentPath } from '../load/document-path.js';

/** Where and why a schema cannot be used, and what to do about it. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  /** The input that the fault is in: the schema, or a file that it refers to. */
  readonly file: string;
  readonly path: DocumentPath;
  readonly hint: string | undefined;

  constructor(message: string, at: { readonly file: string; readonly path: DocumentPath; readonly hint?: string }) {
    super(message);
    this.file = at.file;
    this.path = at.path;
    this.hint = at.hint;
  }
}
