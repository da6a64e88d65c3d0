// The strict pass over one JSON value. Zeros stand after the bytes to read: whatever is read stops there.

const OPEN: usize = 2048;
const MAX_DEPTH: i32 = 10_000;

/** The bytes to read end here. */
export let limit: usize = 0;
/** The last string had an escape. */
export let escaped: bool = false;
/** A string went on where the bytes to read ended. */
export let cut: bool = false;

/** Says where the bytes to read end. */
export function endAt(end: usize): void {
  limit = end;
  v128.store(end, i64x2.splat(0));
}

/** Forgets what was read last. */
export function begin(): void {
  cut = false;
}

export function skipSpace(p: usize): usize {
  while (load<u8>(p) <= 32) {
    const c = load<u8>(p);
    if (c != 32 && c != 10 && c != 13 && c != 9) break;
    p += 1;
  }
  return p;
}

export function skipColon(p: usize): usize {
  p = skipSpace(p);
  return load<u8>(p) == 58 ? p + 1 : 0;
}

/** The position after the string whose first character is at `p`; 0 when it is none, or goes on after the limit. */
export function skipString(p: usize): usize {
  const quote = i8x16.splat(34);
  const backslash = i8x16.splat(92);
  const space = i8x16.splat(32);
  escaped = false;
  for (;;) {
    const part = v128.load(p);
    const stops = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(part, quote), i8x16.eq(part, backslash)), i8x16.lt_u(part, space)),
    );
    if (stops == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(stops);
    const c = load<u8>(p);
    if (c == 34) return p + 1;
    if (c != 92) {
      cut = p >= limit;
      return 0;
    }
    escaped = true;
    p = skipEscape(p + 1);
    if (p == 0) return 0;
  }
  return 0;
}

function skipEscape(p: usize): usize {
  switch (load<u8>(p)) {
    case 34:
    case 92:
    case 47:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return p + 1;
    case 117:
      return isHex(p + 1) && isHex(p + 2) && isHex(p + 3) && isHex(p + 4) ? p + 5 : 0;
    default:
      return 0;
  }
}

function isHex(p: usize): bool {
  const c = load<u8>(p);
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
}

/** The position after the value at `p`; 0 when it is none, or goes on after the limit. */
export function skipValue(p: usize): usize {
  let depth: i32 = 0;
  let inObject: i32 = 0;
  for (;;) {
    // A value is expected.
    p = skipSpace(p);
    const c = load<u8>(p);
    let isOpen = false;
    if (c == 34) {
      p = skipString(p + 1);
      if (p == 0) return 0;
    } else if (c == 123 || c == 91) {
      if (depth == MAX_DEPTH) return 0;
      store<u8>(OPEN + <usize>depth, <u8>inObject);
      depth += 1;
      inObject = c == 123 ? 1 : 0;
      p = skipSpace(p + 1);
      isOpen = load<u8>(p) != c + 2;
    } else {
      p = skipScalar(p);
      if (p == 0) return 0;
    }
    // After a value, or in an array or object that has something in it.
    while (!isOpen) {
      if (depth == 0) return p;
      p = skipSpace(p);
      const after = load<u8>(p);
      if (after == 44) {
        p = skipSpace(p + 1);
        isOpen = true;
      } else if (after == (inObject != 0 ? 125 : 93)) {
        p += 1;
        depth -= 1;
        inObject = load<u8>(OPEN + <usize>depth);
      } else return 0;
    }
    if (isOpen && inObject != 0) {
      if (load<u8>(p) != 34) return 0;
      p = skipString(p + 1);
      if (p == 0) return 0;
      p = skipColon(p);
      if (p == 0) return 0;
    }
  }
  return 0;
}

function skipScalar(p: usize): usize {
  switch (load<u8>(p)) {
    case 116:
      return load<u32>(p) == 0x65757274 ? p + 4 : 0; // true
    case 102:
      return load<u32>(p + 1) == 0x65736c61 ? p + 5 : 0; // false
    case 110:
      return load<u32>(p) == 0x6c6c756e ? p + 4 : 0; // null
    default:
      return skipNumber(p);
  }
}

function skipNumber(p: usize): usize {
  if (load<u8>(p) == 45) p += 1;
  if (load<u8>(p) == 48) p += 1;
  else {
    p = skipDigits(p);
    if (p == 0) return 0;
  }
  if (load<u8>(p) == 46) {
    p = skipDigits(p + 1);
    if (p == 0) return 0;
  }
  if ((load<u8>(p) | 32) == 101) {
    p += 1;
    if (load<u8>(p) == 43 || load<u8>(p) == 45) p += 1;
    p = skipDigits(p);
  }
  return p;
}

function skipDigits(p: usize): usize {
  const start = p;
  while (load<u8>(p) >= 48 && load<u8>(p) <= 57) p += 1;
  return p == start ? 0 : p;
}
