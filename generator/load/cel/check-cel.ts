import type { RuledNode } from '../check/schema-place.js';
import type { FaultList } from '../fault.js';
import { checkRules } from './check-rules.js';
import { checkCosts } from './cost/check-costs.js';
import { areSurelyCheap } from './surely-cheap.js';

/** Checks the CEL rules of the nodes of one CRD, and what they cost. */
export function checkCel(nodes: readonly RuledNode[], faults: FaultList): void {
  const compiled = checkRules(nodes, faults);
  if (!areSurelyCheap(compiled.expressions)) checkCosts(compiled, faults);
}
