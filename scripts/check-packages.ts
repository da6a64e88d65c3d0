/** Packs the packages and asks publint and attw whether a stranger's tools can use them. Needs a build. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);

const folder = mkdtempSync(join(tmpdir(), 'kube-gen-packages-'));
try {
  const packages = JSON.parse(
    run('npm', [
      'pack',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      folder,
      '--workspace',
      'runtime',
      '--workspace',
      'generated',
      '--include-workspace-root',
    ]),
  ) as Record<string, { name: string; filename: string; size: number; entryCount: number }>;
  const packed = Object.values(packages);
  if (packed.length !== 3) throw new Error(`expected three packages, npm packed ${packed.length}`);
  for (const { name, filename, size, entryCount } of packed) {
    const tarball = join(folder, filename);
    run(bin('publint'), ['run', '--strict', tarball]);
    run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-emoji']);
    console.log(`${name}: ${entryCount} files, ${(size / 1024).toFixed(0)} KB packed`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (status === 0) return stdout;
  console.error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  process.exit(1);
}
