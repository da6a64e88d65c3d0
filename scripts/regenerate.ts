/**
 * Generates what is committed: the modules of the example CRDs, once as the package @kube-gen/kinds and once in each
 * example's own source folder, as its user would have them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `examples/${entry.name}`);
if (examples.length === 0) throw new Error('there are no examples to generate from');

generate(
  'generated',
  examples.map((example) => `${example}/crds`),
);
for (const example of examples) generate(`${example}/src/generated`, [`${example}/crds`]);

/** Runs the generator from its sources, as its command line does it. */
function generate(out: string, inputs: readonly string[]): void {
  const program = ['--conditions=source', '--import', 'tsx', 'generator/cli/main.ts', '-o', out, ...inputs];
  const { status, error } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
