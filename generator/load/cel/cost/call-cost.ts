import type { CallCost, Use } from './cost-rule.js';
import { joinEntries } from './entries.js';
import { libraryCosts } from './library-costs.js';
import { operatorCosts } from './operator-costs.js';
import { joinSizes, sum, unknownSize } from './size.js';

/** The most that a call of an overload costs, its arguments included. */
export function callCost(use: Use): CallCost {
  if (use.name === '_?_:_') return choiceCost(use);
  const rule = libraryCosts.get(use.name) ?? operatorCosts.get(use.name);
  const { cost, size } = rule?.(use) ?? { cost: 1 };
  return { cost: use.costs.reduce(sum, cost), size };
}

/** The dearer of two ways. */
function choiceCost({ call, args: [, yes, no], costs, learned }: Use): CallCost {
  const [condition = 0, first = 0, second = 0] = costs;
  learned.setEntries(call, joinEntries(learned.entriesOf(yes), learned.entriesOf(no)));
  const size = joinSizes(yes?.size ?? unknownSize, no?.size ?? unknownSize);
  return { cost: sum(condition, Math.max(first, second)), size };
}
