import { objectKey } from '../resource.js';
import { type RawObject, rawText } from '../wire/raw-object.js';
import { WireError } from '../wire/wire-error.js';
import { deepFreeze } from './deep-freeze.js';
import type { Entry } from './entry.js';

/** Makes entries of what came over the wire. */
export interface EntryMaker<T> {
  /** Whether it is of the kind that is watched; anything else is an anomaly, not data (W13). */
  accepts(raw: RawObject): boolean;
  /**
   * Cuts `managedFields`, parses, fills in apiVersion and kind where a list leaves them out (L15), transforms once (S8).
   * Throws a `WireError` (`decode`) for what is no JSON and a `QuarantineError` when the transform fails (E10).
   */
  make(raw: RawObject): Entry<T>;
  /** An entry of an object that is already there, as the answer to a write. Not transformed. */
  from(object: T): Entry<T>;
}

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

  return {
    accepts: (raw) =>
      (raw.kind === undefined || raw.kind === kind) && (raw.apiVersion === undefined || raw.apiVersion === apiVersion),
    make(raw) {
      const key = objectKey(raw.name, raw.namespace);
      const text = rawText(raw, !managedFields);
      const bare = raw.kind === undefined || raw.apiVersion === undefined;
      const parsed = parse<T>(bare ? typeMeta + text.slice(text.indexOf('{') + 1) : text);
      return new ParsedEntry(
        raw,
        key,
        finish(transform === undefined ? parsed : applyTransform(transform, parsed, { key, raw })),
      );
    },
    from(object) {
      const { metadata } = object as Identified;
      const head = { ...metadata, namespace: metadata.namespace, uid: metadata.uid ?? '' };
      return new ParsedEntry(head, objectKey(metadata.name, metadata.namespace), finish(object));
    },
  };
}

type EntryHead = Pick<RawObject, 'name' | 'namespace' | 'uid' | 'resourceVersion'>;

class ParsedEntry<T> implements Entry<T> {
  readonly key: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly #object: T;

  constructor(head: EntryHead, key: string, object: T) {
    this.key = key;
    this.name = head.name;
    this.namespace = head.namespace;
    this.uid = head.uid;
    this.resourceVersion = head.resourceVersion;
    this.#object = object;
  }

  read(): T {
    return this.#object;
  }
}

function parse<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new WireError('decode', 'an object is not valid JSON', error);
  }
}

function applyTransform<T>(transform: (object: T) => T, object: T, { key, raw }: { key: string; raw: RawObject }): T {
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
