import { constants, crc32, deflateRawSync } from 'node:zlib';

const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
const lastBlock = Uint8Array.of(1, 0, 0, 0xff, 0xff);

/**
 * A gzip member of its own for what goes out now, as API servers send streaming lists. The text is flushed before the empty block that
 * ends the member: readers in Go give away a last block only together with what comes after it, which may be hours later.
 */
export function gzipMember(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeUInt32LE(bytes.length % 2 ** 32, 4);
  const flushed = deflateRawSync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH });
  return Buffer.concat([header, flushed, lastBlock, trailer]);
}
