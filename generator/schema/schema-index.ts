import { isMap, stringField, type JsonMap } from '../load/json-value.js';
import { below } from '../load/json-pointer.js';
import { dataKeywords, namedSchemas } from './schema-words.js';

/** A value that may be a schema. */
interface Indexed {
  readonly value: unknown;
  readonly pointer: string;
  /** The nearest schema around it that has an `$id`, else the document: its `$id` and its pointer. */
  readonly base: string | undefined;
  readonly resource: string;
  /** Whether its keys are names, not words. */
  readonly isNames: boolean;
  readonly isData: boolean;
}

/** What can be named in a document. */
export class SchemaIndex {
  /** Pointers by absolute `$id`. */
  readonly ids = new Map<string, string>();
  /** The absolute `$id` of each pointer that has one. */
  readonly #bases = new Map<string, string>();
  /** Pointers by anchor, in a schema with an `$id`, and the first one in the document. */
  readonly #anchors = new Map<string, string>();

  constructor(document: JsonMap) {
    const open: Indexed[] = [
      { value: document, pointer: '', base: undefined, resource: '', isNames: false, isData: false },
    ];
    // What looks like an id in data is none: it counts only where a message can name it, as there is no other.
    const data: Indexed[] = [];
    for (let next = open.pop() ?? data.pop(); next !== undefined; next = open.pop() ?? data.pop()) {
      const { value } = next;
      const around = isMap(value) && !next.isNames ? this.#note(value, next) : next;
      for (const child of childrenOf(around).reverse()) (child.isData ? data : open).push(child);
    }
  }

  /** The `$id` that a text means in the schema at a pointer, or in the document. */
  idFrom(text: string, resource: string): string | undefined {
    return urlOf(text, this.#bases.get(resource));
  }

  /** The pointer of an anchor: of the schema at a pointer, else of the document. */
  anchored(name: string, resource: string): string | undefined {
    return this.#anchors.get(anchorKey(resource, name)) ?? this.#anchors.get(anchorKey(undefined, name));
  }

  /** Takes up the id and the anchors of a schema; gives it back with its id around it. */
  #note(schema: JsonMap, at: Indexed): Indexed {
    const id = idOf(schema);
    const isAnchor = id?.startsWith('#') === true;
    const url = id === undefined || isAnchor ? undefined : urlOf(id, at.base);
    const isNew = url !== undefined && !(at.isData && this.ids.has(url));
    const { pointer, isData } = at;
    if (isNew) {
      this.ids.set(url, pointer);
      this.#bases.set(pointer, url);
    }
    const noted = isNew ? { ...at, base: url, resource: pointer } : at;
    for (const name of [isAnchor ? id.slice(1) : undefined, schema['$anchor'], schema['$dynamicAnchor']]) {
      if (typeof name !== 'string') continue;
      if (!isData) this.#noteAnchor(anchorKey(noted.resource, name), pointer);
      this.#noteAnchor(anchorKey(undefined, name), pointer);
    }
    return noted;
  }

  #noteAnchor(key: string, pointer: string): void {
    if (!this.#anchors.has(key)) this.#anchors.set(key, pointer);
  }
}

function childrenOf({ value, pointer, base, resource, isNames, isData }: Indexed): Indexed[] {
  if (typeof value !== 'object' || value === null) return [];
  const children: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return children.map(([key, child]) => {
    const word = isNames || isData ? '' : String(key);
    return {
      value: child,
      pointer: below(pointer, key),
      base,
      resource,
      isNames: namedSchemas.has(word),
      isData: isData || dataKeywords.has(word),
    };
  });
}

function anchorKey(resource: string | undefined, name: string): string {
  return JSON.stringify([resource, name]);
}

/** The id of a schema; draft 4 wrote it without the dollar. */
export function idOf(schema: JsonMap): string | undefined {
  return stringField(schema, '$id') ?? stringField(schema, 'id');
}

function urlOf(id: string, base: string | undefined): string | undefined {
  try {
    return new URL(id, base ?? 'schema:///').href.replace(/#.*$/, '');
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
