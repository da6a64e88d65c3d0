import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { createLineSplitter } from './lines.js';
import { WireError } from './wire-error.js';

const utf8 = new TextEncoder();
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Feeds the pieces through one buffer that is overwritten after each call, as a transport may do. */
function linesOf(pieces: readonly Uint8Array[], maxLineBytes = 1 << 20): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter({ maxLineBytes });
  const buffer = new Uint8Array(Math.max(1, ...pieces.map(({ length }) => length)));
  for (const piece of pieces) {
    buffer.set(piece);
    splitter.feed(buffer.subarray(0, piece.length), (bytes, start, end) => lines.push(text(bytes.slice(start, end))));
    buffer.fill(0x58);
  }
  return lines;
}

const hard = '{"a":"é\u2028😀\\n\\"\\\\"}\n\r\n\n{"b":1}\r\n{"c":"\r in the middle"}\n   \n{"tail":tru';
const wanted = ['{"a":"é\u2028😀\\n\\"\\\\"}', '{"b":1}', '{"c":"\r in the middle"}'];

describe('createLineSplitter', () => {
  it('W3: gives the same lines for every split of the stream into two', () => {
    const bytes = utf8.encode(hard);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(linesOf([bytes.slice(0, at), bytes.slice(at)]), `split at ${at}`).toEqual(wanted);
    }
  });

  it('W3: gives the same lines for every split of the stream into three', () => {
    const bytes = utf8.encode('é\r\n😀\n\nx\r\ny');
    for (let a = 0; a <= bytes.length; a += 1) {
      for (let b = a; b <= bytes.length; b += 1) {
        expect(linesOf([bytes.slice(0, a), bytes.slice(a, b), bytes.slice(b)])).toEqual(['é', '😀', 'x']);
      }
    }
  });

  it('W3: gives the same lines byte by byte', () => {
    expect(linesOf([...utf8.encode(hard)].map((byte) => Uint8Array.of(byte)))).toEqual(wanted);
  });

  it('W3: gives the lines of any text in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(40)), (lines, cuts) => {
        const clean = lines.map((line) => line.replaceAll('\n', ' ').replace(/\r$/, ''));
        const bytes = utf8.encode(clean.map((line) => `${line}\n`).join(''));
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) pieces.push(bytes.slice(at, (at += cut)));
        pieces.push(bytes.slice(at));
        expect(linesOf(pieces)).toEqual(clean.filter((line) => /[^ \t\r]/.test(line)));
      }),
    );
  });

  it('W4: an unterminated last line is never told', () => {
    expect(linesOf([utf8.encode('{"a":1}\n{"b":2}')])).toEqual(['{"a":1}']);
  });

  it('W5: a line over maxLineBytes is an overflow while it comes, not only at its end', () => {
    const splitter = createLineSplitter({ maxLineBytes: 8 });
    const feed = (piece: string): void => splitter.feed(utf8.encode(piece), () => {});
    feed('12345678\n');
    feed('1234');
    expect(splitter.pending).toBe(4);
    expect(() => feed('56789')).toThrow(expect.objectContaining({ name: 'WireError', t: 'overflow' }) as WireError);
  });

  it('W5: a line over maxLineBytes within one chunk is an overflow', () => {
    const splitter = createLineSplitter({ maxLineBytes: 8 });
    expect(() => splitter.feed(utf8.encode('123456789\n'), () => {})).toThrow(WireError);
  });

  it('W5: a line of exactly maxLineBytes passes, however it comes', () => {
    expect(linesOf([utf8.encode('12345678\n')], 8)).toEqual(['12345678']);
    expect(linesOf([utf8.encode('1234'), utf8.encode('5678'), utf8.encode('\n')], 8)).toEqual(['12345678']);
  });

  it('holds nothing after a whole line', () => {
    const splitter = createLineSplitter({ maxLineBytes: 100 });
    splitter.feed(utf8.encode('abc'), () => {});
    splitter.feed(utf8.encode('d\n'), () => {});
    expect(splitter.pending).toBe(0);
  });

  it('reads a line of 20 MB in small pieces in linear time', () => {
    const piece = new Uint8Array(4096).fill(0x61);
    const pieces = Array.from({ length: 5000 }, () => piece);
    const seconds = cpuSeconds(() => {
      expect(linesOf([...pieces, Uint8Array.of(10)], 1 << 25)[0]?.length).toBe(4096 * 5000);
    });
    expect(seconds).toBeLessThan(5);
  });

  it('finds every end of a line, in pieces of any size and at any place of their memory', () => {
    const memory = new Uint8Array(200_100).fill(10);
    const bytes = memory.subarray(50, 200_050);
    const ends: number[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const isEnd = at < 10_000 ? at % 2 === 1 : at % 977 === 0 || at === 65_535 || at === 65_537;
      bytes[at] = isEnd ? 10 : 97;
      if (isEnd) ends.push(at);
    }
    const found: number[] = [];
    const splitter = createLineSplitter({ maxLineBytes: 100_000 });
    splitter.feed(bytes, (_, _start, end) => found.push(end));
    expect(found).toEqual(ends);
  });
});
