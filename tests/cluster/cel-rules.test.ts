import { type Cluster, connect, isKubeError } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
});
