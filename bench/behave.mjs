// The fault scenarios of the benchmark harness, several side by side, as its own behave.mjs runs them; and what that one has no flags for.
//   node bench/run.mjs behave [--b all | leak,halfopen] [--adapters kube-gen,cn2] [--kinds pods] [--node 24] [--par 2]
//     [--ms 200000]   how long `halfopen` waits for the cache to be right again, in ms (150000)
//     [--limit 240]   when a scenario is given up, in seconds
// An adapter may carry variables: kube-gen+KG_STREAMING=0. Prints one line per run: scenario, adapter, kind, result as JSON.
// It is started by run.mjs in the harness's copy.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { flag } from './flag.mjs';

const harness = process.cwd();
const { server, NODES } = await import(pathToFileURL(`${harness}/run.mjs`).href);

const everything =
  'halfopen,leak,quiet,start500,watch429,drop-fin,drop-reset,drop-close,drop-trunc,gone-stream,gone-http,gone-noend,' +
  'quiet-moved,big,big-small-chunks,utf8,u2028,recreate,recreate-missed,rename,slow-handler,throwing-handler,garbage,' +
  'storm-410,storm-end,storm-list500,stop';

const names = (name, otherwise) => flag(name, otherwise).split(',');
const program = NODES[flag('node', '24')];
const limitMs = Number(flag('limit', '240')) * 1000;
const waitMs = flag('ms', undefined);
const scenarios = flag('b', 'all') === 'all' ? everything.split(',') : names('b');

const jobs = scenarios.flatMap((b) =>
  names('adapters', 'kube-gen,cn2').flatMap((adapter) => names('kinds', 'pods').map((kind) => ({ b, adapter, kind }))),
);
const worker = async () => {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await judge(job);
};
await Promise.all(Array.from({ length: Number(flag('par', '2')) }, worker));

async function judge({ b, adapter, kind }) {
  const api = await server(['--pods', '50', '--foos', '50']);
  const [name, ...variables] = adapter.split('+');
  const { ended, stdout, stderr, outputAt } = await runClient(
    [
      `--adapter=${name}`,
      `--b=${b}`,
      `--kind=${kind}`,
      `--url=${api.url}`,
      `--ctl=${api.ctl}`,
      ...(waitMs === undefined ? [] : [`--ms=${waitMs}`]),
    ],
    Object.fromEntries(variables.map((variable) => variable.split('='))),
  );
  await api.stop();
  const line = stdout.split('\n').find((text) => text.startsWith('{'));
  const result = line === undefined ? { error: `${ended}: ${stderr.slice(-300)}` } : JSON.parse(line);
  for (const key of ['adapter', 'b', 'kind', 'node']) delete result[key];
  // `stop` tells how long the process lived on after it had nothing more to do.
  if (b === 'stop') result.exitMsAfterStop = stdout.includes('STILL-ALIVE') ? '>12000' : Date.now() - outputAt;
  console.log(b.padEnd(16), adapter.padEnd(8), kind, JSON.stringify(result));
}

function runClient(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [`${harness}/behave-client.mjs`, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let [stdout, stderr, outputAt, limited] = ['', '', 0, false];
    child.stdout.on('data', (text) => {
      outputAt ||= Date.now();
      stdout += text;
    });
    child.stderr.on('data', (text) => (stderr += text));
    const timer = setTimeout(() => {
      limited = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({
        ended: limited ? `given up after ${limitMs / 1000} s` : `ended with ${code ?? signal}`,
        stdout,
        stderr,
        outputAt,
      });
    });
  });
}
