import type { Visit } from './node-order.js';
import type { RawSchema } from './raw-schema.js';
import type { TypeNode } from './resource.js';
import type { ShapeTable } from './type-node.js';

/** What lowering needs to know about the rest of the schema. */
export interface Lowering {
  readonly shapes: ShapeTable;
  /** The type of a child that was lowered before its parent. */
  typeOf(visit: Visit): TypeNode;
  /** What only words can say about a child. */
  rulesOf(visit: Visit): readonly string[];
  /** Tells of a fault in a node; the caller knows where the node stands. */
  warn(node: RawSchema, message: string): void;
}
