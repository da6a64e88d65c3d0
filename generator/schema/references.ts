import type { DocumentPath } from '../load/document-path.js';
import { quote } from '../load/json-value.js';
import type { SchemaDocument } from '../load/schema-document.js';
import { SchemaError } from './schema-error.js';
import { SchemaIndex } from './schema-index.js';
import { below, decoded, stepsOf, valueAt } from '../load/json-pointer.js';

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
      const anchor = this.#indexOf(document).anchored(decoded(fragment), pointer);
      return anchor === undefined ? undefined : { document, pointer: anchor };
    }
    // Many schemas have an `$id` inside and mean the document all the same.
    const pointers = [`${pointer}${fragment}`, fragment];
    const found = pointers.find((one) => valueAt(one, document.document) !== undefined);
    return found === undefined ? undefined : { document, pointer: stepsOf(found).reduce(below, '') };
  }

  #byId(path: string, { resource }: ReferenceContext): SchemaPlace | undefined {
    const { document } = resource;
    const index = this.#indexOf(document);
    const id = index.idFrom(path, resource.pointer);
    if (id === undefined) return undefined;
    const pointer = index.ids.get(id);
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
    const known = this.#indexes.get(document) ?? new SchemaIndex(document.document);
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

function split(ref: string): [path: string, fragment: string] {
  const hash = ref.indexOf('#');
  return hash === -1 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash + 1).replace(/\/$/, '')];
}

/** The file that a relative path means, as sources are named. */
function fileOf(path: string, from: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of decoded(path).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
