import { type Cluster, connect, isKubeError } from '@kube-gen/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRules } from '../../generator/load/cel/check-rules.js';
import { checkCrd } from '../../generator/load/check-crd.js';
import type { RuledNode } from '../../generator/load/check-schema.js';
import { createFaultList } from '../../generator/load/fault.js';
import { acceptedRules } from '../support/cel/accepted-rules.js';
import { refusedRules } from '../support/cel/refused-rules.js';
import { crdWithRule, type Rule } from '../support/cel/rule-schema.js';
import { noCluster, startTestCluster, type TestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('CEL rules of CRDs', () => {
  let testCluster: TestCluster;
  let cluster: Cluster;

  beforeAll(async () => {
    testCluster = await startTestCluster();
    cluster = await connect({ kubeconfig: testCluster.kubeconfigFile });
  }, 900_000);
  afterAll(async () => {
    await cluster?.close();
    await testCluster?.[Symbol.asyncDispose]();
  });

  /** What the API server says of a CRD with one rule; nothing where it takes it. */
  async function verdict(place: string, rule: Rule): Promise<string | undefined> {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All';
    try {
      await cluster.request({ method: 'POST', path, body: crdWithRule(place, rule) });
      return undefined;
    } catch (error) {
      if (isKubeError(error) && error.status === 422) return error.message;
      throw error;
    }
  }

  it('F37: the API server takes every rule that has no warning in the table', async () => {
    const refused: object[] = [];
    for (const [place, rules] of acceptedRules) {
      for (const rule of rules) {
        const message = await verdict(place, rule);
        if (message !== undefined) refused.push({ place, rule, message });
      }
    }
    expect(refused).toEqual([]);
  }, 120_000);

  it('F37: the API server refuses every rule that has a warning in the table, for that rule', async () => {
    const wrong: object[] = [];
    for (const { place, rule } of refusedRules) {
      const message = await verdict(place, rule);
      if (message?.includes('x-kubernetes-validations') !== true) wrong.push({ place, rule, message });
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('F37: the API server refuses every rule that has a warning, of rules changed at random', async () => {
    const seed = Number(process.env['KUBE_GEN_CEL_SEED'] ?? 20);
    const runs = Number(process.env['KUBE_GEN_CEL_RULES'] ?? 600);
    const wrong: object[] = [];
    let warned = 0;
    for (const { place, rule } of fc.sample(changedRule, { seed, numRuns: runs })) {
      const said = saidOf(place, rule);
      if (said.length === 0) continue;
      warned += 1;
      if ((await verdict(place, rule)) === undefined) wrong.push({ seed, place, rule, said });
    }
    expect(wrong).toEqual([]);
    expect(warned).toBeGreaterThan(runs / 4);
  }, 300_000);
});

/** What we say about a rule. */
function saidOf(place: string, rule: Rule): string[] {
  const faults = createFaultList();
  const ruled: RuledNode[] = [];
  const document = crdWithRule(place, rule);
  const source = { file: 'rule.yaml', document: 0 };
  checkCrd({ document, apiVersion: 'apiextensions.k8s.io/v1', source, path: [] }, faults, ruled);
  checkRules(ruled, faults);
  return faults.end().map(({ message }) => message);
}

const texts = acceptedRules.flatMap(([place, rules]) =>
  rules.filter((rule) => typeof rule === 'string').map((rule) => ({ place, parts: partsOf(rule) })),
);

function partsOf(rule: string): string[] {
  return rule.match(/\s+|\w+|'[^'\n]*'|&&|\|\||[=!<>]=|[^]/g) ?? [];
}

/** A rule of the table in which something is left out, doubled, or replaced by a part of another; or two of them in one. */
const changedRule: fc.Arbitrary<{ place: string; rule: string }> = fc
  .record({
    one: fc.constantFrom(...texts),
    other: fc.constantFrom(...texts),
    at: fc.nat(1_000),
    part: fc.nat(1_000),
    change: fc.constantFrom('drop', 'double', 'replace', 'insert', '&&', '==', '+', 'in', '?', 'list', 'map', 'all'),
  })
  .map(({ one, other, at, part, change }) => {
    const parts = [...one.parts];
    const index = at % parts.length;
    const piece = other.parts[part % other.parts.length] ?? '';
    const [a, b] = [one, other].map(({ parts }) => parts.join(''));
    if (change === 'drop') parts.splice(index, 1);
    else if (change === 'double') parts.splice(index, 0, parts[index] ?? '');
    else if (change === 'replace') parts.splice(index, 1, piece);
    else if (change === 'insert') parts.splice(index, 0, piece);
    else if (change === '?') return { place: one.place, rule: `(${a}\n) ? (${b}\n) : self.flag` };
    else if (change === 'list') return { place: one.place, rule: `[${a}\n, ${b}\n].all(x, x)` };
    else if (change === 'map') return { place: one.place, rule: `{'a': ${a}\n, ?'b': self.?flag}.exists(k, v, v)` };
    else if (change === 'all') return { place: one.place, rule: `self.objs.all(str, ${a}\n)` };
    else return { place: one.place, rule: `(${a}\n) ${change} (${b}\n)` };
    return { place: one.place, rule: parts.join('') };
  });
