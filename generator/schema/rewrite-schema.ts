import type { DocumentPath } from '../load/document-path.js';
import { describe, isMap, stringField, type JsonMap } from '../load/json-value.js';
import { withOneMap } from './definitions.js';
import { safePattern, withoutPrefixItems } from './moved-pointer.js';
import type { ReferenceContext, SchemaPlace } from './references.js';
import { SchemaError } from './schema-error.js';
import { idOf } from './schema-index.js';
import { below } from '../load/json-pointer.js';
import { dataKeywords, hasKind, kindOf, namedSchemas, withoutBadBounds } from './schema-words.js';

/** How deep a schema may be nested: many times what people write. */
const deepest = 200;

/** Where a schema stands that is rewritten, and how. */
export interface Rewrite {
  /** What takes the place of a reference, if anything does. */
  readonly resolve: (ref: string, context: ReferenceContext & { readonly pointer: string }) => string | undefined;
  readonly docs: boolean;
  /** The nearest schema around that has an `$id`. */
  readonly resource: SchemaPlace;
  readonly pointer: string;
  readonly path: DocumentPath;
}

const definitions = new Set(['definitions', '$defs']);
/** Keywords that no type is made of. */
const unused = new Set(['$id', 'id', 'default', 'examples', 'example', 'tsType', 'tsEnumNames', 'extends']);
/** Keywords whose values are lists of schemas. */
const lists = new Set(['oneOf', 'anyOf', 'allOf', 'items', 'prefixItems']);

function rewrite(value: unknown, o: Rewrite): unknown {
  if (o.path.length > deepest) throw faultAt('is nested too deep', { ...o, path: [] });
  if (Array.isArray(value)) return value.map((one: unknown, i) => rewrite(one, inside(o, i)));
  return isMap(value) ? rewriteSchema(value, o) : value;
}

/** A schema in words that the printing tool knows, every reference in it resolved. Throws a `SchemaError`. */
export function rewriteSchema(schema: JsonMap, outer: Rewrite): JsonMap {
  const id = idOf(schema);
  const hasId = id !== undefined && !id.startsWith('#');
  const o = hasId ? { ...outer, resource: { ...outer.resource, pointer: outer.pointer } } : outer;
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    const at = inside(o, key);
    // A keyword without a value says nothing; of data, null is one.
    if (unused.has(key) || (value === null && key !== 'const') || (!o.docs && key === 'description')) return [];
    if (isReference(key)) return referenceTo(key, value, { ...(hasId && ignoresBeside(outer) ? outer : o), schema });
    if (!hasKind(key, value)) throw faultAt(`must be ${kindOf(key)}, not ${describe(value)}`, at);
    if (namedSchemas.has(key) && isMap(value))
      return [[key, rewriteNamed(definitions.has(key) ? withoutFlags(value) : value, at, key)]];
    if (dataKeywords.has(key)) return [[key, value]];
    if (lists.has(key) && Array.isArray(value)) return [[key, rewriteList(value, at)]];
    return [[key, rewrite(value, at)]];
  });
  return withOneMap(withoutBadBounds(withoutPrefixItems(Object.fromEntries(entries))));
}

/** A schema that is null says nothing. */
function rewriteList(schemas: readonly unknown[], o: Rewrite): unknown[] {
  return schemas.map((schema, i) => rewrite(schema ?? {}, inside(o, i)));
}

/** `true` and `false` are schemas, to which the printing tool cannot refer. */
function withoutFlags(map: JsonMap): JsonMap {
  const schemaOf = (value: unknown): unknown => (value === true ? {} : value === false ? { not: {} } : value);
  return Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, schemaOf(schema)]));
}

function rewriteNamed(map: JsonMap, o: Rewrite, keyword: string): JsonMap {
  const nameOf = keyword === 'patternProperties' ? safePattern : (name: string): string => name;
  return Object.fromEntries(
    Object.entries(map).map(([name, schema]) => [nameOf(name), rewrite(schema ?? {}, inside(o, name))]),
  );
}

/** The words of draft 2019-09 and 2020-12 for references to what may be extended: there is nothing here that could extend it. */
function isReference(key: string): boolean {
  return key === '$ref' || key === '$dynamicRef' || key === '$recursiveRef';
}

/** Up to draft 7 an `$id` beside a `$ref` is none. */
function ignoresBeside({ resource }: Rewrite): boolean {
  return !/\/20\d\d-/.test(stringField(resource.document.document, '$schema') ?? '');
}

function referenceTo(key: string, ref: unknown, o: Rewrite & { readonly schema: JsonMap }): [string, unknown][] {
  if (typeof ref !== 'string') throw faultAt(`${key} must be text, not ${describe(ref)}`, o);
  if (key !== '$ref' && Object.hasOwn(o.schema, '$ref')) return [];
  const resolved = o.resolve(ref, { ...o, path: [...o.path, key] });
  return resolved === undefined ? [] : [['$ref', resolved]];
}

function inside(o: Rewrite, key: string | number): Rewrite {
  return { ...o, path: [...o.path, key], pointer: below(o.pointer, key) };
}

export function faultAt(message: string, { resource, path }: ReferenceContext): SchemaError {
  return new SchemaError(message, { file: resource.document.source.file, path });
}
