/** Buffers that a socket reads into, used again and again. */
export interface ReadBuffers {
  /** The buffer for the next read. */
  readonly next: () => Uint8Array;
  /** Chunks that must outlive the read: a small one is copied, so that it does not hold a large buffer. */
  keep(chunk: Uint8Array): Uint8Array;
  /** A read of so many bytes is over; `lent` when a chunk of its buffer is still being read. */
  filled(buffer: Uint8Array, read: { readonly bytes: number; readonly lent: boolean }): void;
  /** A chunk was read: its buffer is free. */
  giveBack(chunk: Uint8Array): void;
}

const SMALLEST = 16 * 1024;
const LARGEST = 256 * 1024;
/** After so many small reads in a row the buffer becomes smaller: an idle watch must not hold much. */
const SMALL_READS = 256;

/** Makes the buffers of one connection: larger while reads fill them, at most two kept. */
export function createReadBuffers(): ReadBuffers {
  const free: Uint8Array[] = [];
  let size = SMALLEST;
  let small = 0;

  function offer(buffer: Uint8Array): void {
    if (buffer.length === size && free.length < 2) free.push(buffer);
  }

  function next(): Uint8Array {
    for (let buffer = free.pop(); buffer !== undefined; buffer = free.pop()) if (buffer.length === size) return buffer;
    return new Uint8Array(size);
  }

  function filled(buffer: Uint8Array, { bytes, lent }: { bytes: number; lent: boolean }): void {
    small = bytes * 4 < size ? small + 1 : 0;
    if (bytes === buffer.length && size < LARGEST) size *= 4;
    else if (small > SMALL_READS && size > SMALLEST) {
      size /= 4;
      small = 0;
    }
    if (!lent) offer(buffer);
  }

  return {
    next,
    filled,
    keep: (chunk) => (chunk.length * 4 < chunk.buffer.byteLength ? chunk.slice() : chunk),
    giveBack: (chunk) => offer(new Uint8Array(chunk.buffer)),
  };
}
