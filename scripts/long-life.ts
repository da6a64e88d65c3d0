/**
 * A life of reflectors over real sockets, HTTP/1.1 and HTTP/2, with faults at random: at each quiet point caches equal the server and
 * what subscribers were told, and at the end nothing is left.
 *
 *   npx tsx --conditions=@kube-gen/source --expose-gc scripts/long-life.ts --minutes 10 --objects 2500
 *
 * Ends with exit code 1 when anything was wrong.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cluster, connect, Reflector, type ReflectorOptions } from '@kube-gen/runtime';
import { chance } from './long-life/chance.js';
import type { Holdings, Places, Question } from './long-life/faulty-server.js';
import { Thing } from './long-life/thing.js';
import { differenceOf, type Watched, Witness } from './long-life/witness.js';
import { createWriter } from './long-life/writer.js';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, objects: { type: 'string', default: '2500' } },
});
const STORM_MS = 20_000;
/** Two backoffs at their longest, and a list. */
const PATIENCE_MS = 150_000;

let wrong = 0;
const complain = (what: string): void => {
  wrong += 1;
  console.error(`WRONG ${what}`);
};
process.on('unhandledRejection', (error) => complain(`a rejection that nobody handled: ${String(error)}`));
process.on('uncaughtException', (error) => complain(`an exception that nobody caught: ${String(error)}`));
process.on('warning', ({ message }) => complain(`a warning of the platform: ${message}`));

const child = fork(fileURLToPath(new URL('./long-life/faulty-server.ts', import.meta.url)));
const waiting = new Map<number, (value: unknown) => void>();
let asked = 0;
child.on('message', ({ id, value }: { id: number; value: unknown }) => {
  waiting.get(id)?.(value);
  waiting.delete(id);
});
const answerTo = (id: number): Promise<unknown> => new Promise((resolve) => void waiting.set(id, resolve));
const ask = (question: Question): Promise<unknown> => {
  const answer = answerTo(++asked);
  child.send({ id: asked, question });
  return answer;
};
const holdings = async (): Promise<Holdings> => (await ask('objects')) as Holdings; // what it answers to that

const places = (await answerTo(0)) as Places; // the first message
const admin = await connect({ server: places.direct });
const writer = createWriter(admin.resource(Thing));
await writer.fill(Number(values.objects));

const clusters = [await connect({ server: places.relay }), await connect({ server: places.front, ca: places.ca })];
const watched = clusters.flatMap((cluster, at) => reflectorsOf(cluster, at === 0 ? 'HTTP/1.1' : 'HTTP/2'));
const witnesses = watched.flatMap((each) => subscribe(each));

const until = performance.now() + Number(values.minutes) * 60_000;
for (let round = 1, faults = 0; performance.now() < until; round += 1) {
  writer.start();
  for (const end = performance.now() + STORM_MS; performance.now() < end; faults += 1) {
    await ask('strike');
    await pause(500 + chance(1500));
  }
  await writer.stop();
  await ask('calm');
  const began = performance.now();
  let differences = await compare();
  while (differences.length > 0 && performance.now() - began < PATIENCE_MS) {
    await pause(500);
    differences = await compare();
  }
  for (const difference of differences) complain(difference);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.error(`round ${round}: ${faults} faults, ${writer.writes} writes, all equal after ${seconds} s`);
}

for (const { reflector } of watched) await reflector.stop();
for (const cluster of [...clusters, admin]) await cluster.close();
await pause(500);
const { connections } = await holdings();
if (connections > 0) complain(`${connections} connections are left`);
child.send({ id: -1, question: 'end' satisfies Question });
await once(child, 'exit');
globalThis.gc?.();
const left = process.getActiveResourcesInfo().filter((name) => /^(?:TCP|TLS|Timeout)/.test(name));
if (left.length > 0) complain(`left behind: ${left.join(', ')}`);
const { heapUsed, arrayBuffers } = process.memoryUsage();
console.error(`heap ${(heapUsed / 1e6).toFixed(1)} MB, buffers ${(arrayBuffers / 1e6).toFixed(1)} MB, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

function reflectorsOf(cluster: Cluster, protocol: string): Watched[] {
  const of = (
    name: string,
    options: ReflectorOptions<Thing, {}, 'Namespaced'>,
    holds: Watched['holds'] = () => true,
  ): Watched => ({ name: `${protocol} ${name}`, reflector: new Reflector(cluster, Thing, options), holds });
  return [
    of('all', {}),
    of('shared', {}),
    of('two namespaces', { namespaces: ['a', 'b'] }, (key) => /^[ab]\//.test(key)),
    of('paged', { streaming: false }),
    of('from the cache', { streaming: false, initial: 'any', managedFields: true }),
    of('selected', { labelSelector: 'tier=back' }, (_, tier) => tier === 'back'),
    of('metadata', { metadataOnly: true }),
  ];
}

function subscribe(each: Watched): Witness[] {
  const { reflector } = each;
  const handler = new Witness(each, 'handler', complain);
  reflector.on('change', handler.hear);
  const slow = new Witness(each, 'slow handler', complain);
  reflector.on('change', async (change) => {
    slow.hear(change);
    if (chance(500) === 0) await pause(200);
  });
  const every = new Witness(each, "mode 'every'", complain);
  void (async () => {
    for await (const change of reflector.changes({ mode: 'every', buffer: 200 })) every.hear(change);
  })();
  return [handler, slow, every];
}

async function compare(): Promise<string[]> {
  const server = await holdings();
  const caches = watched.map((each) => differenceOf(each, server));
  const found = caches.filter((each) => each !== undefined);
  // What is not synced cannot be read.
  return found.length > 0 ? found : witnesses.flatMap((witness) => witness.difference() ?? []);
}
