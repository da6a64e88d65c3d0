import { type Cluster, connect } from '@kube-gen/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../scripts/apiserver/control-plane.js';
import { ClusterRole, ClusterRoleBinding, ConfigMap, ServiceAccount } from './built-in-kinds.js';
import { allReady, besides, expectCachesToEqualServer, type Watched } from './caches.js';
import { noControlPlane, useTestControlPlane } from './test-cluster.js';
import { until } from './until.js';

const name = 'reader';

describe.skipIf(noControlPlane)('reflectors whose rights change', () => {
  let plane: ControlPlane;
  let admin: Cluster;
  let reader: Cluster;
  let token: string;
  let all: Watched[];

  useTestControlPlane(async (cluster, started) => {
    admin = cluster;
    plane = started;
    token = await newToken();
  });
  // New ones for each test: those that have just failed wait longer and longer before they try again.
  beforeEach(async () => {
    const { server, ca } = plane;
    reader = await connect({ server, ca, token: () => token });
    all = besides(reader, admin);
  });
  afterEach(async () => {
    await reader?.close();
  });

  /** A service account and a token of it, which is worth nothing as soon as the account is deleted. */
  async function newToken(): Promise<string> {
    await admin.resource(ServiceAccount).create({ metadata: { name } });
    const answer = await admin.request<{ status: { token: string } }>({
      method: 'POST',
      path: `/api/v1/namespaces/default/serviceaccounts/${name}/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
    });
    return answer.status.token;
  }

  async function grant(): Promise<void> {
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['list', 'watch'] }];
    await admin.resource(ClusterRole).apply({ metadata: { name }, rules }, { fieldManager: name });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    const subjects = [{ kind: 'ServiceAccount', name, namespace: 'default' }];
    const binding = { metadata: { name }, roleRef, subjects };
    await admin.resource(ClusterRoleBinding).apply(binding, { fieldManager: name });
  }

  const errors = (): (string | undefined)[] => all.map(({ reflector }) => reflector.status.lastError?.code);
  const allSay = (code: string) => (): boolean =>
    errors().every((each) => each === code) && all.every(({ reflector }) => !reflector.status.live);
  /** Servers do not cut the watches of those who may no longer watch: that shows when a watch begins anew. */
  const cutAllWatches = (): Promise<void> => plane.restartApiserver();

  it('name the rule that is missing, and are ready as soon as it is there', async () => {
    const [first] = all as [Watched];
    await expect(first.reflector.ready({ timeoutMs: 2_000 })).rejects.toThrow(
      /forbidden.*\{ apiGroups: \[""\], resources: \["pods"\], verbs: \["(?:list|watch)"\] \}/s,
    );
    await grant();
    await allReady(all);
    await expectCachesToEqualServer(all);
  });

  it('keep what they have while they may not watch, and go on when they may', async () => {
    await grant();
    await admin.resource(ConfigMap).create({ metadata: { name: 'kept' } });
    await allReady(all);
    await expectCachesToEqualServer(all);
    await admin.resource(ClusterRoleBinding).delete(name);
    await admin.resource(ClusterRole).delete(name);
    await cutAllWatches();
    await until('all are forbidden', allSay('forbidden'), 60_000);
    await admin.resource(ConfigMap).delete('kept');
    const maps = all.find(({ what }) => what.startsWith('configmaps'));
    expect(maps?.reflector.get('kept', 'default')).toBeDefined();
    await grant();
    await expectCachesToEqualServer(all, 90_000);
    expect(maps?.reflector.get('kept', 'default')).toBeUndefined();
  }, 180_000);

  it('keep what they have while their token is refused, and go on with the next one', async () => {
    await grant();
    await allReady(all);
    await admin.resource(ServiceAccount).delete(name);
    await cutAllWatches();
    await until('all are unauthorized', allSay('unauthorized'), 60_000);
    for (const { reflector } of all) expect(() => reflector.list()).not.toThrow();
    const old = token;
    token = await newToken();
    await admin.resource(ConfigMap).create({ metadata: { name: 'later' } });
    await expectCachesToEqualServer(all, 90_000);
    expect(JSON.stringify(all.map(({ reflector }) => reflector.status))).not.toContain(old);
  }, 180_000);
});
