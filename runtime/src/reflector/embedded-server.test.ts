import { describe, expect, it } from 'vitest';
import { Thing } from '../../../tests/support/reflector-scene.js';
import type { Cluster } from '../cluster.js';
import { type ApiServer, startApiServer } from '../testing/index.js';
import { Reflector } from './reflector.js';

/** A write that survives a connection which the server has just cut. */
async function create(cluster: Cluster, name: string, color: string): Promise<Thing> {
  const things = cluster.resource(Thing);
  const manifest = { metadata: { name, namespace: 'apps' }, spec: { color } };
  try {
    // The server fills in what a manifest leaves out.
    return await things.create(manifest as unknown as Thing);
  } catch {
    return things.create(manifest as unknown as Thing);
  }
}

const troubles: [string, (api: ApiServer) => unknown][] = [
  ['nothing', () => undefined],
  ['a reset connection', (api) => api.fault({ match: { verb: 'watch' }, do: 'reset', times: 1 })],
  ['a watch that ends', (api) => api.fault({ match: { verb: 'watch' }, do: 'drop', times: 1 })],
  ['forgotten history', (api) => api.fault({ match: { verb: 'watch' }, do: 'expire', times: 1 })],
  ['a restart', (api) => api.restart()],
];

describe.each([true, false])('over real sockets (streaming %s)', (streaming) => {
  it.each(troubles)('a cache follows its server through %s', async (_name, trouble) => {
    await using api = await startApiServer({ kinds: [Thing] });
    await using cluster = await api.connect();
    for (let n = 0; n < 5; n++) await create(cluster, `first-${n}`, 'red');
    await using things = new Reflector(cluster, Thing, { streaming, indexes: { color: ({ spec }) => spec?.color } });
    const keys = new Set<string>();
    things.on('added', ({ metadata }) => keys.add(metadata.name));
    things.on('deleted', ({ metadata }) => keys.delete(metadata.name));
    await things.ready({ timeoutMs: 10_000 });
    expect(things.by('color', 'red')).toHaveLength(5);

    await trouble(api);
    const { metadata } = await create(cluster, 'later', 'blue');
    await things.caughtUp(metadata.resourceVersion, { timeoutMs: 20_000 });
    expect(things.by('color', 'blue')).toHaveLength(1);
    await cluster.resource(Thing).delete('first-0', { namespace: 'apps' });
    await things.waitFor((object) => object === undefined, {
      name: 'first-0',
      namespace: 'apps',
      timeoutMs: 20_000,
    });

    const names = ['first-1', 'first-2', 'first-3', 'first-4', 'later'];
    expect(things.list().map((object) => object.metadata.name)).toEqual(expect.arrayContaining(names));
    await expect.poll(() => [...keys].sort()).toEqual(names);
    expect(things.status).toMatchObject({ synced: true, counts: { objects: 5 } });
  });
});
