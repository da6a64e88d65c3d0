import { isMap, setOwn, type JsonMap } from '../json-value.js';
import { keywords, type KeywordValue } from './schema-keywords.js';

/** Whether the API server reads the value of a keyword as if the keyword were not there. */
export function countsAsAbsent(key: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (key === 'type') return value === '';
  return key === 'items' && !isMap(value) && !(Array.isArray(value) && value.length > 0);
}

/** Whether a value holds a null that the API server reads as the zero of its place: a schema that says nothing, an empty name. */
export function holdsNull(wanted: KeywordValue | undefined, value: unknown): boolean {
  switch (wanted) {
    case 'schemas':
    case 'texts':
      return Array.isArray(value) && value.includes(null);
    case 'schema-map':
      return isMap(value) && Object.values(value).includes(null);
    default:
      return false;
  }
}

/**
 * A copy of a schema as the API server reads it: keywords without a value are left out, and null in a list or a map of schemas is a
 * schema that says nothing. What one YAML alias names stays one node. Safe for any depth.
 */
export function asServerReads(root: JsonMap): JsonMap {
  const copies = new Map<unknown, Record<string, unknown>>();
  const open: { readonly from: JsonMap; readonly to: Record<string, unknown> }[] = [];
  const copy = (value: unknown): unknown => {
    const from = value === null ? {} : value;
    if (!isMap(from)) return from;
    let to = copies.get(from);
    if (to === undefined) {
      to = {};
      copies.set(from, to);
      open.push({ from, to });
    }
    return to;
  };
  const result = copy(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const key of Object.keys(next.from)) {
      const value = next.from[key];
      if (!countsAsAbsent(key, value)) setOwn(next.to, key, copyValue(key, value, copy));
    }
  }
  return isMap(result) ? result : root;
}

function copyValue(key: string, value: unknown, copy: (schema: unknown) => unknown): unknown {
  switch (keywords.get(key)) {
    case 'schema':
    case 'schema-or-flag':
      return copy(value);
    case 'schemas':
    case 'schema-or-list':
      return Array.isArray(value) ? value.map(copy) : copy(value);
    case 'schema-map':
      return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, node]) => [name, copy(node)])) : value;
    case 'texts':
      return Array.isArray(value) ? value.map((text: unknown) => text ?? '') : value;
    default:
      return value;
  }
}
