/**
 * Builds the packages with plain tsc: runtime/src -> runtime/dist, generated -> generated/dist, generator -> dist. Builds nothing when nothing changed since the
 * last time; `--force` builds anyway.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = ['package.json', 'tsconfig.json', 'scripts/build.mjs'];
const force = process.argv.includes('--force');

build('runtime', {
  sources: ['runtime/src', 'runtime/tsconfig.json', 'runtime/package.json'],
  project: 'runtime',
  dist: 'runtime/dist',
});
build('kinds', {
  sources: ['generated', 'runtime/src/resource.ts', 'runtime/src/codegen1.ts'],
  project: 'generated',
  dist: 'generated/dist',
  compiler: 'typescript7',
});
build('generator', {
  sources: ['generator', 'runtime/src'],
  project: 'generator',
  dist: 'dist',
  finish: finishGenerator,
});

/** @param {string} name @param {{ sources: string[], project: string, dist: string, compiler?: string, finish?: () => void }} o */
function build(name, { sources, project, dist, compiler = 'typescript', finish }) {
  const stamp = join(root, 'node_modules/.cache/kube-gen', `built-${name}`);
  const changed = Math.max(...[...common, ...sources].map((path) => newest(join(root, path))));
  if (!force && existsSync(join(root, dist)) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed) return;
  const start = Date.now();
  rmSync(stamp, { force: true });
  rmSync(join(root, dist), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', project], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  finish?.();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  // The time at which the sources were read, not the one at which the build was done: who saves meanwhile builds again.
  utimesSync(stamp, start / 1000, start / 1000);
  console.error(`built ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

/** What tsc leaves out: modules that are JavaScript already, and the bit that lets a shell run the command. */
function finishGenerator() {
  for (const path of readdirSync(join(root, 'generator'), { recursive: true, encoding: 'utf8' })) {
    if (/\.js$|\.d\.ts$/.test(path)) cpSync(join(root, 'generator', path), join(root, 'dist', path));
  }
  chmodSync(join(root, 'dist/cli/main.js'), 0o755);
}

/** The latest change of a file, or below a folder, of anything but tests; a removed file shows in its folder. @param {string} path */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return Number.POSITIVE_INFINITY;
  if (!stats.isDirectory()) return path.endsWith('.test.ts') ? 0 : stats.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  // What is made inside changes the time of the folder itself, so only its files count.
  const own = inside.length === readdirSync(path).length ? stats.mtimeMs : 0;
  return Math.max(own, ...inside.map((name) => newest(join(path, name))));
}
