import { ts } from 'ts-morph';
import { Answers } from './answers.js';
import { Calls } from './calls.js';
import type { CodeIndex } from './code-index.js';
import { isMemberAccess, memberKeyOf, textOf, unwrapped, type MemberAccess } from './expression.js';
import { Fields } from './fields.js';
import { nothing, tooFar, type Following } from './following.js';
import { Names } from './names.js';
import type { OpenProject } from './open-project.js';
import { things, type Context, type Origin } from './origin.js';
import type { RuntimeTypes } from './runtime-types.js';
import { onward, type Trail } from './trail.js';
import { isObject } from './value-types.js';

const mostSteps = 50_000;

/** Follows values back to where they come from: through variables, fields, parameters and what functions return. */
export class Flow implements Following {
  readonly project: OpenProject;
  readonly index: CodeIndex;
  readonly types: RuntimeTypes;
  readonly #fields: Fields = new Fields(this);
  readonly #names: Names = new Names(this);
  readonly #calls: Calls = new Calls(this);
  readonly answers: Answers = new Answers(this);
  #steps = 0;

  constructor(project: OpenProject, index: CodeIndex, types: RuntimeTypes) {
    this.project = project;
    this.index = index;
    this.types = types;
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
    const itself: Origin = { t: 'expression', node: plain, context };
    if (ts.isConditionalExpression(plain))
      return [plain.whenTrue, plain.whenFalse].flatMap((one) => this.origins(one, context, deeper));
    if (ts.isBinaryExpression(plain)) return this.#ofOperation(plain, context, deeper) ?? [itself];
    if (ts.isIdentifier(plain)) {
      if (plain.text === 'undefined') return [{ t: 'none' }];
      return this.named(this.index.symbolAt(plain), plain, context, deeper);
    }
    const key = memberKeyOf(plain);
    if (key !== undefined && isMemberAccess(plain)) return this.#ofMember(plain, key, context, deeper) ?? [itself];
    if (ts.isElementAccessExpression(plain)) return this.#ofElement(plain, context, deeper) ?? [itself];
    return ts.isCallExpression(plain) ? this.#calls.called(plain, context, deeper) : [itself];
  }

  #ofOperation(operation: ts.BinaryExpression, context: Context, trail: Trail): Origin[] | undefined {
    const { left, right } = operation;
    const origins = (one: ts.Expression): Origin[] => this.origins(one, context, trail);
    switch (operation.operatorToken.kind) {
      case ts.SyntaxKind.QuestionQuestionToken:
      case ts.SyntaxKind.BarBarToken:
        return [...origins(left).filter(({ t }) => t !== 'none'), ...origins(right)];
      case ts.SyntaxKind.AmpersandAmpersandToken:
        return [...this.#ifFalsy(left, context, trail), ...origins(right)];
      case ts.SyntaxKind.CommaToken:
        return origins(right);
      default:
        return undefined;
    }
  }

  #ofMember(access: MemberAccess, key: ts.Node, context: Context, trail: Trail): Origin[] | undefined {
    const symbol = this.index.symbolAt(key);
    if (symbol === undefined) return undefined;
    if (this.types.isSubresource(symbol)) return this.origins(access.expression, context, trail);
    // Of a member of a class all that is written shows; what else has members may come from anywhere.
    if (this.#fields.showsWhole(symbol, access)) {
      const written = this.#fields.written(symbol, context, trail);
      return written.length > 0 ? written : undefined;
    }
    const objects = this.origins(access.expression, context, trail);
    const found = this.propertyOf(ts.isOptionalChain(access) ? objects : things(objects), symbol.name, trail);
    // Whether an object is there is known only at run time.
    const mayEnd = access.questionDotToken !== undefined && objects.some((one) => this.answers.isAnswer(one));
    return mayEnd ? [...found, nothing] : found;
  }

  #ofElement(access: ts.ElementAccessExpression, context: Context, trail: Trail): Origin[] | undefined {
    const { checker } = this.project;
    const isIndex = (checker.getTypeAtLocation(access.argumentExpression).flags & ts.TypeFlags.NumberLike) !== 0;
    const lists = isIndex ? this.origins(access.expression, context, trail) : [];
    return this.answers.elements(lists, checker.getTypeAtLocation(access));
  }

  assigned(written: ts.Expression, context: Context, trail?: Trail): Origin[] {
    if (!isWhole(written)) return this.origins(written, context, trail);
    return [{ t: 'open', why: `what ${textOf(written)} gives is known only at run time` }];
  }

  /** The object that a pattern takes apart. */
  holder(pattern: ts.ObjectBindingPattern, context: Context): Origin[] {
    return this.#names.holder(pattern, context, undefined);
  }

  argument(call: ts.CallExpression | ts.NewExpression, at: number, context: Context, trail?: Trail): Origin[] {
    return this.#calls.argument(call, at, context, trail);
  }

  propertyOf(objects: readonly Origin[], name: string, trail?: Trail): Origin[] {
    return this.#fields.propertyOf(objects, name, trail);
  }

  named(symbol: ts.Symbol | undefined, node: ts.Expression, context: Context, trail: Trail | undefined): Origin[] {
    return this.#names.named(symbol, node, context, trail);
  }

  parameter(parameter: ts.ParameterDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    return this.#names.parameter(parameter, context, trail);
  }

  returned(fn: ts.SignatureDeclaration, context: Context, trail: Trail | undefined): Origin[] {
    return this.#calls.returned(fn, context, trail);
  }

  /** Nothing, where the left side of `&&` may be what ends it there. */
  #ifFalsy(node: ts.Expression, context: Context, trail: Trail | undefined): Origin[] {
    const { checker } = this.project;
    if (isObject(checker.getTypeAtLocation(node))) return [];
    const isTrue = this.origins(node, context, trail).every((one) => {
      if (one.t !== 'expression') return false;
      if (ts.isStringLiteralLike(one.node)) return one.node.text !== '';
      // What was awaited on the way is followed to the promise, which is there in any case.
      const type = checker.getTypeAtLocation(one.node);
      return isObject(checker.getAwaitedType(type) ?? type);
    });
    return isTrue ? [] : [nothing];
  }
}

/** Whether what is written is only a part of a value: an element that a loop takes, or what a pattern takes apart. */
function isWhole(written: ts.Expression): boolean {
  const { parent } = written;
  const isOfLoop = (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.expression === written;
  const isOfPattern =
    ts.isBinaryExpression(written) &&
    (ts.isObjectLiteralExpression(written.left) || ts.isArrayLiteralExpression(written.left));
  return isOfLoop || isOfPattern;
}
