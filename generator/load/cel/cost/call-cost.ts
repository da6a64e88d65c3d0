import type { Call } from '../expression.js';
import type { Overload } from '../functions.js';
import { joinEntries } from './entries.js';
import type { Argument, Estimator } from './estimate.js';
import { libraryCosts } from './library-costs.js';
import { operatorCosts } from './operator-costs.js';
import { joinSizes, sum, unknownSize, type Size } from './size.js';

/** A call of one overload, and what is known of its arguments. */
export interface CostedCall {
  readonly call: Call;
  readonly name: string;
  readonly overload: Overload;
  readonly args: readonly Argument[];
  readonly target: Argument | undefined;
  /** What the arguments cost. */
  readonly costs: readonly number[];
}

/** The most that a call costs, and the size of its result where the API server knows one. */
export interface CallCost {
  readonly cost: number;
  readonly size?: Size | undefined;
}

/** What the costs of functions are found with. */
export interface Use extends CostedCall {
  readonly estimator: Estimator;
}

/** What a function costs beside its arguments. Undefined where it costs what most do. */
export type CostRule = (use: Use) => CallCost | undefined;

/** The most that a call of an overload costs, its arguments included. */
export function callCost(call: CostedCall, estimator: Estimator): CallCost {
  const use = { ...call, estimator };
  if (call.name === '_?_:_') return choiceCost(use);
  const rule = libraryCosts.get(call.name) ?? operatorCosts.get(call.name);
  const { cost, size } = rule?.(use) ?? { cost: 1 };
  return { cost: call.costs.reduce(sum, cost), size };
}

/** The dearer of two ways. */
function choiceCost({ call, args: [, yes, no], costs, estimator }: Use): CallCost {
  const [condition = 0, first = 0, second = 0] = costs;
  estimator.setEntries(call, joinEntries(estimator.entriesOf(yes), estimator.entriesOf(no)));
  const size = joinSizes(yes?.size ?? unknownSize, no?.size ?? unknownSize);
  return { cost: sum(condition, Math.max(first, second)), size };
}
