import { describe, expect, it } from 'vitest';
import { acceptedRules } from '../../../tests/support/cel/accepted-rules.js';
import { cheapRules, costlyCrd, costlyRules, type PlacedRules } from '../../../tests/support/cel/costly-rules.js';
import { crdWithRule, crdWithSchema } from '../../../tests/support/cel/rule-schema.js';
import { checkCrd } from '../check/check-crd.js';
import type { RuledNode } from '../check/schema-place.js';
import { createFaultList } from '../fault.js';
import { checkRules, type CompiledRules } from './check-rules.js';
import { checkCosts } from './cost/check-costs.js';
import { areSurelyCheap } from './surely-cheap.js';

function compile(document: Record<string, unknown>): CompiledRules {
  const ruled: RuledNode[] = [];
  const source = { file: 'foo.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, createFaultList(), ruled);
  return checkRules(ruled, createFaultList());
}

const isSurelyCheap = (document: Record<string, unknown>): boolean => areSurelyCheap(compile(document).expressions);

function costFaults(document: Record<string, unknown>): number {
  const faults = createFaultList();
  checkCosts(compile(document), faults);
  return faults.end().length;
}

const one = (place: string, rule: string): boolean => isSurelyCheap(costlyCrd([[place, rule]]));

/** A text with a rule, and as long as may be. */
const longText = (maxLength: number): Record<string, unknown> =>
  crdWithSchema({
    type: 'object',
    properties: { spec: { type: 'string', maxLength, 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] } },
  });

describe('areSurelyCheap', () => {
  it.for([
    ['spec', 'self == oldSelf'],
    ['spec', "self.text == 'a' || (has(self.other) && self.number > 7)"],
    ['spec', "self.choice in ['on', 'off'] ? !has(self.list) : self.list.size() <= 3"],
    ['spec', "self.name.startsWith('a') && !self.name.endsWith('-')"],
  ] as const)('sees that the rule at %s %s is cheap', ([place, rule]) => {
    expect(one(place, rule)).toBe(true);
  });

  it.for([
    ['spec', 'self.text == self.other'],
    ['spec', "self.text.contains('a')"],
    ['spec', "self.list.all(x, x == 'a')"],
    ['spec', "'a' in self.list"],
    ['spec.list[]', "self == 'a'"],
    ['spec.map{}', "self == 'a'"],
  ] as const)('leaves the rule at %s %s to the estimate', ([place, rule]) => {
    expect(one(place, rule)).toBe(false);
  });

  it('looks at how long a text may be, and at how many rules there are', () => {
    expect(isSurelyCheap(longText(1_000_000))).toBe(true);
    expect(isSurelyCheap(longText(100_000_000))).toBe(false);
    const many = (count: number): PlacedRules =>
      Array.from({ length: count }, () => ['spec', 'self == oldSelf'] as const);
    expect(isSurelyCheap(costlyCrd(many(31)))).toBe(true);
    expect(isSurelyCheap(costlyCrd(many(32)))).toBe(false);
  });

  it('never takes a rule for cheap that is not', () => {
    const accepted = acceptedRules.flatMap(([place, rules]) => rules.map((rule) => crdWithRule(place, rule)));
    const crds = [...cheapRules, ...costlyRules.map(([place, rule]) => [place, rule] as const)].map((rule) =>
      costlyCrd([rule]),
    );
    const cheap = [...accepted, ...crds].filter(isSurelyCheap);
    expect(cheap.length).toBeGreaterThan(10);
    expect(cheap.filter((crd) => costFaults(crd) > 0)).toEqual([]);
  });
});
