// A record is what an entry keeps: an object's JSON and, before it, for one that can be read by its parts, a table of where they stand:
// a mark with which no JSON of an object begins, the order of its members, the begin and the end of each part.

import type { ByteRange, MemberOrder, RawObject } from '../wire/raw-object.js';
import { type LeanParts, writeLean } from './lean-bytes.js';

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
const PLACES = 4;
const TABLE = PLACES + PARTS.length * 8;
/** An object that is shorter is parsed as fast as one of its parts. */
const LEAST = 1000;

/** What to write for an object of which `lean` is kept. */
export function planRecord(lean: LeanParts): RecordPlan {
  const byParts = lean.order !== 0 && lean.length >= LEAST;
  return { lean, order: byParts ? lean.order : 0, length: lean.length + (byParts ? TABLE : 0) };
}

/** Writes the record to `target` from `at` on. */
export function writeRecord(plan: RecordPlan, raw: RawObject, to: { target: Uint8Array; at: number }): void {
  const { lean, order } = plan;
  const { target, at } = to;
  if (order === 0) return writeLean(lean, raw.bytes, to);
  target[at] = MARK;
  target[at + 1] = 0;
  target[at + 2] = order;
  target[at + 3] = order >>> 8;
  for (let i = 0; i < PARTS.length; i += 1) {
    const range = raw[PARTS[i] as Part];
    const place = at + PLACES + i * 8;
    putNumber(target, place, range === undefined ? 0 : leanPlace(lean, range.start));
    putNumber(target, place + 4, range === undefined ? 0 : leanPlace(lean, range.end));
  }
  writeLean(lean, raw.bytes, { target, at: at + TABLE });
}

/** The order of the members of the record at `at`; 0 when it has to be parsed whole. */
export function orderAt(bytes: Uint8Array, at: number): MemberOrder {
  return bytes[at] === MARK ? byteAt(bytes, at + 2) | (byteAt(bytes, at + 3) << 8) : 0;
}

/** Where the JSON of a record with a table begins. */
export function startOfJson(at: number): number {
  return at + TABLE;
}

/** Where a part stands; for a record with a table, and a part that its order has. */
export function placeOfPart(bytes: Uint8Array, at: number, part: Part): ByteRange {
  const place = at + PLACES + PARTS.indexOf(part) * 8;
  const start = at + TABLE;
  return { start: start + numberAt(bytes, place), end: start + numberAt(bytes, place + 4) };
}

/** Where a byte of the object stands among those that are kept. */
function leanPlace({ prefix, ranges }: LeanParts, position: number): number {
  let before = prefix.length;
  for (const { start, end } of ranges) {
    if (position <= end) return before + position - start;
    before += end - start;
  }
  return before;
}

function putNumber(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

function numberAt(bytes: Uint8Array, at: number): number {
  const low = byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16);
  return low + byteAt(bytes, at + 3) * 0x1000000;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
