import { hash, newline, skipSpaces, tab } from './character-codes.js';

/** A block of lines below a key, and what it stands for. */
interface Block {
  /** Its whole lines, the last line end included. */
  readonly text: string;
  readonly value: unknown;
  /** How many levels it was down. */
  readonly depth: number;
}

/** The line that a block may begin with. */
interface FirstLine {
  readonly text: string;
  /** Its first character. */
  readonly start: number;
}

/** Where a block may begin. */
export interface BlockPlace {
  /** How far to the right its key stands. */
  readonly parent: number;
  readonly depth: number;
}

/** How many blocks are kept below one key, the last ones used, and below how many keys. */
const most = { ofKey: 8, keys: 20_000 };

type Value = Readonly<Record<string, unknown>>;

/** Values in which nothing was found to tell of. An alias can make one value of two, too: so each that is passed over is counted. */
class Faultless {
  readonly #values = new Set<Value>();
  passedOver = 0;

  has(value: Value): boolean {
    const isKnown = this.#values.has(value);
    if (isKnown) this.passedOver += 1;
    return isKnown;
  }

  add(value: Value): void {
    this.#values.add(value);
  }

  delete(value: Value): void {
    this.#values.delete(value);
  }
}

/**
 * The blocks that stood below the fields of schemas. CRDs repeat themselves: `spec` in `status`, one version in the next, one maker's
 * CRDs each other. What stands there letter for letter again becomes the very same value, so that whoever looks at the value can know
 * it again. Nobody may change such a value, and where it stands it does not tell.
 */
export class EqualBlocks {
  /** The values in which nothing was found to tell of. */
  readonly faultless = new Faultless();
  #reused = 0;
  readonly #byKey = new Map<string, Block[]>();

  /** How often a value became that of an earlier block, or was passed over as one in which nothing is wrong. */
  get reused(): number {
    return this.#reused + this.faultless.passedOver;
  }

  /** The block that stands at the line, if it is known. */
  find(key: string, line: FirstLine, place: BlockPlace): Block | undefined {
    const blocks = this.#byKey.get(key);
    if (blocks === undefined) return undefined;
    for (let i = blocks.length - 1; i >= 0; i -= 1) {
      const block = blocks[i];
      if (block === undefined || !isHere(block, line, place)) continue;
      this.#reused += 1;
      if (i < blocks.length - 1) {
        blocks.splice(i, 1);
        blocks.push(block);
      }
      return block;
    }
    return undefined;
  }

  add(key: string, block: Block): void {
    const blocks = this.#byKey.get(key);
    if (blocks === undefined) {
      if (this.#byKey.size >= most.keys) this.#byKey.clear();
      this.#byKey.set(key, [block]);
    } else {
      if (blocks.length >= most.ofKey) blocks.shift();
      blocks.push(block);
    }
  }
}

function isHere(block: Block, { text, start }: FirstLine, { parent, depth }: BlockPlace): boolean {
  const end = start + block.text.length;
  // Cheap questions first: nearly all blocks differ from each other there.
  return (
    text.charCodeAt(end - 1) === newline &&
    depth <= block.depth &&
    isEnd(text, end, parent) &&
    text.slice(start, end) === block.text
  );
}

/** Whether the line after a block surely is no part of it. Empty lines and comments may be, within a text of several lines. */
function isEnd(text: string, from: number, parent: number): boolean {
  if (from === text.length) return true;
  const at = skipSpaces(text, from);
  const code = text.charCodeAt(at);
  return at - from <= parent && code !== newline && code !== hash && code !== tab && at < text.length;
}
