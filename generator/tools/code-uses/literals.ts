import { ts } from 'ts-morph';
import { textOf, unwrapped } from './expression.js';
import type { Flow } from './flow.js';
import { isChangedLater } from './list-of-elements.js';
import type { Context, Origin } from './origin.js';
import { anything, ownNamespace } from './request-target.js';
import { alternativesOf } from './value-types.js';

/** The strings that a value may be. */
export interface Strings {
  readonly values: readonly string[];
  /** Whether it may be `undefined`, or left out. */
  readonly mayBeNone: boolean;
  /** Why it may be something else, too. */
  readonly why?: string;
}

const maxTexts = 200;
const nowhere: Strings = { values: [], mayBeNone: false, why: 'it only comes from itself' };
const none: Strings = { values: [], mayBeNone: true };

/** Reads strings out of code, where they are literals. */
export class Literals {
  readonly #flow: Flow;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  /** The strings that these may be. */
  strings(origins: readonly Origin[]): Strings {
    if (origins.length === 0) return nowhere;
    return together(
      origins.map((origin) => {
        if (origin.t === 'none') return none;
        if (origin.t === 'open') return this.#ofOpen(origin);
        const { node, context } = origin;
        return (
          this.byType(node) ?? this.#concatenated(node, context) ?? unknown(`${textOf(node)} is known only at run time`)
        );
      }),
    );
  }

  #ofOpen({ why, type, symbol, isOwn, within }: Extract<Origin, { readonly t: 'open' }>): Strings {
    if (isOwn === true || this.#isOwnNamespace(symbol)) return { values: [ownNamespace], mayBeNone: false };
    if (within !== undefined) {
      const given = this.strings(within.given);
      if (given.why === undefined && !given.mayBeNone) return given;
      const all = this.list(within.lists);
      return all.mayBeNone ? unknown(all.why ?? why) : all;
    }
    return (type && stringsOfType(type)) ?? unknown(why);
  }

  /** The strings of an expression: by its type, else by where it comes from. */
  stringsOf(node: ts.Expression, context: Context): Strings {
    return this.byType(node) ?? this.strings(this.#flow.origins(node, context));
  }

  /** The strings that a type names, where it names all. */
  byType(node: ts.Expression): Strings | undefined {
    return stringsOfType(this.#flow.project.checker.getTypeAtLocation(node));
  }

  /** The strings in a list; no value where there is no list. */
  list(origins: readonly Origin[]): Strings {
    if (origins.length === 0) return nowhere;
    return together(
      origins.map((origin) => {
        if (origin.t === 'none') return none;
        if (origin.t === 'open') return unknown(origin.why);
        const { node, context } = origin;
        if (ts.isArrayLiteralExpression(node)) return this.#elements(node, context);
        return this.#byListType(node) ?? unknown(`${textOf(node)} is known only at run time`);
      }),
    );
  }

  /** The texts that an expression makes, with `anything` for each part that is not known; `undefined`: nothing is known of it. */
  texts(origins: readonly Origin[]): readonly string[] | undefined {
    const all: string[] = [];
    for (const origin of origins) {
      if (origin.t !== 'expression') return undefined;
      const texts = this.#textsOf(origin.node, origin.context);
      if (texts === undefined) return undefined;
      all.push(...texts);
    }
    return all.length === 0 ? undefined : [...new Set(all)];
  }

  #elements(list: ts.ArrayLiteralExpression, context: Context): Strings {
    if (isChangedLater(list, this.#flow)) return unknown(`the list ${textOf(list)} is changed later`);
    const found = list.elements.map((one) => {
      if (!ts.isSpreadElement(one)) return { ...this.stringsOf(one, context), mayBeNone: false };
      return this.#byListType(one.expression) ?? this.list(this.#flow.origins(one.expression, context));
    });
    return { ...together(found), mayBeNone: false };
  }

  #byListType(node: ts.Expression): Strings | undefined {
    const { checker } = this.#flow.project;
    const type = checker.getTypeAtLocation(node);
    const members = alternativesOf(type);
    const lists = members.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
    if (lists.length === 0 || !lists.every((one) => checker.isTupleType(one) || checker.isArrayType(one)))
      return undefined;
    const items = lists.flatMap((one) => checker.getTypeArguments(one as ts.TypeReference).map(stringsOfType));
    if (items.some((one) => one === undefined)) return undefined;
    return { ...together(items.flatMap((one) => one ?? [])), mayBeNone: lists.length < members.length };
  }

  #concatenated(node: ts.Expression, context: Context): Strings | undefined {
    const texts = this.#textsOf(node, context);
    if (texts === undefined || texts.some((text) => text !== ownNamespace && text.includes(anything))) return undefined;
    return { values: texts, mayBeNone: false };
  }

  #textsOf(node: ts.Expression, context: Context): readonly string[] | undefined {
    const typed = this.byType(node);
    if (typed !== undefined && !typed.mayBeNone) return typed.values;
    const plain = unwrapped(node);
    const name = ts.isPropertyAccessExpression(plain) ? plain.name : plain;
    if (this.#isOwnNamespace(this.#flow.index.symbolAt(name))) return [ownNamespace];
    if (ts.isTemplateExpression(plain)) {
      const parts = plain.templateSpans.map(({ expression, literal }) => [
        this.#part(expression, context),
        [literal.text],
      ]);
      return product([[plain.head.text], ...parts.flat()]);
    }
    if (ts.isBinaryExpression(plain) && plain.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return product([this.#part(plain.left, context), this.#part(plain.right, context)]);
    return undefined;
  }

  /** `cluster.namespace` */
  #isOwnNamespace(symbol: ts.Symbol | undefined): boolean {
    const member = this.#flow.types.memberOf(symbol);
    return member?.part === 'Cluster' && member.name === 'namespace';
  }

  #part(node: ts.Expression, context: Context): readonly string[] {
    const plain = unwrapped(node);
    if (
      ts.isCallExpression(plain) &&
      ts.isIdentifier(plain.expression) &&
      plain.expression.text === 'encodeURIComponent'
    ) {
      const [arg] = plain.arguments;
      return arg === undefined ? [anything] : this.#part(arg, context);
    }
    const typed = this.byType(plain);
    if (typed !== undefined && !typed.mayBeNone) return typed.values;
    return this.texts(this.#flow.origins(plain, context)) ?? [anything];
  }
}

function stringsOfType(type: ts.Type): Strings | undefined {
  const members = alternativesOf(type);
  const values: string[] = [];
  let mayBeNone = false;
  for (const member of members) {
    if (member.isStringLiteral()) values.push(member.value);
    else if ((member.flags & ts.TypeFlags.Undefined) !== 0) mayBeNone = true;
    else return undefined;
  }
  return { values, mayBeNone };
}

function together(all: readonly Strings[]): Strings {
  const why = all.find((one) => one.why !== undefined)?.why;
  return {
    values: [...new Set(all.flatMap(({ values }) => values))],
    mayBeNone: all.some(({ mayBeNone }) => mayBeNone),
    ...(why === undefined ? {} : { why }),
  };
}

function unknown(why: string): Strings {
  return { values: [], mayBeNone: false, why };
}

/** Every text that takes one of each of these parts, in their order; `undefined`: they are too many. */
export function product(parts: readonly (readonly string[])[]): readonly string[] | undefined {
  const texts = parts.reduce<readonly string[]>(
    (before, part) =>
      before.length * part.length > maxTexts ? [] : before.flatMap((one) => part.map((next) => one + next)),
    [''],
  );
  return texts.length === 0 ? undefined : texts;
}
