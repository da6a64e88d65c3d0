import { isMap, quote, type JsonMap } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';

/** Why a schema cannot be used. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/** How deep a schema may be nested: many times what people write. */
const deepest = 200;

/**
 * Brings a schema and all files that it refers to together in one, where every reference leads to the schema itself. Only documents of the
 * same run are taken: nothing is read for a reference. What the printing tool would take as TypeScript (`tsType`) is dropped.
 * Throws a `SchemaError`.
 */
export function bundleSchema(
  root: SchemaDocument,
  { documents, docs }: { readonly documents: ReadonlyMap<string, SchemaDocument>; readonly docs: boolean },
): JsonMap {
  const parts = new Map<string, JsonMap>();
  const names = new Map([[root.source.file, '']]);
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { file } = next.source;
    const resolve = (ref: string): string => {
      const [path, pointer] = split(ref);
      const target = path === '' ? file : fileOf(ref, { from: file, path });
      const document = target === file ? next : documents.get(target);
      if (document === undefined || (document.isOutside && document !== next))
        throw new SchemaError(`$ref ${quote(ref)} leads to a file that is not in the folder that was named`);
      if (!leadsSomewhere(document.document, pointer)) throw new SchemaError(`$ref ${quote(ref)} leads to nothing`);
      if (!names.has(target)) {
        names.set(target, `file${names.size}`);
        open.push(document);
      }
      const name = names.get(target) ?? '';
      return `#${name === '' ? '' : `/definitions/${name}`}${pointer}`;
    };
    parts.set(names.get(file) ?? '', rewrite(next.document, { resolve, docs, depth: 0 }) as JsonMap);
  }
  const own = parts.get('') ?? {};
  parts.delete('');
  if (parts.size === 0) return own;
  const definitions = isMap(own['definitions']) ? own['definitions'] : {};
  const clash = [...parts.keys()].find((name) => Object.hasOwn(definitions, name));
  if (clash !== undefined)
    throw new SchemaError(`a definition must not be called ${clash} in a schema that refers to files`);
  return { ...own, definitions: { ...definitions, ...Object.fromEntries(parts) } };
}

function split(ref: string): [path: string, pointer: string] {
  const hash = ref.indexOf('#');
  return hash === -1 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash + 1).replace(/\/$/, '')];
}

/** The file that a reference means, as sources are named. */
function fileOf(ref: string, { from, path }: { readonly from: string; readonly path: string }): string {
  if (/^[a-z][a-z\d+.-]*:|^\/|\\/i.test(path))
    throw new SchemaError(
      `$ref ${quote(ref)} is not followed: only files beside the schema are, never a URL or an absolute path`,
    );
  const parts = from.split('/').slice(0, -1);
  for (const part of decode(path).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function leadsSomewhere(document: JsonMap, pointer: string): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  let at: unknown = document;
  for (const part of pointer.slice(1).split('/')) {
    const key = decode(part.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as JsonMap)[key];
  }
  return true;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

interface Rewrite {
  readonly resolve: (ref: string) => string;
  readonly docs: boolean;
  readonly depth: number;
}

function rewrite(value: unknown, o: Rewrite): unknown {
  if (o.depth > deepest) throw new SchemaError('is nested too deep');
  const inner = { ...o, depth: o.depth + 1 };
  if (Array.isArray(value)) return value.map((one: unknown) => rewrite(one, inner));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key, one]) => !isDropped(key, one, o.docs));
  return Object.fromEntries(
    entries.map(([key, one]) => [
      key,
      key === '$ref' && typeof one === 'string' ? o.resolve(one) : rewrite(one, inner),
    ]),
  );
}

/** Properties of these names have schemas as values, never text or lists. */
function isDropped(key: string, value: unknown, docs: boolean): boolean {
  if (key === 'tsType' || key === 'tsEnumNames') return !isMap(value) && typeof value !== 'boolean';
  if (key === '$id' || key === 'id') return typeof value === 'string';
  return !docs && key === 'description' && typeof value === 'string';
}
