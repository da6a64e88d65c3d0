import { type ApiServer, startApiServer } from '@kube-gen/runtime/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { differences } from '../conformance/differences.js';
import { isAbout, knownDifferences } from '../conformance/known-differences.js';
import { readScenarios } from '../conformance/read-scenarios.js';
import { record } from '../conformance/transcript.js';
import { widgetCrd } from '../conformance/widget-crd.js';
import { writeScenarios } from '../conformance/write-scenarios.js';
import { type Endpoint, probe } from '../support/api-probe.js';
import { hasWatchList, noControlPlane, startTestControlPlane, type TestControlPlane } from './test-cluster.js';

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

describe.skipIf(noControlPlane)('the embedded API server beside a real one', () => {
  let plane: TestControlPlane;
  let real: Endpoint;
  let ours: ApiServer;

  beforeAll(async () => {
    plane = await startTestControlPlane();
    real = { url: plane.server, token: plane.token, ca: plane.ca };
    // Both with streaming lists, or both without.
    ours = await startApiServer({ watchList: hasWatchList });
    await Promise.all([real, ours].map(install));
  }, 600_000);

  afterAll(async () => {
    await ours?.stop();
    await plane?.stop();
  });

  it.each(Object.entries({ ...writeScenarios, ...readScenarios }))(
    'answers alike: %s',
    async (name, scenario) => {
      const found = differences(await record(real, scenario), await record(ours, scenario));
      const known = knownDifferences.filter((each) => each.scenario === name);
      expect(found.filter((each) => !known.some((difference) => isAbout(difference, each)))).toEqual([]);
      expect(known.filter((each) => !found.some((difference) => isAbout(each, difference)))).toEqual([]);
    },
    60_000,
  );

  it('knows no difference in a scenario that there is not', () => {
    const names = Object.keys({ ...writeScenarios, ...readScenarios });
    expect(knownDifferences.filter(({ scenario }) => !names.includes(scenario))).toEqual([]);
  });
});

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
