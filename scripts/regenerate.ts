/**
 * Generates what is committed: the modules of the example CRDs in each example's own source folder, as its user would have them,
 * and the package @kube-gen/kinds: the same modules and those of the built-in kinds of Kubernetes.
 *
 * The built-in kinds come from the OpenAPI document named in KUBE_GEN_OPENAPI (a file or a folder), else from that of the corpus; where
 * there is neither, the package stays as it is. With --from-apiserver (`npm run regenerate:apiserver`) they come from the API server of scripts/apiserver, which is
 * built where it is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCluster } from '../generator/load/cluster/read-cluster.js';
import { buildBinaries, findBinaries } from './apiserver/binaries.js';
import { startControlPlane } from './apiserver/control-plane.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'examples', entry.name, 'crds')))
  .map((entry) => `examples/${entry.name}`);
if (examples.length === 0) throw new Error('there are no examples to generate from');

for (const example of examples) generate(`${example}/src/generated`, [`${example}/crds`]);

const corpus = process.env['KUBE_GEN_CORPUS'] ?? join(root, '../shared/corpus');
const fetched = process.argv.includes('--from-apiserver') ? await fetchOpenApi() : undefined;
const builtIn = fetched ?? process.env['KUBE_GEN_OPENAPI'] ?? join(corpus, 'k8s-openapi/v2/swagger.json');
if (existsSync(builtIn)) {
  // Without descriptions: they are other people's text.
  generate('generated', [...examples.map((example) => `${example}/crds`), builtIn], ['--no-docs']);
} else {
  console.error(`generated/ stays as it is: there is no ${builtIn}. Name an OpenAPI document in KUBE_GEN_OPENAPI.`);
}

if (fetched !== undefined) rmSync(fetched, { recursive: true });

/** The documents of an API server that is started for this, in a temporary folder. */
async function fetchOpenApi(): Promise<string> {
  const log = (line: string): void => console.error(line);
  const binaries = (await findBinaries()) ?? (await buildBinaries(undefined, log));
  const plane = await startControlPlane({ binaries });
  try {
    const folder = mkdtempSync(join(tmpdir(), 'kube-gen-openapi-'));
    const { sources, diagnostics } = await readCluster({ kubeconfig: plane.kubeconfigFile, include: [], exclude: [] });
    if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    for (const [i, { text }] of sources.entries()) writeFileSync(join(folder, `${i}.json`), text);
    return folder;
  } finally {
    await plane.stop();
  }
}

/** Runs the generator from its sources, as its command line does it. */
function generate(out: string, inputs: readonly string[], options: readonly string[] = []): void {
  const program = ['--conditions=source', '--import', 'tsx', 'generator/cli/main.ts', '-o', out, ...options, ...inputs];
  const { status, error } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
