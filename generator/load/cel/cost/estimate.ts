import type { Called, Checked } from '../check.js';
import type { Call, Expression, Fold, ListLiteral, MapLiteral, Select } from '../expression.js';
import type { CelType } from '../types.js';
import { callCost } from './call-cost.js';
import type { Argument, Learned } from './cost-rule.js';
import type { DeclaredSizes } from './declared-sizes.js';
import type { Entries } from './entries.js';
import { Path } from './path.js';
import { endless, fixedSize, joinSizes, product, sum, Uncertain, unknownSize, type Size } from './size.js';

interface Local {
  readonly path: Path;
  readonly size: Size | undefined;
  readonly entries: Entries | undefined;
}

/** Rules that people write have some hundred parts at most. */
const mostSteps = 50_000;
const creation = { list: 10, map: 30 };

/** What no bound makes so dear. */
const astronomic = 1e15;

/** What an expression costs at most. */
export interface Estimate {
  readonly cost: number;
  /** The first part of it whose size the API server does not know, so that no bound in the schema makes it cheap. */
  readonly unsized: Expression | undefined;
}

/**
 * The most that an expression can cost, as the API server estimates it: the algorithm of cel-go, step by step, so that both come to the
 * same number. Throws Uncertain where that cannot be known.
 * @see https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints
 */
export function estimateCost(expression: Expression, checked: Checked, sizes: DeclaredSizes): Estimate {
  const estimator = new Estimator(checked, sizes);
  const cost = estimator.cost(expression);
  return { cost, unsized: estimator.unsized };
}

/** The state of one estimate: what was learned of the expressions so far. */
class Estimator implements Learned {
  readonly #checked: Checked;
  readonly #declared: DeclaredSizes;
  readonly #paths = new Map<Expression, Path>();
  readonly #sizes = new Map<Expression, Size>();
  readonly #entries = new Map<Expression, Entries>();
  readonly #locals = new Map<string, Local[]>();
  #steps = 0;
  unsized: Expression | undefined;

  constructor(checked: Checked, declared: DeclaredSizes) {
    this.#checked = checked;
    this.#declared = declared;
  }

  cost(expression: Expression): number {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new Uncertain();
    switch (expression.t) {
      case 'literal':
        return 0;
      case 'ident':
        this.#paths.set(expression, this.#local(expression.name)?.path ?? Path.of(expression.name));
        return 1;
      case 'select':
        return this.#select(expression);
      case 'call':
        return this.#call(expression);
      case 'list':
        return this.#list(expression);
      case 'map':
        return this.#map(expression);
      case 'message':
        throw new Uncertain();
      case 'fold':
        return expression.isBinding === true ? this.#binding(expression) : this.#fold(expression);
    }
  }

  /** What a place in the schema holds at most. */
  declaredSize(path: Path): Size | undefined {
    if (path.length === 0) return undefined;
    const [, ...below] = path.steps();
    const max = this.#declared.largestAt(below);
    return max === undefined ? undefined : { min: 0, max };
  }

  /** What is known of the entries of an argument. */
  entriesOf(argument: Argument | undefined): Entries | undefined {
    return argument && this.#entriesOf(argument.expression);
  }

  #entriesOf(expression: Expression): Entries | undefined {
    const known = this.#entries.get(expression);
    return known ?? (expression.t === 'ident' ? this.#local(expression.name)?.entries : undefined);
  }

  setEntries(expression: Expression, entries: Entries | undefined): void {
    if (entries !== undefined) this.#entries.set(expression, entries);
  }

  #local(name: string): Local | undefined {
    return this.#locals.get(name)?.at(-1);
  }

  #push(name: string, local: Local): void {
    const known = this.#locals.get(name);
    if (known === undefined) this.#locals.set(name, [local]);
    else known.push(local);
  }

  #pop(name: string): void {
    this.#locals.get(name)?.pop();
  }

  #pathOf(expression: Expression): Path {
    const local = expression.t === 'ident' ? this.#local(expression.name) : undefined;
    return local?.path ?? this.#paths.get(expression) ?? Path.none;
  }

  #sizeOf(expression: Expression): Size | undefined {
    const known = this.#sizes.get(expression) ?? writtenSize(expression);
    if (known !== undefined) return known;
    const declared = this.declaredSize(this.#pathOf(expression));
    if (declared !== undefined) {
      this.#sizes.set(expression, declared);
      return declared;
    }
    if (isScalar(this.#checked.typeOf(expression))) return fixedSize(1);
    return expression.t === 'ident' ? this.#local(expression.name)?.size : undefined;
  }

  #setSize(expression: Expression, size: Size | undefined): void {
    if (size !== undefined) this.#sizes.set(expression, size);
  }

  #select(select: Select): number {
    const name = this.#checked.nameOf(select);
    if (name !== undefined) {
      this.#paths.set(select, Path.of(name));
      return 1;
    }
    const cost = this.cost(select.operand);
    if (select.isTest) return cost;
    const { kind } = this.#checked.typeOf(select.operand);
    this.#paths.set(select, this.#pathOf(select.operand).to(select.field));
    return kind === 'map' || kind === 'object' ? sum(cost, 1) : cost;
  }

  #call(call: Call): number {
    const called = this.#checked.calledBy(call);
    if (called === undefined || called.overloads.length === 0) throw new Uncertain();
    const [first] = call.args;
    if (called.name === 'dyn' && first !== undefined) {
      const cost = this.cost(first);
      this.#setSize(call, this.#sizeOf(first));
      this.setEntries(call, this.#entriesOf(first));
      return sum(1, cost);
    }
    const costs: number[] = [];
    const args = call.args.map((arg) => {
      costs.push(this.cost(arg));
      return this.#argument(arg);
    });
    const targetCost = called.target === undefined ? 0 : this.cost(called.target);
    const target = called.target === undefined ? undefined : this.#argument(called.target);
    return sum(targetCost, this.#called({ call, called, args, target, costs }));
  }

  #argument(expression: Expression): Argument {
    return {
      expression,
      type: this.#checked.typeOf(expression),
      path: this.#pathOf(expression),
      size: this.#sizeOf(expression),
    };
  }

  /** The most that any of the overloads costs. */
  #called(use: {
    readonly call: Call;
    readonly called: Called;
    readonly args: readonly Argument[];
    readonly target: Argument | undefined;
    readonly costs: readonly number[];
  }): number {
    const { call, called, args, target, costs } = use;
    let most = 0;
    let size: Size | undefined;
    for (const overload of called.overloads) {
      const found = callCost({ call, name: called.name, overload, args, target, costs, learned: this });
      most = Math.max(most, found.cost);
      if (found.cost > astronomic) {
        const of = [target, ...args].find((one) => one !== undefined && one.size === undefined);
        this.unsized ??= of?.expression;
      }
      if (found.size !== undefined) size = size === undefined ? found.size : joinSizes(size, found.size);
      const [operand] = args;
      const [container] = overload.params;
      if (
        called.name === '_[_]' &&
        operand !== undefined &&
        (container?.kind === 'list' || container?.kind === 'map')
      ) {
        size = this.#entriesOf(operand.expression)?.value;
        const step = container.kind === 'list' ? '@items' : '@values';
        this.#paths.set(call, this.#pathOf(operand.expression).to(step));
      }
      size ??= this.#sizeOf(call);
    }
    this.#setSize(call, size);
    return most;
  }

  #list(list: ListLiteral): number {
    let cost = creation.list;
    let value = nothingYet(list.elements.length);
    for (const { value: element } of list.elements) {
      cost = sum(cost, this.cost(element));
      value = joinSizes(value, this.#sizeOf(element) ?? unknownSize);
    }
    this.#entries.set(list, { isList: true, key: fixedSize(1), value });
    return cost;
  }

  #map(map: MapLiteral): number {
    let cost = creation.map;
    let key = nothingYet(map.entries.length);
    let value = key;
    for (const entry of map.entries) {
      cost = sum(cost, sum(this.cost(entry.key), this.cost(entry.value)));
      key = joinSizes(key, this.#sizeOf(entry.key) ?? unknownSize);
      value = joinSizes(value, this.#sizeOf(entry.value) ?? unknownSize);
    }
    this.#entries.set(map, { isList: false, key, value });
    return cost;
  }

  #binding(fold: Fold): number {
    const before = sum(this.cost(fold.range), this.cost(fold.start));
    this.#pushValue(fold.accumulator, fold.start);
    const cost = sum(before, this.cost(fold.result));
    this.#pop(fold.accumulator);
    this.#setSize(fold, this.#sizeOf(fold.result));
    this.setEntries(fold, this.#entriesOf(fold.result));
    return cost;
  }

  #pushValue(name: string, value: Expression): void {
    this.#push(name, { path: this.#pathOf(value), size: this.#sizeOf(value), entries: this.#entriesOf(value) });
  }

  #fold(fold: Fold): number {
    const { range, start, step, accumulator, variable, second } = fold;
    const before = sum(this.cost(range), this.cost(start));
    this.#pushValue(accumulator, start);
    this.#pushLoopVariables(fold);
    const round = sum(this.cost(fold.condition), this.cost(step));
    this.#pop(variable);
    if (second !== undefined) this.#pop(second);
    const result = this.cost(fold.result);
    this.#pop(accumulator);
    const rounds = this.#sizeOf(range) ?? unknownSize;
    if (rounds.max > astronomic) this.unsized ??= range;
    if (start.t === 'literal') {
      this.#setSize(fold, this.#sizeOf(start));
    } else if (start.t === 'list' || start.t === 'map') {
      this.#setSize(fold, rounds);
      this.setEntries(fold, this.#entriesOf(step));
    }
    return sum(sum(before, result), product(rounds.max, round));
  }

  #pushLoopVariables({ range, variable, second }: Fold): void {
    const entries = this.#entriesOf(range);
    const path = this.#pathOf(range);
    const isList = entries?.isList ?? this.#checked.typeOf(range).kind === 'list';
    const keys = { size: entries?.key, entries: undefined };
    const values = { size: entries?.value, entries: undefined };
    if (second === undefined) {
      this.#push(variable, isList ? { path: path.to('@items'), ...values } : { path: path.to('@keys'), ...keys });
      return;
    }
    this.#push(variable, { path: path.to(isList ? '@indices' : '@keys'), ...keys });
    this.#push(second, { path: path.to(isList ? '@items' : '@values'), ...values });
  }
}

/** What the sizes of the parts of a literal are added to. */
function nothingYet(parts: number): Size {
  return { min: parts === 0 ? 0 : endless, max: 0 };
}

/** The size of what stands in the rule itself. */
function writtenSize(expression: Expression): Size | undefined {
  if (expression.t === 'literal') return fixedSize(expression.size);
  if (expression.t === 'list') return fixedSize(expression.elements.length);
  return expression.t === 'map' ? fixedSize(expression.entries.length) : undefined;
}

const scalars: ReadonlySet<string> = new Set(['bool', 'double', 'duration', 'int', 'timestamp', 'uint']);

/** Whether values of a type have one size. */
function isScalar({ kind, name, params: [inner] }: CelType): boolean {
  if (scalars.has(kind)) return true;
  return kind === 'opaque' && name === 'optional_type' && inner !== undefined && isScalar(inner);
}
