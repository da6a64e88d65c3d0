import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createBodyQueue } from './body-queue.js';
import { gunzipBody } from './node-gunzip.js';

/** Hands out parts of one buffer that is overwritten each time, as the transport does. */
async function* inParts(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array, undefined> {
  const buffer = new Uint8Array(bytes.length);
  let start = 0;
  for (const end of [...cuts, bytes.length]) {
    buffer.fill(255);
    buffer.set(bytes.subarray(start, end));
    yield buffer.subarray(0, end - start);
    start = end;
  }
  return undefined;
}

async function unpack(packed: Uint8Array, cuts: readonly number[]): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of gunzipBody(inParts(packed, cuts), (error) => error)) parts.push(part.slice());
  return Buffer.concat(parts).toString('utf8');
}

const lines = ['{"type":"ADDED"}\n', '{"é":"🚀 \\u2028"}\n', '\n', `{"long":"${'x'.repeat(500)}"}\n`];
const members = lines.map((line) => gzipSync(line));

describe('gunzipBody', () => {
  it('W19: one gzip member for each flush gives the same text for a split at every byte', async () => {
    const packed = Buffer.concat(members);
    for (let cut = 0; cut <= packed.length; cut += 1) expect(await unpack(packed, [cut])).toBe(lines.join(''));
    const everyByte = Array.from({ length: packed.length - 1 }, (_, i) => i + 1);
    expect(await unpack(packed, everyByte)).toBe(lines.join(''));
  });

  it('W19: a body that breaks off inside a member is an error, never a shorter body', async () => {
    const packed = Buffer.concat(members.slice(0, 2));
    const first = members[0]?.length ?? 0;
    for (let length = 1; length < packed.length; length += 1) {
      // Between two members the body is whole.
      if (length === first) continue;
      await expect(unpack(packed.subarray(0, length), []), `${length} bytes`).rejects.toThrow('unexpected end of file');
    }
  });

  it('leaves what it unpacks at once, also while nothing comes', async () => {
    const onLeft = vi.fn<() => void>();
    const packed = createBodyQueue({ onTaken: () => undefined, onLeft });
    packed.push(gzipSync('line\n'));
    const body = gunzipBody(packed.body, (error) => error);
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('line\n');
    await body.return?.();
    await expect.poll(() => onLeft).toHaveBeenCalledOnce();
  });
});
