import { Anchors } from './anchors.js';
import { hash, newline, skipSpaces, tab } from './character-codes.js';
import type { EqualBlocks } from './equal-blocks.js';
import { giveUp } from './give-up.js';

/**
 * Line ends of other systems, tabs before the text of a line, and characters that a reader of YAML may refuse: the complete reader
 * decides.
 */
const unusual = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;

/** A place in a text, line by line: blank lines and comments are passed over. */
export class Lines {
  readonly text: string;
  /** What has a name in the document of this place. */
  readonly anchors: Anchors;
  /** What was read before; without it each block is read. */
  readonly blocks: EqualBlocks | undefined;
  /** The first character of the line. */
  start = 0;
  /** The first character of the line that is no space; in a list item, the first after its dash. */
  content = 0;
  /** How many characters `content` stands to the right; -1 at a `---` and after the last line. */
  indent = 0;
  /** Whether the line is a `---`. */
  isMarker = false;

  /** Up to where nothing unusual is in the text. */
  #checked = 0;

  constructor(text: string, blocks?: EqualBlocks) {
    this.text = text;
    this.blocks = blocks;
    this.anchors = new Anchors(text);
    this.enter(0);
  }

  /** Goes to the first line with something in it that begins at `start` or later. */
  enter(start: number): void {
    const { text } = this;
    let at = start;
    for (;;) {
      this.start = at;
      at = skipSpaces(text, at);
      if (at >= text.length) return this.#end();
      const code = text.charCodeAt(at);
      if (code !== newline && code !== hash) break;
      at = this.endOfLine(at) + 1;
    }
    // Tabs are no indentation.
    if (text.charCodeAt(at) === tab) giveUp();
    this.content = at;
    this.indent = at - this.start;
    this.isMarker = this.indent === 0 && text.startsWith('---', at) && this.isBlank(at + 3);
    if (this.isMarker) this.indent = -1;
  }

  /** Gives up where there is anything unusual before `end`. */
  checkTo(end: number): void {
    if (end > this.#checked && unusual.test(this.text.slice(this.#checked, end))) giveUp();
    this.#checked = Math.max(this.#checked, end);
  }

  /** Goes on after lines that are known: there is nothing unusual in them. All before them was looked at. */
  passOver(length: number): void {
    this.#checked = this.start + length;
    this.enter(this.#checked);
  }

  /** The newline after `at`, or the end of the text. */
  endOfLine(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end === -1 ? this.text.length : end;
  }

  /** Whether nothing but spaces is left of the line. */
  isBlank(from: number): boolean {
    const at = skipSpaces(this.text, from);
    return at >= this.text.length || this.text.charCodeAt(at) === newline;
  }

  /** Goes to the next line; nothing but a comment may be left of this one. */
  leave(from: number): void {
    const { text } = this;
    const at = skipSpaces(text, from);
    const isComment = at > from && text.charCodeAt(at) === hash;
    if (at < text.length && text.charCodeAt(at) !== newline && !isComment) giveUp();
    this.enter(this.endOfLine(at) + 1);
  }

  /** Makes what stands in a list item behind its dash the content of the line. */
  stepInto(at: number): void {
    this.content = at;
    this.indent = at - this.start;
  }

  #end(): void {
    this.start = this.text.length;
    this.content = this.text.length;
    this.indent = -1;
    this.isMarker = false;
  }
}
