import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '@kube-gen/runtime';
import { typedRequest } from '@kube-gen/runtime/openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';
import { compile, writeProject } from '../support/type-check.js';
import { noCluster, useTestCluster } from './test-cluster.js';

/** Checked by the compiler against the `openapi.ts` of the very server, and run against it. */
const program = `import { typedRequest } from '@kube-gen/runtime/openapi';
import type { Cluster } from '@kube-gen/runtime/codegen1';
import type { paths } from './openapi.js';

export async function use(cluster: Cluster): Promise<string[]> {
  const request = typedRequest<paths>(cluster);
  const { gitVersion } = await request('get', '/version/');
  const path = { namespace: 'default', name: 'a' };
  const log = await request('get', '/api/v1/namespaces/{namespace}/pods/{name}/log', {
    params: { path, query: { follow: true } },
    as: 'stream',
  });
  for await (const bytes of log) bytes.subarray(0, 1);
  const evicted = await request('post', '/api/v1/namespaces/{namespace}/pods/{name}/eviction', {
    params: { path },
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'a' } },
  });
  const token = await request('post', '/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token', {
    params: { path },
    body: { spec: { audiences: ['a'] } },
  });
  const pods = await request('get', '/api/v1/namespaces/{namespace}/pods', { params: { path: { namespace: 'default' } } });
  await request('patch', '/api/v1/namespaces/{namespace}/pods/{name}', {
    params: { path },
    contentType: 'application/merge-patch+json',
    body: { metadata: { labels: { a: 'b' } } },
  });
  // @ts-expect-error -- a log is no JSON
  await request('get', '/api/v1/namespaces/{namespace}/pods/{name}/log', { params: { path } });
  // @ts-expect-error -- audiences is a list
  await request('post', '/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token', { params: { path }, body: { spec: { audiences: 'a' } } });
  // @ts-expect-error -- no such path
  await request('get', '/api/v1/namespaces/{namespace}/pots');
  return [gitVersion, evicted.apiVersion ?? '', token.status?.token ?? '', ...pods.items.map(({ spec }) => spec?.nodeName ?? '')];
}
`;

/** The part of that file which the tests below use. */
interface paths {
  '/version/': { get: { responses: { 200: { content: { 'application/json': { gitVersion: string } } } } } };
  '/api/v1/namespaces/{namespace}/pods': {
    post: {
      parameters: { path: { namespace: string } };
      requestBody: { content: { '*/*': object } };
      responses: { 201: { content: { 'application/json': { metadata: { uid: string } } } } };
    };
  };
  '/api/v1/namespaces/{namespace}/pods/{name}/log': {
    get: {
      parameters: { path: { namespace: string; name: string } };
      responses: { 200: { content: { 'text/plain': string } } };
    };
  };
  '/api/v1/namespaces/{namespace}/pods/{name}/eviction': {
    post: {
      parameters: { path: { namespace: string; name: string } };
      requestBody: { content: { '*/*': object } };
      responses: { 201: { content: { 'application/json': { status: string } } } };
    };
  };
  '/api/v1/namespaces/{namespace}/serviceaccounts': {
    post: {
      parameters: { path: { namespace: string } };
      requestBody: { content: { '*/*': object } };
      responses: { 201: { content: { 'application/json': object } } };
    };
  };
  '/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token': {
    post: {
      parameters: { path: { namespace: string; name: string } };
      requestBody: { content: { '*/*': object } };
      responses: { 201: { content: { 'application/json': { status: { token: string } } } } };
    };
  };
}

describe.skipIf(noCluster)('typed requests to a real API server', () => {
  let folder: string;
  let cluster: Cluster;
  let kubeconfig: string;

  useTestCluster((given, { kubeconfigFile }) => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-typed-'));
    cluster = given;
    kubeconfig = kubeconfigFile;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('--cluster --paths makes every operation, in the same bytes each time, and programs compile against it', async () => {
    const args = ['--cluster', '--kubeconfig', kubeconfig, '--paths', '-o', 'out'];
    expect(await runCli(args, { cwd: folder })).toMatchObject({ code: 0 });
    expect(await runCli([...args, '--check'], { cwd: folder })).toMatchObject({ code: 0 });
    writeProject(join(folder, 'out'), [{ path: 'program.ts', content: program }]);
    expect(await compile(join(folder, 'out'), { compiler: 'typescript', include: ['program.ts'] })).toEqual([]);
  }, 180_000);

  it('asks for the version, a token, a log and an eviction', async () => {
    const request = typedRequest<paths>(cluster);
    expect((await request('get', '/version/')).gitVersion).toMatch(/^v1\.\d+/);

    const namespace = 'default';
    const name = `typed-${Date.now()}`;
    const names = { namespace, name };
    const metadata = { name };
    await request('post', '/api/v1/namespaces/{namespace}/serviceaccounts', {
      params: { path: { namespace } },
      body: { metadata },
    });
    const { status } = await request('post', '/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token', {
      params: { path: names },
      body: { spec: { audiences: ['https://example.com'], expirationSeconds: 600 } },
    });
    expect(status.token.split('.')).toHaveLength(3);

    const spec = { serviceAccountName: name, containers: [{ name: 'a', image: 'a' }] };
    const pod = await request('post', '/api/v1/namespaces/{namespace}/pods', {
      params: { path: { namespace } },
      body: { metadata, spec },
    });
    expect(pod.metadata.uid).toMatch(/^[\da-f-]{36}$/);
    // No kubelet runs it: its log is there, and empty.
    const log = request('get', '/api/v1/namespaces/{namespace}/pods/{name}/log', {
      params: { path: names },
      as: 'text',
    });
    await expect(log).resolves.toBe('');
    const gone = { namespace, name: 'no-such-pod' };
    await expect(
      request('get', '/api/v1/namespaces/{namespace}/pods/{name}/log', { params: { path: gone }, as: 'stream' }),
    ).rejects.toMatchObject({ code: 'not-found' });
    const eviction = await request('post', '/api/v1/namespaces/{namespace}/pods/{name}/eviction', {
      params: { path: names },
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata },
    });
    expect(eviction.status).toBe('Success');
  });
});
