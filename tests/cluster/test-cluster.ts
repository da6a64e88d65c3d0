import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  type Binaries,
  buildBinaries,
  defaultVersion,
  findBinaries,
  hasGo,
  waysToAControlPlane,
} from '../../scripts/apiserver/binaries.js';
import {
  type ControlPlane,
  type ControlPlaneOptions,
  startControlPlane,
} from '../../scripts/apiserver/control-plane.js';

const exec = promisify(execFile);

/** Any cluster that may be broken, instead of one of our own. */
const givenKubeconfig = process.env['KUBE_GEN_TEST_KUBECONFIG'];
/** The release of a control plane of our own. */
export const kubernetesVersion: string = process.env['KUBE_GEN_TEST_KUBERNETES'] ?? defaultVersion;
const featureGates = process.env['KUBE_GEN_TEST_FEATURE_GATES'];

/** Why the suite cannot run here, for people; `undefined` when it can. */
const missing =
  givenKubeconfig !== undefined || (await findBinaries(kubernetesVersion)) !== undefined || (await hasGo())
    ? undefined
    : `there is no API server here.\n${waysToAControlPlane}`;
if (missing !== undefined) {
  if (process.env['CI'] === 'true') throw new Error(missing);
  process.stderr.write(`tests/cluster is skipped: ${missing}\n`);
}

/** Whether tests that only need some cluster must be skipped. In CI nothing is: it fails instead. */
export const noCluster: boolean = missing !== undefined;
/** Whether tests that stop, restart or look into the control plane must be skipped: not with somebody else's cluster. */
export const noControlPlane: boolean = noCluster || givenKubeconfig !== undefined;

/** A cluster for tests. */
export interface TestCluster extends AsyncDisposable {
  readonly kubeconfigFile: string;
}

/** A control plane of our own, and the programs it is made of. */
export type TestControlPlane = ControlPlane & { readonly binaries: Binaries };

/** The cluster of `KUBE_GEN_TEST_KUBECONFIG`, else a control plane of our own. */
export async function startTestCluster(): Promise<TestCluster> {
  if (givenKubeconfig !== undefined)
    return { kubeconfigFile: givenKubeconfig, [Symbol.asyncDispose]: () => Promise.resolve() };
  const plane = await startTestControlPlane();
  return { kubeconfigFile: plane.kubeconfigFile, [Symbol.asyncDispose]: () => plane.stop() };
}

/** Finds or builds the programs, and starts a control plane. */
export async function startTestControlPlane(
  options: Pick<ControlPlaneOptions, 'users' | 'apiserverFlags'> = {},
): Promise<TestControlPlane> {
  const binaries = await testBinaries();
  return { ...(await startControlPlane({ ...options, binaries, featureGates })), binaries };
}

/** The programs of `KUBE_GEN_TEST_KUBERNETES`, by default the newest release that we know. */
export async function testBinaries(): Promise<Binaries> {
  return (
    (await findBinaries(kubernetesVersion)) ??
    (await buildBinaries(kubernetesVersion, (line) => void process.stderr.write(`${line}\n`)))
  );
}

/** Whether lists are streamed: not by servers whose feature gate is off. */
export const hasWatchList: boolean =
  !/(?:^|,)WatchList=false/.test(featureGates ?? '') && minor(kubernetesVersion) >= 34;

function minor(release: string): number {
  return Number(release.split('.')[1]);
}

/** Runs kubectl and returns what it prints. */
export async function kubectl(kubeconfigFile: string, ...args: string[]): Promise<string> {
  const { kubectl: program = 'kubectl' } = await testBinaries();
  const { stdout } = await exec(program, ['--kubeconfig', kubeconfigFile, ...args]);
  return stdout;
}
