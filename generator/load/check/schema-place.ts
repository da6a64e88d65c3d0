import type { DocumentPath } from '../document-path.js';
import { field, type JsonMap } from '../json-value.js';

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
  /** Whether it is the apiVersion, kind or metadata of a resource, or stands below one. */
  readonly inMeta: boolean;
  /** Why no default can stand there. */
  readonly noDefault: string | undefined;
}

/** The root of a schema. */
export function rootPlace(node: JsonMap): SchemaPlace {
  return {
    node,
    above: undefined,
    steps: [],
    inBranch: false,
    inMapValue: false,
    inMeta: false,
    noDefault: undefined,
  };
}

/** What stands one keyword, and maybe one field or place in a list, below. */
export function placeBelow(above: SchemaPlace, node: JsonMap, steps: DocumentPath): SchemaPlace {
  const [key, name] = steps;
  const isValue = key === 'additionalProperties';
  const isOwn = key === 'properties' && typeof name === 'string' && ownFields.has(name) && isResource(above);
  const inMap = isValue && above.inMeta ? 'what is in a map of metadata cannot have a default' : undefined;
  const inRoot = isOwn && above.above === undefined ? 'apiVersion, kind and metadata cannot have a default' : undefined;
  return {
    node,
    above,
    steps,
    inBranch: above.inBranch || (typeof key === 'string' && branches.has(key)),
    inMapValue: above.inMapValue || isValue,
    inMeta: above.inMeta || isOwn,
    noDefault: above.noDefault ?? inRoot ?? inMap,
  };
}

const branches: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'not']);

/** Fields that every resource has, and of which the API server knows more than the schema says. */
export const ownFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** Whether it is the root, or a resource in another. */
function isResource({ node, above }: SchemaPlace): boolean {
  return above === undefined || field(node, 'x-kubernetes-embedded-resource') === true;
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
