import type { DocumentPath } from '../load/document-path.js';
import { describe, field, isMap, quote, stringField, type JsonMap } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { withOneMap } from './definitions.js';
import { Links } from './links.js';
import { leadsIntoData, movedPointer, safePattern, withoutPrefixItems } from './moved-pointer.js';
import type { ReferenceContext, References, SchemaPlace } from './references.js';
import { SchemaError } from './schema-error.js';
import { idOf } from './schema-index.js';
import { interfaceName } from './schema-names.js';
import { below } from './schema-pointer.js';
import { dataKeywords, hasKind, kindOf, namedSchemas, withoutBadBounds } from './schema-words.js';

/** How deep a schema may be nested: many times what people write. */
const deepest = 200;

interface BundleOptions {
  readonly references: References;
  readonly docs: boolean;
}

/** A schema of which every reference leads to itself. */
export interface Bundle {
  readonly schema: JsonMap;
  /** What was left out, as it says nothing. */
  readonly warnings: readonly SchemaError[];
}

/**
 * Brings a schema and all files that it refers to together in one, where every reference leads to the schema itself. Only documents of the
 * same run are taken: nothing is read for a reference. What the printing tool would take as TypeScript (`tsType`) is dropped, and words of
 * newer drafts that it does not know are written in those that it does. Throws a `SchemaError`.
 */
export function bundleSchema(root: SchemaDocument, options: BundleOptions): Bundle {
  const without = new Map<string, SchemaError>();
  for (;;) {
    const { schema, links } = bundleWithout(root, { ...options, without });
    const back = links.leadingBack();
    if (back.length === 0) return { schema, warnings: [...without.values()] };
    for (const { by, isBranch } of back) {
      const leads = `$ref ${quote(by.ref)} leads back to`;
      if (!isBranch) throw faultAt(`${leads} itself, so it says nothing`, by);
      const message = `${leads} the schema that it is a branch of, so it says nothing and makes no type`;
      without.set(keyOf(by), faultAt(message, by));
    }
  }
}

interface Reference {
  readonly ref: string;
  readonly resource: SchemaPlace;
  readonly path: DocumentPath;
}

function keyOf({ resource, path }: Pick<Reference, 'resource' | 'path'>): string {
  return JSON.stringify([resource.document.source.file, ...path]);
}

function bundleWithout(
  root: SchemaDocument,
  { references, docs, without }: BundleOptions & { readonly without: ReadonlyMap<string, SchemaError> },
): { schema: JsonMap; links: Links<Reference> } {
  const links = new Links<Reference>();
  const holder = isMap(root.document['$defs']) ? '$defs' : 'definitions';
  const parts = new Map<string, JsonMap>();
  const names = new Map([[root, '']]);
  const taken = new Set(Object.keys(mapIn(withOneMap(root.document), holder)));
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const resolve: Rewrite['resolve'] = (ref, context) => {
      if (without.has(keyOf(context))) return undefined;
      const to = references.resolve(ref, context);
      links.add({ document: next, pointer: context.pointer }, to, { ref, ...context });
      const { document, pointer } = to;
      if (leadsIntoData(pointer, document.document))
        throw faultAt(
          `$ref ${quote(ref)} leads to data (an enum, a const, a default or an example), which is no schema`,
          context,
        );
      const name = names.get(document) ?? freeName(interfaceName(document), taken);
      if (!names.has(document)) {
        names.set(document, name);
        open.push(document);
      }
      return `#${name === '' ? '' : `/${holder}/${name}`}${movedPointer(pointer, document.document)}`;
    };
    const place = { document: next, pointer: '' };
    parts.set(
      names.get(next) ?? '',
      rewriteSchema(next.document, { resolve, docs, resource: place, pointer: '', path: [] }),
    );
  }
  const own = parts.get('') ?? {};
  parts.delete('');
  if (parts.size === 0) return { schema: own, links };
  return { schema: { ...own, [holder]: { ...mapIn(own, holder), ...Object.fromEntries(parts) } }, links };
}

function mapIn(map: JsonMap, key: string): JsonMap {
  const value = field(map, key);
  return isMap(value) ? value : {};
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = `${wanted}${n}`;
  taken.add(name);
  return name;
}

interface Rewrite {
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

function rewriteSchema(schema: JsonMap, outer: Rewrite): JsonMap {
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

function faultAt(message: string, { resource, path }: Pick<Rewrite, 'resource' | 'path'>): SchemaError {
  return new SchemaError(message, { file: resource.document.source.file, path });
}
