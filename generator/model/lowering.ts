import type { Visit, VisitMap } from './node-order.js';
import type { RawSchema } from './raw-schema.js';
import type { Docs, Member, TypeNode } from './resource.js';
import type { ShapeTable } from './type-node.js';

/** What a node comes to. */
export interface Lowered {
  readonly type: TypeNode;
  /** What only words can say about it. */
  readonly rules: readonly string[];
}

/** What lowering needs to know about the rest of the schema. */
export interface Lowering {
  /** What nodes came to that have others below them. */
  readonly done: VisitMap<Lowered>;
  /** What nodes came to as fields. */
  readonly members: VisitMap<Member>;
  readonly shapes: ShapeTable;
  /** What a node tells people. */
  docsOf(node: RawSchema): Docs;
  /** A child: one with nodes below it was lowered before its parent. */
  of(visit: Visit): Lowered;
  /** The type that a `$ref` stands for; without it references mean nothing, as in CRDs (F39). */
  readonly refs?: (ref: string) => TypeNode;
  /** Tells of a fault in a node; the caller knows where the node stands. */
  warn(node: RawSchema, message: string): void;
}
