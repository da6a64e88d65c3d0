import type { DocumentSource } from './crd.js';
import type { JsonMap } from './json-value.js';

/** A document that is a JSON Schema, or that one may refer to. */
export interface SchemaDocument {
  readonly source: DocumentSource;
  readonly document: JsonMap;
  /** Whether an interface is made of it; others only serve references. */
  readonly isSchema: boolean;
  /** Whether it is a link that leads out of the folder that was named: no reference leads to it. */
  readonly isOutside: boolean;
}
