import type { Call } from '../expression.js';
import type { Overload } from '../functions.js';
import { joinEntries } from './entries.js';
import type { Argument, Estimator } from './estimate.js';
import { libraryCosts } from './library-costs.js';
import { operatorCosts } from './operator-costs.js';
import { joinSizes, sum, unknownSize, type Size } from './size.js';

/** The most that a call costs, and the size of its result where the API server knows one. */
export interface CallCost {
  readonly cost: number;
  readonly size?: Size | undefined;
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
  readonly estimator: Estimator;
}

/** What a function costs beside its arguments. Undefined where it costs what most do. */
export type CostRule = (use: Use) => CallCost | undefined;

/** The most that a call of an overload costs, its arguments included. */
export function callCost(use: Use): CallCost {
  if (use.name === '_?_:_') return choiceCost(use);
  const rule = libraryCosts.get(use.name) ?? operatorCosts.get(use.name);
  const { cost, size } = rule?.(use) ?? { cost: 1 };
  return { cost: use.costs.reduce(sum, cost), size };
}

/** The dearer of two ways. */
function choiceCost({ call, args: [, yes, no], costs, estimator }: Use): CallCost {
  const [condition = 0, first = 0, second = 0] = costs;
  estimator.setEntries(call, joinEntries(estimator.entriesOf(yes), estimator.entriesOf(no)));
  const size = joinSizes(yes?.size ?? unknownSize, no?.size ?? unknownSize);
  return { cost: sum(condition, Math.max(first, second)), size };
}
