import { mayRepeat, type SchemaPlace } from '../check/schema-place.js';
import { field } from '../json-value.js';
import type { CompiledExpression } from './check-rules.js';
import { operandsOf, type Call, type Expression } from './expression.js';

/** The least of the limits that the API server has: all of a schema together may cost ten times as much. */
const limit = 10_000_000;

/**
 * Whether expressions cost so little, all together, that it takes no estimate to tell: comparisons with literals, `self == oldSelf`, and
 * what connects them. Many CRDs have no others.
 */
export function areSurelyCheap(expressions: readonly CompiledExpression[]): boolean {
  let most = 0;
  for (const { place, good } of expressions) {
    if (mayRepeat(place)) return false;
    most += new Bound(place).of(good.expression);
  }
  return most <= limit;
}

const requestBytes = 3 * 1024 * 1024;
const connecting: ReadonlySet<string> = new Set(['!_', '_&&_', '_||_', '_?_:_', 'size']);
const comparing: ReadonlySet<string> = new Set(['_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_']);

/** More than an expression costs by any estimate; Infinity where that is not seen at once. */
class Bound {
  readonly #selfSize: number;

  constructor({ node }: SchemaPlace) {
    const bounds = ['maxLength', 'maxItems', 'maxProperties'].map((key) => Number(field(node, key) ?? 0));
    // A character has up to four bytes.
    this.#selfSize = Math.max(requestBytes, ...bounds.map((bound) => 4 * bound));
  }

  of(expression: Expression): number {
    switch (expression.t) {
      case 'literal':
        return 0;
      case 'ident':
        return 1;
      case 'select':
        return 1 + this.of(expression.operand);
      case 'list':
        return 10 + this.#all(expression.elements.map(({ value }) => value));
      case 'call':
        return this.#call(expression);
      default:
        return Infinity;
    }
  }

  #all(expressions: readonly Expression[]): number {
    return expressions.reduce((sum, one) => sum + this.of(one), 0);
  }

  #call(call: Call): number {
    const { name, args } = call;
    const parts = 1 + this.#all(operandsOf(call));
    const [first, second] = args;
    if (connecting.has(name)) return parts;
    // To read a text costs a tenth of its length.
    if (comparing.has(name)) return parts + Math.ceil(Math.min(...args.map((arg) => this.#sizeOf(arg))) / 10);
    if (name === '@in' && second?.t === 'list') return parts + second.elements.length;
    if ((name === 'startsWith' || name === 'endsWith') && first?.t === 'literal') return parts + first.size;
    return Infinity;
  }

  #sizeOf(expression: Expression): number {
    if (expression.t === 'literal') return expression.size;
    return expression.t === 'ident' ? this.#selfSize : Infinity;
  }
}
