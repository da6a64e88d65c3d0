import { slabMemory } from './slab-memory.js';

/** A block of memory that many records share. */
export interface Slab {
  readonly bytes: Uint8Array;
  /** Numbers among the bytes. */
  readonly view: DataView;
  /** Where the next record goes: records are only ever added. */
  used: number;
  /** How many bytes belong to records with an owner. */
  live: number;
  /** Its records with an owner. */
  readonly tenants: Tenant[];
  /** It takes no part any more, and stays only for who still reads an old record of it. */
  retired: boolean;
}

/** A record in a slab. It is moved, by changing `slab` and `at`, when few of its neighbours are left. */
export interface Tenant {
  slab: Slab;
  at: number;
  readonly length: number;
  /** Its place among the slab's tenants; whoever makes a tenant begins with 0. */
  slot: number;
}

/** Memory for many small records that come and go. */
export interface Slabs {
  /** A slab in which `[used - length, used)` is for a new record. */
  take(length: number): Slab;
  /** The record has an owner now: it is kept, close to others. */
  retain(tenant: Tenant): void;
  /** It has none any more. Who still holds it can read it. */
  release(tenant: Tenant): void;
  /** Bytes of all slabs that hold a record with an owner, or take the next one. */
  readonly reserved: number;
}

const LARGEST = 1 << 16;
const SMALLEST = 1 << 14;
/** How many slabs may be more than half empty: in a while such a slab is often empty altogether, and need not be tidied. */
const PATIENCE = 8;
/** A slab of its own for one record. */
export function createOwnSlab(length: number): Slab {
  return createSlab(new ArrayBuffer(length), length);
}

function createSlab(memory: ArrayBufferLike, used: number): Slab {
  const bytes = new Uint8Array(memory);
  return { bytes, view: new DataView(bytes.buffer), used, live: 0, tenants: [], retired: false };
}

/** Makes an empty set of slabs. The first ones are small, as most caches are. */
export function createSlabs(): Slabs {
  return new SlabSet();
}

class SlabSet implements Slabs {
  reserved = 0;
  #nextSize = SMALLEST;
  #opened = 0;
  #current: Slab | undefined;
  readonly #sparse = new Set<Slab>();

  take(length: number): Slab {
    // A record that would leave much of a slab unused has its own.
    if (length > LARGEST / 4) return createOwnSlab(length);
    const slab = this.#current;
    if (slab === undefined || slab.used + length > slab.bytes.length) return this.#open(length);
    slab.used += length;
    return slab;
  }

  retain(tenant: Tenant): void {
    if (tenant.slab.retired) this.#copyOut(tenant);
    // The slab of a large record counts from here on.
    if (tenant.slab.tenants.length === 0 && tenant.slab !== this.#current) this.reserved += tenant.slab.bytes.length;
    enter(tenant);
  }

  release(tenant: Tenant): void {
    const { slab } = tenant;
    leave(tenant);
    if (slab !== this.#current) this.#judge(slab);
  }

  #open(length: number): Slab {
    const before = this.#current;
    this.#opened += 1;
    const slab = createSlab(slabMemory(Math.max(this.#nextSize, length), this.#opened), length);
    this.#nextSize = Math.min(LARGEST, this.#nextSize * 2);
    this.reserved += slab.bytes.length;
    this.#current = slab;
    if (before !== undefined) this.#judge(before);
    return slab;
  }

  /** A slab that takes no more records: is it worth its memory? */
  #judge(slab: Slab): void {
    if (slab.tenants.length === 0) {
      this.#retire(slab);
      return;
    }
    if (slab.live * 2 >= slab.bytes.length || this.#sparse.has(slab)) return;
    this.#sparse.add(slab);
    if (this.#sparse.size <= PATIENCE) return;
    const [first = slab] = this.#sparse;
    const tenants = first.tenants.splice(0);
    this.#retire(first);
    for (const tenant of tenants) {
      this.#copyOut(tenant);
      enter(tenant);
    }
  }

  #retire(slab: Slab): void {
    this.#sparse.delete(slab);
    this.reserved -= slab.bytes.length;
    slab.retired = true;
  }

  #copyOut(tenant: Tenant): void {
    const { slab, at, length } = tenant;
    const to = this.take(length);
    tenant.slab = to;
    tenant.at = to.used - length;
    to.bytes.set(slab.bytes.subarray(at, at + length), tenant.at);
  }
}

function enter(tenant: Tenant): void {
  const { slab } = tenant;
  tenant.slot = slab.tenants.push(tenant) - 1;
  slab.live += tenant.length;
}

function leave(tenant: Tenant): void {
  const { slab, slot } = tenant;
  const last = slab.tenants.pop();
  // The last one takes its place, unless it is the last one itself.
  if (last !== undefined && last !== tenant) {
    slab.tenants[slot] = last;
    last.slot = slot;
  }
  slab.live -= tenant.length;
}
