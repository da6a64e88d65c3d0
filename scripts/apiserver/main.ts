/**
 * A throw-away control plane for tests and trials: etcd and kube-apiserver on loopback.
 *
 *   npm run apiserver              start one, print its kubeconfig, stop on Ctrl-C
 *   npm run apiserver -- build     only build the programs (or find them)
 *
 * `--version 1.36.3` picks another release, `--feature-gates WatchList=false` goes to kube-apiserver.
 */
import { parseArgs } from 'node:util';
import { buildBinaries, defaultVersion, findBinaries } from './binaries.js';
import { startControlPlane } from './control-plane.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string', default: defaultVersion }, 'feature-gates': { type: 'string' } },
});

const log = (line: string): void => console.error(line);
const binaries = (await findBinaries(values.version)) ?? (await buildBinaries(values.version, log));
if (positionals[0] === 'build') {
  log(`ready: ${binaries.origin}`);
} else {
  const plane = await startControlPlane({ binaries, featureGates: values['feature-gates'] });
  log(
    `kube-apiserver listens on ${plane.server}\n\n  export KUBECONFIG=${plane.kubeconfigFile}\n\nCtrl-C stops it and removes its data.`,
  );
  const stop = (): void => {
    void plane.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
