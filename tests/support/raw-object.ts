import type { RawObject } from '../../runtime/src/wire/raw-object.js';
import { scanObject } from '../../runtime/src/wire/read-raw-object.js';

const utf8 = new TextEncoder();

/** An object as the wire hands it on: in the middle of other bytes, as in a reader's buffer. */
export function rawOf(text: string): RawObject {
  const bytes = utf8.encode(`xx${text}yy`);
  const { raw } = scanObject(bytes, 2, bytes.length - 2);
  if (raw === undefined) throw new Error('no usable name');
  return raw;
}
