import { quote } from '../json-value.js';
import { CelError } from './expression.js';
import type { Token } from './tokens.js';

const wordsOfOthers: ReadonlyMap<string, string> = new Map([
  ['and', 'CEL writes "and" as &&.'],
  ['or', 'CEL writes "or" as ||.'],
]);

/** Goes through tokens from the first to the last. */
export class TokenCursor {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token that it stands at. */
  get token(): Token {
    return this.ahead(0);
  }

  /** A token some steps further. */
  ahead(steps: number): Token {
    return this.#tokens[this.#next + steps] ?? { t: 'end', text: '', at: 0 };
  }

  /** Whether a mark stands here, or some steps further. */
  is(text: string, steps = 0): boolean {
    const token = this.ahead(steps);
    return token.t === 'mark' && token.text === text;
  }

  /** Goes on, and gives the token that it stood at. */
  take(): Token {
    const { token } = this;
    this.#next += 1;
    return token;
  }

  /** Goes on if a mark stands here. */
  skip(text: string): Token | undefined {
    return this.is(text) ? this.take() : undefined;
  }

  expect(text: string): void {
    if (this.skip(text) === undefined) throw this.unexpected(`${quote(text)} is missing`);
  }

  /** That the token here cannot stand here, or what is missing in front of it. */
  unexpected(what?: string): CelError {
    const { t, text, at } = this.token;
    if (t === 'end') return new CelError(at, what === undefined ? 'it ends too early' : `${what} at the end`);
    const hint = t === 'name' ? wordsOfOthers.get(text) : undefined;
    return new CelError(
      at,
      what === undefined ? `${quote(text)} cannot stand here` : `${what} before ${quote(text)}`,
      hint,
    );
  }
}
