import type { DocumentPath } from '../load/document-path.js';
import { isMap, quote, stringField, type JsonMap } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { SchemaError } from './schema-error.js';
import { dataKeywords, namedSchemas } from './schema-words.js';

/** Where a reference stands, or leads to. */
export interface SchemaPlace {
  readonly document: SchemaDocument;
  /** A JSON pointer, as `below` makes it: `/definitions/a`, empty for the whole document. */
  readonly pointer: string;
}

/** What stands around a reference. */
export interface ReferenceContext {
  /** The nearest schema around it that has an `$id`, else the document. */
  readonly resource: SchemaPlace;
  /** Where the reference itself stands. */
  readonly path: DocumentPath;
}

/** Says where references lead: within a document, to an `$id` or anchor, or to a file of the same run. Nothing is read for one. */
export class References {
  readonly #documents: ReadonlyMap<string, SchemaDocument>;
  readonly #indexes = new Map<SchemaDocument, SchemaIndex>();
  #ids: ReadonlyMap<string, SchemaPlace> | undefined;

  /** The documents that may be referred to, by file. */
  constructor(documents: ReadonlyMap<string, SchemaDocument>) {
    this.#documents = documents;
  }

  /** Throws a `SchemaError`. */
  resolve(ref: string, context: ReferenceContext): SchemaPlace {
    const [path, fragment] = split(ref);
    const { document } = context.resource;
    const target = path === '' ? context.resource : (this.#byId(path, context) ?? this.#byFile(ref, path, context));
    const found = this.#place(target, fragment);
    if (found === undefined) throw refused(`$ref ${quote(ref)} leads to nothing`, { document, path: context.path });
    return found;
  }

  #place({ document, pointer }: SchemaPlace, fragment: string): SchemaPlace | undefined {
    if (fragment !== '' && !fragment.startsWith('/')) {
      const { anchors } = this.#indexOf(document);
      const inResource = anchors.get(anchorKey(pointer, decode(fragment)));
      const anchor = inResource ?? anchors.get(anchorKey(undefined, decode(fragment)));
      return anchor === undefined ? undefined : { document, pointer: anchor };
    }
    // Many schemas have an `$id` inside and mean the document all the same.
    const pointers = [`${pointer}${fragment}`, fragment];
    const found = pointers.find((one) => valueAt(one, document.document) !== undefined);
    return found === undefined ? undefined : { document, pointer: stepsOf(found).reduce(below, '') };
  }

  #byId(path: string, { resource }: ReferenceContext): SchemaPlace | undefined {
    const { document } = resource;
    const { bases, ids } = this.#indexOf(document);
    const id = urlOf(path, bases.get(resource.pointer));
    if (id === undefined) return undefined;
    const pointer = ids.get(id);
    return pointer === undefined ? this.#allIds().get(id) : { document, pointer };
  }

  /** What each `$id` names in all documents, the first of those with the same. */
  #allIds(): ReadonlyMap<string, SchemaPlace> {
    if (this.#ids !== undefined) return this.#ids;
    const all = new Map<string, SchemaPlace>();
    for (const document of this.#documents.values()) {
      if (document.isOutside) continue;
      for (const [id, pointer] of this.#indexOf(document).ids) if (!all.has(id)) all.set(id, { document, pointer });
    }
    this.#ids = all;
    return all;
  }

  #byFile(ref: string, path: string, context: ReferenceContext): SchemaPlace {
    const from = context.resource.document;
    const at = { document: from, path: context.path };
    if (/^[a-z][a-z\d+.-]*:|^\/|\\/i.test(path)) {
      const message = `$ref ${quote(ref)} is not followed: only files beside the schema are, never a URL or an absolute path`;
      throw refused(message, at, 'Save what it means beside the schema, and refer to it by its relative path.');
    }
    const file = fileOf(path, from.source.file);
    const document = file === from.source.file ? from : this.#documents.get(file);
    if (document === undefined) {
      const message = `$ref ${quote(ref)} leads to a file that is not in the folder that was named`;
      throw refused(message, at, 'Name a folder that holds both.');
    }
    if (document.isOutside && document !== from) {
      const message = `$ref ${quote(ref)} is not followed: the file is a link that leads out of the folder that was named`;
      throw refused(message, at, 'Put a copy of it there instead.');
    }
    return { document, pointer: '' };
  }

  #indexOf(document: SchemaDocument): SchemaIndex {
    const known = this.#indexes.get(document) ?? indexOf(document.document);
    this.#indexes.set(document, known);
    return known;
  }
}

function refused(message: string, at: { document: SchemaDocument; path: DocumentPath }, hint?: string): SchemaError {
  return new SchemaError(message, {
    file: at.document.source.file,
    path: at.path,
    ...(hint === undefined ? {} : { hint }),
  });
}

/**
 * What can be named in a document: pointers by absolute `$id` and by anchor (in a schema with an `$id`, and the first one in the
 * document), and the `$id` of each pointer that has one.
 */
interface SchemaIndex {
  readonly ids: ReadonlyMap<string, string>;
  readonly anchors: ReadonlyMap<string, string>;
  readonly bases: ReadonlyMap<string, string>;
}

/** A value that may be a schema. */
interface Indexed {
  readonly value: unknown;
  readonly pointer: string;
  readonly base: string | undefined;
  /** The pointer of the nearest schema around it that has an `$id`, else of the document. */
  readonly resource: string;
  /** Whether its keys are names, not words. */
  readonly isNames: boolean;
  readonly isData: boolean;
}

function indexOf(document: JsonMap): SchemaIndex {
  const [ids, anchors, bases] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  const open: Indexed[] = [
    { value: document, pointer: '', base: undefined, resource: '', isNames: false, isData: false },
  ];
  // What looks like an id in data is none: it counts only where a message can name it, as there is no other.
  const data: Indexed[] = [];
  for (let next = open.pop() ?? data.pop(); next !== undefined; next = open.pop() ?? data.pop()) {
    const { value, pointer, isNames, isData } = next;
    let { base, resource } = next;
    if (isMap(value) && !isNames) {
      const id = idOf(value);
      const url = id === undefined || id.startsWith('#') ? undefined : urlOf(id, base);
      if (url !== undefined && !(isData && ids.has(url))) {
        ids.set(url, pointer);
        bases.set(pointer, url);
        base = url;
        resource = pointer;
      }
      const names = [id?.startsWith('#') === true ? id.slice(1) : undefined, stringField(value, '$anchor')];
      for (const name of [...names, stringField(value, '$dynamicAnchor')])
        for (const owner of isData ? [undefined] : [resource, undefined])
          if (name !== undefined && !anchors.has(anchorKey(owner, name))) anchors.set(anchorKey(owner, name), pointer);
    }
    if (typeof value !== 'object' || value === null) continue;
    const children: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [key, child] of children.reverse()) {
      const word = isNames || isData ? '' : String(key);
      const isDatum = isData || dataKeywords.has(word);
      const inside = {
        value: child,
        pointer: below(pointer, key),
        base,
        resource,
        isNames: namedSchemas.has(word),
        isData: isDatum,
      };
      (isDatum ? data : open).push(inside);
    }
  }
  return { ids, anchors, bases };
}

function anchorKey(resource: string | undefined, name: string): string {
  return JSON.stringify([resource, name]);
}

/** The id of a schema; draft 4 wrote it without the dollar. */
export function idOf(schema: JsonMap): string | undefined {
  return stringField(schema, '$id') ?? stringField(schema, 'id');
}

/** The pointer of a child, as a URL has it. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`;
}

/** The keys that a pointer is made of. */
export function stepsOf(pointer: string): string[] {
  const parts = pointer === '' ? [] : pointer.slice(1).split('/');
  return parts.map((part) => decode(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function urlOf(id: string, base: string | undefined): string | undefined {
  try {
    return new URL(id, base ?? 'schema:///').href.replace(/#.*$/, '');
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function split(ref: string): [path: string, fragment: string] {
  const hash = ref.indexOf('#');
  return hash === -1 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash + 1).replace(/\/$/, '')];
}

/** The file that a relative path means, as sources are named. */
function fileOf(path: string, from: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of decode(path).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** What a pointer leads to; `undefined` where there is nothing. */
export function valueAt(pointer: string, document: JsonMap): unknown {
  let value: unknown = document;
  for (const key of stepsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonMap)[key];
  }
  return value;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
