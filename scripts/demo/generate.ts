import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as foo from '../../examples/foo-service/src/generated/example.kube-gen.dev/v1/foo.js';
import { dim, say } from './say.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The generated module, as the compiler knows it from the committed copy: both come from the same CRD. */
export type FooModule = typeof foo;

/** Runs the built command line on the example's CRD, shows what it says and what it made, and loads that. */
export async function generateFoo(crd: string, out: string): Promise<FooModule> {
  const args = [crd, '-o', out];
  say(`$ npx kube-gen ${args.join(' ')}`);
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  say(stderr);
  if (status !== 0) throw new Error(`kube-gen ended with ${status}`);

  const file = join(root, out, 'example.kube-gen.dev/v1/foo.ts');
  const exported = readFileSync(file, 'utf8').matchAll(
    /^export (?:interface|const|class) (?:Foo|FooManifest|FooReflector)\b/gm,
  );
  say(dim(`example.kube-gen.dev/v1/foo.ts: ${[...exported].map(([text]) => text.slice(7)).join(', ')}`));
  // What an import of a path made at run time gives is for nobody to know but us.
  return (await import(pathToFileURL(file).href)) as FooModule;
}
