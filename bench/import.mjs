// What it costs to start: import, and connect to first sync, each in fresh processes beside an empty one.
//   node bench/import.mjs [--reps 9] [--node /path/to/node]
// client-node is measured where the harness of bench/run.mjs has installed it (.cache/bench). Times are medians; memory is resident, after GC.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { flag } from './flag.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reps = Number(flag('reps', '9'));
const program = flag('node', process.execPath);
const dir = mkdtempSync(join(tmpdir(), 'kube-gen-import-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
const runtime = pathToFileURL(process.env.KUBE_GEN_RUNTIME ?? join(root, 'runtime/dist')).href;
const clientNode = (name) => {
  const path = join(root, `.cache/bench/peers/${name}/node_modules/@kubernetes/client-node/dist/index.js`);
  return existsSync(path) ? `await import(${JSON.stringify(pathToFileURL(path).href)});` : undefined;
};

// A service account, as in a pod.
const account = join(dir, 'account');
mkdirSync(account);
writeFileSync(join(account, 'token'), 'abc');
writeFileSync(join(account, 'namespace'), 'default');
process.env.KUBERNETES_SERVICE_HOST = '127.0.0.1';
process.env.KUBERNETES_SERVICE_PORT = '1';

const cases = {
  nothing: '',
  'kube-gen/codegen1': `await import('${runtime}/codegen1.js');`,
  'kube-gen': `await import('${runtime}/index.js');`,
  'kube-gen and connect() in a pod': `const { connect } = await import('${runtime}/index.js');
    await connect({ inCluster: true, serviceAccountDir: ${JSON.stringify(account)} });`,
  'client-node 1.4.0': clientNode('cn1'),
  'client-node 2.0.1': clientNode('cn2'),
};

function measure(body) {
  const file = join(dir, 'case.mjs');
  writeFileSync(
    file,
    `const t0 = performance.now(); ${body}
     const ms = performance.now() - t0;
     const { user, system } = process.cpuUsage();
     globalThis.gc(); globalThis.gc();
     const { rss, heapUsed } = process.memoryUsage();
     console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMB: rss / 2 ** 20, heapMB: heapUsed / 2 ** 20 }));
     process.exit();`,
  );
  try {
    return JSON.parse(
      execFileSync(program, ['--expose-gc', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined; // this Node cannot load it
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const results = new Map(Object.keys(cases).map((name) => [name, []]));
for (let i = 0; i < reps; i++) {
  for (const [name, body] of Object.entries(cases)) {
    const result = body === undefined ? undefined : measure(body);
    if (result !== undefined) results.get(name).push(result);
  }
}
const of = (name, key) => median(results.get(name).map((result) => result[key]));
console.log(
  `${execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()}, median of ${reps}, over an empty process`,
);
console.log('| | import ms (least) | CPU ms | RSS MB | heap MB |\n| --- | --- | --- | --- | --- |');
for (const name of Object.keys(cases)) {
  if (results.get(name).length === 0) console.log(`| ${name} | not there, or fails on this Node | | | |`);
  else {
    const over = (key, digits) => (of(name, key) - of('nothing', key)).toFixed(digits);
    const least = Math.min(...results.get(name).map(({ ms }) => ms)).toFixed(0);
    console.log(
      `| ${name} | ${of(name, 'ms').toFixed(0)} (${least}) | ${over('cpuMs', 0)} | ${over('rssMB', 1)} | ${over('heapMB', 1)} |`,
    );
  }
}
