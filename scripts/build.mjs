/**
 * Builds the packages: generated -> generated/dist with tsc alone; runtime/src -> runtime/dist and generator -> dist as a few bundles of
 * code and of the declarations that tsc writes, because what starts is as quick as it has files to load. Builds nothing when nothing
 * changed since the last time; `--force` builds anyway.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { bundleDeclarations } from './bundle-declarations.mjs';
import { bundleGenerator } from './bundle-generator.mjs';
import { compileAtOnce } from './compile-at-once.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = [
  'package.json',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/bundle-declarations.mjs',
  'scripts/bundle-generator.mjs',
  'scripts/compile-at-once.mjs',
];
const force = process.argv.includes('--force');

await build('runtime', {
  sources: ['runtime/src', 'runtime/tsconfig.json', 'runtime/package.json'],
  project: 'runtime',
  dist: 'runtime/dist',
  finish: bundleRuntime,
});
await build('kinds', {
  sources: ['generated', 'runtime/src/resource.ts', 'runtime/src/codegen1.ts'],
  project: 'generated',
  dist: 'generated/dist',
  compiler: 'typescript7',
});
await build('generator', {
  sources: ['generator', 'runtime/src'],
  project: 'generator',
  dist: 'dist',
  finish: finishGenerator,
});

/**
 * Compiles a package with tsc; or, with `finish`, has tsc write its declarations to a folder of their own, and leaves the rest to that.
 *
 * @param {string} name
 * @param {{ sources: string[], project: string, dist: string, compiler?: string, finish?: (declarations: string) => Promise<void> }} o
 */
async function build(name, { sources, project, dist, compiler = 'typescript', finish }) {
  const stamp = join(root, 'node_modules/.cache/kube-gen', `built-${name}`);
  const changed = Math.max(...[...common, ...sources].map((path) => newest(join(root, path))));
  if (!force && existsSync(join(root, dist)) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed) return;
  const start = Date.now();
  rmSync(stamp, { force: true });
  rmSync(join(root, dist), { recursive: true, force: true });
  const tsc = [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', project];
  if (finish === undefined) run(tsc);
  else {
    const declarations = mkdtempSync(join(tmpdir(), 'kube-gen-build-'));
    process.once('exit', () => rmSync(declarations, { recursive: true, force: true }));
    run([...tsc, '--emitDeclarationOnly', '--outDir', declarations]);
    await finish(declarations);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  // The time at which the sources were read, not the one at which the build was done: who saves meanwhile builds again.
  utimesSync(stamp, start / 1000, start / 1000);
  console.error(`built ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

/** @param {string[]} args */
function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * One file for each entry, and one for each part that several share: a class is the same one whichever entry it comes from. What is
 * imported lazily stays a file of its own.
 *
 * @param {string} declarations
 */
async function bundleRuntime(declarations) {
  const dist = join(root, 'runtime/dist');
  const { exports } = JSON.parse(readFileSync(join(root, 'runtime/package.json'), 'utf8'));
  const entries = Object.values(exports).flatMap(({ '@kube-gen/source': source }) =>
    source === undefined ? [] : [source],
  );
  await bundle({
    absWorkingDir: join(root, 'runtime'),
    entryPoints: entries,
    outbase: 'src',
    outdir: 'dist',
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['node:*', 'js-yaml'],
    sourcemap: true,
    sourcesContent: false,
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
  await bundleDeclarations(
    declarations,
    dist,
    entries.map((source) => source.replace('./src/', '').replace(/\.ts$/, '')),
  );
}

/** The programs, the types of what a program may import, and the licence of what their bundle has in it. @param {string} declarations */
async function finishGenerator(declarations) {
  // Those that are written by hand tsc leaves where they are.
  for (const path of readdirSync(join(root, 'generator'), { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.d.ts')) cpSync(join(root, 'generator', path), join(declarations, path));
  }
  await bundleDeclarations(declarations, join(root, 'dist'), ['index']);
  await bundleGenerator(root, join(root, 'dist'));
  compileAtOnce(root, join(root, 'dist'));
  chmodSync(join(root, 'dist/cli/main.js'), 0o755);
  const licence = readFileSync(join(root, 'node_modules/handlebars/LICENSE'), 'utf8');
  writeFileSync(join(root, 'dist/LICENSE-handlebars'), licence);
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
