import { parseArgs } from 'node:util';
import { type Binaries, buildBinaries, defaultVersion, findBinaries } from './binaries.js';
import { startControlPlane } from './control-plane.js';

const usage = `A throw-away control plane for tests and trials: etcd and kube-apiserver on loopback.

  npm run apiserver              start one, print its kubeconfig, stop on Ctrl-C
  npm run apiserver -- build     only build the programs (or find them)

  --version <release>            another release (default: ${defaultVersion})
  --feature-gates <gates>        for kube-apiserver: WatchList=false

KUBEBUILDER_ASSETS names a folder with the programs, which wins.`;

const log = (line: string): void => console.error(line);
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
});

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      version: { type: 'string', default: defaultVersion },
      'feature-gates': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) console.log(usage);
  else await start(values.version, values['feature-gates'], positionals[0] === 'build');
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function start(version: string, featureGates: string | undefined, isBuildOnly: boolean): Promise<void> {
  const binaries = (await findBinaries(version)) ?? (await buildBinaries(version, log));
  log(binaries.origin);
  if (!isBuildOnly) await run(binaries, featureGates);
}

async function run(binaries: Binaries, featureGates: string | undefined): Promise<void> {
  const plane = await startControlPlane({ binaries, featureGates });
  log(
    `kube-apiserver listens on ${plane.server}\n\n  export KUBECONFIG=${plane.kubeconfigFile}\n  ${binaries.kubectl ?? 'kubectl'} get namespaces\n\nCtrl-C stops it and removes its data.`,
  );
  await stopped;
  await plane.stop();
}
