import { type JsonObject, defineValue, isObject, ownValue } from './json.js';

/** The keys of a simple JSON path: `.spec.replicas` or `.metadata.labels['a.b']`. */
function pathKeys(path: string): string[] {
  return [...path.matchAll(/\.?\[(?:'([^']*)'|"([^"]*)")\]|\.?([^.[\]]+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
}

/** The value at a simple JSON path; `undefined` when there is none. */
export function readPath(object: JsonObject, path: string): unknown {
  let here: unknown = object;
  for (const key of pathKeys(path)) {
    if (!isObject(here)) return undefined;
    here = ownValue(here, key);
  }
  return here;
}

/** A copy of `object` with `value` at a simple JSON path; objects on the way are made. */
export function withPath(object: JsonObject, path: string, value: unknown): JsonObject {
  const [key, ...rest] = pathKeys(path);
  if (key === undefined) return object;
  const copy = { ...object };
  const inside = ownValue(copy, key);
  const below = rest.map((each) => `['${each}']`).join('');
  defineValue(copy, key, rest.length === 0 ? value : withPath(isObject(inside) ? inside : {}, below, value));
  return copy;
}
