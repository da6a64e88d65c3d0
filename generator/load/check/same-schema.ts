import { countsAsAbsent } from './as-server-reads.js';
import { isMap, sameValue, type JsonMap } from '../json-value.js';
import { keywords } from './schema-keywords.js';

/**
 * Whether two schemas are the same to the API server, which sees no keyword that says nothing, and none that it does not know. Safe for
 * any depth.
 */
export function sameSchema(a: unknown, b: unknown): boolean {
  if (!isMap(a) || !isMap(b)) return sameValue(a, b);
  const pairs: [JsonMap, JsonMap][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [x, y] = pair;
    if (x === y) continue;
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
      const [before, after] = [saidOf(x, key), saidOf(y, key)];
      if (before === undefined && after === undefined) continue;
      const inner = pairsOf(keywords.get(key), before, after);
      if (inner === undefined) return false;
      for (const one of inner) pairs.push(one);
    }
  }
  return true;
}

/** The schemas in the values of a keyword, two by two; `undefined` where they differ for another reason. */
function pairsOf(kind: string | undefined, a: unknown, b: unknown): [JsonMap, JsonMap][] | undefined {
  if (!kind?.startsWith('schema') || a === undefined || b === undefined) return sameValue(a, b) ? [] : undefined;
  if (kind === 'schema-map' || Array.isArray(a)) return pairsWithin(a, b);
  return isMap(a) && isMap(b) ? [[a, b]] : pairsWithin([a], [b]);
}

function pairsWithin(a: unknown, b: unknown): [JsonMap, JsonMap][] | undefined {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return undefined;
  const [before, after] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  if (before.size !== after.size) return undefined;
  const pairs: [JsonMap, JsonMap][] = [];
  for (const [key, x] of before) {
    const y: unknown = after.get(key);
    if (isMap(x) && isMap(y)) pairs.push([x, y]);
    else if (!sameValue(x, y)) return undefined;
  }
  return pairs;
}

/** The value of a keyword; `undefined` where it says nothing. */
function saidOf(schema: JsonMap, key: string): unknown {
  const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
  if (countsAsAbsent(key, value) || !keywords.has(key)) return undefined;
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  // Of these an empty one is another value than none.
  const isKept = isMap(value) && keywords.get(key) !== 'schema-map';
  const isFlag = keywords.get(key) === 'flag' && key !== 'x-kubernetes-preserve-unknown-fields';
  return value === '' || (isEmpty && !isKept) || (isFlag && value === false) ? undefined : value;
}
