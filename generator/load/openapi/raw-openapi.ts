import type { DocumentSource } from '../crd.js';
import type { JsonMap } from '../json-value.js';

/** An OpenAPI document of anybody, as it stands. Every reference in it is known to lead to something in it. */
export interface RawOpenApi {
  readonly source: DocumentSource;
  readonly document: JsonMap;
  /** What it says under `swagger` or `openapi`. */
  readonly version: string;
}
