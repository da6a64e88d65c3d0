import { ts } from 'ts-morph';
import { isSamePlace, type Frame } from './code-index.js';
import { unwrapped } from './expression.js';
import type { Flow } from './flow.js';
import { isRefilled } from './list-of-elements.js';
import { NeedsCallers, type Context } from './origin.js';

const maxDepth = 12;
const maxContexts = 2_000;

interface Search {
  readonly place: ts.Node;
  readonly isTooFar: boolean;
}

/** Finds the ways to come to a place in the code, as far as they make a difference there. */
export class Contexts {
  readonly #flow: Flow;

  constructor(flow: Flow) {
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
  #longer(error: NeedsCallers, context: Context, o: Search): Context[] {
    const { fn, context: inner } = error;
    if (o.isTooFar || context.length >= maxDepth)
      return [[...context, { fn, call: undefined, why: 'it comes through too many calls' }]];
    if (!ts.isConstructorDeclaration(fn)) return this.#around(error, context, o);
    // Which object it is decides the call of a method, so that comes first.
    const places = [o.place, ...inner.flatMap(({ call }) => call ?? [])];
    const methods = places.flatMap((place) => methodAround(place, fn.parent) ?? []);
    const method = methods.find((one) => !inner.some((frame) => frame.fn === one));
    if (method !== undefined) return this.#called(method, context, this.#reaching(method));
    return this.#calledBy(() => this.#makersOf(fn, inner), { fn, context, o });
  }

  /** The contexts for a function; where it makes functions, the calls of these tell which call of it is meant, so that they come first. */
  #around({ fn, context: inner }: NeedsCallers, context: Context, o: Search): Context[] {
    const all = this.#reaching(fn);
    if (all.length < 2) return this.#called(fn, context, all);
    const places = [o.place, ...inner.flatMap(({ call }) => call ?? [])];
    const made = places.flatMap((place) => closuresAround(place, fn));
    const next = made.find(
      (one) =>
        !inner.some((frame) => frame.fn === one) &&
        this.#flow.index.callersOf(one).some(({ call }) => call !== undefined),
    );
    if (next !== undefined) return this.#called(next, context, this.#reaching(next));
    return this.#calledBy(() => this.#callsThatMade(fn, all, inner), { fn, context, o });
  }

  #calledBy(
    frames: () => readonly Frame[],
    { fn, context, o }: { readonly fn: ts.SignatureDeclaration; readonly context: Context; readonly o: Search },
  ): Context[] {
    try {
      return this.#called(fn, context, frames());
    } catch (error) {
      if (!(error instanceof NeedsCallers) || error.fn === fn) throw error;
      return this.#longer(error, context, o);
    }
  }

  /** The calls of a function that may have made the one whose call is known; all, where that does not show. */
  #callsThatMade(fn: ts.SignatureDeclaration, all: readonly Frame[], context: Context): readonly Frame[] {
    for (const [i, { fn: closure, call }] of context.entries()) {
      if (call === undefined || !isInside(closure, fn) || isInside(call, fn)) continue;
      const callee = unwrapped(call.expression);
      const owner = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
      const objects = this.#flow.origins(owner, context.slice(i + 1));
      const made = objects.map((one) =>
        one.t === 'expression' ? one.context.find((frame) => frame.fn === fn)?.call : undefined,
      );
      const isKnown = made.length > 0 && !made.includes(undefined);
      return isKnown ? all.filter((one) => made.includes(one.call)) : all;
    }
    return all;
  }

  /** The calls of a member of an object, but for those of other objects that have one of the same name. */
  #reaching(fn: ts.SignatureDeclaration): readonly Frame[] {
    const all = this.#flow.index.callersOf(fn);
    const owner = ownerOf(fn);
    if (owner === undefined || all.length < 2) return all;
    const reaching = all.filter(({ call }) => call === undefined || this.#mayReach(call, owner));
    return reaching.length > 0 ? reaching : all;
  }

  #mayReach(call: ts.CallExpression | ts.NewExpression, owner: ts.Node): boolean {
    const callee = unwrapped(call.expression);
    if (!ts.isPropertyAccessExpression(callee)) return true;
    try {
      const objects = this.#flow.origins(callee.expression, []);
      return objects.length === 0 || objects.some((one) => one.t !== 'expression' || this.#mayBeOf(one.node, owner));
    } catch (error) {
      if (error instanceof NeedsCallers) return true;
      throw error;
    }
  }

  /** Whether an object may be what a member was written for. */
  #mayBeOf(object: ts.Expression, owner: ts.Node): boolean {
    if (isRefilled(object, this.#flow)) return true;
    if (ts.isObjectLiteralExpression(object))
      return object === owner || object.properties.some((one) => ts.isSpreadAssignment(one));
    if (!ts.isNewExpression(object)) return true;
    const classes = (this.#flow.index.symbolAt(object.expression)?.declarations ?? []).filter(ts.isClassLike);
    const isPlain = classes.length > 0 && classes.every((one) => !one.heritageClauses?.some(isExtending));
    return !isPlain || classes.some((one) => one === owner);
  }

  #called(fn: ts.SignatureDeclaration, context: Context, frames: readonly Frame[]): Context[] {
    // A function that calls itself adds nothing; what it was called with first counts.
    const fresh = frames.filter((frame) => !isWay(frame) || !context.some((one) => isSamePlace(one, frame)));
    const why = 'it only comes from a function that calls itself';
    return (fresh.length > 0 ? fresh : [{ fn, call: undefined, why }]).map((frame) => [...context, frame]);
  }

  /** The calls of a constructor that may have made the object whose method was called; all, where that does not show. */
  #makersOf(fn: ts.ConstructorDeclaration, context: Context): Frame[] {
    const all = this.#flow.index.callersOf(fn);
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

/** Whether a frame tells something of what the function is given. */
function isWay({ call, handing }: Frame): boolean {
  return call !== undefined || handing !== undefined;
}

/** The method of a class around a place; what is inside an arrow function has the same `this`. */
function methodAround(place: ts.Node, owner: ts.ClassLikeDeclaration): ts.MethodDeclaration | undefined {
  let node = place;
  while (!ts.isSourceFile(node) && node.parent !== owner) node = node.parent;
  return ts.isMethodDeclaration(node) ? node : undefined;
}

/** The functions around a place that another one makes, the outermost first. */
function closuresAround(place: ts.Node, maker: ts.Node): ts.SignatureDeclaration[] {
  const found: ts.SignatureDeclaration[] = [];
  for (let node = place; node !== maker; node = node.parent) {
    if (ts.isSourceFile(node)) return [];
    if (ts.isFunctionLike(node)) found.unshift(node);
  }
  return found;
}

function isInside(node: ts.Node, around: ts.Node): boolean {
  return ts.findAncestor(node.parent, (one) => one === around) !== undefined;
}

/** The object literal or class that a function is a member of. */
function ownerOf(fn: ts.SignatureDeclaration): ts.Node | undefined {
  const member = ts.isMethodDeclaration(fn) ? fn : fn.parent;
  const isMember =
    ts.isMethodDeclaration(member) || ts.isPropertyAssignment(member) || ts.isPropertyDeclaration(member);
  return isMember ? member.parent : undefined;
}

function isExtending({ token }: ts.HeritageClause): boolean {
  return token === ts.SyntaxKind.ExtendsKeyword;
}
