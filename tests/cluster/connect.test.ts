import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, connect, type ConnectOptions, isKubeError, type KubeError } from '@kube-gen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from '../../scripts/apiserver/control-plane.js';
import { createTestAuthority } from '../support/test-certificates.js';
import { noControlPlane, startTestControlPlane } from './test-cluster.js';

const REVIEW = '/apis/authentication.k8s.io/v1/selfsubjectreviews';

interface UserInfo {
  readonly username: string;
  readonly uid?: string;
  readonly groups: string[];
  readonly extra?: Record<string, string[]>;
}

describe.skipIf(noControlPlane)('connecting to a real API server', () => {
  const authority = createTestAuthority('client authority');
  let folder: string;
  let plane: ControlPlane;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kube-gen-connect-'));
    await writeFile(join(folder, 'clients.crt'), authority.ca);
    plane = await startTestControlPlane({
      users: ['jane'],
      apiserverFlags: [`--client-ca-file=${join(folder, 'clients.crt')}`],
    });
  }, 900_000);
  afterAll(async () => {
    await plane?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  /** Who the server says one is. */
  async function whoAmI(cluster: Cluster): Promise<UserInfo> {
    const { status } = await cluster.request<{ status: { userInfo: UserInfo } }>({
      method: 'POST',
      path: REVIEW,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    });
    return status.userInfo;
  }

  async function who(options: ConnectOptions): Promise<UserInfo> {
    await using cluster = await connect({ server: plane.server, ca: plane.ca, ...options });
    return await whoAmI(cluster);
  }

  async function failure(options: ConnectOptions, path = '/api/v1/nodes'): Promise<KubeError> {
    await using cluster = await connect({ server: plane.server, ca: plane.ca, ...options });
    const error: unknown = await cluster.request({ path }).catch((error: unknown) => error);
    if (isKubeError(error)) return error;
    throw new Error('it did not fail');
  }

  it('T8: a client certificate is who one is, and one that expired is told', async () => {
    expect(await who(authority.issue({ user: 'bob' }))).toMatchObject({ username: 'bob' });
    const expired = await failure(authority.issue({ user: 'bob', expired: true }));
    expect(expired).toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/certificate .* expired at 2021/),
    });
  });

  /** A kubeconfig whose user has a plugin of that name, and a way to say what the plugin gives from now on. */
  async function withPlugin(
    name: string,
  ): Promise<{ kubeconfig: string; give: (status: Record<string, unknown>) => Promise<void> }> {
    const given = join(folder, `${name}.given`);
    await writeFile(join(folder, name), `#!/bin/sh\ncat '${given}'\n`, { mode: 0o755 });
    const apiVersion = 'client.authentication.k8s.io/v1';
    const exec = { apiVersion, command: `./${name}`, interactiveMode: 'Never' };
    const cluster = { server: plane.server, 'certificate-authority-data': Buffer.from(plane.ca).toString('base64') };
    const kubeconfig = join(folder, `${name}.kubeconfig`);
    await writeFile(
      kubeconfig,
      JSON.stringify({
        clusters: [{ name: 'real', cluster }],
        users: [{ name: 'real', user: { exec } }],
        contexts: [{ name: 'real', context: { cluster: 'real', user: 'real' } }],
        'current-context': 'real',
      }),
    );
    return {
      kubeconfig,
      give: (status) => writeFile(given, JSON.stringify({ apiVersion, kind: 'ExecCredential', status })),
    };
  }

  it('T3: a plugin gives a token or a certificate, which clusters share until the last of them closes', async () => {
    const { kubeconfig, give } = await withPlugin('shared');
    await give({ token: plane.userTokens['jane'] });
    await using connected = await connect({ kubeconfig });
    expect((await whoAmI(connected)).username).toBe('jane');
    const { cert, key } = authority.issue({ user: 'carol' });
    await give({ clientCertificateData: cert, clientKeyData: key });
    expect((await whoAmI(connected)).username).toBe('jane');
    await using another = await connect({ kubeconfig, namespace: 'other' });
    expect((await whoAmI(another)).username).toBe('jane');
    await connected.close();
    await another.close();
    await using fresh = await connect({ kubeconfig });
    expect((await whoAmI(fresh)).username).toBe('carol');
  });

  it('T5: a plugin gives another token after a 401', async () => {
    const { kubeconfig, give } = await withPlugin('renewed');
    await using admin = await connect({ kubeconfig: plane.kubeconfigFile });
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    await admin.request({ method: 'POST', path: accounts, body: { metadata: { name: 'gone' } } });
    const { status } = await admin.request<{ status: { token: string } }>({
      method: 'POST',
      path: `${accounts}/gone/token`,
      body: { spec: {} },
    });
    await give({ token: status.token });
    await using cluster = await connect({ kubeconfig });
    expect((await whoAmI(cluster)).username).toBe('system:serviceaccount:default:gone');
    await give({ token: plane.userTokens['jane'] });
    await admin.request({ method: 'DELETE', path: `${accounts}/gone` });
    // The server believes a token for some seconds more.
    const username = (): Promise<string> => whoAmI(cluster).then((user) => user.username);
    await expect.poll(username, { timeout: 25_000, interval: 250 }).toBe('jane');
  });

  it('T7: impersonation arrives as it was meant, and is forbidden to who may not', async () => {
    const impersonate = {
      user: 'dave',
      groups: ['a', 'b'],
      uid: '7',
      extra: { 'example.dev/Scope%': ['x', 'y'], plain: ['z'] },
    };
    expect(await who({ token: plane.token, impersonate })).toEqual({
      username: 'dave',
      uid: '7',
      groups: ['a', 'b', 'system:authenticated'],
      extra: { 'example.dev/scope%': ['x', 'y'], plain: ['z'] },
    });
    const error = await failure({ token: plane.userTokens['jane'] ?? '', impersonate: { user: 'dave' } });
    expect(error).toMatchObject({ code: 'forbidden', status: 403, reason: 'Forbidden' });
    expect(error.message).toContain('{ apiGroups: [""], resources: ["users"], verbs: ["impersonate"] }');
    await using admin = await connect({ kubeconfig: plane.kubeconfigFile });
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'impersonator' } };
    const rules = [{ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] }];
    const roles = '/apis/rbac.authorization.k8s.io/v1';
    await admin.request({ method: 'POST', path: `${roles}/clusterroles`, body: { ...rbac, rules } });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'impersonator' };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }];
    await admin.request({ method: 'POST', path: `${roles}/clusterrolebindings`, body: { ...rbac, roleRef, subjects } });
    const asDave = (): Promise<unknown> =>
      who({ token: plane.userTokens['jane'] ?? '', impersonate: { user: 'dave' } }).then(
        ({ username }) => username,
        String,
      );
    await expect.poll(asDave, { timeout: 10_000 }).toBe('dave');
  });

  it('a 403 names the rule, and with that rule the request passes', async () => {
    const token = plane.userTokens['jane'] ?? '';
    const path = '/api/v1/namespaces/default/configmaps';
    const error = await failure({ token }, path);
    expect(error.code).toBe('forbidden');
    const [, kind, group, resource, verb] =
      /A (Role) in namespace "default".*apiGroups: \["(.*)"\], resources: \["(.*)"\], verbs: \["(.*)"\]/.exec(
        error.message,
      ) ?? [];
    await using admin = await connect({ kubeconfig: plane.kubeconfigFile });
    const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'taught' } };
    const roles = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
    await admin.request({
      method: 'POST',
      path: `${roles}/roles`,
      body: { ...rbac, kind, rules: [{ apiGroups: [group], resources: [resource], verbs: [verb] }] },
    });
    await admin.request({
      method: 'POST',
      path: `${roles}/rolebindings`,
      body: {
        ...rbac,
        kind: 'RoleBinding',
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'taught' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }],
      },
    });
    await using jane = await connect({ server: plane.server, ca: plane.ca, token });
    await expect.poll(() => jane.request({ path }).then(() => 'ok', String), { timeout: 10_000 }).toBe('ok');
  });

  it('what the server does not like is told with a way out', async () => {
    expect((await failure({ token: 'wrong' })).message).toContain(
      'did not accept the credentials: the token of the options',
    );
    expect(await failure({})).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/system:anonymous.*saw no credentials that it takes \(none were given/),
    });
    expect(await failure({ server: plane.server.replace('https', 'http') })).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining(`Use ${plane.server}`),
    });
    expect(await failure({ ca: authority.ca })).toMatchObject({
      code: 'tls',
      message: expect.stringContaining('unknown authority'),
    });
    expect(await failure({ token: plane.token, tlsServerName: 'elsewhere' })).toMatchObject({
      code: 'tls',
      message: expect.stringMatching(/it is for .*127\.0\.0\.1.* and not for elsewhere/),
    });
    const metrics = await failure({ token: plane.userTokens['jane'] ?? '' }, '/metrics');
    expect(metrics.message).toContain('{ nonResourceURLs: ["/metrics"], verbs: ["get"] }');
  });
});
