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

/** What there is to test with, or why there is nothing. */
type Found = { readonly on: string } | { readonly missing: string };

/**
 * Once before all tests: says what they run on, and what is left out and why. Builds the programs where there are none: that takes
 * longer than a test may. Where there is nothing to test with it is an error in a CI, and a skipped suite elsewhere.
 */
export async function setup(): Promise<void> {
  const found = await find();
  if ('missing' in found) {
    const notice = `there is no API server here: ${found.missing}\n${waysToAControlPlane}`;
    if (isCi()) throw new Error(notice);
    say(`is skipped: ${notice}`);
  } else {
    say(`runs on ${found.on}${featureGates === undefined ? '' : `, with ${featureGates}`}`);
  }
  if ((await findKubectl(await findBinaries(wantedVersion))) === undefined) {
    say('skips what runs kubectl: it is neither beside kube-apiserver nor in PATH');
  }
}

async function find(): Promise<Found> {
  if (givenKubeconfig !== undefined) {
    await using cluster = await connect({ kubeconfig: givenKubeconfig });
    const { gitVersion } = await cluster.request<{ gitVersion: string }>({ path: '/version', timeoutMs: 30_000 });
    return {
      on: `${cluster.server}, ${gitVersion} (KUBE_GEN_TEST_KUBECONFIG). Skipped are the tests that stop an API server or etcd, look into its data or need users of their own`,
    };
  }
  const found = await findBinaries(wantedVersion);
  if (found !== undefined) return programs(found);
  if (!(await hasGo())) return { missing: 'there is no Go to build one with.' };
  try {
    return programs(await buildBinaries(wantedVersion, say));
  } catch (error) {
    return { missing: `Kubernetes ${wantedVersion} could not be built. ${String(error)}` }; // an old Go, or no network
  }
}

function programs({ origin }: Binaries): Found {
  return { on: `a kube-apiserver and etcd of its own: ${origin}` };
}

function isCi(): boolean {
  const { CI = '' } = process.env;
  return CI !== '' && CI !== 'false' && CI !== '0';
}

function say(line: string): void {
  process.stderr.write(`tests/cluster ${line}\n`);
}
