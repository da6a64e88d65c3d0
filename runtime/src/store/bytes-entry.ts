import { parseJson } from '../wire/json-scan.js';
import { findLabels, findMetadata } from '../wire/read-raw-object.js';
import { deepFreeze } from './deep-freeze.js';
import type { Entry } from './entry.js';
import { createObjectOfParts, type PartSource } from './object-of-parts.js';
import { type EntryHead, labelsOf } from './parsed-entry.js';
import { orderAt, type Part, placeOfPart, startOfJson } from './record.js';
import { createOwnSlab, type Slab, type Slabs, type Tenant } from './slabs.js';

/** What the entries of one maker share. */
export interface BytesHouse {
  readonly slabs: Slabs;
  readonly freeze: boolean;
  /** The kind that was asked for. */
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * An entry that holds the object's bytes and parses them when it is read: by its parts, where it has those and they need not be
 * frozen. The object is remembered for as long as somebody else holds it, so that two reads give the same one; nothing here keeps
 * it alive. It holds the entry until all of it was parsed.
 */
export class BytesEntry<T> implements Entry<T>, Tenant, PartSource {
  readonly key: string;
  readonly namespace: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  slab: Slab;
  at: number;
  readonly length: number;
  slot = 0;
  readonly #house: BytesHouse;
  #owners = 0;
  #memo: WeakRef<object> | undefined;

  /** The bytes are the last `length` in the slab. What it has in common with the version before is the same text, not an equal one. */
  constructor(
    head: EntryHead,
    house: BytesHouse,
    place: { slab: Slab; length: number; before?: EntryHead | undefined },
  ) {
    const { before } = place;
    this.key = before?.key === head.key ? before.key : head.key;
    this.namespace = head.namespace;
    this.uid = before?.uid === head.uid ? before.uid : head.uid;
    this.resourceVersion = head.resourceVersion;
    this.slab = place.slab;
    this.at = place.slab.used - place.length;
    this.length = place.length;
    this.#house = house;
    this.#memo = undefined;
  }

  get lazy(): boolean {
    return true;
  }

  get name(): string {
    return this.namespace === undefined ? this.key : this.key.slice(this.namespace.length + 1);
  }

  read(): T {
    const known = this.#memo?.deref();
    // What is remembered is what was parsed here before.
    if (known !== undefined) return known as T;
    const object = this.#parse();
    // An object has a name in its metadata, so it is no scalar.
    this.#memo = new WeakRef(object as object);
    return object;
  }

  glance(): T {
    return (this.#memo?.deref() as T | undefined) ?? this.#parse();
  }

  adopt(object: T): void {
    this.#memo = new WeakRef(object as object);
  }

  labels(): Readonly<Record<string, string>> | undefined {
    const known = this.#memo?.deref();
    if (known !== undefined) return labelsOf(known);
    const { bytes } = this.slab;
    const metadata =
      orderAt(this.slab, this.at) === 0
        ? findMetadata(bytes, this.at, this.at + this.length)
        : placeOfPart(this.slab, this.at, 'metadata');
    const range = metadata && findLabels(bytes, metadata.start, metadata.end);
    if (range === undefined) return undefined;
    return (parseJson(bytes, range.start, range.end) ?? undefined) as Readonly<Record<string, string>> | undefined;
  }

  retain(): void {
    if (this.#owners === 0) this.#house.slabs.retain(this);
    this.#owners += 1;
  }

  release(): void {
    this.#owners -= 1;
    if (this.#owners === 0) this.#house.slabs.release(this);
  }

  detach(): void {
    const { slab, at, length } = this;
    if (this.#owners > 0 || slab.bytes.length === length) return;
    const own = createOwnSlab(length);
    own.bytes.set(slab.bytes.subarray(at, at + length));
    this.slab = own;
    this.at = 0;
  }

  parsePart(part: Part): unknown {
    const { bytes } = this.slab;
    const { start, end } = placeOfPart(this.slab, this.at, part);
    return parseJson(bytes, start, end);
  }

  #parse(): T {
    const { bytes } = this.slab;
    const order = orderAt(this.slab, this.at);
    if (order !== 0 && !this.#house.freeze) return createObjectOfParts(order, this.#house, this) as T;
    const start = order === 0 ? this.at : startOfJson(this.at);
    const object = parseJson(bytes, start, this.at + this.length) as T;
    return this.#house.freeze ? deepFreeze(object) : object;
  }
}
