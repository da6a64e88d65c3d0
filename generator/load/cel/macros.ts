import { CelError, depthOf, operandsOf, type Call, type Expression, type Fold } from './expression.js';

/** A call as it was written, which may be that of a macro. */
export type WrittenCall = Pick<Call, 'name' | 'target' | 'args' | 'at'>;

const accumulator = '@result';

/** What a macro of Kubernetes' CEL stands for; `undefined` for calls of functions. Throws a CelError for wrong arguments. */
export function expandMacro(call: WrittenCall): Expression | undefined {
  if (call.target === undefined) return call.name === 'has' && call.args.length === 1 ? hasField(call) : undefined;
  return macros.get(`${call.name}/${call.args.length}`)?.({ ...call, target: call.target });
}

interface MacroCall extends WrittenCall {
  readonly target: Expression;
}

type Macro = (call: MacroCall) => Expression;

function hasField({ args: [arg], at }: WrittenCall): Expression {
  if (arg?.t === 'select') return { ...arg, isTest: true };
  throw new CelError(arg?.at ?? at, 'has() takes a field, such as has(self.a)');
}

/** The names of the loop variables, which are the first arguments. */
function variablesOf({ name, args }: MacroCall, count: number): string[] {
  const names = args.slice(0, count).map((arg) => {
    if (arg.t !== 'ident') throw new CelError(arg.at, `${name}() takes the name of a variable here`);
    if (arg.name === '__result__') throw new CelError(arg.at, '__result__ is no name for a variable');
    return arg.name;
  });
  if (count === 2 && names[0] === names[1]) {
    throw new CelError(args[1]?.at ?? 0, `the two variables of ${name}() have one name`);
  }
  return names;
}

/** Makes expressions that nobody wrote, all of them at the place of the macro. */
class Maker {
  readonly at: number;
  readonly name: string;
  readonly accumulated: Expression;

  constructor({ at, name }: MacroCall) {
    this.at = at;
    this.name = name;
    this.accumulated = this.ident(accumulator);
  }
  bool(): Expression {
    return { t: 'literal', type: 'bool', size: 1, at: this.at, depth: 0 };
  }
  int(value: number): Expression {
    return { t: 'literal', type: 'int', size: 1, value: BigInt(value), at: this.at, depth: 0 };
  }
  ident(name: string): Expression {
    return { t: 'ident', name, at: this.at, depth: 0 };
  }
  list(...values: readonly Expression[]): Expression {
    const elements = values.map((value) => ({ value, optional: false }));
    return { t: 'list', elements, at: this.at, depth: depthOf(values) };
  }
  call(name: string, args: readonly Expression[], target?: Expression): Call {
    const call = { name, args, ...(target && { target }), at: this.at };
    return { t: 'call', ...call, depth: depthOf(operandsOf(call)), madeBy: this.name };
  }
  fold(parts: Omit<Fold, 't' | 'at' | 'depth' | 'madeBy' | 'accumulator'> & { accumulator?: string }): Expression {
    const depth = depthOf([parts.range, parts.start, parts.step, parts.result]);
    return { t: 'fold', accumulator, ...parts, at: this.at, depth, madeBy: this.name };
  }
  /** A value that has a name in `body`: a loop that never runs. */
  bind(variable: string, value: Expression, body: Expression): Expression {
    return this.fold({
      range: this.list(),
      variable: '#unused',
      accumulator: variable,
      start: value,
      condition: this.bool(),
      step: this.ident(variable),
      result: body,
      isBinding: true,
    });
  }
}

/** A loop over `target` with `count` variables; the arguments behind their names are given to `parts`. */
function loop(
  call: MacroCall,
  count: number,
  parts: (
    make: Maker,
    rest: readonly Expression[],
    first: string,
  ) => Pick<Fold, 'start' | 'step'> & Partial<Pick<Fold, 'condition' | 'result'>>,
): Expression {
  const make = new Maker(call);
  const [variable = '', second] = variablesOf(call, count);
  return make.fold({
    range: call.target,
    variable,
    ...(second === undefined ? {} : { second }),
    condition: make.bool(),
    result: make.accumulated,
    ...parts(make, call.args.slice(count), variable),
  });
}

const quantifier =
  (count: number, operator: '_&&_' | '_||_'): Macro =>
  (call) =>
    loop(call, count, (make, [condition = make.accumulated]) => {
      const isOpen = operator === '_&&_' ? make.accumulated : make.call('!_', [make.accumulated]);
      return {
        start: make.bool(),
        condition: make.call('@not_strictly_false', [isOpen]),
        step: make.call(operator, [make.accumulated, condition]),
      };
    });

const existsOne =
  (count: number): Macro =>
  (call) =>
    loop(call, count, (make, [condition = make.accumulated]) => ({
      start: make.int(0),
      step: make.call('_?_:_', [condition, make.call('_+_', [make.accumulated, make.int(1)]), make.accumulated]),
      result: make.call('_==_', [make.accumulated, make.int(1)]),
    }));

/** `map`, `filter` and their like: each step adds something to what was accumulated, under a condition where there is one. */
const collecting =
  (
    count: number,
    start: (make: Maker) => Expression,
    add: (make: Maker, value: Expression, variable: string) => Expression,
  ): Macro =>
  (call) =>
    loop(call, count, (make, rest, variable) => {
      const step = add(make, rest.at(-1) ?? make.accumulated, variable);
      const filter = rest.length === 2 ? rest[0] : undefined;
      return {
        start: start(make),
        step: filter === undefined ? step : make.call('_?_:_', [filter, step, make.accumulated]),
      };
    });

const emptyMap = ({ at }: Maker): Expression => ({ t: 'map', entries: [], at, depth: 0 });
const transformList = (count: number): Macro =>
  collecting(
    count,
    (make) => make.list(),
    (make, value) => make.call('_+_', [make.accumulated, make.list(value)]),
  );
const transformMap = collecting(2, emptyMap, (make, value, key) =>
  make.call('cel.@mapInsert', [make.accumulated, make.ident(key), value]),
);
const transformMapEntry = collecting(2, emptyMap, (make, value) =>
  make.call('cel.@mapInsert', [make.accumulated, value]),
);

const filter: Macro = (call) =>
  loop(call, 1, (make, [condition = make.accumulated], variable) => {
    const step = make.call('_+_', [make.accumulated, make.list(make.ident(variable))]);
    return { start: make.list(), step: make.call('_?_:_', [condition, step, make.accumulated]) };
  });

const optional =
  (isFlat: boolean): Macro =>
  (call) => {
    const make = new Maker(call);
    const [variable = ''] = variablesOf(call, 1);
    const [, body = make.accumulated] = call.args;
    const bound = make.bind(variable, make.call('value', [], call.target), body);
    const found = isFlat ? bound : make.call('optional.of', [bound]);
    return make.call('_?_:_', [make.call('hasValue', [], call.target), found, make.call('optional.none', [])]);
  };

const sortBy: Macro = (call) => {
  const make = new Maker(call);
  if (call.target.t === 'literal' || call.target.t === 'map' || call.target.t === 'message') {
    throw new CelError(call.at, 'sortBy() takes a list');
  }
  const input = make.ident('@input');
  const keys = transformList(1)({ ...call, target: input });
  return make.bind('@input', call.target, make.call('@sortByAssociatedKeys', [keys], input));
};

const macros: ReadonlyMap<string, Macro> = new Map([
  ['all/2', quantifier(1, '_&&_')],
  ['all/3', quantifier(2, '_&&_')],
  ['exists/2', quantifier(1, '_||_')],
  ['exists/3', quantifier(2, '_||_')],
  ['exists_one/2', existsOne(1)],
  ['exists_one/3', existsOne(2)],
  ['existsOne/3', existsOne(2)],
  ['map/2', transformList(1)],
  ['map/3', transformList(1)],
  ['filter/2', filter],
  ['transformList/3', transformList(2)],
  ['transformList/4', transformList(2)],
  ['transformMap/3', transformMap],
  ['transformMap/4', transformMap],
  ['transformMapEntry/3', transformMapEntry],
  ['transformMapEntry/4', transformMapEntry],
  ['optMap/2', optional(false)],
  ['optFlatMap/2', optional(true)],
  ['sortBy/2', sortBy],
]);

/** The names of all macros that are methods. */
export const macroNames: readonly string[] = [...new Set([...macros.keys()].map((key) => key.replace(/\/.*/, '')))];
