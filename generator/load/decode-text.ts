import { isUtf8 } from 'node:buffer';

/** More than this is no input but a mistake or an attack: 256 MiB. */
export const maxInputBytes: number = 256 * 1024 * 1024;

/** Said of an input that is larger. */
export const tooLarge = 'is too large';

/** Why one input cannot be read; the message stands after its name. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The text of a stream, read to its end. Throws an `InputError`. */
export async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxInputBytes) throw new InputError(tooLarge);
    chunks.push(chunk);
  }
  return decodeText(Buffer.concat(chunks));
}

/**
 * UTF-8 as text, without a byte order mark; files that were joined may have one for each document. Throws an `InputError` for anything
 * else.
 */
export function decodeText(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new InputError(hasUtf16Mark(bytes) ? utf16 : 'is not UTF-8 text');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!text.includes('\uFEFF')) return text;
  return text.replace(/^\uFEFF/, '').replaceAll(/^(---[ \t]*\r?\n)\uFEFF/gm, '$1');
}

const utf16 = 'is UTF-16 text, as the > of PowerShell may write it: save it as UTF-8';

function hasUtf16Mark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}
