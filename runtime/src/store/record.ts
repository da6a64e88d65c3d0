// A record is what an entry keeps: an object's JSON and, before it, for one that can be read by its parts, a table of where they stand:
// a mark with which no JSON of an object begins, the order of its members, the begin and the end of each part.

import type { ByteRange, MemberOrder, RawObject } from '../wire/raw-object.js';
import { type LeanParts, writeLean } from './lean-bytes.js';
import type { Slab } from './slabs.js';

/** What is to be written for an object. */
export interface RecordPlan {
  readonly lean: LeanParts;
  /** 0: without a table. */
  readonly order: MemberOrder;
  readonly length: number;
}

/** The members that are objects: those that are worth parsing one by one. Their places in the table are in this order. */
export const PARTS = ['metadata', 'spec', 'status'] as const;

/** One of the members that are objects. */
export type Part = (typeof PARTS)[number];

const MARK = 1;
const ORDER = 2;
const PLACES = 4;
const TABLE = PLACES + PARTS.length * 8;
/** An object that is shorter is parsed as fast as one of its parts. */
const LEAST = 1000;

/** What to write for an object of which `lean` is kept. */
export function planRecord(lean: LeanParts): RecordPlan {
  const byParts = lean.order !== 0 && lean.length >= LEAST;
  return { lean, order: byParts ? lean.order : 0, length: lean.length + (byParts ? TABLE : 0) };
}

/** Writes the record as the last one of the slab. */
export function writeRecord({ lean, order, length }: RecordPlan, raw: RawObject, slab: Slab): void {
  const { bytes: target, view, used } = slab;
  const at = used - length;
  if (order === 0) return writeLean(lean, raw.bytes, { target, at });
  view.setUint8(at, MARK);
  view.setUint16(at + ORDER, order);
  putPlace(slab, at + PLACES, raw.metadata, lean);
  putPlace(slab, at + PLACES + 8, raw.spec, lean);
  putPlace(slab, at + PLACES + 16, raw.status, lean);
  writeLean(lean, raw.bytes, { target, at: at + TABLE });
}

/** The order of the members of the record at `at`; 0 when it has to be parsed whole. */
export function orderAt({ view }: Slab, at: number): MemberOrder {
  return view.getUint8(at) === MARK ? view.getUint16(at + ORDER) : 0;
}

/** Where the JSON of a record with a table begins. */
export function startOfJson(at: number): number {
  return at + TABLE;
}

/** Where a part stands; for a record with a table, and a part that its order has. */
export function placeOfPart({ view }: Slab, at: number, part: Part): ByteRange {
  const place = at + PLACES + PARTS.indexOf(part) * 8;
  const start = startOfJson(at);
  return { start: start + view.getUint32(place), end: start + view.getUint32(place + 4) };
}

function putPlace({ view }: Slab, at: number, range: ByteRange | undefined, lean: LeanParts): void {
  if (range === undefined) return;
  view.setUint32(at, leanPlace(lean, range.start));
  view.setUint32(at + 4, leanPlace(lean, range.end));
}

/** Where a byte of the object stands among those that are kept: in the first range, or in the one after what was cut out. */
function leanPlace({ prefix, ranges: [first, second] }: LeanParts, position: number): number {
  const cut = second === undefined || position < second.start ? 0 : second.start - first.end;
  return prefix.length + position - first.start - cut;
}
