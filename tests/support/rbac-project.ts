import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Writes a project in a temporary folder that has the modules of Foo in `generated/` and sees the runtime and the built-in kinds as they are built. */
export function rbacProject(files: Readonly<Record<string, string>>, compilerOptions: object = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'kube-gen-rbac-'));
  cpSync(join(root, 'examples/foo-service/src/generated'), join(folder, 'generated'), { recursive: true });
  const written = {
    'package.json': '{ "name": "@acme/my-app", "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...options, ...compilerOptions }, include: ['.'] }),
    ...files,
  };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const options = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable'],
  types: [],
  strict: true,
  noEmit: true,
  paths: {
    '@kube-gen/runtime': [join(root, 'runtime/dist/index.d.ts')],
    '@kube-gen/runtime/*': [join(root, 'runtime/dist/*.d.ts')],
    '@kube-gen/kinds/*': [join(root, 'generated/dist/*.d.ts'), join(root, 'generated/dist/*/index.d.ts')],
  },
};
