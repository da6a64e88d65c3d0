import { type Change, type Cluster, connect, type KubernetesObject } from '@kube-gen/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../scripts/apiserver/control-plane.js';
import { ConfigMap, Pod } from './built-in-kinds.js';
import { allReady, besides, expectCachesToEqualServer, watched, type Watched } from './caches.js';
import { installCrd, Tank, tankCrd } from './tank.js';
import { openTcpGate, type TcpGate } from './tcp-gate.js';
import { noControlPlane, useTestControlPlane } from './test-cluster.js';
import { underLoad, until } from './until.js';

describe.skipIf(noControlPlane)('reflectors when the control plane fails', () => {
  let plane: ControlPlane;
  /** Straight to the server: writes, and what is true. */
  let straight: Cluster;
  /** Where the reflectors are: through a gate that can be shut and turned. */
  let gate: TcpGate;
  let gated: Cluster;
  let all: Watched[];

  useTestControlPlane(async (cluster, started) => {
    straight = cluster;
    plane = started;
    await installCrd(straight, tankCrd);
  });
  // New ones for each test: those that have just failed wait longer and longer before they try again.
  beforeEach(async () => {
    gate = await openTcpGate(portOf(plane.server));
    const { ca, token } = plane;
    gated = await connect({ server: `https://127.0.0.1:${gate.port}`, ca, token });
    all = [...besides(gated, straight), watched(gated, Tank, { truth: straight })];
    await allReady(all);
  });
  afterEach(async () => {
    await gated?.close();
    await gate?.[Symbol.asyncDispose]();
  });

  /** Creates, changes and deletes objects of three kinds, the nth time around. */
  async function churn(n: number): Promise<void> {
    const name = `churn-${n % 20}`;
    const [maps, tanks, pods] = [straight.resource(ConfigMap), straight.resource(Tank), straight.resource(Pod)];
    const timeoutMs = 5_000;
    await tanks.apply({ metadata: { name }, spec: { size: n } }, { fieldManager: 'churn', timeoutMs });
    const exists = (error: unknown): void => expect(error).toMatchObject({ reason: 'AlreadyExists' });
    await maps.create({ metadata: { name }, data: { n: `${n}` } }, { timeoutMs }).catch(exists);
    const spec = { containers: [{ name: 'c', image: 'i' }] };
    await pods.create({ metadata: { name }, spec }, { timeoutMs }).catch(exists);
    const gone = (error: unknown): void => expect(error).toMatchObject({ code: 'not-found' });
    const older = `churn-${(n + 7) % 20}`;
    await maps.delete(older, { timeoutMs }).catch(gone);
    await pods.delete(older, { gracePeriodSeconds: 0, timeoutMs }).catch(gone);
    if (n % 3 === 0) await tanks.delete(older, { timeoutMs }).catch(gone);
  }

  const versionNow = async (): Promise<string> =>
    (await straight.resource(Tank).list({ limit: 1 })).metadata.resourceVersion;

  it('come back from a killed API server, under load', async () => {
    const load = underLoad(churn);
    await plane.restartApiserver('SIGKILL');
    const before = await versionNow();
    await until('more writes', async () => Number(await versionNow()) > Number(before) + 100);
    await load.stop();
    await expectCachesToEqualServer(all, 60_000);
  });

  it('come back from a killed etcd, under load', async () => {
    const load = underLoad(churn);
    await plane.restartEtcd('SIGKILL');
    const back = async (): Promise<boolean> =>
      versionNow().then(
        () => true,
        () => false,
      );
    await until('the API server has etcd again', back, 60_000);
    const before = await versionNow();
    await until('more writes', async () => Number(await versionNow()) > Number(before) + 100);
    await load.stop();
    await expectCachesToEqualServer(all, 60_000);
  });

  it('start again from a list when etcd has compacted what they missed: a real 410', async () => {
    const changes: Change<KubernetesObject>[] = [];
    const { reflector: tanks } = all.at(-1) as Watched;
    await straight.resource(Tank).create({ metadata: { name: 'before' }, spec: { size: 1 } });
    await expectCachesToEqualServer(all);
    const relistsBefore = tanks.status.counts.relists;
    using _ = tanks.on('change', (change: Change<KubernetesObject>) => void changes.push(change));
    await until('the first sync of the subscriber', () => changes.some(({ type }) => type === 'synced'));
    changes.length = 0;

    gate.shut();
    await until('the cache knows that it is cut off', () => !tanks.status.live);
    await straight.resource(Tank).delete('before');
    for (let n = 0; n < 30; n++) await churn(n);
    await straight.resource(Tank).create({ metadata: { name: 'after' }, spec: { size: 2 } });
    await plane.compact(await versionNow());
    // The API server remembers what etcd has forgotten, until it starts anew.
    await plane.restartApiserver();
    expect(tanks.get('before', 'default')).toBeDefined();

    gate.turnTo(portOf(plane.server));
    await expectCachesToEqualServer(all, 60_000);
    await until('the subscriber is told', () => changes.some(({ type }) => type === 'synced'));
    expect(tanks.status.counts.relists).toBeGreaterThan(relistsBefore);
    expect(changes).toContainEqual(expect.objectContaining({ type: 'desynced', cause: 'expired' }));
    const about = (name: string): string[] =>
      changes.flatMap((change) => ('object' in change && change.object.metadata.name === name ? [change.type] : []));
    expect([about('before'), about('after')]).toEqual([['deleted'], ['added']]);
  });

  it('a page of a list that was compacted away is `expired`', async () => {
    const pages = straight.resource(ConfigMap).listPages({ limit: 2 })[Symbol.asyncIterator]();
    expect((await pages.next()).value?.items).toHaveLength(2);
    await straight.resource(ConfigMap).create({ metadata: { generateName: 'moves-on-' } });
    await plane.compact(await versionNow());
    await plane.restartApiserver();
    await expect(pages.next()).rejects.toMatchObject({ code: 'expired', status: 410 });
    await expectCachesToEqualServer(all, 60_000);
  });

  it('never go back in time when another API server, whose watch cache is behind, answers', async () => {
    await using etcdGate = await openTcpGate(portOf(plane.etcdUrl));
    const second = await plane.startSecondApiserver({ etcdUrl: `http://127.0.0.1:${etcdGate.port}` });
    const { reflector: tanks } = all.at(-1) as Watched;
    const api = straight.resource(Tank);
    const created = await api.create({ metadata: { name: 'witness' }, spec: { size: 0 } });
    const sizes: (number | undefined)[] = [];
    using _ = tanks.on('updated', (now: Tank) => {
      if (now.metadata.name === 'witness') sizes.push(now.spec.size);
    });
    await tanks.caughtUp(created.metadata.resourceVersion, { timeoutMs: 10_000 });
    const { ca, token } = plane;
    await using behind = await connect({ server: second.server, ca, token });
    /** What the second server has in its watch cache, however old that is. */
    const cachedSize = async (): Promise<number | undefined> => {
      const path = '/apis/test.example.dev/v1/tanks';
      const query = { resourceVersion: '0', fieldSelector: 'metadata.name=witness' };
      return (await behind.request<{ items: Tank[] }>({ path, query })).items[0]?.spec.size;
    };
    const seen = async (size: number): Promise<void> => {
      await api.patch('witness', { spec: { size } });
      await until(`the cache has size ${size}`, () => (tanks.get('witness', 'default') as Tank).spec.size === size);
    };
    await seen(1);
    await until('the second server has caught up', () => cachedSize().then((size) => size === 1, expectNotReady));
    etcdGate.hold();
    await seen(2);
    const { reconnects } = tanks.status.counts;
    gate.turnTo(portOf(second.server));
    await until('the watch was cut', () => tanks.status.counts.reconnects > reconnects);
    expect(await cachedSize()).toBe(1);
    expect((tanks.get('witness', 'default') as Tank).spec.size).toBe(2);
    await api.patch('witness', { spec: { size: 3 } });
    etcdGate.release();
    await expectCachesToEqualServer(all, 60_000);
    gate.turnTo(portOf(plane.server));
    await expectCachesToEqualServer(all, 60_000);
    expect(sizes).toEqual([1, 2, 3]);
  });
});

/** A server that has just started answers 404 for custom resources, and 429 until their watch cache is filled. */
function expectNotReady(error: unknown): false {
  expect(['not-found', 'throttled']).toContain((error as { code?: unknown }).code);
  return false;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
