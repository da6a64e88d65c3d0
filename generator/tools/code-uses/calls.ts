import { ts } from 'ts-morph';
import { nothing, type Following } from './following.js';
import type { Context, Origin } from './origin.js';
import type { Trail } from './trail.js';
import { mayBeNone } from './value-types.js';
import { walk } from './walk.js';

const maxDepth = 12;

/** Follows values into calls, and out of them. */
export class Calls {
  readonly #flow: Following;

  constructor(flow: Following) {
    this.#flow = flow;
  }

  /** The argument at a place of a call. */
  argument(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    const args = call.arguments ?? [];
    if (args.slice(0, at + 1).some((one) => ts.isSpreadElement(one)))
      return [{ t: 'open', why: 'the arguments are spread' }];
    const arg = args[at];
    return arg === undefined ? [{ t: 'none' }] : this.#flow.origins(arg, context, trail);
  }

  /** What a call returns. */
  called(call: ts.CallExpression, context: Context, trail: Trail | undefined): Origin[] {
    const [only, ...more] = call.arguments;
    if (
      only !== undefined &&
      more.length === 0 &&
      /^Object\.(?:freeze|seal|preventExtensions)$/.test(call.expression.getText())
    )
      return this.#flow.origins(only, context, trail);
    // Inside a generic function the type says less than where it is called.
    if (this.#flow.types.definitionIn(this.#flow.project.checker.getTypeAtLocation(call)) !== undefined)
      return [{ t: 'expression', node: call, context }];
    const answered = this.#flow.answers.passedOn(call, context, trail);
    if (answered !== undefined) return answered;
    const declaration = this.#flow.project.checker.getResolvedSignature(call)?.declaration;
    const fn =
      declaration === undefined || ts.isJSDocSignature(declaration) ? undefined : implementationOf(declaration);
    const returned =
      fn === undefined || !this.#flow.project.isOwn(fn.getSourceFile())
        ? []
        : [fn, ...this.#overridesOf(fn)].flatMap((one) =>
            this.returned(one, [{ fn: one, call, why: '' }, ...context], trail),
          );
    return returned.length === 0 ? [{ t: 'expression', node: call, context }] : returned;
  }

  /** The functions that a call of a method may mean in classes that extend its own. What implements an interface is not all that may. */
  #overridesOf(fn: ts.SignatureDeclaration): ts.SignatureDeclaration[] {
    if (!ts.isMethodDeclaration(fn)) return [];
    return this.#flow.index.overridesOf(fn).flatMap((one) => {
      const held = ts.isPropertyDeclaration(one) ? one.initializer : one;
      return held !== undefined && ts.isFunctionLike(held) ? [held] : [];
    });
  }

  returned(fn: ts.SignatureDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    if (context.length > maxDepth) return [{ t: 'open', why: 'it comes through too many calls' }];
    const { checker } = this.#flow.project;
    const { body, asteriskToken } = fn as ts.FunctionLikeDeclaration;
    if (asteriskToken !== undefined) return [];
    const returned: ts.Expression[] = [];
    let isOpen = (fn.flags & ts.NodeFlags.HasImplicitReturn) !== 0;
    const look = (node: ts.Node): boolean => {
      if (!ts.isReturnStatement(node)) return !ts.isFunctionLike(node) && !ts.isClassLike(node);
      if (node.expression === undefined) isOpen = true;
      else returned.push(node.expression);
      return false;
    };
    if (body !== undefined && ts.isBlock(body)) walk(body, look);
    else if (body !== undefined) returned.push(body);
    const type = checker.getSignatureFromDeclaration(fn)?.getReturnType();
    // A switch over all that there is ends the function, which only the type tells.
    const mayEnd = isOpen && type !== undefined && mayBeNone(checker.getAwaitedType(type) ?? type);
    const found = returned.flatMap((one) => this.#flow.origins(one, context, trail));
    return mayEnd && found.length > 0 ? [...found, nothing] : found;
  }
}

/** The body of a function that has several signatures. */
function implementationOf(declaration: ts.SignatureDeclaration): ts.SignatureDeclaration {
  if ('body' in declaration && declaration.body !== undefined) return declaration;
  const { symbol } = declaration as { readonly symbol?: ts.Symbol };
  const implementation = symbol?.declarations?.find(
    (one) => ts.isFunctionLike(one) && 'body' in one && one.body !== undefined,
  );
  return (implementation as ts.SignatureDeclaration | undefined) ?? declaration;
}
