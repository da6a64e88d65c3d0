import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Cluster, connect } from '@kube-gen/runtime';
import { afterAll, beforeAll } from 'vitest';
import { type Binaries, findBinaries, findKubectl } from '../../scripts/apiserver/binaries.js';
import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
} from '../../scripts/apiserver/control-plane.js';
import { featureGates, givenKubeconfig, wantedVersion } from './settings.js';

const exec = promisify(execFile);

// What is not there by now cannot be built: `announce.ts` has tried, and told why.
const binaries = await findBinaries(wantedVersion);
const kubectlProgram = await findKubectl(binaries);

/** Whether tests that only need some cluster must be skipped. */
export const noCluster: boolean = binaries === undefined && givenKubeconfig === undefined;
/** Whether tests that stop, restart or look into the control plane must be skipped: not with somebody else's cluster. */
export const noControlPlane: boolean = binaries === undefined || givenKubeconfig !== undefined;
/** Whether tests that run kubectl must be skipped. */
export const noKubectl: boolean = kubectlProgram === undefined;

/** A cluster for tests. */
export interface TestCluster {
  readonly kubeconfigFile: string;
  stop(): Promise<void>;
}

/**
 * For the tests of a suite: a cluster, that of `KUBE_GEN_TEST_KUBECONFIG` or a control plane of our own, and a connection to it with all
 * rights. `begin` gets both before the first test; after the last one the connection is closed and our own control plane stopped.
 */
export function useTestCluster(begin: Begin<TestCluster>): void {
  useStarted(startTestCluster, begin);
}

/** The same with a control plane of our own, which tests may stop, restart and look into. */
export function useTestControlPlane(begin: Begin<ControlPlane>): void {
  useStarted(startTestControlPlane, begin);
}

type Begin<T extends TestCluster> = (cluster: Cluster, given: T) => void | Promise<void>;

function useStarted<T extends TestCluster>(start: () => Promise<T>, begin: Begin<T>): void {
  let given: T | undefined;
  let cluster: Cluster | undefined;
  beforeAll(async () => {
    given = await start();
    cluster = await connect({ kubeconfig: given.kubeconfigFile });
    await begin(cluster, given);
  }, 300_000);
  afterAll(async () => {
    await cluster?.close();
    await given?.stop();
  });
}

async function startTestCluster(): Promise<TestCluster> {
  if (givenKubeconfig === undefined) return startTestControlPlane();
  return { kubeconfigFile: givenKubeconfig, stop: () => Promise.resolve() };
}

/** Starts a control plane. */
export async function startTestControlPlane(
  options: Pick<ControlPlaneOptions, 'users' | 'apiserverFlags'> = {},
): Promise<ControlPlane> {
  return startControlPlane({ ...options, binaries: existing(binaries, 'control plane'), featureGates });
}

/** Its path, or its name where it is in PATH. */
export function kubectlPath(): string {
  return existing(kubectlProgram, 'kubectl');
}

/** Runs kubectl and returns what it prints. */
export async function kubectl(kubeconfigFile: string, ...args: string[]): Promise<string> {
  const { stdout } = await exec(kubectlPath(), ['--kubeconfig', kubeconfigFile, ...args]);
  return stdout;
}

function existing<T extends Binaries | string>(found: T | undefined, what: string): T {
  if (found !== undefined) return found;
  throw new Error(`there is no ${what}: tests that need it are to be skipped`);
}
