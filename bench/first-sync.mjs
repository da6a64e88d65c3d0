// What a program costs from nothing to its first sync of a small cluster over plain http, import included: each time a new process,
// the adapters in turn.
//   node bench/run.mjs first-sync [--adapters kube-gen,cn2,cn1] [--n 50] [--reps 5] [--node 24]
// It is started by run.mjs in the harness's copy. Prints medians, and the least time; memory is resident, after GC.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { flag } from './flag.mjs';

const harness = process.cwd();
const { server, NODES } = await import(pathToFileURL(`${harness}/run.mjs`).href);

const adapters = flag('adapters', 'kube-gen,cn2,cn1').split(',');
const reps = Number(flag('reps', '5'));
const count = Number(flag('n', '50'));
const program = NODES[flag('node', '24')];
const start = promisify(execFile);

const api = await server(['--pods', String(count), '--foos', '1']);
const results = new Map(adapters.map((name) => [name, []]));
for (let i = 0; i < reps; i++) {
  for (const name of adapters) results.get(name).push(await measure(name));
}
await api.stop();

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
console.log(`${count} Pods, median of ${reps}`);
console.log('| | ms (least) | CPU ms | resident MB |\n| --- | --- | --- | --- |');
for (const [name, runs] of results) {
  const of = (key) => median(runs.map((run) => run[key])).toFixed(0);
  console.log(
    `| ${name} | ${of('ms')} (${Math.min(...runs.map(({ ms }) => ms)).toFixed(0)}) | ${of('cpuMs')} | ${of('rssMB')} |`,
  );
}

/** The whole of a new process but Node's own start, which is the same for all. */
async function measure(name) {
  const target = { url: api.url, path: '/api/v1/pods', kind: 'pods', expect: count };
  const body = `
    const t0 = performance.now();
    const { start } = await import(${JSON.stringify(pathToFileURL(`${harness}/adapters/${name}.mjs`).href)});
    const cache = await start(${JSON.stringify(target)});
    await cache.ready;
    const ms = performance.now() - t0;
    if (cache.size() !== ${count}) throw new Error('the cache holds ' + cache.size() + ' objects');
    const { user, system } = process.cpuUsage();
    globalThis.gc(); globalThis.gc();
    console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMB: process.memoryUsage.rss() / 2 ** 20 }));
    process.exit();`;
  const { stdout } = await start(program, ['--expose-gc', '--input-type=module', '--eval', body], { cwd: harness });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
