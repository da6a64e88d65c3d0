import { describe, expect, it } from 'vitest';
import { parseJson } from './json-scan.js';
import { createLineSplitter } from './lines.js';
import { createListScanner } from './list-scanner.js';
import { decodeWatchEvent } from './watch-event.js';

const utf8 = new TextEncoder();

function pieceOf(bytes: Uint8Array, reused: Buffer | undefined): Uint8Array {
  if (reused === undefined) return new Uint8Array(bytes);
  reused.set(bytes);
  return reused.subarray(0, bytes.length);
}

/** The objects that come out of a list or a watch that comes in pieces, each in a buffer that is overwritten afterwards. */
function objectsOf(form: 'list' | 'watch', bytes: Uint8Array, size: number, reused?: Buffer): unknown[] {
  const objects: unknown[] = [];
  const list = createListScanner({ maxItemBytes: 1 << 25 });
  const lines = createLineSplitter({ maxLineBytes: 1 << 25 });
  for (let start = 0; start < bytes.length; start += size) {
    const piece = pieceOf(bytes.subarray(start, start + size), reused);
    if (form === 'list') list.feed(piece, (raw) => objects.push(parseJson(raw.bytes, raw.start, raw.end)));
    else {
      lines.feed(piece, (line, from, to) => {
        const event = decodeWatchEvent(line, from, to);
        if (event.t === 'object') objects.push(parseJson(event.raw.bytes, event.raw.start, event.raw.end));
      });
    }
    piece.fill(34);
  }
  if (form === 'list') list.end();
  return objects;
}

function bytesOf(form: 'list' | 'watch', objects: readonly unknown[]): Uint8Array {
  if (form === 'watch')
    return utf8.encode(objects.map((object) => `${JSON.stringify({ type: 'ADDED', object })}\n`).join(''));
  return utf8.encode(JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: '9' }, items: objects }));
}

const object = (name: string, more: object): object => ({
  metadata: { name, namespace: 'n', resourceVersion: '1' },
  ...more,
});

describe.each(['list', 'watch'] as const)('hard bytes in a %s', (form) => {
  it('an object of 20 MB comes whole and in linear time, in pieces of any size', () => {
    const objects = [object('a', {}), object('b', { data: '"\\é🚀'.repeat(2_200_000) }), object('c', {})];
    const bytes = bytesOf(form, objects);
    expect(bytes.length).toBeGreaterThan(20_000_000);
    for (const size of [65_536, bytes.length]) expect(objectsOf(form, bytes, size)).toEqual(objects);
  });

  it('objects come the same from pieces that are larger than what is looked at in one go', () => {
    const objects = Array.from({ length: 900 }, (_, i) => object(`o-${i}`, { data: 'x'.repeat(i * 3) }));
    const bytes = bytesOf(form, objects);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    for (const size of [1000, 262_143, 262_144, 262_145, bytes.length])
      expect(objectsOf(form, bytes, size)).toEqual(objects);
  });

  it('objects come the same when the transport reads into one buffer of Node again and again', () => {
    const objects = Array.from({ length: 20 }, (_, i) => object(`o-${i}`, { data: 'x'.repeat(i) }));
    const bytes = bytesOf(form, objects);
    expect(objectsOf(form, bytes, 50, Buffer.alloc(50))).toEqual(objects);
  });

  it('lone surrogates and names from every prototype are data like any other', () => {
    const objects = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) =>
      JSON.parse(
        `{"metadata":{"name":"${name}","resourceVersion":"1","labels":{"__proto__":"x"}},"__proto__":{"a":"\\ud800"}}`,
      ),
    );
    expect(objectsOf(form, bytesOf(form, objects), 7)).toEqual(objects);
  });

  it('bytes that are no UTF-8 become U+FFFD, as in every decoder, and harm no neighbour', () => {
    const bytes = bytesOf(form, [object('a', { x: 'QQQ' }), object('b', {})]);
    const at = bytes.indexOf(81);
    bytes.set([0xff, 0xc3, 0x80], at);
    const [first, second] = objectsOf(form, bytes, 50);
    expect(first).toMatchObject({ x: '\ufffd\u00c0' });
    expect(second).toMatchObject({ metadata: { name: 'b' } });
  });
});
