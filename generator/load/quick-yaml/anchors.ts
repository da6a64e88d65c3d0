import { giveUp } from './give-up.js';

/** With more aliases than this, or in a longer text, a few lines could stand for millions of values. */
const mostAliases = 8;
const longestText = 40_000;
const anchorName = /[&*]([\w-]+)(?=[ \n]|$)/y;

/** The named values of one document. Few texts have any, and then a few: for more than that there is the complete reader. */
export class Anchors {
  readonly #text: string;
  readonly #values = new Map<string, unknown>();
  #aliases = 0;
  /** How many names were met, of anchors and aliases. */
  count = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A name begins to mean something else: nothing, until its value is whole, so that no value can hold itself. */
  forget(name: string): void {
    this.#values.delete(name);
  }

  /** Notes the value of a name once it is whole. */
  define(name: string, value: unknown): void {
    // It means something else inside its own value: which of the two holds from here on, the complete reader knows.
    if (this.#values.has(name)) giveUp();
    this.#values.set(name, value);
  }

  /** The value that the alias at `at` stands for. */
  valueAt(at: number): { readonly value: unknown; readonly end: number } {
    const { name, end } = this.nameAt(at);
    this.#aliases += 1;
    if (this.#aliases > mostAliases || this.#text.length > longestText || !this.#values.has(name)) giveUp();
    return { value: this.#values.get(name), end };
  }

  /** The name behind the sign at `at`, and where it ends. */
  nameAt(at: number): { readonly name: string; readonly end: number } {
    this.count += 1;
    anchorName.lastIndex = at;
    const name = anchorName.exec(this.#text)?.[1] ?? giveUp();
    return { name, end: at + 1 + name.length };
  }

  /** Another document: it has names of its own. */
  clear(): void {
    this.#values.clear();
  }
}
