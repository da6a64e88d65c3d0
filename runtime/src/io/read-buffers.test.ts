import { describe, expect, it } from 'vitest';
import { createReadBuffers, type ReadBuffers } from './read-buffers.js';

const SMALLEST = 16 * 1024;

function fill(buffers: ReadBuffers, bytes: (size: number) => number = (size) => size): number {
  const buffer = buffers.next();
  buffers.filled(buffer, { bytes: bytes(buffer.length), lent: false });
  return buffer.length;
}

describe('the buffers of a connection', () => {
  it('are used again, unless a reader still has a part of one', () => {
    const buffers = createReadBuffers();
    const one = buffers.next();
    buffers.filled(one, { bytes: 1, lent: true });
    const two = buffers.next();
    expect(two).not.toBe(one);
    buffers.filled(two, { bytes: 1, lent: false });
    expect(buffers.next()).toBe(two);
    buffers.giveBack(one.subarray(3, 5));
    expect(buffers.next().buffer).toBe(one.buffer);
  });

  it('grow while reads fill them, and shrink when many reads in a row do not', () => {
    const buffers = createReadBuffers();
    expect(Array.from({ length: 5 }, () => fill(buffers))).toEqual([1, 4, 16, 16, 16].map((times) => times * SMALLEST));
    for (let reads = 0; reads < 300; reads++) fill(buffers, (size) => (reads === 200 ? size / 4 : 1));
    expect(fill(buffers, () => 1)).toBe(16 * SMALLEST); // one read in between was no small one
    for (let reads = 0; reads < 1_000; reads++) fill(buffers, () => 1);
    expect(fill(buffers, () => 1)).toBe(SMALLEST);
  });

  it('of another size than the one of now are not kept', () => {
    const buffers = createReadBuffers();
    const small = buffers.next();
    fill(buffers);
    buffers.giveBack(small);
    expect(buffers.next()).toHaveLength(4 * SMALLEST);
  });

  it('are two at most when they are idle', () => {
    const buffers = createReadBuffers();
    const all = [buffers.next(), buffers.next(), buffers.next()];
    for (const buffer of all) buffers.giveBack(buffer);
    const again = [buffers.next(), buffers.next(), buffers.next()].map(({ buffer }) => buffer);
    expect(again.filter((buffer) => all.some((one) => one.buffer === buffer))).toHaveLength(2);
  });

  it('do not live on for a small piece of one', () => {
    const buffers = createReadBuffers();
    const buffer = buffers.next();
    expect(buffers.keep(buffer.subarray(0, SMALLEST / 4 - 1)).buffer).not.toBe(buffer.buffer);
    expect(buffers.keep(buffer.subarray(0, SMALLEST / 4)).buffer).toBe(buffer.buffer);
  });
});
