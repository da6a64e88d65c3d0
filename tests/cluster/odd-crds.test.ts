import type { Cluster } from '@kube-gen/runtime';
import { describe, expect, it } from 'vitest';
import { crdWithHead, refusedHeads, takenHeads } from '../support/odd-crds/odd-heads.js';
import { crdWith } from '../support/odd-crds/odd-version.js';
import { refusedCrds } from '../support/odd-crds/refused-crds.js';
import { refusedResources, takenResources } from '../support/odd-crds/odd-resources.js';
import { refusedDefaults, unsaidDefaults } from '../support/odd-crds/refused-defaults.js';
import { takenCrds } from '../support/odd-crds/taken-crds.js';
import { crdRefusal, isFollowedRelease } from './crd-verdicts.js';
import { noCluster, useTestCluster } from './test-cluster.js';

describe.skipIf(noCluster)('CRDs near the line', () => {
  let cluster: Cluster;
  let isOurs = false;

  useTestCluster(async (given) => {
    cluster = given;
    isOurs = await isFollowedRelease(cluster);
  });

  const refusal = (crd: object): Promise<string | undefined> => crdRefusal(cluster, crd);

  it('V20: the API server takes what kube-gen says nothing of', async () => {
    const all = [...[...takenCrds, ...takenResources].map(crdWith), ...takenHeads.map(crdWithHead)];
    const verdicts = await Promise.all(all.map(async (crd) => ({ crd, why: await refusal(crd) })));
    expect(verdicts.filter(({ why }) => why !== undefined)).toEqual([]);
  });

  it('F37, V19: the API server refuses what kube-gen warns of, and the few that it does not', async ({ skip }) => {
    skip(!isOurs, 'defaults are judged as Kubernetes 1.37 judges them; this is another release');
    const versions = [...refusedCrds, ...refusedResources, ...refusedDefaults, ...unsaidDefaults];
    const all = [...versions.map(crdWith), ...refusedHeads.map(crdWithHead)];
    const verdicts = await Promise.all(all.map(async (crd) => ({ crd, why: await refusal(crd) })));
    expect(verdicts.filter(({ why }) => why === undefined)).toEqual([]);
  });
});
