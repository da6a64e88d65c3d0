import { connect } from '@kube-gen/runtime';
import {
  type Binaries,
  buildBinaries,
  findBinaries,
  findKubectl,
  hasGo,
  waysToAControlPlane,
} from '../../scripts/apiserver/binaries.js';
import { featureGates, givenKubeconfig, wantedVersion } from './settings.js';

/**
 * Once before all tests: says what they run on, and what is left out and why. Builds the programs where there are none: that takes
 * longer than a test may. Where there is nothing to test with it is an error in a CI, and a skipped suite elsewhere.
 */
export async function setup(): Promise<void> {
  const what = await whatThereIs();
  if (what === undefined && isCi()) throw new Error(`there is no API server here.\n${waysToAControlPlane}`);
  say(
    what === undefined
      ? `is skipped: there is no API server here.\n${waysToAControlPlane}`
      : `runs on ${what}${featureGates === undefined ? '' : `, with ${featureGates}`}`,
  );
  if ((await findKubectl(await findBinaries(wantedVersion))) === undefined) {
    say('skips what runs kubectl: it is neither beside kube-apiserver nor in PATH');
  }
}

async function whatThereIs(): Promise<string | undefined> {
  if (givenKubeconfig !== undefined) {
    await using cluster = await connect({ kubeconfig: givenKubeconfig });
    const { gitVersion } = await cluster.request<{ gitVersion: string }>({ path: '/version', timeoutMs: 30_000 });
    return `${cluster.server}, ${gitVersion} (KUBE_GEN_TEST_KUBECONFIG). Skipped are the tests that stop an API server or etcd, look into its data or need users of their own`;
  }
  const found = await findBinaries(wantedVersion);
  if (found !== undefined) return programs(found);
  if (!(await hasGo())) return undefined;
  return programs(await buildBinaries(wantedVersion, say));
}

function programs({ origin }: Binaries): string {
  return `a kube-apiserver and etcd of its own: ${origin}`;
}

function isCi(): boolean {
  const { CI = '' } = process.env;
  return CI !== '' && CI !== 'false' && CI !== '0';
}

function say(line: string): void {
  process.stderr.write(`tests/cluster ${line}\n`);
}
