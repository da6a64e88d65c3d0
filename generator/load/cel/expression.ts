/** What all expressions have. */
interface Base {
  /** Where it stands in its text: of an operation, the operator; else its beginning. */
  readonly at: number;
  /** How many operations, selections and method calls stand inside each other in it. The API server takes up to 250. */
  readonly depth: number;
}

export interface Literal extends Base {
  readonly t: 'literal';
  readonly type: 'null_type' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes';
  /** Characters of a text, bytes of bytes; 1 for all others. */
  readonly size: number;
  /** The text of a string. */
  readonly text?: string;
  /** The value of a number: a whole one as a bigint. */
  readonly value?: number | bigint;
}

export interface Ident extends Base {
  readonly t: 'ident';
  /** With a dot in front where it was written so. */
  readonly name: string;
}

export interface Select extends Base {
  readonly t: 'select';
  readonly operand: Expression;
  readonly field: string;
  /** `has(a.b)`: whether the field is there, not its value. */
  readonly isTest: boolean;
}

/** A call of a function, a method (with `target`) or an operator, which are functions with names such as `_+_`. */
export interface Call extends Base {
  readonly t: 'call';
  readonly name: string;
  readonly target?: Expression;
  readonly args: readonly Expression[];
  /** The macro that it was made by. */
  readonly madeBy?: string;
}

export interface ListLiteral extends Base {
  readonly t: 'list';
  /** `[?a]` holds an optional value. */
  readonly elements: readonly { readonly value: Expression; readonly optional: boolean }[];
}

export interface MapLiteral extends Base {
  readonly t: 'map';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression; readonly optional: boolean }[];
}

/** `google.protobuf.Int64Value{value: 1}`. */
export interface Message extends Base {
  readonly t: 'message';
  readonly name: string;
  readonly values: readonly Expression[];
}

/** What macros such as `all` become: a loop with one or two variables that folds a range into `result`. */
export interface Fold extends Base {
  readonly t: 'fold';
  readonly range: Expression;
  readonly variable: string;
  readonly second?: string;
  readonly accumulator: string;
  readonly start: Expression;
  readonly condition: Expression;
  readonly step: Expression;
  readonly result: Expression;
  /** Whether it never runs, and only gives `start` a name in `result`. */
  readonly isBinding?: boolean;
  readonly madeBy: string;
}

/** An expression of CEL, its macros expanded. */
export type Expression = Literal | Ident | Select | Call | ListLiteral | MapLiteral | Message | Fold;

/** What a call is given, after what it is a method of. */
export function operandsOf({ target, args }: Pick<Call, 'target' | 'args'>): readonly Expression[] {
  return target === undefined ? args : [target, ...args];
}

/** How deep the deepest of some expressions is. */
export function depthOf(expressions: readonly Expression[]): number {
  return expressions.reduce((depth, expression) => Math.max(depth, expression.depth), 0);
}

/** Where the text of an expression begins. */
export function startOf(expression: Expression): number {
  let first = expression;
  for (;;) {
    const left: Expression | undefined =
      first.t === 'select' ? first.operand : first.t === 'call' ? (first.target ?? operandOf(first)) : undefined;
    if (left === undefined || left.at > first.at) return first.at;
    first = left;
  }
}

/** What stands in front of an operator. */
function operandOf({ name, args }: Call): Expression | undefined {
  return name.startsWith('_') || name === '@in' ? args[0] : undefined;
}

/** Something wrong in a text, and where. */
export interface CelFault {
  readonly at: number;
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly hint?: string | undefined;
}

/** Ends the reading of a text that is not CEL. Never leaves this folder. */
export class CelError extends Error {
  override name = 'CelError';
  readonly fault: CelFault;
  constructor(at: number, message: string, hint?: string) {
    super(message);
    this.fault = { at, message, hint };
  }
}
