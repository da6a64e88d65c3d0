import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Binaries, buildBinaries, findBinaries, hasGo } from '../../scripts/apiserver/binaries.js';
import { type ControlPlane, startControlPlane } from '../../scripts/apiserver/control-plane.js';

const exec = promisify(execFile);

/** Why the suite cannot run here, for people; `undefined` when it can. */
export async function whyNoControlPlane(): Promise<string | undefined> {
  if ((await findBinaries()) !== undefined || (await hasGo())) return undefined;
  return 'no kube-apiserver: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd, or install Go to build them';
}

/** Finds or builds the programs, and starts a control plane of its own. */
export async function startTestControlPlane(): Promise<ControlPlane & { readonly binaries: Binaries }> {
  const binaries =
    (await findBinaries()) ?? (await buildBinaries(undefined, (line) => process.stderr.write(`${line}\n`)));
  return { ...(await startControlPlane({ binaries })), binaries };
}

/** Runs kubectl as the cluster's admin and returns what it prints. */
export async function kubectl(
  plane: ControlPlane & { readonly binaries: Binaries },
  ...args: string[]
): Promise<string> {
  const { stdout } = await exec(plane.binaries.kubectl ?? 'kubectl', ['--kubeconfig', plane.kubeconfigFile, ...args]);
  return stdout;
}
