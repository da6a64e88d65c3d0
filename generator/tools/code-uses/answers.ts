import { ts } from 'ts-morph';
import { answerShapes, elementShapes, fieldShapes, handlerShapes, methodShapes } from './answer-shapes.js';
import { AnswerTarget } from './answer-target.js';
import type { Handing } from './code-index.js';
import { memberKeyOf, textOf, unwrapped } from './expression.js';
import { nothing, type Following, type FollowingAnswers } from './following.js';
import type { Answer, AnswerShape, Context, Origin } from './origin.js';
import { Rewrites } from './rewrites.js';
import type { Trail } from './trail.js';
import { alternativesOf, isNone } from './value-types.js';

/** Follows objects that the API server answered with: their names and namespaces are those of the request. */
export class Answers implements FollowingAnswers {
  readonly #flow: Following;
  readonly #target: AnswerTarget;
  #rewrites: Rewrites | undefined;

  constructor(flow: Following) {
    this.#flow = flow;
    this.#target = new AnswerTarget(flow);
  }

  isAnswer(origin: Origin): boolean {
    return this.#of(origin) !== undefined;
  }

  field(object: Origin, name: string, trail: Trail | undefined): Origin[] | undefined {
    const answer = this.#of(object);
    if (answer === undefined) return undefined;
    const type = this.#typeOf(object);
    const shape = fieldShapes[answer.shape]?.[name];
    const isTarget = answer.shape === 'metadata' && (name === 'namespace' || name === 'name');
    if ((shape === undefined && !isTarget) || this.#changes.maySet(name, type)) return undefined;
    if (shape !== undefined) return [part(answer, shape, type && this.#typeOfField(type, name))];
    return name === 'name' ? this.#target.names(answer, trail) : this.#target.namespaces(answer, trail);
  }

  elements(lists: readonly Origin[], type: ts.Type): Origin[] | undefined {
    return this.#each(lists, ({ shape }) => elementShapes[shape], type);
  }

  handed(
    parameter: ts.ParameterDeclaration,
    { call, handler: given }: Handing,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] | undefined {
    if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
    if (parameter.initializer !== undefined) return undefined;
    const { name, expression: owner } = call.expression;
    const place = parameter.parent.parameters.indexOf(parameter);
    const type = this.#flow.project.checker.getTypeAtLocation(parameter);
    if (name.text === 'then' && call.arguments[0] === given && place === 0)
      return this.#each(this.#flow.origins(owner, context, trail), ({ shape }) => shape, type);
    const member = this.#flow.types.memberOf(this.#flow.index.symbolAt(name));
    const [event, handler] = call.arguments;
    if (member?.part !== 'Reflector' || member.name !== 'on' || handler !== given || event === undefined)
      return undefined;
    const shape = ts.isStringLiteralLike(event) ? handlerShapes[event.text]?.[place] : undefined;
    return shape === undefined ? undefined : [part({ call, context }, shape, type)];
  }

  passedOn(call: ts.CallExpression, context: Context, trail: Trail | undefined): Origin[] | undefined {
    const callee = unwrapped(call.expression);
    const { checker } = this.#flow.project;
    const type = checker.getTypeAtLocation(call);
    const [object] = call.arguments;
    const copies =
      callee.getText() === 'structuredClone' ||
      this.#flow.types.isFunction(checker.getResolvedSignature(call)?.declaration, 'edit');
    if (copies && object !== undefined)
      return this.#each(this.#flow.origins(object, context, trail), ({ shape }) => shape, type);
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    const { text } = callee.name;
    if (text === 'catch' || text === 'finally') return this.#settled(call, callee.expression, context, trail);
    if (!Object.values(methodShapes).some((methods) => Object.hasOwn(methods, text))) return undefined;
    const objects = this.#flow.origins(callee.expression, context, trail);
    return this.#each(objects, ({ shape }) => methodShapes[shape]?.[text], type);
  }

  /** What a promise gives in the end: nothing else than before, where what is done about an error gives nothing. */
  #settled(
    { expression, arguments: [handler] }: ts.CallExpression,
    promise: ts.Expression,
    context: Context,
    trail: Trail | undefined,
  ): Origin[] | undefined {
    const { checker } = this.#flow.project;
    const answered = this.#each(
      this.#flow.origins(promise, context, trail),
      ({ shape }) => shape,
      checker.getTypeAtLocation(promise),
    );
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'finally') return answered;
    const [signature] = handler === undefined ? [] : checker.getTypeAtLocation(handler).getCallSignatures();
    const isNothing = signature !== undefined && isNone(checker.getReturnTypeOfSignature(signature), checker);
    return isNothing ? answered && [...answered, nothing] : undefined;
  }

  get #changes(): Rewrites {
    this.#rewrites ??= new Rewrites(this.#flow.project);
    return this.#rewrites;
  }

  /** What becomes of answers, where nothing else is among the origins; nothing stays nothing. */
  #each(
    origins: readonly Origin[],
    shapeOf: (answer: Answer) => AnswerShape | undefined,
    type: ts.Type,
  ): Origin[] | undefined {
    if (origins.length === 0) return undefined;
    const found = origins.map((origin): Origin | undefined => {
      if (origin.t === 'none') return origin;
      const answer = this.#of(origin);
      const shape = answer && shapeOf(answer);
      const isMixed = answer?.shape === 'objects' && this.#changes.mayAdd(type);
      return answer === undefined || shape === undefined || isMixed ? undefined : part(answer, shape, type);
    });
    const isKnown = found.some((one) => one?.t === 'open') && !found.includes(undefined);
    return isKnown ? found.flatMap((one) => one ?? []) : undefined;
  }

  #of(origin: Origin): Answer | undefined {
    if (origin.t === 'open') return origin.answer;
    if (origin.t === 'none' || !ts.isCallExpression(origin.node)) return undefined;
    const { node: call, context } = origin;
    const key = memberKeyOf(unwrapped(call.expression));
    const member = key && this.#flow.types.memberOf(this.#flow.index.symbolAt(key));
    const shape = member && answerShapes[member.part]?.[member.name];
    return shape === undefined ? undefined : { call, context, shape };
  }

  #typeOf(object: Origin): ts.Type | undefined {
    const { checker } = this.#flow.project;
    const type = object.t === 'expression' ? checker.getTypeAtLocation(object.node) : undefined;
    const found = object.t === 'open' ? object.type : type;
    return found && checker.getNonNullableType(checker.getAwaitedType(found) ?? found);
  }

  /** The type of a field; of an event of a watch that of an object, not that of a bookmark, which has less. */
  #typeOfField(type: ts.Type, name: string): ts.Type | undefined {
    const { checker } = this.#flow.project;
    const types = alternativesOf(type).flatMap((one) => {
      const symbol = checker.getPropertyOfType(one, name);
      return symbol === undefined ? [] : [checker.getTypeOfSymbol(symbol)];
    });
    const sizes = types.map((one) => checker.getPropertiesOfType(one).length);
    return types[sizes.indexOf(Math.max(...sizes))];
  }
}

function part({ call, context }: Omit<Answer, 'shape'>, shape: AnswerShape, type: ts.Type | undefined): Origin {
  const why = `what ${textOf(call)} answers is known only at run time`;
  return { t: 'open', why, answer: { call, context, shape }, ...(type === undefined ? {} : { type }) };
}
