import { objectKey } from '../resource.js';
import { parseJson } from '../wire/json-scan.js';
import type { RawObject } from '../wire/raw-object.js';
import { type BytesHouse, BytesEntry } from './bytes-entry.js';
import { deepFreeze } from './deep-freeze.js';
import type { Entry, EntryMaker } from './entry.js';
import { createLeanParts, writeLean } from './lean-bytes.js';
import { type EntryHead, ParsedEntry } from './parsed-entry.js';
import { planRecord, writeRecord } from './record.js';
import { createOwnSlab, createSlabs } from './slabs.js';

/** Bytes of room for one object on its way to the parser; larger ones get more for the moment. */
const SCRATCH = 1 << 16;

/** What the entries of one reflector have in common. */
export interface EntryMakerOptions<T> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Keep `metadata.managedFields`. */
  readonly managedFields: boolean;
  readonly transform?: ((object: T) => T) | undefined;
  readonly freeze: 'none' | 'deep';
  /** Keep nothing but metadata, under apiVersion and kind, also of a server that sent `PartialObjectMetadata` or whole objects (L17). Default false. */
  readonly metadataOnly?: boolean;
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
    readonly managedFields?: unknown;
  };
}

/** Makes a maker of entries. */
export function createEntryMaker<T>(options: EntryMakerOptions<T>): EntryMaker<T> {
  const { transform, freeze, metadataOnly = false } = options;
  const lean = createLeanParts({ ...options, metadataOnly });
  const { apiVersion, kind } = options;
  const house: BytesHouse = { slabs: createSlabs(), freeze: freeze === 'deep', apiVersion, kind };
  const finish = (object: T): T => (freeze === 'deep' ? deepFreeze(object) : object);

  const keep = (raw: RawObject, isLast: boolean, before?: Entry<T>): BytesEntry<T> => {
    const plan = planRecord(lean(raw));
    const { length } = plan;
    // What nobody will store has memory of its own, which goes when it goes.
    const slab = isLast ? createOwnSlab(length) : house.slabs.take(length);
    writeRecord(plan, raw, slab);
    return new BytesEntry<T>(raw, house, { slab, length, before });
  };
  const parse = (raw: RawObject): T => {
    const parts = lean(raw);
    scratch ??= new Uint8Array(SCRATCH);
    // One large object must not keep its size in memory.
    const target = parts.length > SCRATCH ? new Uint8Array(parts.length) : scratch;
    writeLean(parts, raw.bytes, { target, at: 0 });
    return parseJson(target, 0, parts.length) as T;
  };
  let scratch: Uint8Array | undefined;

  return {
    make(raw, before) {
      if (transform === undefined) return keep(raw, false, before);
      return new ParsedEntry(raw, finish(applyTransform(transform, parse(raw), raw)));
    },
    tombstone: (raw) => keep(raw, true),
    from(object) {
      const head = headOf(object);
      const kept = metadataOnly || !options.managedFields ? shorten(object, options) : object;
      return new ParsedEntry(head, finish(transform === undefined ? kept : applyTransform(transform, kept, head)));
    },
  };
}

/** A copy without what is not kept; the caller's object stays as it is. */
function shorten<T>(object: T, { managedFields: keep, metadataOnly, apiVersion, kind }: EntryMakerOptions<T>): T {
  const { managedFields, ...metadata } = (object as Identified).metadata;
  const kept = { metadata: keep ? { ...metadata, managedFields } : metadata };
  // What is left out is what the type of such a reflector leaves out, too.
  return (metadataOnly === true ? { kind, apiVersion, ...kept } : { ...object, ...kept }) as T;
}

function headOf(object: unknown): EntryHead {
  const { name, namespace, uid = '', resourceVersion } = (object as Identified).metadata;
  return { key: objectKey(name, namespace), name, namespace, uid, resourceVersion };
}

function applyTransform<T>(transform: (object: T) => T, object: T, raw: EntryHead): T {
  const { key } = raw;
  let made: T;
  let isSame: boolean;
  try {
    made = transform(object);
    isSame = isOf(made, raw);
  } catch (error) {
    throw new QuarantineError(key, `transform threw for ${key}`, error);
  }
  if (!isSame) throw new QuarantineError(key, `transform changed name, namespace, uid or resourceVersion of ${key}`);
  return made;
}

function isOf(made: unknown, { name, namespace, uid, resourceVersion }: EntryHead): boolean {
  const metadata = typeof made === 'object' && made !== null ? (made as Partial<Identified>).metadata : undefined;
  return (
    metadata?.name === name &&
    (metadata.namespace ?? undefined) === namespace &&
    (metadata.uid ?? '') === uid &&
    metadata.resourceVersion === resourceVersion
  );
}
