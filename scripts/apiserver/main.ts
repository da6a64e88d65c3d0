/**
 * A throw-away control plane for tests and trials: etcd and kube-apiserver on loopback.
 *
 *   npm run apiserver              start one, print its kubeconfig, stop on Ctrl-C
 *   npm run apiserver -- build     only build the programs (or find them)
 *
 * `--version 1.36.3` picks another release, `--feature-gates WatchList=false` goes to kube-apiserver. KUBEBUILDER_ASSETS names a
 * folder with the programs, which wins.
 */
import { parseArgs } from 'node:util';
import { type Binaries, buildBinaries, defaultVersion, findBinaries } from './binaries.js';
import { startControlPlane } from './control-plane.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string', default: defaultVersion }, 'feature-gates': { type: 'string' } },
});

const log = (line: string): void => console.error(line);
const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

try {
  const binaries = (await findBinaries(values.version)) ?? (await buildBinaries(values.version, log));
  log(binaries.origin);
  if (positionals[0] !== 'build') await run(binaries);
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(binaries: Binaries): Promise<void> {
  const plane = await startControlPlane({ binaries, featureGates: values['feature-gates'] });
  log(
    `kube-apiserver listens on ${plane.server}\n\n  export KUBECONFIG=${plane.kubeconfigFile}\n  ${binaries.kubectl ?? 'kubectl'} get namespaces\n\nCtrl-C stops it and removes its data.`,
  );
  await stopped;
  await plane.stop();
}
