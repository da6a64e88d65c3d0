/**
 * One slab in so many is memory that V8 counts. What an `ArrayBuffer` takes is to it a reason for the next full collection, dead or
 * alive, and a watch writes megabytes per second; a `SharedArrayBuffer` is not counted. With none counted, dead slabs could pile up.
 */
const COUNTED = 8;

let isReadable: boolean | undefined;

/** Memory for the `nth` slab of a set. */
export function slabMemory(size: number, nth: number): ArrayBufferLike {
  isReadable ??= canReadShared();
  return isReadable && nth % COUNTED !== 0 ? new SharedArrayBuffer(size) : new ArrayBuffer(size);
}

/** A page has no shared memory unless it asked for it, and there some decode no text from it. */
function canReadShared(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  try {
    return new TextDecoder().decode(new Uint8Array(new SharedArrayBuffer(1))) === '\0';
  } catch {
    return false;
  }
}
