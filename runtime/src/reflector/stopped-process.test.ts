import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanEnv, root } from '../../../tests/cli/run-cli.js';
import { Thing } from '../../../tests/support/reflector-scene.js';
import type { Told } from '../../../tests/support/stoppable-program.js';
import { afterwards, closeServersAfterEach } from '../../../tests/support/test-servers.js';
import type { Cluster } from '../cluster.js';
import { type ApiServer, startApiServer } from '../testing/index.js';

closeServersAfterEach();

const HOUR_MS = 3_600_000;
const tsx = import.meta.resolve('tsx');

/** A process with a live cache of Things, which finds `leapMs` gone by when it goes on after a stop. */
async function startProcess(url: string, leapMs: number): Promise<{ child: ChildProcess; said: () => string }> {
  const child = fork(`${root}tests/support/stoppable-program.ts`, [url, String(leapMs)], {
    execArgv: ['--import', tsx, '--conditions=@kube-gen/source'],
    env: cleanEnv(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  afterwards(() => child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  expect({ first, said }).toEqual({ first: 'ready', said: '' });
  return { child, said: () => said };
}

async function ask(child: ChildProcess): Promise<Told> {
  child.send('tell');
  const [told] = (await once(child, 'message')) as [Told];
  return told;
}

/** Stops the process, and waits until the system says that it stands. */
async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGSTOP');
  await expect.poll(() => readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /, '')[0]).toBe('T');
}

function create(cluster: Cluster, name: string, color: string): Promise<Thing> {
  // The server fills in what a manifest leaves out.
  const manifest = { metadata: { name, namespace: 'apps' }, spec: { color } } as unknown as Thing;
  return cluster.resource(Thing).create(manifest);
}

/** More than fits between the two processes; one object changed, one gone, one gone and made again. */
async function changeMuch(cluster: Cluster): Promise<void> {
  const things = cluster.resource(Thing);
  for (let n = 0; n < 40; n++) await create(cluster, `large-${n}`, 'x'.repeat(100_000));
  await things.patch('changed', { spec: { color: 'blue' } }, { namespace: 'apps' });
  await things.delete('gone', { namespace: 'apps' });
  await things.delete('again', { namespace: 'apps' });
  await create(cluster, 'again', 'blue');
}

const meanwhile: [string, (api: ApiServer) => unknown][] = [
  ['nothing else happens', () => undefined],
  ['the history is forgotten', (api) => api.compact()],
  ['the server starts again', (api) => api.restart()],
  ['the server starts again without its history', (api) => api.restart({ whileDown: () => api.compact() })],
];
const times: [string, number, object][] = [
  ['moments', 0, {}],
  ['an hour', HOUR_MS, { reconnects: expect.arrayContaining(['suspend']) as string[] }],
];

// Stops and goes on by signals, and is seen to stand in /proc.
describe.skipIf(!existsSync('/proc/self/stat'))('a process that is stopped and goes on (SIGSTOP, SIGCONT)', () => {
  describe.each(times)('after %s', (_time, leapMs, also) => {
    it.each(meanwhile)('W20: has the cache of its server again when %s', async (_name, trouble) => {
      await using api = await startApiServer({ kinds: [Thing] });
      await using cluster = await api.connect();
      for (const name of ['same', 'changed', 'gone', 'again']) await create(cluster, name, 'red');
      const { child, said } = await startProcess(api.url, leapMs);
      await expect.poll(() => ask(child)).toMatchObject({ live: true, reconnects: [] });

      await stop(child);
      await changeMuch(cluster);
      await trouble(api);
      child.kill('SIGCONT');

      const cache = Object.fromEntries(
        api.objects(Thing).map(({ metadata }) => [metadata.name, metadata.resourceVersion]),
      );
      expect(Object.keys(cache)).toHaveLength(43);
      await expect
        .poll(() => ask(child))
        .toEqual(expect.objectContaining({ cache, subscriber: cache, live: true, ...also }));
      // And it follows: the watch that it has now is a live one.
      const { metadata } = await create(cluster, 'later', 'green');
      await expect
        .poll(async () => (await ask(child)).subscriber)
        .toEqual({ ...cache, later: metadata.resourceVersion });
      child.send('end');
      const [code] = (await once(child, 'close')) as [number | null];
      expect({ code, said: said() }).toEqual({ code: 0, said: '' });
    });
  });
});
