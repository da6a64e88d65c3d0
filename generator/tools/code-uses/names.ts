import { ts } from 'ts-morph';
import { handingOf, type Handing } from './code-index.js';
import { nameText, textOf } from './expression.js';
import { nothing, type Following } from './following.js';
import { isChangedLater, listOfCallback, listOfLoop } from './list-of-elements.js';
import { NeedsCallers, things, type Context, type Origin } from './origin.js';
import type { Trail } from './trail.js';
import { mayBeNone } from './value-types.js';

/** Follows variables, parameters and the names in patterns. */
export class Names {
  readonly #flow: Following;

  constructor(flow: Following) {
    this.#flow = flow;
  }

  /** What a name stands for. */
  named(symbol: ts.Symbol | undefined, node: ts.Expression, context: Context, trail: Trail | undefined): Origin[] {
    const declaration = symbol?.valueDeclaration;
    const itself = { t: 'expression', node, context } as const;
    if (declaration === undefined) return [itself];
    if (ts.isParameter(declaration)) return this.parameter(declaration, context, trail);
    if (ts.isBindingElement(declaration)) return this.#ofBinding(declaration, node, context, trail);
    if (!ts.isVariableDeclaration(declaration)) return [itself];
    const { initializer } = declaration;
    const list = initializer === undefined ? listOfLoop(declaration) : undefined;
    if (list !== undefined)
      return [...this.#elementsOf(list, itself, context, trail), ...this.#written(declaration, context, trail)];
    if (initializer === undefined && this.#flow.index.writesTo(declaration).length === 0) return [itself];
    const isUnset = initializer === undefined && mayBeNone(this.#flow.project.checker.getTypeAtLocation(node));
    return [
      ...(isUnset ? [nothing] : []),
      ...(initializer === undefined ? [] : this.#flow.origins(initializer, context, trail)),
      ...this.#written(declaration, context, trail),
    ];
  }

  /** What a loop over a list that is written out goes through; of another list each element is what its type tells. */
  #elementsOf(
    list: ts.Expression,
    element: Exclude<Origin, { readonly t: 'none' }>,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    const lists = this.#flow.origins(list, context, trail);
    const type = element.t === 'expression' ? this.#flow.project.checker.getTypeAtLocation(element.node) : element.type;
    const answered = type && this.#flow.answers.elements(lists, type);
    if (answered !== undefined) return answered;
    return lists.flatMap((origin): Origin[] => {
      if (origin.t !== 'expression' || !ts.isArrayLiteralExpression(origin.node)) return [element];
      const elements = origin.node.elements.flatMap((one) =>
        ts.isSpreadElement(one)
          ? this.#elementsOf(one.expression, element, origin.context, trail)
          : this.#flow.origins(one, origin.context, trail),
      );
      if (!isChangedLater(origin.node, this.#flow)) return elements;
      return [...elements, { t: 'open', why: `the list ${textOf(origin.node)} is changed later` }];
    });
  }

  /** An element of a list, as the name or the pattern tells that takes it. */
  #elementOf(list: ts.Expression, taker: ts.Node): Extract<Origin, { readonly t: 'open' }> {
    const why = `what ${textOf(list)} holds is known only at run time`;
    return { t: 'open', why, type: this.#flow.project.checker.getTypeAtLocation(taker) };
  }

  parameter(parameter: ts.ParameterDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    const fn = parameter.parent;
    const at = context.findIndex((frame) => frame.fn === fn);
    const frame = context[at];
    if (frame === undefined) {
      const handing = handingOf(fn);
      const handed = handing && this.#handed(parameter, handing, context, trail);
      if (handed === undefined) throw new NeedsCallers(fn, context);
      return [...handed, ...this.#written(parameter, context, trail)];
    }
    if (frame.call === undefined) {
      const { handing } = frame;
      const handed = handing && this.#handed(parameter, handing, context.slice(at + 1), trail);
      if (handed !== undefined) return [...handed, ...this.#written(parameter, context, trail)];
      const type = this.#flow.project.checker.getTypeAtLocation(parameter);
      return [{ t: 'open', why: frame.why, type: this.#flow.project.checker.getBaseConstraintOfType(type) ?? type }];
    }
    if (parameter.dotDotDotToken !== undefined) return [{ t: 'open', why: 'it is one of any number of arguments' }];
    const own = fn.parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
    const given = this.#flow.argument(frame.call, own.indexOf(parameter), context.slice(at + 1), trail);
    const { initializer } = parameter;
    const filled =
      initializer === undefined
        ? given
        : given.flatMap((one) => (one.t === 'none' ? this.#flow.origins(initializer, context, trail) : [one]));
    return [...filled, ...this.#written(parameter, context, trail)];
  }

  #written(declaration: ts.Node, context: Context, trail: Trail | undefined): Origin[] {
    return this.#flow.index.writesTo(declaration).flatMap((one) => this.#flow.assigned(one, context, trail));
  }

  /** What a callback gets whose caller is known; `undefined` for any other. */
  #handed(
    parameter: ts.ParameterDeclaration,
    handing: Handing,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] | undefined {
    const answered = this.#flow.answers.handed(parameter, handing, context, trail);
    if (answered !== undefined) return answered;
    const list = listOfCallback(parameter, handing);
    return list && this.#elementsOf(list, this.#elementOf(list, parameter), context, trail);
  }

  /** `const { a: b = c } = …` */
  #ofBinding(
    element: ts.BindingElement,
    node: ts.Expression | undefined,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    const pattern = element.parent;
    const key = element.propertyName ?? element.name;
    const name = ts.isObjectBindingPattern(pattern) ? nameText(key) : undefined;
    if (name === undefined || element.dotDotDotToken !== undefined)
      return [
        node === undefined
          ? { t: 'open', why: `what ${textOf(element)} takes is known only at run time` }
          : { t: 'expression', node, context },
      ];
    const { initializer } = element;
    return this.#flow
      .propertyOf(things(this.holder(pattern, context, trail)), name, trail)
      .flatMap((one) =>
        one.t === 'none' && initializer !== undefined ? this.#flow.origins(initializer, context, trail) : [one],
      );
  }

  /** The value that a pattern takes apart. */
  holder({ parent: holder }: ts.BindingPattern, context: Context, trail: Trail | undefined): Origin[] {
    if (ts.isParameter(holder)) return this.parameter(holder, context, trail);
    if (ts.isBindingElement(holder)) return this.#ofBinding(holder, undefined, context, trail);
    const list = listOfLoop(holder);
    if (list !== undefined) return this.#elementsOf(list, this.#elementOf(list, holder.name), context, trail);
    if (holder.initializer !== undefined) return this.#flow.origins(holder.initializer, context, trail);
    return [{ t: 'open', why: `what ${textOf(holder)} takes is known only at run time` }];
  }
}
