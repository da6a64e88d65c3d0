import { isMap, type JsonMap } from '../load/json-value.js';

/** A schema with `definitions` and `$defs`, of which the printing tool takes one only. */
type WithBoth = JsonMap & { readonly definitions: JsonMap; readonly $defs: JsonMap };

/** Whether a schema has `definitions` and `$defs`. */
export function hasBoth(schema: unknown): schema is WithBoth {
  return isMap(schema) && isMap(schema['definitions']) && isMap(schema['$defs']);
}

/** A schema that has both, with all of them in `$defs`; any other as it is. */
export function withOneMap(schema: JsonMap): JsonMap {
  if (!hasBoth(schema)) return schema;
  const { definitions, $defs, ...rest } = schema;
  const moved = Object.entries(definitions).map(([name, one]): [string, unknown] => [nameInDefs(schema, name), one]);
  return { ...rest, $defs: { ...$defs, ...Object.fromEntries(moved) } };
}

/** The name in `$defs` of one of the `definitions`. */
export function nameInDefs({ $defs, definitions }: WithBoth, wanted: string): string {
  const isTaken = (name: string): boolean =>
    Object.hasOwn($defs, name) || (name !== wanted && Object.hasOwn(definitions, name));
  let name = wanted;
  for (let n = 2; isTaken(name); n += 1) name = `${wanted}${n}`;
  return name;
}
