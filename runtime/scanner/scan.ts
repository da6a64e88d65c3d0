// The strict pass over bytes, in AssemblyScript: scripts/build-scanner.ts makes src/wire/scanner-module.ts of it.
//
// It takes only plain forms of what src/wire takes: keys without escapes, nothing twice, names in ASCII. For all else it answers 0,
// and the scanner in TypeScript judges the same bytes: that one decides what is right, this one is only fast.

import { begin, cut, endAt, escaped, limit, skipColon, skipSpace, skipString, skipValue } from './values';

// The memory: the result, a text, the open brackets (in values.ts); then the bytes to read, with zeros after them.
const RESULT: usize = 0;
const TEXT: usize = 256;
const TEXT_BYTES: usize = 1024;
const INPUT: usize = 16384;
const INPUT_BYTES: usize = 262144;

// The fields of the result, as 32-bit integers. Positions count from INPUT; 0 in an end stands for "not there".
const TYPE: i32 = 0;
const OBJECT_START: i32 = 1;
const OBJECT_END: i32 = 2;
const METADATA_START: i32 = 3;
const METADATA_END: i32 = 4;
const MANAGED_START: i32 = 5;
const MANAGED_END: i32 = 6;
const KIND_START: i32 = 7;
const KIND_END: i32 = 8;
const API_VERSION_START: i32 = 9;
const API_VERSION_END: i32 = 10;
const NAMESPACE_START: i32 = 11;
const NAMESPACE_END: i32 = 12;
const KEY_LENGTH: i32 = 13;
const UID_LENGTH: i32 = 14;
const VERSION_LENGTH: i32 = 15;
const NAME_START: i32 = 16;
const NAME_END: i32 = 17;
const UID_START: i32 = 18;
const UID_END: i32 = 19;
const VERSION_START: i32 = 20;
const VERSION_END: i32 = 21;
const ORDER: i32 = 22;
const SPEC_START: i32 = 23;
const SPEC_END: i32 = 24;
const STATUS_START: i32 = 25;
const STATUS_END: i32 = 26;
const FIELDS: i32 = 27;

export function textAt(): usize {
  return TEXT;
}

export function inputAt(): usize {
  return INPUT;
}

export function inputBytes(): usize {
  return INPUT_BYTES;
}

/** Says how many bytes were put at INPUT. What is read stops at the zeros after them. */
export function loaded(length: usize): void {
  endAt(INPUT + length);
}

/** Whether what was read last goes on after the bytes that are there. */
export function wasCut(): bool {
  return cut;
}

/** Reads the object at `at`; the position after it, or 0. */
export function object(at: usize): usize {
  clear();
  const end = readObject(INPUT + at);
  return end != 0 && writeText() ? end - INPUT : 0;
}

/** Reads the watch event that is all there is; 1, or 0. */
export function event(): usize {
  clear();
  let p = skipSpace(INPUT);
  if (load<u8>(p) != 123) return 0;
  p = skipSpace(p + 1);
  let seen: i32 = 0;
  for (;;) {
    if (load<u8>(p) != 34) return 0;
    const key = p + 1;
    p = skipString(key);
    if (p == 0 || escaped) return 0;
    const length = p - 1 - key;
    p = skipColon(p);
    if (p == 0) return 0;
    p = skipSpace(p);
    const value = p;
    if (length == 4 && load<u32>(key) == 0x65707974 /* type */) {
      if ((seen & 1) != 0 || load<u8>(p) != 34) return 0;
      seen |= 1;
      p = skipString(p + 1);
      if (p == 0) return 0;
      const type = typeOf(value + 1, p - 1);
      if (type == 0) return 0;
      put(TYPE, type);
    } else if (length == 6 && load<u32>(key) == 0x656a626f && load<u16>(key + 4) == 0x7463 /* object */) {
      if ((seen & 2) != 0) return 0;
      seen |= 2;
      p = readObject(p);
    } else p = skipValue(p);
    if (p == 0) return 0;
    p = skipSpace(p);
    const c = load<u8>(p);
    if (c == 125) break;
    if (c != 44) return 0;
    p = skipSpace(p + 1);
  }
  if (seen != 3 || skipSpace(p + 1) != limit) return 0;
  return writeText() ? 1 : 0;
}

function typeOf(start: usize, end: usize): i32 {
  if (end - start == 5) return load<u32>(start) == 0x45444441 && load<u8>(start + 4) == 68 ? 1 : 0; // ADDED
  if (end - start == 8) return load<u64>(start) == 0x4445494649444f4d ? 2 : 0; // MODIFIED
  if (end - start != 7) return 0;
  return load<u32>(start) == 0x454c4544 && load<u16>(start + 4) == 0x4554 && load<u8>(start + 6) == 68 ? 3 : 0; // DELETED
}

/** The object at `p`; the position after it, or 0. */
function readObject(p: usize): usize {
  if (load<u8>(p) != 123) return 0;
  put(OBJECT_START, <i32>(p - INPUT));
  p = skipSpace(p + 1);
  // The members in their order, a digit each, as src/wire/raw-object.ts has it; 0 from the first other one on.
  let order: i32 = 0;
  let others = false;
  for (;;) {
    if (load<u8>(p) != 34) return 0;
    const key = p + 1;
    p = skipString(key);
    if (p == 0 || escaped) return 0;
    const length = p - 1 - key;
    p = skipColon(p);
    if (p == 0) return 0;
    p = skipSpace(p);
    if (length == 8 && load<u64>(key) == 0x617461646174656d /* metadata */) {
      p = readMetadata(p);
      order = order * 10 + 3;
    } else if (length == 4 && load<u32>(key) == 0x646e696b /* kind */) {
      p = readText(p, KIND_START);
      order = order * 10 + 1;
    } else if (length == 10 && load<u64>(key) == 0x6973726556697061 && load<u16>(key + 8) == 0x6e6f /* apiVersion */) {
      p = readText(p, API_VERSION_START);
      order = order * 10 + 2;
    } else if (length == 4 && load<u32>(key) == 0x63657073 /* spec */) {
      if (get(SPEC_END) != 0) others = true;
      p = skipPart(p, SPEC_START);
      order = order * 10 + 4;
    } else if (length == 6 && load<u32>(key) == 0x74617473 && load<u16>(key + 4) == 0x7375 /* status */) {
      if (get(STATUS_END) != 0) others = true;
      p = skipPart(p, STATUS_START);
      order = order * 10 + 5;
    } else {
      others = true;
      p = skipValue(p);
    }
    if (p == 0) return 0;
    p = skipSpace(p);
    const c = load<u8>(p);
    p += 1;
    if (c == 125) break;
    if (c != 44) return 0;
    p = skipSpace(p);
  }
  put(OBJECT_END, <i32>(p - INPUT));
  put(ORDER, others ? 0 : order);
  return p;
}

/** Notes where any value stands. */
function skipPart(p: usize, field: i32): usize {
  const end = skipValue(p);
  put(field, <i32>(p - INPUT));
  put(field + 1, <i32>(end - INPUT));
  return end;
}

function readMetadata(p: usize): usize {
  if (load<u8>(p) != 123 || get(METADATA_END) != 0) return 0;
  put(METADATA_START, <i32>(p - INPUT));
  p += 1;
  let previousEnd = p;
  p = skipSpace(p);
  for (;;) {
    if (load<u8>(p) != 34) return 0;
    const member = p;
    const key = p + 1;
    p = skipString(key);
    if (p == 0 || escaped) return 0;
    const length = p - 1 - key;
    p = skipColon(p);
    if (p == 0) return 0;
    p = skipSpace(p);
    if (length == 4 && load<u32>(key) == 0x656d616e /* name */) {
      p = readText(p, NAME_START);
    } else if (length == 3 && load<u16>(key) == 0x6975 && load<u8>(key + 2) == 100 /* uid */) {
      p = readText(p, UID_START);
    } else if (length == 9 && load<u64>(key) == 0x63617073656d616e && load<u8>(key + 8) == 101 /* namespace */) {
      p = readText(p, NAMESPACE_START);
    } else if (
      length == 15 &&
      load<u64>(key) == 0x656372756f736572 &&
      load<u64>(key + 7) == 0x6e6f697372655665 /* resourceVersion */
    ) {
      p = readText(p, VERSION_START);
    } else if (
      length == 13 &&
      load<u64>(key) == 0x46646567616e616d &&
      load<u64>(key + 5) == 0x73646c6569466465 /* managedFields */
    ) {
      if (get(MANAGED_END) != 0) return 0;
      p = skipValue(p);
      if (p == 0) return 0;
      const after = skipSpace(p);
      const hasComma = load<u8>(after) == 44;
      put(MANAGED_START, <i32>((hasComma ? member : previousEnd) - INPUT));
      put(MANAGED_END, <i32>((hasComma ? after + 1 : p) - INPUT));
    } else p = skipValue(p);
    if (p == 0) return 0;
    previousEnd = p;
    p = skipSpace(p);
    const c = load<u8>(p);
    p += 1;
    if (c == 125) break;
    if (c != 44) return 0;
    p = skipSpace(p);
  }
  put(METADATA_END, <i32>(p - INPUT));
  return p;
}

/** Notes where a string without escapes stands, quotes included. */
function readText(p: usize, field: i32): usize {
  if (load<u8>(p) != 34 || get(field + 1) != 0) return 0;
  const end = skipString(p + 1);
  if (end == 0 || escaped) return 0;
  put(field, <i32>(p - INPUT));
  put(field + 1, <i32>(end - INPUT));
  return end;
}

/** Writes namespace/name, uid and resourceVersion side by side, so that they are one text to decode. */
function writeText(): bool {
  if (get(METADATA_END) == 0) return false;
  let to = TEXT;
  if (get(NAMESPACE_END) != 0) {
    to = copyText(NAMESPACE_START, to, true);
    if (to == 0 || to == TEXT) return false;
    store<u8>(to, 47);
    to += 1;
  }
  const name = to;
  to = copyText(NAME_START, to, true);
  if (to == 0 || to == name) return false;
  put(KEY_LENGTH, <i32>(to - TEXT));
  const uid = to;
  to = copyText(UID_START, to, false);
  if (to == 0) return false;
  put(UID_LENGTH, <i32>(to - uid));
  const version = to;
  to = copyText(VERSION_START, to, false);
  if (to == 0) return false;
  put(VERSION_LENGTH, <i32>(to - version));
  return true;
}

/** Copies one text; 0 when it is too long, not in ASCII, or, for a part of a key, has a slash. */
function copyText(field: i32, to: usize, isName: bool): usize {
  const end = get(field + 1);
  if (end == 0) return to;
  const length = <usize>(end - get(field) - 2);
  if (to + length + 17 > TEXT + TEXT_BYTES) return 0;
  const from = INPUT + <usize>get(field) + 1;
  const slash = i8x16.splat(47);
  for (let i: usize = 0; i < length; i += 16) {
    const part = v128.load(from + i);
    v128.store(to + i, part);
    const rest = length - i;
    const mask: i32 = rest >= 16 ? 0xffff : (1 << (<i32>rest)) - 1;
    if ((i8x16.bitmask(part) & mask) != 0) return 0;
    if (isName && (i8x16.bitmask(i8x16.eq(part, slash)) & mask) != 0) return 0;
  }
  return to + length;
}

function clear(): void {
  begin();
  memory.fill(RESULT, 0, FIELDS << 2);
}

function put(field: i32, value: i32): void {
  store<i32>(RESULT + ((<usize>field) << 2), value);
}

function get(field: i32): i32 {
  return load<i32>(RESULT + ((<usize>field) << 2));
}
