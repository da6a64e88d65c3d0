/**
 * What one built-in kind costs: bytes in a bundle, and the compiler's time, for `import { PodReflector }` from the kind's own module,
 * from the index of its group and version, and beside an empty program.
 *
 *   node bench/kinds.mjs [--reps 5]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const reps = Number(parseArgs({ options: { reps: { type: 'string', default: '5' } } }).values.reps);
const folder = mkdtempSync(join(tmpdir(), 'kube-gen-kinds-'));
const programs = {
  'the runtime alone': "import { Reflector } from '@kube-gen/runtime/codegen1';\nexport { Reflector };\n",
  'core/v1/pod': "import { PodReflector } from '@kube-gen/kinds/core/v1/pod';\nexport { PodReflector };\n",
  'core/v1 (index)': "import { PodReflector } from '@kube-gen/kinds/core/v1';\nexport { PodReflector };\n",
};

try {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'node_modules/@kube-gen'), join(folder, 'node_modules/@kube-gen'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [i, text] of Object.values(programs).entries()) writeFileSync(join(folder, `p${i}.ts`), text);
  const rows = await Promise.all(Object.keys(programs).map(measure));
  console.log('|  | bundle, bytes | tsc 5.9, ms | tsc 7, ms |\n| --- | --- | --- | --- |');
  const times = (compiler) => interleaved(rows.length, (i) => compile(compiler, i));
  const [five, seven] = [times('typescript'), times('typescript7')];
  rows.forEach(({ name, bytes }, i) => console.log(`| ${name} | ${bytes} | ${five[i]} | ${seven[i]} |`));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name, i) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, `p${i}.ts`)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    preserveSymlinks: true,
  });
  return { name, bytes: outputFiles[0].contents.length };
}

/** CPU milliseconds of each program, the median of runs that take turns. */
function interleaved(count, run) {
  const all = Array.from({ length: count }, () => []);
  for (let rep = 0; rep < reps; rep += 1) for (let i = 0; i < count; i += 1) all[i].push(run(i));
  return all.map((values) => Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]));
}

/** The compiler's CPU time, as the shell that started it counts it: unlike the clock it means something on a busy machine. */
function compile(compiler, i) {
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --target es2022';
  const tsc = join(root, 'node_modules', compiler, 'bin/tsc');
  const { status, stdout } = spawnSync('sh', ['-c', `"$0" "$1" ${flags} p${i}.ts && times`, process.execPath, tsc], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
  const [user, system] = stdout.trim().split('\n').at(-1).split(' ').map(milliseconds);
  return user + system;
}

/** `0m1.250s` */
function milliseconds(text) {
  const [minutes, seconds] = text.replace('s', '').split('m').map(Number);
  return (minutes * 60 + seconds) * 1000;
}
