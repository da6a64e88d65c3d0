import { createCluster, fromFetch } from '@kube-gen/runtime/fetch';
import { Foo, FooReflector } from '../../generated/example.kube-gen.dev/v1/foo.js';

/** The page: a generated reflector over `fetch`, through a proxy of the page's own origin. */
const cluster = createCluster({ server: new URL(import.meta.url).origin, transport: fromFetch(fetch) });
const foos = new FooReflector(cluster, { namespaces: ['default'] });
const events: string[] = [];
foos.on('change', (change) => {
  if ('object' in change) events.push(`${change.type} ${change.object.metadata.name}`);
});

const app = {
  ready: (): Promise<void> => foos.ready({ timeoutMs: 20_000 }),
  names: (): string[] =>
    foos
      .list()
      .map(({ metadata }) => metadata.name)
      .sort(),
  events: (): string[] => events,
  create: async (name: string): Promise<string> => {
    const made = await cluster.resource(Foo).create({ metadata: { name }, spec: { image: 'nginx:1.29' } });
    await foos.caughtUp(made.metadata.resourceVersion, { timeoutMs: 20_000 });
    return foos.get(name, 'default')?.metadata.uid ?? 'missing';
  },
  missing: (): Promise<string> =>
    cluster
      .resource(Foo)
      .get('nobody', { namespace: 'default' })
      .then(
        () => 'found',
        (error: unknown) => (error as { code: string }).code,
      ),
  stop: async (): Promise<boolean> => {
    await cluster.close();
    return foos.status.phase === 'stopped';
  },
};

export type PageApp = typeof app;

Object.assign(globalThis, { app });
