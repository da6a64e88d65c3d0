// How long the event loop is held while 100,000 Pods come: the CPU time of the main thread from one turn to the next, which says what
// the cache does whoever else is on the machine, and the time by the clock beside it.
//   node bench/run.mjs stalls [--adapters kube-gen,ref-lazy] [--n 100000] [--reps 1] [--node 24]
// It is started by run.mjs in the harness's copy. `process.threadCpuUsage` needs Node 23.9.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { flag } from './flag.mjs';

const harness = process.cwd();
const { server, NODES } = await import(pathToFileURL(`${harness}/run.mjs`).href);

const adapters = flag('adapters', 'kube-gen,ref-lazy').split(',');
const count = Number(flag('n', '100000'));
const program = NODES[flag('node', '24')];
const start = promisify(execFile);

const api = await server(['--pods', String(count), '--foos', '1']);
console.log(
  `${count} Pods\n| | CPU s | peak MB | longest turn, CPU ms | turns over 25 ms | longest turn by the clock, ms |`,
);
console.log('| --- | --- | --- | --- | --- | --- |');
for (let rep = 0; rep < Number(flag('reps', '1')); rep++) for (const name of adapters) console.log(await measure(name));
await api.stop();

async function measure(adapter) {
  const [name, ...settings] = adapter.split('+');
  const target = { url: api.url, path: '/api/v1/pods', kind: 'pods', expect: count };
  const body = `
    const { start, preload } = await import(${JSON.stringify(pathToFileURL(`${harness}/adapters/${name}.mjs`).href)});
    await preload?.();
    const cpu = () => { const { user, system } = process.threadCpuUsage(); return user + system; };
    let last = cpu(), at = performance.now(), running = true, cpuMs = 0, wallMs = 0, over = 0;
    const turn = () => {
      const now = cpu(), wall = performance.now();
      cpuMs = Math.max(cpuMs, (now - last) / 1000);
      wallMs = Math.max(wallMs, wall - at);
      if (now - last > 25_000) over++;
      last = now; at = wall;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    const before = process.cpuUsage();
    const cache = await start(${JSON.stringify(target)});
    // What Node loads for the first connection is told by import.mjs.
    await new Promise((resolve) => setImmediate(resolve));
    cpuMs = wallMs = over = 0;
    await cache.ready;
    await new Promise((resolve) => setTimeout(resolve, 100));
    running = false;
    const { user, system } = process.cpuUsage(before);
    if (cache.size() !== ${count}) throw new Error('the cache holds ' + cache.size() + ' objects');
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log([(user + system) / 1e6, peak, cpuMs, over, wallMs].map((x) => x.toFixed(1)).join(' | '));
    process.exit();`;
  const { stdout } = await start(program, ['--input-type=module', '--eval', body], {
    cwd: harness,
    env: { ...process.env, ...Object.fromEntries(settings.map((setting) => setting.split('='))) },
  });
  return `| ${adapter} | ${stdout.trim().split('\n').at(-1)} |`;
}
