import { fileURLToPath } from 'node:url';
import { Deployment } from '@kube-gen/kinds/apps/v1/deployment';
import { startApiServer } from '@kube-gen/runtime/testing';
import { expect, it, vi } from 'vitest';
import { Foo, FooReflector } from '../foo-service/src/generated/example.kube-gen.dev/v1/foo.js';
import { runOperator } from './operator.js';

const crd = fileURLToPath(new URL('../foo-service/crds/foo.yaml', import.meta.url));
const at = { name: 'shop', namespace: 'apps', timeoutMs: 20_000 };

it('makes a Deployment for each Foo, tells its state, tries again what fails, and cleans up before a Foo goes', async () => {
  await using server = await startApiServer({ crds: [crd] });
  await using cluster = await server.connect();
  const foos = cluster.resource(Foo);
  await foos.create({ metadata: { name: 'shop', namespace: 'apps' }, spec: { image: 'shop:1', replicas: 2 } });
  const told = vi.spyOn(console, 'error').mockReturnValue();
  server.fault({ match: { verb: 'create', plural: 'deployments' }, do: 'status', status: 503, times: 1 });

  const stop = new AbortController();
  const cleaned: string[] = [];
  const running = runOperator(cluster, {
    signal: stop.signal,
    cleanUp: async ({ metadata }) => {
      cleaned.push(metadata.name);
    },
  });
  await using cache = new FooReflector(cluster);
  await cache.waitFor((foo) => foo?.status?.phase === 'Progressing', at);
  expect(told).toHaveBeenCalledWith(expect.stringMatching(/^apps\/shop: .*; again in 1 s$/));
  expect(server.objects(Deployment)).toMatchObject([
    { metadata: { name: 'shop', ownerReferences: [{ kind: 'Foo' }] }, spec: { replicas: 2 } },
  ]);

  const status = { replicas: 2, readyReplicas: 2 };
  await cluster.resource(Deployment).status.patch('shop', { status }, { namespace: 'apps' });
  await cache.waitFor((foo) => foo?.status?.phase === 'Ready', at);
  await foos.patch('shop', { spec: { replicas: 3 } }, { namespace: 'apps' });
  await cache.waitFor((foo) => foo?.status?.phase === 'Progressing', at);
  expect(server.objects(Deployment)).toMatchObject([{ spec: { replicas: 3 } }]);
  await foos.patch('shop', { spec: { image: 'shop:2' } }, { namespace: 'apps' });
  await vi.waitFor(() =>
    expect(server.objects(Deployment)).toMatchObject([
      { spec: { replicas: 3, template: { spec: { containers: [{ image: 'shop:2' }] } } } },
    ]),
  );

  expect(await foos.delete('shop', { namespace: 'apps' })).toMatchObject({ metadata: { name: 'shop' } });
  await cache.waitFor((foo) => foo === undefined, at);
  expect(cleaned).toEqual(['shop']);
  expect(server.objects(Foo)).toEqual([]);
  stop.abort();
  await running;
});
