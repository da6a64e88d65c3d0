import { describe, expect, it } from 'vitest';
import { cheapRules, costlyCrd, costlyRules, costlySchema } from '../../../../tests/support/cel/costly-rules.js';
import { addRule, crdWithSchema, nodeAt } from '../../../../tests/support/cel/rule-schema.js';
import { cpuSeconds } from '../../../../tests/support/cpu-seconds.js';
import { checkCrd } from '../../check/check-crd.js';
import type { RuledNode } from '../../check/schema-place.js';
import { formatPath } from '../../document-path.js';
import { createFaultList } from '../../fault.js';
import { checkRules } from '../check-rules.js';
import { checkCosts } from './check-costs.js';

/** All that is said about a CRD: where below the schema, what, and what to do. */
function check(document: Record<string, unknown>): { path: string; message: string; hint: string | undefined }[] {
  const faults = createFaultList();
  const ruled: RuledNode[] = [];
  const source = { file: 'foo.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, faults, ruled);
  checkCosts(checkRules(ruled, faults), faults);
  return faults.end().map(({ path, message, hint }) => ({
    path: formatPath(path).replace('spec.versions[0].schema.openAPIV3Schema', '$'),
    message,
    hint,
  }));
}

const justCheap = 'self.numbers.all(n, n > 1)';

describe('checkCosts', () => {
  it('F37: says nothing about rules that cost little enough', () => {
    const said = cheapRules.map((rule) => ({ rule, said: check(costlyCrd([rule])) }));
    expect(said.filter(({ said }) => said.length > 0)).toEqual([]);
  });

  it.for(costlyRules)('F37: warns that the rule at "%s" %s costs %s the limit', ([place, rule, times, hint]) => {
    expect(check(costlyCrd([[place, rule]]))).toEqual([
      {
        path: expect.stringMatching(/x-kubernetes-validations"?\]?\[0\]\.rule$/),
        message: `costs too much: Kubernetes 1.37 estimates ${times} its limit`,
        hint,
      },
    ]);
  });

  it('F37: warns about a messageExpression that costs too much, which counts once wherever it stands', () => {
    const root = costlySchema([]);
    addRule(root, 'spec', { rule: 'true', messageExpression: "self.text.contains(self.other) ? 'a' : 'b'" });
    addRule(root, 'spec.list[]', { rule: 'true', messageExpression: "self.contains('abc') ? 'a' : 'b'" });
    expect(check(crdWithSchema(root))).toEqual([
      {
        path: '$.properties.spec.x-kubernetes-validations[0].messageExpression',
        message: 'costs too much: Kubernetes 1.37 estimates more than 100 times its limit',
        hint: 'It is cheap enough with maxLength: 7905 at spec.other and maxLength: 7905 at spec.text.',
      },
    ]);
  });

  it('F37: warns where rules cost too much together, of which each costs little enough', () => {
    expect(check(costlyCrd(Array.from({ length: 12 }, () => ['spec', justCheap] as const)))).toEqual([]);
    expect(check(costlyCrd(Array.from({ length: 13 }, () => ['spec', justCheap] as const)))).toEqual([
      {
        path: '$',
        message: 'the rules cost too much together: Kubernetes 1.37 estimates 1.022361 times its limit',
        hint: 'Most cost those of spec. Give bounds to the lists, maps and texts there and above, or make the rules simpler.',
      },
    ]);
  });

  it('F37: says nothing of all rules together where each that costs too much alone is the reason', () => {
    const said = check(costlyCrd([['spec', 'self.text.contains(self.other)']]));
    expect(said.map(({ path }) => path)).toEqual(['$.properties.spec.x-kubernetes-validations[0].rule']);
  });

  it('F37: counts the rules of each version apart, also where versions share one schema by an alias', () => {
    const crd = costlyCrd(Array.from({ length: 12 }, () => ['spec', justCheap] as const));
    const [version] = (crd['spec'] as { versions: object[] }).versions;
    const two = {
      ...crd,
      spec: { ...(crd['spec'] as object), versions: [version, { ...version, name: 'v2', storage: false }] },
    };
    expect(check(two)).toEqual([]);
  });

  it('says nothing where the API server may come to another end', () => {
    // Not in Kubernetes 1.37; the metadata that rules see there hangs on what is above.
    expect(check(costlyCrd([['spec', 'self.list.all(x, self.list.includes(x))']]))).toEqual([]);
    const root = costlySchema([]);
    (root['properties'] as Record<string, unknown>)['metadata'] = {
      type: 'object',
      properties: { name: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self.contains(self + self)' }] } },
    };
    expect(check(crdWithSchema(root))).toEqual([]);
  });

  it('takes bounds that are no numbers for none that it knows', () => {
    const root = costlySchema([['spec', 'self.list.all(x, self.list.exists(y, x == y))']]);
    nodeAt(root, 'spec.list')['maxItems'] = '7';
    expect(check(crdWithSchema(root)).map(({ message }) => message)).toEqual([
      'maxItems must be a whole number, not text "7"',
    ]);
  });

  it('F38: many rules that cost too much end quickly', () => {
    const rule = `self.list.all(x, self.list.exists(y, x == y${' || self.map.all(k, k == x)'.repeat(50)}))`;
    const crd = costlyCrd(Array.from({ length: 150 }, () => ['spec', rule] as const));
    expect(cpuSeconds(() => check(crd))).toBeLessThan(10);
  });

  it('F38: rules with more parts than any that people write end quickly, without a word', () => {
    const rule = `optional.of({1: 1})${'.optMap(x, {x: x})'.repeat(30)}.hasValue()`;
    expect(cpuSeconds(() => expect(check(costlyCrd([['spec', rule]]))).toEqual([]))).toBeLessThan(5);
  });

  it('knows how long the longest of hundreds of thousands of values is', () => {
    const root = costlySchema([['spec', "self.choice.contains('a') || self.choice.contains(self.choice)"]]);
    const properties = nodeAt(root, 'spec')['properties'] as Record<string, unknown>;
    properties['choice'] = { type: 'string', enum: Array.from({ length: 300_000 }, (_, i) => `v${i}`) };
    expect(check(crdWithSchema(root))).toEqual([]);
  });

  it('counts the thousands of fields of an item once, however many rules ask how many items there may be', () => {
    const fields = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, { type: 'string' }]));
    const list = { type: 'array', items: { type: 'object', required: Object.keys(fields), properties: fields } };
    const rule = Array.from({ length: 40 }, () => 'self.a.all(x, self.b.all(y, x.f1 != y.f2))').join(' || ');
    const rules = Array.from({ length: 20 }, () => ({ rule, message: 'no' }));
    const spec = { type: 'object', properties: { a: list, b: list }, 'x-kubernetes-validations': rules };
    const crd = crdWithSchema({ type: 'object', properties: { spec } });
    expect(cpuSeconds(() => expect(check(crd)).toHaveLength(21))).toBeLessThan(5);
  });
});
