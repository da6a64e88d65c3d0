import { type Cluster, connect, isKubeError } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crdWithHead, refusedHeads, takenHeads } from '../support/odd-crds/odd-heads.js';
import { crdWith } from '../support/odd-crds/odd-version.js';
import { refusedCrds } from '../support/odd-crds/refused-crds.js';
import { refusedDefaults, unsaidDefaults } from '../support/odd-crds/refused-defaults.js';
import { takenCrds } from '../support/odd-crds/taken-crds.js';
import { noCluster, startTestCluster, type TestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('CRDs near the line', () => {
  let testCluster: TestCluster;
  let cluster: Cluster;
  /** Whether it is of the release whose verdicts kube-gen follows; older ones look at less. */
  let isOurs = false;

  beforeAll(async () => {
    testCluster = await startTestCluster();
    cluster = await connect({ kubeconfig: testCluster.kubeconfigFile });
    const { minor } = await cluster.request<{ minor: string }>({ path: '/version' });
    isOurs = Number.parseInt(minor) === 37;
  }, 900_000);
  afterAll(async () => {
    await cluster?.close();
    await testCluster?.[Symbol.asyncDispose]();
  });

  /** Why the API server refuses a CRD; nothing where it takes it. */
  async function refusal(body: object): Promise<string | undefined> {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions?dryRun=All&fieldValidation=Strict';
    try {
      await cluster.request({ method: 'POST', path, body });
      return undefined;
    } catch (error) {
      if (isKubeError(error) && (error.status === 422 || error.status === 400)) return error.message;
      throw error;
    }
  }

  it('V20: the API server takes what kube-gen says nothing of', async () => {
    const all = [...takenCrds.map(crdWith), ...takenHeads.map(crdWithHead)];
    const verdicts = await Promise.all(all.map(async (crd) => ({ crd, why: await refusal(crd) })));
    expect(verdicts.filter(({ why }) => why !== undefined)).toEqual([]);
  }, 120_000);

  it('F37, V19: the API server refuses what kube-gen warns of, and the few that it does not', async ({ skip }) => {
    skip(!isOurs, 'defaults are judged as Kubernetes 1.37 judges them; this is another release');
    const versions = [...refusedCrds, ...refusedDefaults, ...unsaidDefaults];
    const all = [...versions.map(crdWith), ...refusedHeads.map(crdWithHead)];
    const verdicts = await Promise.all(all.map(async (crd) => ({ crd, why: await refusal(crd) })));
    expect(verdicts.filter(({ why }) => why === undefined)).toEqual([]);
  }, 120_000);
});
