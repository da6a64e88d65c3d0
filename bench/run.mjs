// Runs the benchmark harness with our adapter beside the peers, in one run.
//   node bench/run.mjs sync --n 10000 --reps 5 [--adapters kube-gen,cn2,ref-limit]
//   node bench/run.mjs throughput | latency | growth …   (flags go to the harness as they are)
//   node bench/run.mjs behave | first-sync | stalls …   (flags as behave.mjs, first-sync.mjs and stalls.mjs have them)
// The harness is read from KUBE_GEN_BENCH (default ../shared/bench) and runs in a copy under .cache/bench, which its setup.sh prepares once.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = process.env.KUBE_GEN_BENCH ?? `${root}../shared/bench`;
const copy = process.env.KUBE_GEN_BENCH_COPY ?? `${root}.cache/bench`;

if (!existsSync(source) && !existsSync(copy)) {
  console.error(`No benchmark harness at ${source}. Name its folder in KUBE_GEN_BENCH.`);
  process.exit(2);
}
if (!existsSync(copy)) {
  mkdirSync(copy, { recursive: true });
  cpSync(source, copy, { recursive: true });
  run('chmod', ['-R', 'u+w', copy]);
  run('./setup.sh', []);
}
cpSync(`${root}bench/adapter.mjs`, `${copy}/adapters/kube-gen.mjs`);

const [scenario = 'sync', ...flags] = process.argv.slice(2);
const has = (flag) => flags.includes(flag);
if (['behave', 'first-sync', 'stalls'].includes(scenario)) {
  run('node', [`${root}bench/${scenario}.mjs`, ...flags]);
} else {
  const defaults = [
    ['--adapters', 'kube-gen,cn2,ref-limit,ref-lazy'],
    ['--nodes', '24'],
    ['--kinds', 'pods'],
  ].flatMap(([flag, value]) => (has(flag) ? [] : [flag, value]));
  run('node', ['run.mjs', '--scenario', scenario, ...defaults, ...flags]);
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: copy,
    stdio: 'inherit',
    env: { ...process.env, KUBE_GEN_RUNTIME: `${root}runtime/dist` },
  });
  if (status !== 0) process.exit(status ?? 1);
}
