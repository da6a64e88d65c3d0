import { isMap, type JsonMap } from '../load/json-value.js';

/** Lists of which nothing is said after the items of a tuple go on; in those of lists each list is taken by itself. */
export function openLists(schema: JsonMap): JsonMap {
  return withSeparateLists(openTuple(schema));
}

function openTuple(schema: JsonMap): JsonMap {
  const { items, maxItems } = schema;
  const isFull = Array.isArray(items) && typeof maxItems === 'number' && maxItems <= items.length;
  return !Array.isArray(items) || isFull ? schema : { additionalItems: true, ...schema };
}

/** Up to how many items the printing tool counts: it makes a type of each length, one of no bound beyond. */
const mostCounted = 20;

/**
 * The printing tool writes a list of lists of up to two texts as `[] | [string] | [string, string][]`. Items after a tuple it puts in
 * brackets, so those of such a list are items after an empty one.
 */
function withSeparateLists(schema: JsonMap): JsonMap {
  const { items, minItems, maxItems } = schema;
  const isCounted = isAbove(minItems, 0) || (typeof maxItems === 'number' && maxItems <= mostCounted);
  if (!isMap(items) || isCounted || !hasLengths(items)) return schema;
  return { ...schema, items: [], additionalItems: items };
}

/** Whether a list is printed as a choice of lengths. */
function hasLengths({ items, minItems, maxItems, ...rest }: JsonMap): boolean {
  const isNamed = typeof rest['title'] === 'string';
  return !isNamed && (Array.isArray(items) || isAbove(minItems, 0) || typeof maxItems === 'number');
}

function isAbove(value: unknown, least: number): boolean {
  return typeof value === 'number' && value > least;
}
