import { objectKey } from '../resource.js';
import type { RawObject } from '../wire/raw-object.js';
import { rawText } from '../wire/read-raw-object.js';
import { WireError } from '../wire/wire-error.js';
import { deepFreeze } from './deep-freeze.js';
import type { Entry, EntryMaker } from './entry.js';

/** What the entries of one reflector have in common. */
export interface EntryMakerOptions<T> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Keep `metadata.managedFields`. */
  readonly managedFields: boolean;
  readonly transform?: ((object: T) => T) | undefined;
  readonly freeze: 'none' | 'deep';
}

/** The user's transform failed for one object, which is therefore kept out of the cache. */
export class QuarantineError extends Error {
  override readonly name = 'QuarantineError';
  readonly key: string;

  constructor(key: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.key = key;
  }
}

interface Identified {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion: string;
  };
}

/** Makes a maker of entries that hold the parsed object. */
export function createEntryMaker<T>(options: EntryMakerOptions<T>): EntryMaker<T> {
  const { apiVersion, kind, managedFields, transform, freeze } = options;
  // Put in front of the other members in the order in which the API server prints them for a single object, so that objects of a list
  // and of a watch have one hidden class.
  const typeMeta = `{"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)},`;
  const finish = (object: T): T => (freeze === 'deep' ? deepFreeze(object) : object);
  const read = (raw: RawObject): T => {
    const text = rawText(raw, !managedFields);
    const bare = raw.kind === undefined || raw.apiVersion === undefined;
    return parse(bare ? typeMeta + text.slice(text.indexOf('{') + 1) : text) as T;
  };

  return {
    make(raw) {
      const object = transform === undefined ? read(raw) : applyTransform(transform, read(raw), raw);
      return new ParsedEntry(raw, finish(object));
    },
    tombstone: (raw) => new ParsedEntry(raw, finish(read(raw))),
    from(object) {
      const { metadata } = object as Identified;
      const head = {
        ...metadata,
        namespace: metadata.namespace,
        uid: metadata.uid ?? '',
        key: objectKey(metadata.name, metadata.namespace),
      };
      return new ParsedEntry(head, finish(transform === undefined ? object : applyTransform(transform, object, head)));
    },
  };
}

type EntryHead = Pick<RawObject, 'key' | 'name' | 'namespace' | 'uid' | 'resourceVersion'>;

class ParsedEntry<T> implements Entry<T> {
  readonly key: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly lazy = false;
  readonly #object: T;

  constructor(head: EntryHead, object: T) {
    this.key = head.key;
    this.name = head.name;
    this.namespace = head.namespace;
    this.uid = head.uid;
    this.resourceVersion = head.resourceVersion;
    this.#object = object;
  }

  read(): T {
    return this.#object;
  }

  labels(): Readonly<Record<string, string>> | undefined {
    return (this.#object as { metadata?: { labels?: Record<string, string> } }).metadata?.labels;
  }

  /** A parsed object belongs to the garbage collector; there is nothing to count. */
  retain(): void {}

  release(): void {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new WireError('decode', 'an object is not valid JSON');
  }
}

function applyTransform<T>(transform: (object: T) => T, object: T, raw: EntryHead): T {
  const { key } = raw;
  let made: T;
  try {
    made = transform(object);
  } catch (error) {
    throw new QuarantineError(key, `transform threw for ${key}`, error);
  }
  const metadata = typeof made === 'object' && made !== null ? (made as Partial<Identified>).metadata : undefined;
  const same =
    metadata?.name === raw.name &&
    (metadata.namespace ?? undefined) === raw.namespace &&
    (metadata.uid ?? '') === raw.uid &&
    metadata.resourceVersion === raw.resourceVersion;
  if (!same) throw new QuarantineError(key, `transform changed name, namespace, uid or resourceVersion of ${key}`);
  return made;
}
