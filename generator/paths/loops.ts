import { field, isMap, type JsonMap } from '../load/json-value.js';
import { definitionName } from '../load/openapi/reference.js';

/**
 * The document without references that lead a schema back to itself through lists and choices only: TypeScript knows such a type by the
 * name of an interface alone, and finds a circle in a field. What closes the circle is any value.
 */
export function withoutLoops(document: JsonMap): JsonMap {
  const components = field(document, 'components');
  const schemas = isMap(components) ? field(components, 'schemas') : undefined;
  if (!isMap(components) || !isMap(schemas)) return document;
  const closing = closingReferences(new Map(Object.entries(schemas).map(([name, schema]) => [name, namesIn(schema)])));
  if (closing.size === 0) return document;
  const cut = Object.entries(schemas).map(([name, schema]) => [name, without(closing.get(name), schema)]);
  return { ...document, components: { ...components, schemas: Object.fromEntries(cut) } };
}

/** Of each name those that lead back to where one came from, on a walk through all. Safe for any depth. */
function closingReferences(references: ReadonlyMap<string, readonly string[]>): Map<string, Set<string>> {
  const closing = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const way = new Set<string>();
  for (const start of references.keys()) {
    const open: { readonly name: string; readonly isLeft: boolean }[] = [{ name: start, isLeft: false }];
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      const { name, isLeft } = top;
      if (isLeft) {
        way.delete(name);
        continue;
      }
      if (seen.has(name)) continue;
      seen.add(name);
      way.add(name);
      open.push({ name, isLeft: true });
      for (const next of references.get(name) ?? []) {
        if (way.has(next)) closing.set(name, (closing.get(name) ?? new Set()).add(next));
        else open.push({ name: next, isLeft: false });
      }
    }
  }
  return closing;
}

const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'];

/** The schemas that a schema holds without a field between. */
function heldBy(schema: JsonMap): unknown[] {
  return lists.flatMap((key) => field(schema, key) ?? []);
}

function namesIn(schema: unknown): string[] {
  const found: string[] = [];
  const open = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isMap(node)) continue;
    const ref = field(node, '$ref');
    const name = typeof ref === 'string' ? definitionName(ref) : undefined;
    if (name !== undefined) found.push(name);
    for (const held of heldBy(node)) open.push(held);
  }
  return found;
}

function without(names: ReadonlySet<string> | undefined, schema: unknown): unknown {
  if (names === undefined) return schema;
  if (Array.isArray(schema)) return schema.map((one: unknown) => without(names, one));
  if (!isMap(schema)) return schema;
  const ref = field(schema, '$ref');
  if (typeof ref === 'string' && names.has(definitionName(ref) ?? '')) return {};
  const held = lists.filter((key) => Object.hasOwn(schema, key));
  return { ...schema, ...Object.fromEntries(held.map((key) => [key, without(names, schema[key])])) };
}
