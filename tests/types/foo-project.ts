import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '../../generator/generate.js';
import { writeProject } from '../support/type-check.js';

const crd = fileURLToPath(new URL('../../examples/foo-service/crds/foo.yaml', import.meta.url));

/** A new folder with what a user of the example CRD has: its modules below `generated/`. Remove it at the end. */
export async function createFooProject(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-types-'));
  const made = await generate([{ file: 'foo.yaml', text: readFileSync(crd, 'utf8') }]);
  writeProject(folder, [
    ...made.files.map(({ path, content }) => ({ path: `generated/${path}`, content })),
    ...Object.entries(files).map(([path, content]) => ({ path, content })),
  ]);
  return folder;
}

/** Where the module of `Foo` is, for an import in a file of the project. */
export const fooModule = './generated/example.kube-gen.dev/v1/foo.js';
/** The module of its older version, which has no subresources. */
export const oldFooModule = './generated/example.kube-gen.dev/v1alpha1/foo.js';
