import type { Call, Expression } from '../expression.js';
import type { Overload } from '../functions.js';
import type { CelType } from '../types.js';
import type { Entries } from './entries.js';
import type { Path } from './path.js';
import type { Size } from './size.js';

/** An argument of a call, as it was when its cost was found. */
export interface Argument {
  readonly expression: Expression;
  readonly type: CelType;
  readonly path: Path;
  /** Its size, where the API server knows one. */
  readonly size: Size | undefined;
}

/** What was learned of the expressions so far. */
export interface Learned {
  /** What a place in the schema holds at most. */
  declaredSize(path: Path): Size | undefined;
  /** What is known of the entries of an argument. */
  entriesOf(argument: Argument | undefined): Entries | undefined;
  setEntries(expression: Expression, entries: Entries | undefined): void;
}

/** A call of one overload, and what is known of its arguments. */
export interface Use {
  readonly call: Call;
  readonly name: string;
  readonly overload: Overload;
  readonly args: readonly Argument[];
  readonly target: Argument | undefined;
  /** What the arguments cost. */
  readonly costs: readonly number[];
  readonly learned: Learned;
}

/** The most that a call costs, and the size of its result where the API server knows one. */
export interface CallCost {
  readonly cost: number;
  readonly size?: Size | undefined;
}

/** What a function costs beside its arguments. Undefined where it costs what most do. */
export type CostRule = (use: Use) => CallCost | undefined;
