/**
 * Generates what is committed: the modules of the example CRDs in each example's own source folder, as its user would have them,
 * and the package @kube-gen/kinds: the same modules and those of the built-in kinds of Kubernetes.
 *
 * The built-in kinds come from the OpenAPI document named in KUBE_GEN_OPENAPI (a file or a folder), else from that of the corpus, with
 * the enums and names of `server-facts.json`; where there is neither, the package stays as it is. With --from-apiserver
 * (`npm run regenerate:apiserver`) they come from the API server of scripts/apiserver, which is built where it is missing, and the
 * facts are written down again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCluster } from '../generator/load/cluster/read-cluster.js';
import { buildBinaries, findBinaries } from './apiserver/binaries.js';
import { startControlPlane } from './apiserver/control-plane.js';
import { discoveryOf, factsOf, type ServerFacts, withEnums } from './server-facts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'examples', entry.name, 'crds')))
  .map((entry) => `examples/${entry.name}`);
if (examples.length === 0) throw new Error('there are no examples to generate from');

for (const example of examples) generate(`${example}/src/generated`, [`${example}/crds`]);

const corpus = process.env['KUBE_GEN_CORPUS'] ?? join(root, '../shared/corpus');
const published = process.env['KUBE_GEN_OPENAPI'] ?? join(corpus, 'k8s-openapi/v2/swagger.json');
const factsFile = join(root, 'scripts/server-facts.json');

const documents = process.argv.includes('--from-apiserver')
  ? await documentsOfServer()
  : existsSync(published)
    ? documentsOf(published)
    : undefined;
if (documents === undefined) {
  console.error(`generated/ stays as it is: there is no ${published}. Name an OpenAPI document in KUBE_GEN_OPENAPI.`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-openapi-'));
  try {
    for (const [i, text] of documents.entries()) writeFileSync(join(folder, `${i}.json`), text);
    // Without descriptions: they are other people's text.
    generate('generated', [...examples.map((example) => `${example}/crds`), folder], ['--no-docs']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The documents of an API server that is started for this. What only it tells is written down for runs without one. */
async function documentsOfServer(): Promise<string[]> {
  const log = (line: string): void => console.error(line);
  const binaries = (await findBinaries()) ?? (await buildBinaries(undefined, log));
  const plane = await startControlPlane({ binaries });
  try {
    const { sources, diagnostics } = await readCluster({ kubeconfig: plane.kubeconfigFile, include: [], exclude: [] });
    if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    const texts = sources.map(({ text }) => text);
    writeFileSync(factsFile, `${JSON.stringify(factsOf(texts), null, 2)}\n`);
    return texts;
  } finally {
    await plane.stop();
  }
}

/** Published documents, with what a server tells beyond them. */
function documentsOf(path: string): string[] {
  const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as ServerFacts;
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => join(path, file))
    : [path];
  return [...files.map((file) => withEnums(readFileSync(file, 'utf8'), facts)), discoveryOf(facts)];
}

/** Runs the generator from its sources, as its command line does it. */
function generate(out: string, inputs: readonly string[], options: readonly string[] = []): void {
  const program = [
    '--conditions=@kube-gen/source',
    '--import',
    'tsx',
    'generator/cli/main.ts',
    '-o',
    out,
    ...options,
    ...inputs,
  ];
  const { status, error } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
