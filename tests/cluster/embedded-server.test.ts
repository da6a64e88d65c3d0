import { type ApiServer, startApiServer } from '@kube-gen/runtime/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ControlPlane } from '../../scripts/apiserver/control-plane.js';
import { differences } from '../conformance/differences.js';
import { differencesOf, isAbout, knownDifferences } from '../conformance/known-differences.js';
import { readScenarios } from '../conformance/read-scenarios.js';
import { record } from '../conformance/transcript.js';
import { widgetCrd } from '../conformance/widget-crd.js';
import { writeScenarios } from '../conformance/write-scenarios.js';
import { type Endpoint, openWatchProbe, probe } from '../support/api-probe.js';
import { noControlPlane, startTestControlPlane } from './test-cluster.js';

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

describe.skipIf(noControlPlane)('the embedded API server beside a real one', () => {
  let plane: ControlPlane;
  let real: Endpoint;
  let ours: ApiServer;
  let minor: number;

  beforeAll(async () => {
    plane = await startTestControlPlane();
    real = { url: plane.server, token: plane.token, ca: plane.ca };
    ours = await startApiServer({ watchList: await streamsLists(real) });
    await Promise.all([real, ours].map(install));
    minor = Number.parseInt((await probe(real, { path: '/version' })).body.minor as string);
  }, 600_000);

  afterAll(async () => {
    await ours?.stop();
    await plane?.stop();
  });

  it.each(Object.entries({ ...writeScenarios, ...readScenarios }))('answers alike: %s', async (name, scenario) => {
    const found = differences(await record(real, scenario), await record(ours, scenario));
    const known = differencesOf(minor, name);
    expect(found.filter((each) => !known.some((difference) => isAbout(difference, each)))).toEqual([]);
    expect(known.filter((each) => !found.some((difference) => isAbout(each, difference)))).toEqual([]);
  });

  it('knows no difference in a scenario that there is not', () => {
    const names = Object.keys({ ...writeScenarios, ...readScenarios });
    expect(knownDifferences.filter(({ scenario }) => !names.includes(scenario))).toEqual([]);
  });
});

/** Whether a server has streaming lists: older ones refuse them, and so do those whose feature gate is off. */
async function streamsLists(endpoint: Endpoint): Promise<boolean> {
  const streaming = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
  await using watch = await openWatchProbe(endpoint, `/api/v1/namespaces?${streaming}`);
  return watch.status === 200;
}

/** Creates the kind that the scenarios use, and waits until it is served. */
async function install(endpoint: Endpoint): Promise<void> {
  const made = await probe(endpoint, { path: crds, body: widgetCrd });
  if (made.status !== 201) throw new Error(`the kind was refused: ${made.bytes.toString()}`);
  await vi.waitFor(
    async () => {
      const { status } = await probe(endpoint, { path: '/apis/conformance.example.dev/v1/widgets' });
      if (status !== 200) throw new Error(`widgets are not served yet: ${status}`);
    },
    { timeout: 30_000, interval: 100 },
  );
}
