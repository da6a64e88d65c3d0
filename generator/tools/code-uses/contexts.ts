import { ts } from 'ts-morph';
import type { CodeIndex, Frame } from './code-index.js';
import { unwrapped } from './expression.js';
import type { Flow } from './flow.js';
import { NeedsCallers, type Context } from './origin.js';

const maxDepth = 12;
const maxContexts = 2_000;

/** Finds the ways to come to a place in the code, as far as they make a difference there. */
export class Contexts {
  readonly #index: CodeIndex;
  readonly #flow: Flow;

  constructor(index: CodeIndex, flow: Flow) {
    this.#index = index;
    this.#flow = flow;
  }

  /** Calls `look` for a place once for each way to come there. */
  each(place: ts.Node, look: (context: Context) => void): void {
    const open: Context[] = [[]];
    let count = 0;
    for (let context = open.pop(); context !== undefined; context = open.pop()) {
      this.#flow.begin();
      try {
        look(context);
      } catch (error) {
        if (!(error instanceof NeedsCallers)) throw error;
        count += 1;
        open.push(...this.#longer(error, context, { place, isTooFar: count > maxContexts }).reverse());
      }
    }
  }

  /** The context with one call more, for each call of the function that is needed. */
  #longer(
    { fn, context: inner }: NeedsCallers,
    context: Context,
    o: { readonly place: ts.Node; readonly isTooFar: boolean },
  ): Context[] {
    if (o.isTooFar || context.length >= maxDepth)
      return [[...context, { fn, call: undefined, why: 'it comes through too many calls' }]];
    if (!ts.isConstructorDeclaration(fn)) return this.#called(fn, context, this.#index.callersOf(fn));
    // Which object it is decides the call of a method, so that comes first.
    const places = [o.place, ...inner.flatMap(({ call }) => call ?? [])];
    const methods = places.flatMap((place) => methodAround(place, fn.parent) ?? []);
    const method = methods.find((one) => !inner.some((frame) => frame.fn === one));
    if (method !== undefined) return this.#called(method, context, this.#index.callersOf(method));
    try {
      return this.#called(fn, context, this.#makersOf(fn, inner));
    } catch (error) {
      if (!(error instanceof NeedsCallers) || error.fn === fn) throw error;
      return this.#longer(error, context, o);
    }
  }

  #called(fn: ts.SignatureDeclaration, context: Context, frames: readonly Frame[]): Context[] {
    // A function that calls itself adds nothing; what it was called with first counts.
    const fresh = frames.filter(({ call }) => call === undefined || !context.some((one) => one.call === call));
    const why = 'it only comes from a function that calls itself';
    return (fresh.length > 0 ? fresh : [{ fn, call: undefined, why }]).map((frame) => [...context, frame]);
  }

  /** The calls of a constructor that may have made the object whose method was called; all, where that does not show. */
  #makersOf(fn: ts.ConstructorDeclaration, context: Context): Frame[] {
    const all = this.#index.callersOf(fn);
    for (const [i, { fn: method, call }] of context.entries()) {
      if (method.parent !== fn.parent || call === undefined) continue;
      const callee = unwrapped(call.expression);
      if (!ts.isPropertyAccessExpression(callee) || callee.expression.kind === ts.SyntaxKind.ThisKeyword) continue;
      const objects = this.#flow.origins(callee.expression, context.slice(i + 1));
      const made = all.filter(({ call: maker }) =>
        objects.some((object) => object.t === 'expression' && object.node === maker),
      );
      return objects.every(({ t }) => t === 'expression') && made.length === objects.length ? made : all;
    }
    return all;
  }
}

/** The method of a class around a place; what is inside an arrow function has the same `this`. */
function methodAround(place: ts.Node, owner: ts.ClassLikeDeclaration): ts.MethodDeclaration | undefined {
  let node = place;
  while (!ts.isSourceFile(node) && node.parent !== owner) node = node.parent;
  return ts.isMethodDeclaration(node) ? node : undefined;
}
