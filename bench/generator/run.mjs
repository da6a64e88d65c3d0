/**
 * What the generator costs, in fresh processes, interleaved; medians and ratios. Needs a build.
 *
 *   node bench/generator/run.mjs small [crd.yaml] [--reps 20]      one CRD, beside an empty process and one that reads the YAML;
 *                                                                  to measure another Node, run this with it
 *   node bench/generator/run.mjs scale <folder> [--reps 3]         many CRDs: the first run, an unchanged one, --check
 *   --peers <folder>      a folder with node_modules in which one or both of these were installed: the command that imports CRDs, and
 *                         another js-yaml, which may read quicker than ours:
 *                         npm install cdk8s-cli@2.207.60 js-yaml@4.1.0
 *
 * It writes below the folder of temporary files. Where that is a disk, a file system may take half a second for the many files of
 * `scale`: TMPDIR=/dev/shm on Linux writes to memory.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const argv = process.argv.slice(2);
const option = (name) => {
  const at = argv.indexOf(name);
  return at === -1 ? undefined : argv.splice(at, 2)[1];
};
const reps = Number(option('--reps') ?? (argv[0] === 'scale' ? 3 : 20));
const peers = option('--peers');
const [what, given] = argv;
const input = resolve(given ?? join(root, 'examples/foo-service/crds/foo.yaml'));
if (!['small', 'scale'].includes(what) || !(reps > 0)) {
  console.error('usage: node bench/generator/run.mjs small|scale [input] [--reps n] [--peers folder]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'kube-gen-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const cli = join(root, 'dist/cli/main.js');
const files = statSync(input).isDirectory()
  ? readdirSync(input, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ya?ml$/.test(file))
      .map((file) => join(input, file))
  : [input];

const probe = script(
  'probe.cjs',
  `process.on('exit', () => {
     // What Node does after this, and the process pays for.
     require('node:module').flushCompileCache?.();
     const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
     require('node:fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 }));
   });`,
);
const empty = script('empty.mjs', '');
/** The reader of the runtime, which has it among its dependencies. */
const reader = 'js-yaml';
const read = readScript('read.mjs', import.meta.resolve(reader));
/**
 * Where the output goes and where Node keeps what it compiled: new folders each time, and none is deleted before the end. For some
 * seconds ext4 uses no place again of which a file was deleted, and looks at each of them for every new file: a run right after the
 * folder of another was deleted pays two seconds for that.
 */
let out = '';
let temporary = '';
const fresh = () => {
  out = mkdtempSync(join(work, 'out-'));
};
const never = () => {
  fresh();
  temporary = mkdtempSync(join(work, 'tmp-'));
};
never();
const generate = (...flags) => [cli, input, '-o', out, '--quiet', ...flags];

/** What runs, in which order; `base` is what the others are compared with. */
const rows = [
  ...(what === 'small' ? [{ name: 'empty process', args: () => [empty] }] : []),
  { name: 'reads the YAML with js-yaml', args: () => [read], base: true },
  { name: 'kube-gen, first run of all, nothing kept by Node', args: generate, before: never },
  { name: 'kube-gen, first run', args: generate, before: fresh },
  { name: 'kube-gen, unchanged', args: generate },
  { name: 'kube-gen --check', args: () => generate('--check') },
  ...(peers === undefined ? [] : peerRows(join(resolve(peers), 'node_modules'))),
];

const runs = new Map(rows.map(({ name }) => [name, []]));
for (let i = 0; i < reps; i++) for (const row of rows) runs.get(row.name).push(run(row));

const base = median(runs.get(rows.find((row) => row.base).name), 'cpu');
console.log(`${files.length} files, Node ${process.version}, medians of ${reps} interleaved runs\n`);
console.log('|  | CPU s | of reading the YAML | peak MB |\n| --- | --- | --- | --- |');
for (const [name, list] of runs) {
  const cpu = median(list, 'cpu');
  console.log(`| ${name} | ${cpu.toFixed(3)} | ${(cpu / base).toFixed(2)}x | ${median(list, 'peak').toFixed(0)} |`);
}

/** @param {string} name @param {string} text */
function script(name, text) {
  const file = join(work, name);
  writeFileSync(file, text);
  return file;
}

/** One run; CPU seconds and peak memory of the process itself. @param {{ name: string, args: () => string[], before?: () => void }} row */
function run({ name, args, before }) {
  before?.();
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', probe, ...args()], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_CACHE_HOME: work, TMPDIR: temporary, CHECKPOINT_DISABLE: '1' },
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${stderr}`);
  return JSON.parse(output[3]);
}

/** @param {{ cpu: number, peak: number }[]} list @param {'cpu' | 'peak'} key */
function median(list, key) {
  const sorted = list.map((one) => one[key]).sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** Reads all inputs with a `js-yaml`. @param {string} name @param {string} module */
function readScript(name, module) {
  return script(
    name,
    `import { readFileSync } from 'node:fs';
     import * as reader from ${JSON.stringify(module)};
     const { loadAll } = reader.default ?? reader;
     for (const file of ${JSON.stringify(files)}) loadAll(readFileSync(file, 'utf8'));`,
  );
}

/** @param {string} modules */
function peerRows(modules) {
  const rows = [];
  const cdk8s = join(modules, 'cdk8s-cli/bin/cdk8s');
  if (existsSync(cdk8s)) {
    const args = [cdk8s, 'import', ...files, '--language', 'typescript', '--output', join(work, 'cdk8s')];
    rows.push({ name: 'cdk8s-cli import', args: () => args });
  }
  const other = join(modules, reader, 'package.json');
  if (existsSync(other)) {
    const { version } = JSON.parse(readFileSync(other, 'utf8'));
    const args = [readScript('read-other.mjs', pathToFileURL(createRequire(other).resolve(reader)).href)];
    rows.push({ name: `reads the YAML with js-yaml ${version}`, args: () => args });
  }
  if (rows.length === 0) throw new Error(`neither cdk8s-cli nor js-yaml is in ${modules}`);
  return rows;
}
