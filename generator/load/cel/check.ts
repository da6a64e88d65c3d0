import { quote } from '../json-value.js';
import { callFault, isMacro, noFunction, noVariable } from './call-fault.js';
import {
  startOf,
  type Call,
  type CelFault,
  type Expression,
  type Fold,
  type ListLiteral,
  type MapLiteral,
  type Message,
  type Select,
} from './expression.js';
import { overloadsOf, type Overload } from './functions.js';
import { resolveOverloads } from './overloads.js';
import { isMessageName, isTypeName, Scope } from './scope.js';
import {
  article,
  isDynOrError,
  isOptional,
  listOf,
  mapOf,
  optionalOf,
  simple,
  typeText,
  type CelType,
} from './types.js';
import { TooMuch, Unifier } from './unify.js';

/** What is known of an expression after its check. */
export interface Checked {
  readonly type: CelType;
  /** The variables that it uses, those of macros included. */
  readonly used: ReadonlySet<string>;
  /** The type of each expression in it. */
  readonly typeOf: (expression: Expression) => CelType;
  /** What each call in it calls; undefined where that is not known. */
  readonly calledBy: (call: Call) => Called | undefined;
  /** The name that a selection is as a whole, `net.IP`; undefined where it selects a field. */
  readonly nameOf: (select: Select) => string | undefined;
}

/** The function that a call means. */
export interface Called {
  /** Its full name: `sets.contains`. */
  readonly name: string;
  /** What it is a method of. */
  readonly target: Expression | undefined;
  /** The overloads that take what it is given: several where types are known at runtime only. */
  readonly overloads: readonly Overload[];
}

/** More faults than these nobody reads. */
const mostFaults = 100;

/**
 * Finds the type of an expression, and adds to `faults` all that does not fit in it: the algorithm of cel-go. Throws TooMuch where it
 * gives up; the faults found until then are true.
 */
export function checkCel(expression: Expression, variables: ReadonlyMap<string, CelType>, faults: CelFault[]): Checked {
  const checker = new Checker(variables, faults);
  const type = checker.last(checker.check(expression));
  return {
    type,
    used: checker.used,
    typeOf: (inner) => checker.last(checker.check(inner)),
    calledBy: (call) => checker.called.get(call),
    nameOf: (select) => checker.names.get(select),
  };
}

interface FieldUse {
  readonly name: string;
  readonly at: number;
}

class Checker {
  readonly #faults: CelFault[];
  readonly called = new Map<Call, Called>();
  readonly names = new Map<Select, string>();
  readonly #unifier = new Unifier();
  readonly #types = new Map<Expression, CelType>();
  readonly #scope: Scope;

  constructor(variables: ReadonlyMap<string, CelType>, faults: CelFault[]) {
    this.#scope = new Scope(variables);
    this.#faults = faults;
  }

  get used(): ReadonlySet<string> {
    return this.#scope.used;
  }

  /** The type of an expression, which is found once. */
  check(expression: Expression): CelType {
    const known = this.#types.get(expression);
    if (known !== undefined) return known;
    const type = this.#typeOf(expression);
    this.#types.set(expression, type);
    return type;
  }

  /** What a type is when nothing more can be learned. */
  last(type: CelType): CelType {
    return this.#unifier.resolve(type, true);
  }

  #typeOf(expression: Expression): CelType {
    switch (expression.t) {
      case 'literal':
        return simple[expression.type];
      case 'ident':
        return (
          this.#scope.find(expression.name) ??
          this.#fail(noVariable(expression.name, this.#scope.names(), expression.at))
        );
      case 'select':
        return this.#select(expression);
      case 'call':
        return this.#call(expression);
      case 'list':
        return this.#list(expression);
      case 'map':
        return this.#map(expression);
      case 'message':
        return this.#message(expression);
      case 'fold':
        return this.#fold(expression);
    }
  }

  #fail(fault: CelFault): CelType {
    // Some macros use what they are given twice.
    const isKnown = this.#faults.some(({ at, message }) => at === fault.at && message === fault.message);
    if (!isKnown) this.#faults.push(fault);
    if (this.#faults.length >= mostFaults) throw new TooMuch();
    return simple.error;
  }

  #select(select: Select): CelType {
    const name = select.isTest ? undefined : dottedName(select);
    const type = name === undefined ? undefined : this.#scope.find(name);
    if (name !== undefined && type !== undefined) {
      this.names.set(select, name);
      return type;
    }
    const field = this.#field(select.operand, { name: select.field, at: select.at, optional: false });
    return select.isTest ? simple.bool : field;
  }

  #field(operand: Expression, field: FieldUse & { readonly optional: boolean }): CelType {
    const whole = this.#unifier.resolve(this.check(operand));
    const target = isOptional(whole) ? (whole.params[0] ?? simple.dyn) : whole;
    const type = this.#unifier.resolve(this.#fieldOf(target, field));
    return isOptional(whole) || field.optional ? optionalOf(type) : type;
  }

  #fieldOf(target: CelType, { name, at }: FieldUse): CelType {
    if (target.kind === 'map') return target.params[1] ?? simple.dyn;
    if (target.kind === 'object') {
      const type = target.fieldOf?.(name);
      if (type !== undefined) return type;
      const hint = target.hintFor?.(name);
      const message = `there is no field ${quote(name)} in this ${typeText(target)}`;
      return this.#fail({ at, message, hint });
    }
    if (target.kind === 'variable') this.#unifier.accepts([simple.dyn], [target]);
    else if (!isDynOrError(target))
      this.#fail({ at, message: `${article(target)} has no fields, such as ${quote(name)}` });
    return simple.dyn;
  }

  #call(call: Call): CelType {
    if (call.name === '_?._') return this.#optionalField(call);
    if (isMacro(call)) return this.#fail(noFunction(call, call.name));
    const name = this.#fullName(call);
    // Of what is given to a function that does not exist nothing is said.
    if (name !== undefined && overloadsOf(name) === undefined) return this.#fail(noFunction(call, name));
    const args = call.args.map((arg) => this.check(arg));
    if (name !== undefined) return this.#apply(call, { name, target: undefined }, args);
    const { target } = call;
    return this.#apply(call, { name: call.name, target }, target === undefined ? args : [this.check(target), ...args]);
  }

  /** `sets.contains`, for a function that has more than one name in front of its brackets. */
  #fullName({ name, target }: Call): string | undefined {
    const prefix = target === undefined ? undefined : dottedName(target);
    if (prefix === undefined || isMessageName(prefix)) return undefined;
    const full = `${prefix}.${name}`.replace(/^\./, '');
    const isVariable = this.#scope.find(prefix.replace(/(?!^)\..*/, '')) !== undefined;
    return !isVariable || overloadsOf(full) !== undefined ? full : undefined;
  }

  #optionalField(call: Call): CelType {
    const [operand, field] = call.args;
    if (operand === undefined || field?.t !== 'literal') return simple.error;
    this.called.set(call, { name: call.name, target: undefined, overloads: overloadsOf(call.name) ?? [] });
    return this.#field(operand, { name: field.text ?? '', at: field.at, optional: true });
  }

  /** @param args with what it is a method of in front. */
  #apply(call: Call, { name, target }: Pick<Called, 'name' | 'target'>, args: readonly CelType[]): CelType {
    const bare = name.replace(/^\./, '');
    const candidates = overloadsOf(bare);
    if (candidates === undefined) return this.#fail(noFunction({ ...call, target }, name));
    if (name === '_&&_' || name === '_||_') {
      this.called.set(call, { name, target, overloads: candidates });
      return this.#logical(call, args);
    }
    const found = resolveOverloads(this.#unifier, candidates, { args, isMethod: target !== undefined });
    if (found === undefined) {
      const types = args.map((arg) => this.last(arg));
      return this.#fail(callFault({ ...call, target }, name, types, candidates));
    }
    this.called.set(call, { name: bare, target, overloads: found.overloads });
    return found.type;
  }

  #logical(call: Call, args: readonly CelType[]): CelType {
    const wrong = args.flatMap((type, i) => (this.#unifier.accepts([type], [simple.bool]) ? [] : [{ type, i }]));
    for (const { type, i } of wrong) {
      const what =
        call.madeBy === undefined ? `a side of ${call.name.slice(1, 3)}` : `the condition of ${call.madeBy}()`;
      const side = call.args[i];
      const at = side === undefined ? call.at : startOf(side);
      this.#fail({ at, message: `${what} must be a bool, not ${article(this.last(type))}` });
    }
    return wrong.length === 0 ? simple.bool : simple.error;
  }

  #list({ elements }: ListLiteral): CelType {
    let item: CelType | undefined;
    for (const { value, optional } of elements) item = this.#join(item, this.#element(value, optional));
    return listOf(item ?? this.#unifier.fresh());
  }

  #map({ entries }: MapLiteral): CelType {
    let keys: CelType | undefined;
    let values: CelType | undefined;
    for (const { key, value, optional } of entries) {
      keys = this.#join(keys, this.check(key));
      values = this.#join(values, this.#element(value, optional));
    }
    return mapOf(keys ?? this.#unifier.fresh(), values ?? this.#unifier.fresh());
  }

  #element(value: Expression, optional: boolean): CelType {
    const type = this.check(value);
    if (!optional) return type;
    if (isOptional(type)) return type.params[0] ?? simple.dyn;
    if (!isDynOrError(type))
      this.#fail({ at: startOf(value), message: `behind ? stands an optional, not ${article(this.last(type))}` });
    return type;
  }

  /** What the values of one list have in common. */
  #join(before: CelType | undefined, type: CelType): CelType {
    if (before === undefined) return type;
    return this.#unifier.accepts([before], [type]) ? this.#unifier.mostGeneral(before, type) : simple.dyn;
  }

  #message({ name, values, at }: Message): CelType {
    for (const value of values) this.check(value);
    const bare = name.replace(/^\./, '');
    if (isMessageName(bare) || isTypeName(bare)) return simple.dyn;
    return this.#fail({ at, message: `there is no message ${quote(name)}`, hint: 'A map is written {"key": value}.' });
  }

  #fold(fold: Fold): CelType {
    const range = this.#unifier.resolve(this.check(fold.range));
    const accumulated = this.check(fold.start);
    return this.#scope.within(new Map([[fold.accumulator, accumulated]]), () => {
      this.#scope.within(this.#loopVariables(fold, range), () => this.#loop(fold, accumulated));
      return this.#unifier.resolve(this.check(fold.result));
    });
  }

  #loop(fold: Fold, accumulated: CelType): void {
    this.check(fold.condition);
    const step = this.check(fold.step);
    if (this.#unifier.accepts([accumulated], [step])) return;
    const [wanted, given] = [accumulated, step].map((type) => article(this.last(type)));
    this.#fail({ at: fold.at, message: `${fold.madeBy}() gives ${given} where it gave ${wanted} before` });
  }

  #loopVariables({ variable, second, madeBy, range: iterated }: Fold, range: CelType): Map<string, CelType> {
    const [first = simple.error, value = simple.error] = this.#iterated(range, { madeBy, at: startOf(iterated) });
    const isList = range.kind === 'list';
    if (second === undefined) return new Map([[variable, first]]);
    return new Map([
      [variable, isList ? simple.int : first],
      [second, isList ? first : value],
    ]);
  }

  /** The items of a list, or the keys and values of a map. */
  #iterated(range: CelType, { madeBy, at }: { readonly madeBy: string; readonly at: number }): readonly CelType[] {
    if (range.kind === 'list' || range.kind === 'map') return range.params;
    if (range.kind === 'variable' || isDynOrError(range)) {
      this.#unifier.accepts([simple.dyn], [range]);
      return [simple.dyn, simple.dyn];
    }
    this.#fail({ at, message: `${madeBy}() goes over a list or a map, not ${article(this.last(range))}` });
    return [];
  }
}

/** `a.b.c`, where an expression is that. */
function dottedName(expression: Expression): string | undefined {
  const parts: string[] = [];
  let at = expression;
  while (at.t === 'select' && !at.isTest) {
    parts.push(at.field);
    at = at.operand;
  }
  return at.t === 'ident' ? [at.name, ...parts.reverse()].join('.') : undefined;
}
