import { utf8Bytes } from './utf8-bytes.js';

/**
 * A hash of a content, by which a file is known again: MurmurHash3 (128 bits, for x86) in hexadecimal digits. Whoever would make
 * another text with the same hash could only have kube-gen overwrite it; and to load `node:crypto` takes a tenth of a small run.
 */
export function contentHash(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? utf8Bytes(content) : content;
  const { length } = bytes;
  const whole = length & ~15;
  const state = new Int32Array(4);
  mixBlocks(new DataView(bytes.buffer, bytes.byteOffset, whole), state);
  const rest = new Uint8Array(16);
  rest.set(bytes.subarray(whole));
  mixRest(new DataView(rest.buffer), state);
  return spread(spread([...state].map((word) => word ^ length)).map(scatter))
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
}

/** Apart, so that V8 compiles it once for all: beside what comes after the loop it gave its code up at the end of each content. */
function mixBlocks(blocks: DataView, state: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let at = 0; at < blocks.byteLength; at += 16) {
    a = (Math.imul(rotate(a ^ mixA(blocks.getInt32(at, true)), 19) + b, 5) + 0x56_1c_cd_1b) | 0;
    b = (Math.imul(rotate(b ^ mixB(blocks.getInt32(at + 4, true)), 17) + c, 5) + 0x0b_ca_a7_47) | 0;
    c = (Math.imul(rotate(c ^ mixC(blocks.getInt32(at + 8, true)), 15) + d, 5) + 0x96_cd_1c_35) | 0;
    d = (Math.imul(rotate(d ^ mixD(blocks.getInt32(at + 12, true)), 13) + a, 5) + 0x32_ac_3b_17) | 0;
  }
  state.set([a, b, c, d]);
}

/** What is left of the content, and zeros up to a whole block. */
function mixRest(block: DataView, state: Int32Array): void {
  const [a = 0, b = 0, c = 0, d = 0] = state;
  state.set([
    a ^ mixA(block.getInt32(0, true)),
    b ^ mixB(block.getInt32(4, true)),
    c ^ mixC(block.getInt32(8, true)),
    d ^ mixD(block.getInt32(12, true)),
  ]);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

const mixA = (word: number): number => Math.imul(rotate(Math.imul(word, 0x23_9b_96_1b), 15), 0xab_0e_97_89);
const mixB = (word: number): number => Math.imul(rotate(Math.imul(word, 0xab_0e_97_89), 16), 0x38_b3_4a_e5);
const mixC = (word: number): number => Math.imul(rotate(Math.imul(word, 0x38_b3_4a_e5), 17), 0xa1_e3_8b_93);
const mixD = (word: number): number => Math.imul(rotate(Math.imul(word, 0xa1_e3_8b_93), 18), 0x23_9b_96_1b);

/** Each word takes part in all. */
function spread(words: readonly number[]): number[] {
  const sum = words.reduce((total, word) => (total + word) | 0, 0);
  return words.map((word, i) => (i === 0 ? sum : (word + sum) | 0));
}

/** Each bit takes part in all of its word. */
function scatter(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x85_eb_ca_6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2_b2_ae_35);
  return twice ^ (twice >>> 16);
}
