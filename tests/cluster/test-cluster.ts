import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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
export interface TestCluster extends AsyncDisposable {
  readonly kubeconfigFile: string;
}

/** The cluster of `KUBE_GEN_TEST_KUBECONFIG`, else a control plane of our own. */
export async function startTestCluster(): Promise<TestCluster> {
  if (givenKubeconfig !== undefined)
    return { kubeconfigFile: givenKubeconfig, [Symbol.asyncDispose]: () => Promise.resolve() };
  const plane = await startTestControlPlane();
  return { kubeconfigFile: plane.kubeconfigFile, [Symbol.asyncDispose]: () => plane.stop() };
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
