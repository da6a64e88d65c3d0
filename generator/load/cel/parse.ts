import { CelError, depthOf, operandsOf, type CelFault, type Expression } from './expression.js';
import { literalOf } from './literals.js';
import { expandMacro, type WrittenCall } from './macros.js';
import { reservedWords } from './names.js';
import { TokenCursor } from './token-cursor.js';
import { tokensOf, type Token } from './tokens.js';

/** How much the API server reads. */
const limits = { characters: 100_000, depth: 250 };

/** The expression that a text is, or what is wrong with it. Reads as much and as deep as the API server, no further. */
export function parseCel(text: string): { expression: Expression } | { fault: CelFault } {
  try {
    if (isLongerThan(text, limits.characters)) {
      throw new CelError(0, `it has more than ${limits.characters} characters`);
    }
    return { expression: new Parser(tokensOf(text)).parse() };
  } catch (error) {
    if (error instanceof CelError) return { fault: error.fault };
    throw error;
  }
}

/** Counts characters, of which some are two of JavaScript's. */
function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  return text.length > 2 * characters || Array.from(text).length > characters;
}

const relations: ReadonlyMap<string, string> = new Map([
  ['<', '_<_'],
  ['<=', '_<=_'],
  ['>=', '_>=_'],
  ['>', '_>_'],
  ['==', '_==_'],
  ['!=', '_!=_'],
  ['in', '@in'],
]);
const sums: ReadonlyMap<string, string> = new Map([
  ['+', '_+_'],
  ['-', '_-_'],
]);
const products: ReadonlyMap<string, string> = new Map([
  ['*', '_*_'],
  ['/', '_/_'],
  ['%', '_%_'],
]);

class Parser {
  readonly #at: TokenCursor;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#at = new TokenCursor(tokens);
  }

  parse(): Expression {
    const expression = this.#expression();
    if (this.#at.token.t !== 'end') throw this.#at.unexpected();
    return expression;
  }

  #call(call: WrittenCall, isCounted = true): Expression {
    const macro = expandMacro(call);
    if (macro !== undefined) return macro;
    return this.#counted({ t: 'call', ...call, depth: depthOf(operandsOf(call)) + (isCounted ? 1 : 0) });
  }

  #counted<E extends Expression>(expression: E): E {
    if (expression.depth > limits.depth) throw tooDeep(expression.at);
    return expression;
  }

  #expression(): Expression {
    this.#nesting += 1;
    if (this.#nesting > limits.depth) throw tooDeep(this.#at.token.at);
    const condition = this.#logical('||');
    const mark = this.#at.skip('?');
    let expression = condition;
    if (mark !== undefined) {
      const yes = this.#logical('||');
      this.#at.expect(':');
      expression = this.#call({ name: '_?_:_', args: [condition, yes, this.#expression()], at: mark.at });
    }
    this.#nesting -= 1;
    return expression;
  }

  #logical(operator: '||' | '&&'): Expression {
    const inner = (): Expression => (operator === '||' ? this.#logical('&&') : this.#relation());
    const first = inner();
    const args = [first];
    const { at } = this.#at.token;
    while (this.#at.skip(operator) !== undefined) args.push(inner());
    return args.length === 1 ? first : { t: 'call', name: `_${operator}_`, args, at, depth: depthOf(args) };
  }

  #chain(operators: ReadonlyMap<string, string>, inner: () => Expression): Expression {
    let left = inner();
    for (;;) {
      const { t, text, at } = this.#at.token;
      const name = t === 'mark' ? operators.get(text) : undefined;
      if (name === undefined) return left;
      this.#at.take();
      left = this.#call({ name, args: [left, inner()], at });
    }
  }

  #relation(): Expression {
    return this.#chain(relations, () => this.#chain(sums, () => this.#chain(products, () => this.#unary())));
  }

  #unary(): Expression {
    const { text, at } = this.#at.token;
    const isSign = (): boolean => (text === '!' ? this.#at.is('!') : this.#at.is('-') && !this.#isSigned);
    let count = 0;
    for (; isSign(); count += 1) this.#at.take();
    const member = this.#member();
    // An even number of signs is none.
    return count % 2 === 0 ? member : this.#call({ name: `${text}_`, args: [member], at }, false);
  }

  /** Whether the next two tokens are a negative number. */
  get #isSigned(): boolean {
    return this.#at.is('-') && /^(?:int|double)$/.test(this.#at.ahead(1).t);
  }

  #member(): Expression {
    let member = this.#primary();
    for (;;) {
      const { at } = this.#at.token;
      if (this.#at.skip('.') !== undefined) {
        member = this.#selection(member, at);
      } else if (this.#at.skip('[') !== undefined) {
        const name = this.#at.skip('?') === undefined ? '_[_]' : '_[?_]';
        const args = [member, this.#expression()];
        this.#at.expect(']');
        member = this.#call({ name, args, at });
      } else {
        return member;
      }
    }
  }

  #selection(operand: Expression, at: number): Expression {
    const isOptional = this.#at.skip('?') !== undefined;
    const { t } = this.#at.token;
    const field = this.#fieldName();
    if (isOptional) {
      const { name: text, at: start } = field;
      const literal: Expression = { t: 'literal', type: 'string', text, size: text.length, at: start, depth: 0 };
      return this.#call({ name: '_?._', args: [operand, literal], at });
    }
    if (t === 'name' && this.#at.skip('(') !== undefined) {
      return this.#call({ name: field.name, target: operand, args: this.#arguments(), at: field.at });
    }
    const depth = operand.depth + 1;
    return this.#counted({ t: 'select', operand, field: field.name, isTest: false, at: field.at, depth });
  }

  #fieldName(): { name: string; at: number } {
    const { t, text, at } = this.#at.token;
    if (t !== 'name' && t !== 'quoted-name') throw this.#at.unexpected('the name of a field is missing');
    this.#at.take();
    return { name: t === 'name' ? text : text.slice(1, -1), at };
  }

  #arguments(): Expression[] {
    if (this.#at.skip(')') !== undefined) return [];
    const args = [this.#expression()];
    while (this.#at.skip(',') !== undefined) args.push(this.#expression());
    this.#at.expect(')');
    return args;
  }

  #primary(): Expression {
    if (this.#isSigned) {
      const { at } = this.#at.take();
      return { ...literalOf(this.#at.take(), true), at };
    }
    const token = this.#at.token;
    if (token.t === 'name' || (this.#at.is('.') && this.#at.ahead(1).t === 'name')) return this.#named();
    if (token.t !== 'mark' && token.t !== 'end' && token.t !== 'quoted-name') return literalOf(this.#at.take());
    if (/^(?:true|false|null)$/.test(token.text)) return literalOf(this.#at.take());
    if (this.#at.skip('(') !== undefined) {
      const expression = this.#expression();
      this.#at.expect(')');
      return expression;
    }
    if (this.#at.skip('[') !== undefined) return this.#list(token.at);
    if (this.#at.skip('{') !== undefined) return this.#map(token.at);
    throw this.#at.unexpected();
  }

  #named(): Expression {
    const message = this.#messageName();
    if (message !== undefined) return this.#message(message);
    const dot = this.#at.skip('.') === undefined ? '' : '.';
    const { text, at } = this.#at.take();
    if (reservedWords.has(text)) throw new CelError(at, `"${text}" is a word of the language and names nothing`);
    const name = `${dot}${text}`;
    if (this.#at.skip('(') !== undefined) return this.#call({ name, args: this.#arguments(), at }, false);
    return { t: 'ident', name, at, depth: 0 };
  }

  /** The name in front of `{`, where that follows. */
  #messageName(): string | undefined {
    let last = this.#at.is('.') ? 1 : 0;
    while (this.#at.is('.', last + 1) && this.#at.ahead(last + 2).t === 'name') last += 2;
    if (!this.#at.is('{', last + 1)) return undefined;
    return Array.from({ length: last + 1 }, (_, step) => this.#at.ahead(step).text).join('');
  }

  #message(name: string): Expression {
    const { at } = this.#at.token;
    while (!this.#at.is('{')) this.#at.take();
    this.#at.take();
    const values = this.#items('}', () => {
      this.#at.skip('?');
      this.#fieldName();
      this.#at.expect(':');
      return this.#expression();
    });
    return { t: 'message', name, values, at, depth: depthOf(values) };
  }

  #list(at: number): Expression {
    const elements = this.#items(']', () => {
      const optional = this.#at.skip('?') !== undefined;
      return { value: this.#expression(), optional };
    });
    return { t: 'list', elements, at, depth: depthOf(elements.map(({ value }) => value)) };
  }

  #map(at: number): Expression {
    const entries = this.#items('}', () => {
      const optional = this.#at.skip('?') !== undefined;
      const key = this.#expression();
      this.#at.expect(':');
      return { key, value: this.#expression(), optional };
    });
    return { t: 'map', entries, at, depth: depthOf(entries.flatMap(({ key, value }) => [key, value])) };
  }

  /** Items up to a bracket; there may be a comma behind the last, and even instead of any. */
  #items<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    if (!this.#at.is(',') && !this.#at.is(end)) {
      items.push(item());
      while (this.#at.is(',') && !this.#at.is(end, 1)) {
        this.#at.take();
        items.push(item());
      }
    }
    this.#at.skip(',');
    this.#at.expect(end);
    return items;
  }
}

function tooDeep(at: number): CelError {
  return new CelError(at, `it is nested more than ${limits.depth} levels deep`);
}
