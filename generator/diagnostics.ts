/** How bad a fault is: an error means that nothing is written. */
export type Severity = 'error' | 'warning';

/** One fault of the input or of what is made from it: what, where, and what to do. Plain data; the command prints it. */
export interface Diagnostic {
  readonly severity: Severity;
  /** A sentence without its place: `type "strng" is not a JSON type. Did you mean "string"?` */
  readonly message: string;
  /** The file as it was named on the command line or found below a folder that was. */
  readonly file?: string;
  /** Line in that file, from 1. */
  readonly line?: number;
  /** Where in the document: `spec.versions[0].schema.openAPIV3Schema.properties.x`. */
  readonly path?: string;
  /** What to do about it, when that takes more than the message. */
  readonly hint?: string;
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}
