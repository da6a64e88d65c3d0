import { type Cluster, connect, isKubeError } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crdWith, type OddVersion } from '../support/odd-crds/odd-version.js';
import { refusedCrds } from '../support/odd-crds/refused-crds.js';
import { refusedDefaults, unsaidDefaults } from '../support/odd-crds/refused-defaults.js';
import { takenCrds } from '../support/odd-crds/taken-crds.js';
import { noCluster, startTestCluster, type TestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('CRDs near the line', () => {
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

  /** Why the API server refuses a CRD; nothing where it takes it. */
  async function refusal(version: OddVersion): Promise<string | undefined> {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All';
    try {
      await cluster.request({ method: 'POST', path, body: crdWith(version) });
      return undefined;
    } catch (error) {
      if (isKubeError(error) && error.status === 422) return error.message;
      throw error;
    }
  }

  it('V20: the API server takes what kube-gen says nothing of', async () => {
    const verdicts = await Promise.all(takenCrds.map(async (version) => ({ version, why: await refusal(version) })));
    expect(verdicts.filter(({ why }) => why !== undefined)).toEqual([]);
  }, 120_000);

  it('F37, V19: the API server refuses what kube-gen warns of, and the few that it does not', async () => {
    const all = [...refusedCrds, ...refusedDefaults, ...unsaidDefaults];
    const verdicts = await Promise.all(all.map(async (version) => ({ version, why: await refusal(version) })));
    expect(verdicts.filter(({ why }) => why === undefined)).toEqual([]);
  }, 120_000);
});
