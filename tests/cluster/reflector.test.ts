import { type Cluster, connect, Reflector } from '@kube-gen/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigMap, Event, Lease, Namespace, Pod } from './built-in-kinds.js';
import { allReady, besides, expectCachesToEqualServer, watched, type Watched } from './caches.js';
import { installCrd, Tank, tankCrd } from './tank.js';
import { noCluster, useTestCluster } from './test-cluster.js';

const own = { metadata: { name: `cache-test-${Date.now()}` } };
const namespace = own.metadata.name;

describe.skipIf(noCluster)('reflectors on a real API server', () => {
  let cluster: Cluster;
  let all: Watched[];

  useTestCluster(async (_, { kubeconfigFile }) => {
    cluster = await connect({ kubeconfig: kubeconfigFile, namespace });
    await cluster.resource(Namespace).create(own);
    await installCrd(cluster, tankCrd);
    all = [...besides(cluster), watched(cluster, Tank), watched(cluster, Namespace)];
    await allReady(all);
  });
  afterAll(() => cluster?.close());

  it('see what is created, changed and deleted, of every kind', async () => {
    const pod = { containers: [{ name: 'c', image: 'i' }] };
    await cluster.resource(Pod).create({ metadata: { name: 'p' }, spec: pod });
    await cluster.resource(Pod).create({ metadata: { name: 'q' }, spec: pod });
    await cluster
      .resource(ConfigMap)
      .create({ metadata: { name: 'm' }, data: { a: '1' }, binaryData: { bytes: 'AA==' } });
    await cluster.resource(Lease).create({ metadata: { name: 'l' }, spec: { holderIdentity: 'me' } });
    const involvedObject = { kind: 'Pod', name: 'p', namespace };
    await cluster.resource(Event).create({ metadata: { name: 'e' }, involvedObject, reason: 'Seen', type: 'Normal' });
    await cluster.resource(Tank).create({ metadata: { name: 't' }, spec: { size: 1, open: { ünïcode: '“ “' } } });
    await expectCachesToEqualServer(all);

    await cluster.resource(Pod).status.patch('p', { status: { phase: 'Running' } });
    await cluster.resource(ConfigMap).patch('m', { data: { a: '2', b: '3' } });
    await cluster.resource(Lease).patch('l', { spec: { holderIdentity: 'you' } });
    await cluster.resource(Tank).status.patch('t', { status: { level: 5 } });
    await cluster.resource(Pod).delete('q', { gracePeriodSeconds: 0 });
    await cluster.resource(Event).delete('e');
    await expectCachesToEqualServer(all);
    const [pods] = all as [Watched];
    expect(pods.reflector.list({ namespace }).map(({ metadata, status }) => [metadata.name, status.phase])).toEqual([
      ['p', 'Running'],
    ]);
  });

  it('show a write after caughtUp: one reads what one wrote', async () => {
    const tanks = new Reflector(cluster, Tank, { namespaces: [namespace] });
    await tanks.ready({ timeoutMs: 30_000 });
    const api = cluster.resource(Tank);
    for (let size = 0; size < 20; size++) {
      const written = await api.apply({ metadata: { name: 'mine' }, spec: { size } }, { fieldManager: 'test' });
      await tanks.caughtUp(written.metadata.resourceVersion, { timeoutMs: 10_000 });
      expect(tanks.get('mine', namespace)).toEqual(expect.objectContaining({ spec: { size } }));
    }
    await api.delete('mine');
    await tanks.waitFor((tank) => tank === undefined, { name: 'mine', namespace, timeoutMs: 10_000 });
    await tanks.stop();
  });

  it('S7: come soon to a version that brings them no event: of another kind, of what their selector leaves out', async () => {
    const tanks = new Reflector(cluster, Tank, { namespaces: [namespace, 'default'], labelSelector: 'quiet' });
    await tanks.ready({ timeoutMs: 30_000 });
    const others = [
      () => cluster.resource(ConfigMap).create({ metadata: { name: 'of-another-kind' } }),
      () => cluster.resource(Tank).create({ metadata: { name: 'left-out' }, spec: {} }),
    ];
    for (const write of others) {
      const { metadata } = await write();
      // By itself a bookmark comes once a minute, and says no more than what the server's cache of this kind has heard.
      await tanks.caughtUp(metadata.resourceVersion, { timeoutMs: 20_000 });
    }
    expect(tanks.status.counts).toMatchObject({ relists: 0, reconnects: 0 });
    await tanks.stop();
  });

  it('give list and watch objects the same shape, without managedFields', async () => {
    const maps = new Reflector(cluster, ConfigMap, { namespaces: [namespace] });
    await maps.ready({ timeoutMs: 30_000 });
    const created = await cluster.resource(ConfigMap).create({ metadata: { name: 'shape' } });
    await maps.caughtUp(created.metadata.resourceVersion, { timeoutMs: 10_000 });
    const watchedMap = maps.get('shape', namespace);
    expect(watchedMap).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(watchedMap?.metadata).not.toHaveProperty('managedFields');
    for (const streaming of [true, false]) {
      const polled = new Reflector(cluster, ConfigMap, { namespaces: [namespace], streaming });
      await polled.poll();
      expect(polled.get('shape', namespace)).toEqual(watchedMap);
      await polled.stop();
    }
    await maps.stop();
  });

  it('follow label and field selectors: objects enter and leave', async () => {
    const selected = [
      watched(cluster, Tank, { labelSelector: 'tier in (web,db),!old' }),
      watched(cluster, Tank, { fieldSelector: 'spec.color=blue' }),
      watched(cluster, Pod, { fieldSelector: 'status.phase=Running' }),
    ];
    await allReady(selected);
    const api = cluster.resource(Tank);
    for (const [name, color, tier] of [
      ['s1', 'blue', 'web'],
      ['s2', 'red', 'db'],
      ['s3', 'blue', 'none'],
    ] as const)
      await api.create({ metadata: { name, labels: { tier } }, spec: { color } });
    await expectCachesToEqualServer(selected);
    const seen = selected.map(({ reflector }) => reflector.list().length);

    await api.patch('s1', { metadata: { labels: { old: 'yes' } }, spec: { color: 'red' } });
    await api.patch('s2', { spec: { color: 'blue' } });
    await api.patch('s3', { metadata: { labels: { tier: 'web' } } });
    await cluster.resource(Pod).status.patch('p', { status: { phase: 'Failed' } });
    await expectCachesToEqualServer([...selected, ...all]);
    expect([seen, selected.map(({ reflector }) => reflector.list().length)]).toEqual([
      [2, 2, 1],
      [2, 2, 0],
    ]);
    await Promise.all(selected.map(({ reflector }) => reflector.stop()));
  });

  it('see a namespace go, with everything in it', async () => {
    const doomed = { namespace: 'doomed' };
    await cluster.resource(Namespace).create({ metadata: { name: 'doomed' } });
    for (let n = 0; n < 5; n++) {
      await cluster.resource(ConfigMap).create({ metadata: { name: `m${n}` } }, doomed);
      await cluster.resource(Tank).create({ metadata: { name: `t${n}` }, spec: {} }, doomed);
    }
    await expectCachesToEqualServer(all);
    await cluster.resource(Namespace).delete('doomed');
    await expect(cluster.resource(ConfigMap).create({ metadata: { name: 'late' } }, doomed)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expectCachesToEqualServer(all);

    // As the namespace controller does it; on a cluster that has one, it may have been first.
    for (const kind of [ConfigMap, Tank, Pod, Event, Lease]) await cluster.resource(kind).deleteCollection(doomed);
    const terminating = await cluster.resource(Namespace).get('doomed').catch(expectGone);
    if (terminating !== undefined) {
      const path = '/api/v1/namespaces/doomed/finalize';
      await cluster.request({ method: 'PUT', path, body: { ...terminating, spec: { finalizers: [] } } });
    }
    await expectCachesToEqualServer(all);
    const keys = all.flatMap(({ reflector }) => [...reflector.read().keys()]);
    expect(keys.filter((key) => key.startsWith('doomed'))).toEqual([]);
  });

  it('hold 10,000 objects, by a streaming list and by pages', async () => {
    const api = cluster.resource(Tank);
    const many = { namespace: 'default' };
    let next = 0;
    const write = async (): Promise<void> => {
      for (let n = next++; n < 10_000; n = next++)
        await api.create(
          { metadata: { name: `many-${n}`, labels: { tenth: `${n % 10 === 0}` } }, spec: { size: n } },
          many,
        );
    };
    await Promise.all(Array.from({ length: 32 }, write));
    await expectCachesToEqualServer(all, 60_000);

    for (const streaming of [true, false]) {
      const fresh = new Reflector(cluster, Tank, { namespaces: ['default'], streaming, indexes: { size: sizeOf } });
      await fresh.ready({ timeoutMs: 60_000 });
      expect([fresh.list().length, fresh.by('size', 4321).map((tank) => tank.metadata.name)]).toEqual([
        10_000,
        ['many-4321'],
      ]);
      await fresh.stop();
    }
    expect((await api.list({ ...many, limit: 900 })).items).toHaveLength(10_000);

    expect(await api.deleteCollection({ ...many, labelSelector: { tenth: 'true' } })).toHaveLength(1_000);
    await expectCachesToEqualServer(all, 60_000);
  }, 240_000);
});

function sizeOf(tank: Tank): number | undefined {
  return tank.spec.size;
}

function expectGone(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'not-found' });
}
