import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { listOf, modified, Thing, thing } from '../../../tests/support/reflector-scene.js';
import { closeServersAfterEach, serveHttp } from '../../../tests/support/test-servers.js';
import { connect } from '../connect.js';
import { systemClock } from '../io/system-clock.js';
import { Reflector } from './reflector.js';

closeServersAfterEach();

/** Longer than any backoff is remembered (E2): each end is a first one, so nothing here waits. */
const LONG_MS = 121_000;
const RECONNECTS = 20;

const ends: [string, (response: ServerResponse) => unknown][] = [
  ['ends', (response) => response.end()],
  ['is cut', (response) => response.socket?.destroy()],
  ['is reset', (response) => response.socket?.resetAndDestroy()],
];

it.each(ends)('T9: a watch that %s twenty times leaves no socket behind', async (_how, end) => {
  let leapt = 0;
  const watches: ServerResponse[] = [];
  const version = (): string => String(10 + watches.length);
  const { server, url } = await serveHttp((request, response) => {
    const watch = request.url?.includes('watch=1') === true;
    if (!watch) return response.end(JSON.stringify(listOf(version(), [thing('a', version())])));
    watches.push(response);
    return response.write(`${JSON.stringify(modified(thing('a', version())))}\n`);
  });
  const openSockets = promisify(server.getConnections.bind(server));
  const clock = { ...systemClock, now: () => systemClock.now() + leapt };
  await using cluster = await connect({ server: url, clock });
  await using things = new Reflector(cluster, Thing, { streaming: false });
  await things.ready({ timeoutMs: 10_000 });
  for (let n = 1; n <= 1 + RECONNECTS; n++) {
    await things.caughtUp(String(10 + n), { timeoutMs: 10_000 });
    leapt += LONG_MS;
    if (n <= RECONNECTS) end(watches[n - 1]!);
  }

  // The watch, and one that is kept for the next request.
  await expect.poll(openSockets).toBeLessThanOrEqual(2);
  expect(things.status).toMatchObject({ live: true, counts: { reconnects: RECONNECTS, relists: 0 } });
  await things.stop();
  await cluster.close();
  await expect.poll(openSockets).toBe(0);
});
