import { ts } from 'ts-morph';
import { clientCalls } from './client-calls.js';
import { isMemberAccess, memberKeyOf, textOf, unwrapped } from './expression.js';
import { tooFar, type Following } from './following.js';
import type { Answer, Origin } from './origin.js';
import { constructionOf } from './reflector-construction.js';
import type { RuntimeMember } from './runtime-types.js';
import { onward, type Trail } from './trail.js';

const own: Origin = { t: 'open', why: 'it is the namespace of the connection', isOwn: true };

/** Where the calls of a reflector say which namespace they are about: in an argument, or in the options that one is. */
const reflectorPlaces: Readonly<Record<string, { readonly argument?: number; readonly options?: number }>> = {
  get: { argument: 1 },
  list: { options: 0 },
  changes: { options: 0 },
  waitFor: { options: 1 },
  on: { options: 2 },
};

/** A request, and what it was made with. */
interface Request extends Omit<Answer, 'shape'> {
  readonly member: RuntimeMember;
  /** The clients or reflectors that it may be of. */
  readonly makers: readonly Extract<Origin, { readonly t: 'expression' }>[];
  readonly trail: Trail;
}

/** Reads the names and namespaces of objects out of the requests that they are the answers to. */
export class AnswerTarget {
  readonly #flow: Following;

  constructor(flow: Following) {
    this.#flow = flow;
  }

  names(answer: Answer, trail: Trail | undefined): Origin[] {
    return this.#ofRequest(answer, trail, (request) => this.#namesOf(request)) ?? [unknown(answer, 'name')];
  }

  namespaces(answer: Answer, trail: Trail | undefined): Origin[] {
    const found = this.#ofRequest(answer, trail, (request) =>
      // What has no namespace is asked for in that of the connection, or in all.
      request.makers.every(({ node }) => this.#isNamespaced(node)) ? this.#namespacesOf(request) : undefined,
    );
    return found ?? [unknown(answer, 'namespace')];
  }

  #ofRequest(
    { call, context }: Answer,
    before: Trail | undefined,
    read: (request: Request) => Origin[] | undefined,
  ): Origin[] | undefined {
    const trail = onward(before, call, context);
    if (trail === 'circle') return [];
    if (trail === 'too far') return [tooFar];
    const callee = unwrapped(call.expression);
    const key = memberKeyOf(callee);
    const symbol = key && this.#flow.index.symbolAt(key);
    const member = this.#flow.types.memberOf(symbol);
    if (member === undefined || !isMemberAccess(callee) || this.#isOverridden(symbol)) return undefined;
    const found = this.#flow.origins(callee.expression, context, trail);
    const makers = found.flatMap((one) => (one.t === 'expression' && this.#isPlain(one, trail) ? [one] : []));
    const isPlain =
      makers.length > 0 && found.every((one) => one.t === 'none' || makers.some((maker) => maker === one));
    return isPlain ? read({ call, context, member, makers, trail }) : undefined;
  }

  /** Whether a client comes from the cluster, or a reflector is made: what stands for one may answer with other objects. */
  #isPlain({ node, context }: Request['makers'][number], trail: Trail): boolean {
    const { types, index, project } = this.#flow;
    if (ts.isNewExpression(node)) return types.partsOf(project.checker.getTypeAtLocation(node)).length > 0;
    const callee = ts.isCallExpression(node) ? unwrapped(node.expression) : node;
    const key = memberKeyOf(callee);
    const member = key && types.memberOf(index.symbolAt(key));
    if (member?.part !== 'Cluster' || member.name !== 'resource' || !isMemberAccess(callee)) return false;
    return this.#flow
      .origins(callee.expression, context, trail)
      .every(
        (one) => one.t !== 'expression' || !(ts.isObjectLiteralExpression(one.node) || ts.isNewExpression(one.node)),
      );
  }

  #isOverridden(symbol: ts.Symbol | undefined): boolean {
    return symbol?.declarations?.some((one) => this.#flow.index.overridesOf(one).length > 0) === true;
  }

  #isNamespaced(maker: ts.Expression): boolean {
    const parts = this.#flow.types.partsOf(this.#flow.project.checker.getTypeAtLocation(maker));
    const scopes = parts.flatMap((one) =>
      one.part === 'Client' || one.part === 'Reflector' ? [one.arguments[2]] : [],
    );
    return scopes.length > 0 && scopes.every((one) => one?.isStringLiteral() === true && one.value === 'Namespaced');
  }

  #namesOf({ call, context, member: { part, name }, trail }: Request): Origin[] | undefined {
    const first = part === 'Reflector' ? (name === 'get' ? 'name' : undefined) : callOf({ part, name })?.first;
    if (first === undefined) return undefined;
    const given = this.#flow.argument(call, 0, context, trail);
    if (first === 'name') return given;
    const written = this.#written(given, 'name', trail);
    // The server makes one up.
    return written.some(({ t }) => t === 'none') ? undefined : written;
  }

  #namespacesOf(request: Request): Origin[] | undefined {
    const { call, context, member, trail } = request;
    if (member.part === 'Reflector') return this.#ofReflector(request);
    const meaning = callOf(member);
    if (meaning === undefined) return undefined;
    const given = this.#flow.propertyOf(this.#flow.argument(call, meaning.options, context, trail), 'namespace', trail);
    const isOpen = given.some(({ t }) => t === 'none');
    if (!isOpen) return given;
    if (meaning.without === 'all') return undefined;
    const inside =
      meaning.first === 'name'
        ? [own]
        : this.#written(this.#flow.argument(call, 0, context, trail), 'namespace', trail).map((one) =>
            isNone(one) ? own : one,
          );
    return [...given.filter(({ t }) => t !== 'none'), ...inside];
  }

  /** A reflector shows nothing of other namespaces than its own. */
  #ofReflector({ call, context, member, makers, trail }: Request): Origin[] {
    const { argument, options } = reflectorPlaces[member.name] ?? {};
    const given =
      argument !== undefined
        ? this.#flow.argument(call, argument, context, trail)
        : options === undefined
          ? []
          : this.#flow.propertyOf(this.#flow.argument(call, options, context, trail), 'namespace', trail);
    const lists = makers.flatMap(({ node, context: made }) =>
      ts.isNewExpression(node)
        ? this.#flow.propertyOf(constructionOf(node, made, this.#flow).options, 'namespaces', trail)
        : [],
    );
    return [{ t: 'open', why: unknown({ call }, 'namespace').why, within: { given, lists } }];
  }

  #written(objects: readonly Origin[], field: string, trail: Trail): Origin[] {
    return this.#flow.propertyOf(this.#flow.propertyOf(objects, 'metadata', trail), field, trail);
  }
}

function callOf({ part, name }: RuntimeMember): (typeof clientCalls)['Client'][string] | undefined {
  return part === 'Client' || part === 'StatusClient' ? clientCalls[part][name] : undefined;
}

/** An empty namespace is none. */
function isNone(origin: Origin): boolean {
  return (
    origin.t === 'none' || (origin.t === 'expression' && ts.isStringLiteralLike(origin.node) && origin.node.text === '')
  );
}

function unknown({ call }: Pick<Answer, 'call'>, field: string): Extract<Origin, { readonly t: 'open' }> {
  return { t: 'open', why: `the ${field} of what ${textOf(call)} answers is known only at run time` };
}
