const room = Buffer.allocUnsafeSlow(4 << 20);

/**
 * The bytes of a text in UTF-8, until this is asked again: they share their room. Fresh memory for each costs more than all that is done
 * with them, and so does a text that is given to `writeFileSync`.
 */
export function utf8Bytes(text: string): Uint8Array {
  // A unit of UTF-16 takes three bytes at most.
  return text.length * 3 > room.length ? Buffer.from(text) : room.subarray(0, room.write(text));
}
