import { ts } from 'ts-morph';
import type { CodeIndex } from './code-index.js';
import { nameText, textOf, unwrapped } from './expression.js';
import { isChangedLater, isRefilled, listOfCallback, listOfLoop } from './list-of-elements.js';
import type { OpenProject } from './open-project.js';
import { NeedsCallers, type Context, type Origin } from './origin.js';
import type { RuntimeTypes } from './runtime-types.js';
import { onward, type Trail } from './trail.js';

const maxDepth = 12;
const mostSteps = 50_000;
const nothing: Origin = { t: 'none' };
const missing: Origin = { t: 'none', isMissing: true };
const tooFar: Origin = { t: 'open', why: 'it comes through too many places' };

/** Follows values back to where they come from: through variables, fields, parameters and what functions return. */
export class Flow {
  readonly #project: OpenProject;
  readonly #index: CodeIndex;
  readonly #types: RuntimeTypes;
  #steps = 0;

  constructor(project: OpenProject, index: CodeIndex, types: RuntimeTypes) {
    this.#project = project;
    this.#index = index;
    this.#types = types;
  }

  /** To be called before each look at a place: what is followed for one look has an end. */
  begin(): void {
    this.#steps = 0;
  }

  /** Where the value of an expression comes from. */
  origins(node: ts.Expression, context: Context, trail?: Trail): Origin[] {
    const plain = unwrapped(node);
    const deeper = onward(trail, plain, context);
    if (deeper === 'circle') return [];
    if (deeper === 'too far' || ++this.#steps > mostSteps) return [tooFar];
    if (ts.isConditionalExpression(plain))
      return [plain.whenTrue, plain.whenFalse].flatMap((one) => this.origins(one, context, deeper));
    if (ts.isBinaryExpression(plain)) {
      const { kind } = plain.operatorToken;
      const isEither = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
      if (isEither) {
        const left = this.origins(plain.left, context, deeper).filter(({ t }) => t !== 'none');
        return [...left, ...this.origins(plain.right, context, deeper)];
      }
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
        return [...this.#ifFalsy(plain.left, context, deeper), ...this.origins(plain.right, context, deeper)];
      if (kind === ts.SyntaxKind.CommaToken) return this.origins(plain.right, context, deeper);
    }
    if (ts.isIdentifier(plain)) {
      if (plain.text === 'undefined') return [{ t: 'none' }];
      return this.#ofSymbol(this.#index.symbolAt(plain), plain, context, deeper);
    }
    const key = keyOf(plain);
    if (key !== undefined && isAccess(plain)) {
      const symbol = this.#index.symbolAt(key);
      if (symbol !== undefined && this.#types.isSubresource(symbol))
        return this.origins(plain.expression, context, deeper);
      // Of a member of a class all that is written shows; what else has members may come from anywhere.
      return symbol === undefined || this.#showsWhole(symbol, plain)
        ? this.#ofProperty(symbol, plain, context, deeper)
        : this.#propertyOf(this.origins(plain.expression, context, deeper), symbol.name, deeper);
    }
    if (ts.isCallExpression(plain)) return this.#ofCall(plain, context, deeper);
    return [{ t: 'expression', node: plain, context }];
  }

  /** Nothing, where the left side of `&&` may be what ends it there. */
  #ifFalsy(node: ts.Expression, context: Context, trail: Trail | undefined): Origin[] {
    if (isObject(this.#project.checker.getTypeAtLocation(node))) return [];
    const isTrue = this.origins(node, context, trail).every(
      (one) =>
        one.t === 'expression' &&
        (ts.isStringLiteralLike(one.node)
          ? one.node.text !== ''
          : isObject(this.#project.checker.getTypeAtLocation(one.node))),
    );
    return isTrue ? [] : [nothing];
  }

  /** Whether all that a member may be shows where it is written. */
  #showsWhole(symbol: ts.Symbol, access: Access): boolean {
    const key = keyOf(access);
    if ((key !== undefined && ts.isPrivateIdentifier(key)) || this.#types.memberOf(symbol) !== undefined) return true;
    return this.#isDeclaredByCode(symbol) && !this.#mayBeNone(this.#project.checker.getTypeAtLocation(access));
  }

  /** Whether a member is declared by what makes it, not by an interface that anything may fit. */
  #isDeclaredByCode({ declarations = [] }: ts.Symbol): boolean {
    return declarations.every((one) => !ts.isPropertySignature(one) && this.#project.isOwn(one.getSourceFile()));
  }

  #mayBeNone(type: ts.Type): boolean {
    const { Undefined, Void, Any, Unknown } = ts.TypeFlags;
    return (type.isUnion() ? type.types : [type]).some(
      ({ flags }) => (flags & (Undefined | Void | Any | Unknown)) !== 0,
    );
  }

  /** Where a field of an object comes from; `none` where the object has none. */
  property(node: ts.Expression, name: string, context: Context): Origin[] {
    return this.#propertyOf(this.origins(node, context), name, undefined);
  }

  /** The object that a pattern takes apart. */
  holder(pattern: ts.ObjectBindingPattern, context: Context): Origin[] {
    return this.#ofHolder(pattern, context, undefined);
  }

  /** The argument at a place of a call. */
  argument(call: ts.CallExpression | ts.NewExpression, at: number, context: Context): Origin[] {
    return this.#argument(call, at, context, undefined);
  }

  #argument(
    call: ts.CallExpression | ts.NewExpression,
    at: number,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    const args = call.arguments ?? [];
    if (args.slice(0, at + 1).some((one) => ts.isSpreadElement(one)))
      return [{ t: 'open', why: 'the arguments are spread' }];
    const arg = args[at];
    return arg === undefined ? [{ t: 'none' }] : this.origins(arg, context, trail);
  }

  /** The field of each of these objects. */
  propertyOf(objects: readonly Origin[], name: string): Origin[] {
    return this.#propertyOf(objects, name, undefined);
  }

  #propertyOf(objects: readonly Origin[], name: string, trail: Trail | undefined): Origin[] {
    const { checker } = this.#project;
    return objects.flatMap((object): Origin[] => {
      if (object.t === 'none') return [missing];
      if (object.t === 'expression' && ts.isObjectLiteralExpression(object.node))
        return this.#ofLiteral(object.node, name, object.context, trail);
      const type = object.t === 'expression' ? checker.getTypeAtLocation(object.node) : object.type;
      const what = object.t === 'expression' ? textOf(object.node) : undefined;
      if (type === undefined || (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0)
        return [object.t === 'open' ? object : { t: 'open', why: `${what} has no type that tells` }];
      const symbol = checker.getPropertyOfType(checker.getNonNullableType(type), name);
      if (symbol === undefined) return [missing];
      if (this.#types.isSubresource(symbol)) return [object];
      const found = object.t === 'open' ? [] : this.#ofProperty(symbol, undefined, object.context, trail);
      if (found.length > 0 && this.#isDeclaredByCode(symbol)) return found;
      const why = object.t === 'open' ? object.why : `${name} of ${what} is known only at run time`;
      return [...found, { t: 'open', why, type: checker.getTypeOfSymbol(symbol), symbol }];
    });
  }

  /** The last that is written counts; what is spread in may have the field or not. */
  #ofLiteral(literal: ts.ObjectLiteralExpression, name: string, context: Context, trail: Trail | undefined): Origin[] {
    const deeper = onward(trail, literal, context);
    if (deeper === 'circle') return [];
    if (deeper === 'too far') return [tooFar];
    const expected = this.#project.checker.getContextualType(literal)?.getProperty(name);
    const written = [
      ...(expected?.declarations ?? []),
      ...literal.properties.filter((one) => one.name !== undefined && nameText(one.name) === name),
    ].flatMap((one) => this.#index.writesTo(one));
    const found = written.flatMap((one) => this.origins(one, context, deeper));
    if (isRefilled(literal, this.#project, this.#index))
      found.push({ t: 'open', why: `the object ${textOf(literal)} is changed later` });
    for (const property of [...literal.properties].reverse()) {
      if (ts.isSpreadAssignment(property)) {
        const inside = this.#propertyOf(this.origins(property.expression, context, deeper), name, deeper);
        found.push(...inside.filter((one) => one.t !== 'none' || one.isMissing !== true));
        if (inside.some(({ t }) => t === 'none') || inside.length === 0) continue;
        return found;
      }
      if (property.name !== undefined && ts.isComputedPropertyName(property.name)) {
        const computed = this.#project.checker.getTypeAtLocation(property.name.expression);
        if (!computed.isStringLiteral()) return [...found, { t: 'open', why: 'a field has a computed name' }];
        if (computed.value !== name) continue;
      } else if (property.name === undefined || nameText(property.name) !== name) continue;
      if (ts.isPropertyAssignment(property)) return [...found, ...this.origins(property.initializer, context, trail)];
      if (ts.isShorthandPropertyAssignment(property)) {
        const symbol = this.#index.symbolAt(property.name);
        return [...found, ...this.#ofSymbol(symbol, property.name, context, trail)];
      }
      return [...found, { t: 'open', why: `${name} is computed` }];
    }
    return [...found, missing];
  }

  #ofSymbol(symbol: ts.Symbol | undefined, node: ts.Expression, context: Context, trail: Trail | undefined): Origin[] {
    const declaration = symbol?.valueDeclaration;
    const itself: Origin = { t: 'expression', node, context };
    if (declaration === undefined) return [itself];
    if (ts.isParameter(declaration)) return this.#ofParameter(declaration, context, trail);
    if (ts.isBindingElement(declaration)) return this.#ofBinding(declaration, node, context, trail);
    if (!ts.isVariableDeclaration(declaration)) return [itself];
    const writes = this.#index.writesTo(declaration);
    const { initializer } = declaration;
    const list = initializer === undefined ? listOfLoop(declaration) : undefined;
    if (list !== undefined) return this.#elementsOf(list, node, context, trail);
    const from = [...(initializer === undefined ? [] : [initializer]), ...writes];
    if (from.length === 0) return [itself];
    const isUnset = initializer === undefined && this.#mayBeNone(this.#project.checker.getTypeAtLocation(node));
    return [...(isUnset ? [nothing] : []), ...from.flatMap((one) => this.origins(one, context, trail))];
  }

  /** What a loop over a list that is written out goes through. */
  #elementsOf(
    list: ts.Expression,
    node: ts.Expression | undefined,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    return this.origins(list, context, trail).flatMap((origin): Origin[] => {
      if (origin.t !== 'expression' || !ts.isArrayLiteralExpression(origin.node))
        return node === undefined
          ? [{ t: 'open', why: `what ${textOf(list)} holds is known only at run time` }]
          : [{ t: 'expression', node, context }];
      const elements = origin.node.elements.flatMap((one) => this.origins(one, origin.context, trail));
      if (!isChangedLater(origin.node, this.#project, this.#index)) return elements;
      return [...elements, { t: 'open', why: `the list ${textOf(origin.node)} is changed later` }];
    });
  }

  #ofParameter(parameter: ts.ParameterDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    const fn = parameter.parent;
    const at = context.findIndex((frame) => frame.fn === fn);
    const frame = context[at];
    if (frame === undefined) {
      const list = listOfCallback(parameter);
      if (list === undefined) throw new NeedsCallers(fn, context);
      return this.#elementsOf(list, undefined, context, trail);
    }
    if (frame.call === undefined) {
      const type = this.#project.checker.getTypeAtLocation(parameter);
      return [{ t: 'open', why: frame.why, type: this.#project.checker.getBaseConstraintOfType(type) ?? type }];
    }
    if (parameter.dotDotDotToken !== undefined) return [{ t: 'open', why: 'it is one of any number of arguments' }];
    const own = fn.parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
    const given = this.#argument(frame.call, own.indexOf(parameter), context.slice(at + 1), trail);
    const { initializer } = parameter;
    const filled =
      initializer === undefined
        ? given
        : given.flatMap((one) => (one.t === 'none' ? this.origins(initializer, context, trail) : [one]));
    return [...filled, ...this.#index.writesTo(parameter).flatMap((one) => this.origins(one, context, trail))];
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
    return this.#propertyOf(this.#ofHolder(pattern, context, trail), name, trail).flatMap((one) =>
      one.t === 'none' && initializer !== undefined ? this.origins(initializer, context, trail) : [one],
    );
  }

  #ofHolder({ parent: holder }: ts.BindingPattern, context: Context, trail: Trail | undefined): Origin[] {
    if (ts.isParameter(holder)) return this.#ofParameter(holder, context, trail);
    if (ts.isBindingElement(holder)) return this.#ofBinding(holder, undefined, context, trail);
    const list = listOfLoop(holder);
    if (list !== undefined) return this.#elementsOf(list, list, context, trail);
    if (holder.initializer !== undefined) return this.origins(holder.initializer, context, trail);
    return [{ t: 'open', why: `what ${textOf(holder)} takes is known only at run time` }];
  }

  #ofProperty(
    symbol: ts.Symbol | undefined,
    node: ts.Expression | undefined,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] {
    const own = symbol?.declarations ?? [];
    const declarations = [...own, ...own.flatMap((one) => this.#index.overridesOf(one))];
    const found = declarations.flatMap((declaration): Origin[] => {
      const deeper = onward(trail, declaration, context);
      if (deeper === 'circle') return [];
      if (deeper === 'too far') return [tooFar];
      const writes = this.#index.writesTo(declaration);
      const written = [...writes, ...this.#index.fieldsFor(declaration)].flatMap((one) =>
        this.origins(one, context, deeper),
      );
      if (ts.isPropertyAssignment(declaration))
        return [...written, ...this.origins(declaration.initializer, context, deeper)];
      if (ts.isShorthandPropertyAssignment(declaration)) {
        const value = this.#index.symbolAt(declaration.name);
        return [...written, ...this.#ofSymbol(value, declaration.name, context, deeper)];
      }
      if (ts.isPropertyDeclaration(declaration) && declaration.initializer !== undefined)
        return [...written, ...this.origins(declaration.initializer, context, deeper)];
      if (ts.isParameter(declaration)) return [...written, ...this.#ofParameter(declaration, context, deeper)];
      if (ts.isGetAccessorDeclaration(declaration)) return this.#returnsOf(declaration, context, deeper);
      const isUnset =
        written.length > 0 &&
        ts.isPropertyDeclaration(declaration) &&
        this.#mayBeNone(this.#project.checker.getTypeAtLocation(declaration)) &&
        !writes.some((one) => ts.findAncestor(one, (around) => ts.isConstructorDeclaration(around)) !== undefined);
      return isUnset ? [...written, nothing] : written;
    });
    return found.length === 0 && node !== undefined ? [{ t: 'expression', node, context }] : found;
  }

  #ofCall(call: ts.CallExpression, context: Context, trail: Trail | undefined): Origin[] {
    // Inside a generic function the type says less than where it is called.
    if (this.#types.definitionIn(this.#project.checker.getTypeAtLocation(call)) !== undefined)
      return [{ t: 'expression', node: call, context }];
    const declaration = this.#project.checker.getResolvedSignature(call)?.declaration;
    const fn =
      declaration === undefined || ts.isJSDocSignature(declaration) ? undefined : implementationOf(declaration);
    const returned =
      fn === undefined || !this.#project.isOwn(fn.getSourceFile())
        ? []
        : [fn, ...this.#overridesOf(fn)].flatMap((one) =>
            this.#returnsOf(one, [{ fn: one, call, why: '' }, ...context], trail),
          );
    return returned.length === 0 ? [{ t: 'expression', node: call, context }] : returned;
  }

  /** The functions that a call of a method may mean in classes that extend its own. What implements an interface is not all that may. */
  #overridesOf(fn: ts.SignatureDeclaration): ts.SignatureDeclaration[] {
    if (!ts.isMethodDeclaration(fn)) return [];
    return this.#index.overridesOf(fn).flatMap((one) => {
      const held = ts.isPropertyDeclaration(one) ? one.initializer : one;
      return held !== undefined && ts.isFunctionLike(held) ? [held] : [];
    });
  }

  #returnsOf(fn: ts.SignatureDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    if (context.length > maxDepth) return [{ t: 'open', why: 'it comes through too many calls' }];
    const { checker } = this.#project;
    const { body, asteriskToken } = fn as ts.FunctionLikeDeclaration;
    if (asteriskToken !== undefined) return [];
    const returned: ts.Expression[] = [];
    let isOpen = (fn.flags & ts.NodeFlags.HasImplicitReturn) !== 0;
    const visit = (node: ts.Node): void => {
      if (ts.isReturnStatement(node) && node.expression === undefined) isOpen = true;
      else if (ts.isReturnStatement(node) && node.expression !== undefined) returned.push(node.expression);
      else if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
    };
    if (body !== undefined && ts.isBlock(body)) visit(body);
    else if (body !== undefined) returned.push(body);
    const type = checker.getSignatureFromDeclaration(fn)?.getReturnType();
    // A switch over all that there is ends the function, which only the type tells.
    const mayEnd = isOpen && type !== undefined && this.#mayBeNone(checker.getAwaitedType(type) ?? type);
    const found = returned.flatMap((one) => this.origins(one, context, trail));
    return mayEnd && found.length > 0 ? [...found, nothing] : found;
  }
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Expression): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** What names the member in `a.b` and `a['b']`. */
function keyOf(node: ts.Expression): ts.Node | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression
    : undefined;
}

/** Whether a value of this type is true in every case. */
function isObject(type: ts.Type): boolean {
  return (type.isUnion() ? type.types : [type]).every(({ flags }) => (flags & ts.TypeFlags.Object) !== 0);
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
