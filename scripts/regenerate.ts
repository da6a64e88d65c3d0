/**
 * Generates what is committed: the modules of the example CRDs in each example's own source folder, as its user would have them,
 * and the package @kube-gen/kinds: the same modules and those of the built-in kinds of Kubernetes.
 *
 * The built-in kinds come from the OpenAPI document named in KUBE_GEN_OPENAPI (a file or a folder), else from that of the corpus; where
 * there is neither, the package stays as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, 'examples', entry.name, 'crds')))
  .map((entry) => `examples/${entry.name}`);
if (examples.length === 0) throw new Error('there are no examples to generate from');

for (const example of examples) generate(`${example}/src/generated`, [`${example}/crds`]);

const corpus = process.env['KUBE_GEN_CORPUS'] ?? join(root, '../shared/corpus');
const builtIn = process.env['KUBE_GEN_OPENAPI'] ?? join(corpus, 'k8s-openapi/v2/swagger.json');
if (existsSync(builtIn)) {
  // Without descriptions: they are other people's text.
  generate('generated', [...examples.map((example) => `${example}/crds`), builtIn], ['--no-docs']);
} else {
  console.error(`generated/ stays as it is: there is no ${builtIn}. Name an OpenAPI document in KUBE_GEN_OPENAPI.`);
}

/** Runs the generator from its sources, as its command line does it. */
function generate(out: string, inputs: readonly string[], options: readonly string[] = []): void {
  const program = ['--conditions=source', '--import', 'tsx', 'generator/cli/main.ts', '-o', out, ...options, ...inputs];
  const { status, error } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
