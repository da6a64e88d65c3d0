import { type Cluster, defineResource } from '@kube-gen/runtime';
import { describe, expect, it } from 'vitest';
import { CustomResourceDefinition } from './built-in-kinds.js';
import { allReady, besides, expectCachesToEqualServer, watched, type Watched } from './caches.js';
import { installCrd, removeCrd, served, Tank, tankCrd, type TankManifest, tankVersion } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';
import { until } from './until.js';

const TankV2 = defineResource<Tank, TankManifest>()({ ...Tank, version: 'v2' });

describe.skipIf(noCluster)('reflectors when a CRD changes', () => {
  let cluster: Cluster;
  let beside: Watched[];
  let tanks: Watched;

  useTestCluster(async (given) => {
    cluster = given;
    await removeCrd(cluster, tankCrd.metadata.name);
    beside = besides(cluster);
    tanks = watched(cluster, Tank);
  });

  const create = (name: string): Promise<Tank> =>
    cluster.resource(Tank).create({ metadata: { name }, spec: { size: 1 } });
  const setVersions = async (...versions: object[]): Promise<void> => {
    await cluster.resource(CustomResourceDefinition).patch(tankCrd.metadata.name, { spec: { versions } });
    await served(cluster, { ...tankCrd, spec: { ...tankCrd.spec, versions } });
  };
  const lost = (): boolean => !tanks.reflector.status.live && tanks.reflector.status.lastError?.code === 'not-found';

  it('wait for the CRD, say that it is missing, and are ready as soon as it is there', async () => {
    await allReady(beside);
    await expect(tanks.reflector.ready({ timeoutMs: 2_000 })).rejects.toThrow(
      /CustomResourceDefinition tanks\.test\.example\.dev installed/,
    );
    await installCrd(cluster, tankCrd);
    await create('first');
    await tanks.reflector.ready({ timeoutMs: 60_000 });
    await expectCachesToEqualServer([tanks, ...beside]);
  });

  it('stay when another version is added and becomes the stored one', async () => {
    await setVersions(tankVersion('v1', { storage: true }), tankVersion('v2', { storage: false }));
    const second = watched(cluster, TankV2);
    await allReady([second]);
    await create('second');
    await expectCachesToEqualServer([tanks, second, ...beside]);
    await setVersions(tankVersion('v1', { storage: false }), tankVersion('v2', { storage: true }));
    await create('third');
    await cluster.resource(TankV2).patch('first', { spec: { size: 2 } });
    await expectCachesToEqualServer([tanks, second, ...beside], 60_000);
    expect(second.reflector.get('third', 'default')).toMatchObject({ apiVersion: 'test.example.dev/v2' });
    await second.reflector.stop();
  });

  it('keep what they have while their version is not served, and go on when it is', async () => {
    await setVersions(tankVersion('v1', { storage: false, served: false }), tankVersion('v2', { storage: true }));
    await until('the cache knows that its version is gone', lost, 60_000);
    await cluster.resource(TankV2).delete('second');
    expect(tanks.reflector.get('second', 'default')).toBeDefined();
    await setVersions(tankVersion('v1', { storage: true }), tankVersion('v2', { storage: false }));
    await create('fourth');
    await expectCachesToEqualServer([tanks, ...beside], 90_000);
    expect(tanks.reflector.get('second', 'default')).toBeUndefined();
  }, 180_000);

  it('see the objects go with a deleted CRD, and other ones of the same name after it is installed again', async () => {
    const uids: string[] = [];
    using _ = tanks.reflector.on('change', (change) => {
      if ('object' in change && change.object.metadata.name === 'first')
        uids.push(`${change.type} ${change.object.metadata.uid}`);
    });
    const before = tanks.reflector.get('first', 'default') as Tank;
    await removeCrd(cluster, tankCrd.metadata.name);
    await until('the cache knows that the kind is gone', lost, 60_000);
    await installCrd(cluster, tankCrd);
    const after = await create('first');
    await expectCachesToEqualServer([tanks, ...beside], 90_000);
    await until('the subscriber is told', () => (uids.at(-1) ?? '').endsWith(after.metadata.uid));
    expect(uids[0]).toBe(`added ${before.metadata.uid}`);
    expect(uids.slice(1)).toEqual([`deleted ${before.metadata.uid}`, `added ${after.metadata.uid}`]);
  }, 180_000);
});
