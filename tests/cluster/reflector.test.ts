import { fileURLToPath } from 'node:url';
import { connect, defineResource, type KubernetesObject, Reflector } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectl, startTestControlPlane, whyNoControlPlane } from './control-plane.js';

const missing = await whyNoControlPlane();
if (missing !== undefined) {
  if (process.env['CI'] === 'true') throw new Error(missing);
  process.stderr.write(`tests/cluster is skipped: ${missing}\n`);
}

interface ConfigMap extends KubernetesObject {
  readonly data?: { readonly [key: string]: string };
}
const common = {
  group: '',
  version: 'v1',
  shortNames: [],
  categories: [],
  subresources: {},
  printerColumns: [],
  selectableFields: [],
} as const;
const ConfigMaps = defineResource<ConfigMap, ConfigMap>()({
  ...common,
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  listKind: 'ConfigMapList',
  scope: 'Namespaced',
});
const path = '/api/v1/namespaces/default/configmaps';

// Skipped only where no API server can be had; CI fails above instead.
describe.skipIf(missing !== undefined)('a reflector on a real API server', () => {
  let plane: Awaited<ReturnType<typeof startTestControlPlane>>;
  let cluster: Awaited<ReturnType<typeof connect>>;
  let maps: Reflector<ConfigMap, object, 'Namespaced'>;

  beforeAll(async () => {
    plane = await startTestControlPlane();
    cluster = await connect({ kubeconfig: plane.kubeconfigFile });
    maps = new Reflector(cluster, ConfigMaps, { namespaces: ['default'] });
    await maps.ready({ timeoutMs: 30_000 });
  }, 900_000);
  afterAll(async () => {
    await cluster?.close();
    await plane?.stop();
  });

  /** The names and versions that the server holds. */
  async function truth(): Promise<Map<string, string>> {
    const list = await cluster.request<{ items: KubernetesObject[] }>({ path });
    return new Map(list.items.map(({ metadata }) => [`default/${metadata.name}`, metadata.resourceVersion]));
  }
  /** The list's own version is that of the whole server, which a quiet watch only learns from a bookmark: objects are compared. */
  async function expectCacheToEqualServer(): Promise<void> {
    const versions = (): Map<string, string> =>
      new Map([...maps.read()].map(([key, map]) => [key, map.metadata.resourceVersion]));
    await expect.poll(versions, { timeout: 30_000 }).toEqual(await truth());
  }
  const create = (name: string, data: Record<string, string> = {}): Promise<ConfigMap> =>
    cluster.request<ConfigMap>({
      method: 'POST',
      path,
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data },
    });
  const change = (name: string, data: Record<string, string>): Promise<ConfigMap> =>
    cluster.request<ConfigMap>({
      method: 'PATCH',
      path: `${path}/${name}`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { data },
    });
  const remove = (name: string): Promise<unknown> => cluster.request({ method: 'DELETE', path: `${path}/${name}` });

  it('sees what is created, changed and deleted', async () => {
    const created = await create('one', { a: '1' });
    await maps.caughtUp(created.metadata.resourceVersion, { timeoutMs: 10_000 });
    expect(maps.get('one', 'default')?.data).toEqual({ a: '1' });
    const changed = await change('one', { a: '2' });
    await maps.caughtUp(changed.metadata.resourceVersion, { timeoutMs: 10_000 });
    expect(maps.get('one', 'default')?.data).toEqual({ a: '2' });
    await remove('one');
    await maps.waitFor((map) => map === undefined, { name: 'one', namespace: 'default', timeoutMs: 10_000 });
    await expectCacheToEqualServer();
  });

  it('gives list and watch objects the same shape, without managedFields', async () => {
    await create('shape');
    const map = await maps.waitFor((found) => found !== undefined, {
      name: 'shape',
      namespace: 'default',
      timeoutMs: 10_000,
    });
    expect(map).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(map?.metadata).not.toHaveProperty('managedFields');
    const polled = new Reflector(cluster, ConfigMaps, { namespaces: ['default'], streaming: false });
    await polled.poll();
    expect(polled.get('shape', 'default')).toEqual(map);
    await polled.stop();
  });

  it('comes back from a killed API server, with the changes it missed', async () => {
    await create('before');
    const restarted = plane.restartApiserver('SIGKILL');
    await restarted;
    await create('after');
    await remove('before');
    await maps.waitFor((map) => map !== undefined, { name: 'after', namespace: 'default', timeoutMs: 60_000 });
    await expectCacheToEqualServer();
    expect(maps.status).toMatchObject({ synced: true, live: true });
  }, 120_000);

  it('a custom resource is watched as soon as its CRD is there', async () => {
    const crd = fileURLToPath(new URL('../../examples/foo-service/crds/foo.yaml', import.meta.url));
    const { FooReflector } = await import('@kube-gen/kinds/example.kube-gen.dev/v1/foo');
    const foos = new FooReflector(cluster);
    await expect(foos.ready({ timeoutMs: 2000 })).rejects.toThrow(
      /CustomResourceDefinition foos\.example\.kube-gen\.dev installed/,
    );
    await kubectl(plane, 'apply', '-f', crd);
    await kubectl(plane, 'wait', '--for=condition=Established', 'crd', '--all', '--timeout=20s');
    await foos.ready({ timeoutMs: 60_000 });
    expect(foos.list()).toEqual([]);
    await foos.stop();
  }, 120_000);
});
