import type { DocumentPath } from './document-path.js';
import { field, type JsonMap } from './json-value.js';

/** A node of a schema on the way down: a chain to the root instead of a path, so that 3,000 levels cost no more than their nodes. */
export interface SchemaPlace {
  readonly node: JsonMap;
  readonly above: SchemaPlace | undefined;
  /** The steps from the node above: `['properties', 'x']`. */
  readonly steps: DocumentPath;
  /** Whether it stands in an `allOf`, `anyOf`, `oneOf` or `not`. */
  readonly inBranch: boolean;
  /** Whether it is the value of a map (`additionalProperties`), or below one. */
  readonly inMapValue: boolean;
}

/** Whether what stands there can be there more than once in an object. */
export function mayRepeat({ above }: SchemaPlace): boolean {
  for (let at = above; at !== undefined; at = at.above) {
    if (field(at.node, 'type') !== 'object' || field(at.node, 'additionalProperties') !== undefined) return true;
  }
  return false;
}

/** A node with CEL rules, and where it stands in its document. */
export interface RuledNode {
  readonly place: SchemaPlace;
  readonly path: DocumentPath;
}

/** Nodes in which nothing is wrong, as far as they were looked at. */
export interface Faultless {
  has(node: JsonMap): boolean;
  add(node: JsonMap): void;
  delete(node: JsonMap): void;
}

/** What a fault of one node needs. */
export interface SchemaReport {
  error(place: SchemaPlace, message: string, key?: string): void;
  warning(place: SchemaPlace, message: string, key?: string): void;
}
