import type { Cluster } from '@kube-gen/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { Deployment, type DeploymentManifest } from '../../generated/apps/v1/index.js';
import { Binding, Pod } from '../../generated/core/v1/index.js';
import { Tank } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

type Spec = NonNullable<DeploymentManifest['spec']>;

/** With a paused rollout nothing that may run on the cluster changes it while the test looks. */
function deployment(name: string): DeploymentManifest & { readonly spec: Spec } {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      paused: true,
      replicas: 0,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: 'web', image: 'example.invalid/web:1' },
            { name: 'log', image: 'example.invalid/log:1' },
          ],
        },
      },
    },
  };
}

describe.skipIf(noCluster)('the typed client of a built-in kind on a real API server', () => {
  let cluster: Cluster;

  useTestCluster((given) => {
    cluster = given;
  });
  afterAll(async () => {
    const api = cluster?.resource(Deployment);
    await api?.deleteCollection({ namespace: 'default', labelSelector: { t: 'built-in' } });
  });

  async function create(name: string): Promise<Deployment> {
    const manifest = deployment(name);
    return cluster
      .resource(Deployment)
      .create({ ...manifest, metadata: { ...manifest.metadata, labels: { t: 'built-in' } } });
  }

  const images = ({ spec }: Deployment): Record<string, string | undefined> =>
    Object.fromEntries((spec.template.spec?.containers ?? []).map(({ name, image }) => [name, image]));

  it('a strategic merge patch changes one item of a list by its key, where a merge patch takes the whole list', async () => {
    const api = cluster.resource(Deployment);
    const containers = [{ name: 'log', image: 'example.invalid/log:2' }];
    const patch = { spec: { template: { spec: { containers } } } };
    await create('strategic');
    const strategic = await api.patch('strategic', patch, { type: 'strategic' });
    expect(images(strategic)).toEqual({ web: 'example.invalid/web:1', log: 'example.invalid/log:2' });
    const without = { spec: { template: { spec: { containers: [{ name: 'log', $patch: 'delete' as const }] } } } };
    expect(images(await api.patch('strategic', without, { type: 'strategic', dryRun: true }))).toEqual({
      web: 'example.invalid/web:1',
    });
    const status = { status: { conditions: [{ type: 'Progressing', status: 'True' }] } };
    await api.status.patch('strategic', status, { type: 'strategic' });
    const second = { status: { conditions: [{ type: 'Available', status: 'False' }] } };
    const { conditions = [] } = (await api.status.patch('strategic', second, { type: 'strategic' })).status ?? {};
    expect(conditions.map(({ type }) => type).sort()).toEqual(['Available', 'Progressing']);
    expect(images(await api.patch('strategic', patch))).toEqual({ log: 'example.invalid/log:2' });
  });

  it('a Binding, of which the server keeps nothing, is created and gives what was sent', async () => {
    const pods = cluster.resource(Pod);
    const metadata = { name: 'bound', namespace: 'default' };
    const containers = [{ name: 'web', image: 'example.invalid/web:1' }];
    await pods.create({ metadata, spec: { schedulerName: 'nobody', containers } });
    try {
      const target = { apiVersion: 'v1', kind: 'Node', name: 'nowhere' };
      expect(await cluster.resource(Binding).create({ metadata, target })).toMatchObject({ kind: 'Binding', target });
      expect((await pods.get('bound')).spec.nodeName).toBe('nowhere');
    } finally {
      await pods.delete('bound', { gracePeriodSeconds: 0 });
    }
  });

  it('the server refuses a strategic merge patch of a custom resource, and so does the compiler', async () => {
    // @ts-expect-error -- strategic merge patches exist for built-in kinds only
    const patch = cluster.resource(Tank).patch('any', { spec: {} }, { type: 'strategic' });
    await expect(patch).rejects.toMatchObject({ status: expect.toBeOneOf([404, 415]) as number });
  });

  it('status is applied, and owned field by field', async () => {
    const api = cluster.resource(Deployment);
    await create('status');
    const metadata = { name: 'status' };
    const one = await api.status.apply({ metadata, status: { observedGeneration: 1 } }, { fieldManager: 'one' });
    expect(one.status?.observedGeneration).toBe(1);
    expect(images(one)).toEqual({ web: 'example.invalid/web:1', log: 'example.invalid/log:1' });
    const two = api.status.apply({ metadata, status: { observedGeneration: 2 } }, { fieldManager: 'two' });
    await expect(two).rejects.toMatchObject({
      code: 'conflict',
      details: { causes: [{ field: '.status.observedGeneration' }] },
    });
    const forced = await api.status.apply(
      { metadata, status: { observedGeneration: 2 } },
      { fieldManager: 'two', force: true },
    );
    expect(forced.status?.observedGeneration).toBe(2);
    expect((await api.status.get('status')).status?.observedGeneration).toBe(2);
  });

  it('V9: scale is read, patched and replaced', async () => {
    const api = cluster.resource(Deployment);
    await create('scaled');
    expect(await api.scale.get('scaled')).toMatchObject({
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'scaled', namespace: 'default' },
      status: { replicas: 0, selector: 'app=scaled' },
    });
    expect((await api.scale.patch('scaled', { spec: { replicas: 3 } })).spec.replicas).toBe(3);
    expect((await api.get('scaled')).spec.replicas).toBe(3);
    expect((await api.scale.replace('scaled', { replicas: 5 }, { dryRun: true })).spec.replicas).toBe(5);
    expect((await api.scale.get('scaled')).spec.replicas).toBe(3);
    expect((await api.scale.replace('scaled', { replicas: 0 })).spec.replicas ?? 0).toBe(0);
    expect((await api.get('scaled')).spec.replicas).toBe(0);
    await expect(api.scale.get('missing')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('the server knows who writes by the user agent, and gives each request an id', async () => {
    const { metadata } = await create('known');
    expect(metadata.managedFields?.map(({ manager }) => manager)).toEqual(['kube-gen']);
    await expect(create('known')).rejects.toMatchObject({
      code: 'conflict',
      auditId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });
});
