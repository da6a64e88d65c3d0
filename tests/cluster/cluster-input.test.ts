import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '@kube-gen/runtime';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ControlPlane } from '../../scripts/apiserver/control-plane.js';
import { crd, filesIn } from '../cli/folder.js';
import { type Finished, runCli } from '../cli/run-cli.js';
import { diffHere } from '../cli/run-diff-here.js';
import { kubectl, noControlPlane, noKubectl, useTestControlPlane } from './test-cluster.js';

describe.skipIf(noControlPlane || noKubectl)('kube-gen --cluster on a real API server', () => {
  let plane: ControlPlane;
  let cluster: Cluster;
  let folder: string;

  useTestControlPlane(async (given, started) => {
    folder = mkdtempSync(join(tmpdir(), 'kube-gen-cluster-'));
    cluster = given;
    plane = started;
    await apply(crd('Foo'));
    await kubectl(plane.kubeconfigFile, 'wait', '--for=condition=Established', 'crd/foos.example.dev');
    await vi.waitUntil(async () => (await openApiPaths()).includes('apis/example.dev/v1'), { timeout: 60_000 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function apply(manifest: string): Promise<void> {
    const file = join(folder, 'manifest.yaml');
    writeFileSync(file, manifest);
    await kubectl(plane.kubeconfigFile, 'apply', '-f', file);
  }

  async function openApiPaths(): Promise<string[]> {
    const { paths } = await cluster.request<{ paths: Record<string, unknown> }>({ path: '/openapi/v3' });
    return Object.keys(paths);
  }

  const run = (kubeconfig: string, out: string, ...args: string[]): Promise<Finished> =>
    runCli(['--cluster', '--kubeconfig', kubeconfig, '-o', out, ...args], { cwd: folder });

  /** The kubeconfig of a ServiceAccount that may do nothing but what all may. */
  async function kubeconfigOf(name: string): Promise<string> {
    await kubectl(plane.kubeconfigFile, 'create', 'serviceaccount', name);
    const token = (await kubectl(plane.kubeconfigFile, 'create', 'token', name)).trim();
    const file = join(folder, `${name}.kubeconfig`);
    copyFileSync(plane.kubeconfigFile, file);
    const flags = ['--kubeconfig', file, 'config'];
    await kubectl(plane.kubeconfigFile, ...flags, 'set-credentials', name, `--token=${token}`);
    await kubectl(plane.kubeconfigFile, ...flags, 'set-context', 'limited', `--user=${name}`, '--cluster=kube-gen');
    return file;
  }

  it('F36 makes each resource once, CRDs with their names, built-in kinds with those of discovery, again the same bytes', async () => {
    const { code, stderr } = await run(plane.kubeconfigFile, 'all');
    expect({ code, last: stderr.at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(
        /^[5-9]\d resources \(2\d groups\) from the cluster -> all\/: 1\d\d written/,
      ) as string,
    });
    const files = filesIn(join(folder, 'all'));
    expect(files['example.dev/v1/foo.ts']).toContain('From CustomResourceDefinition foos.example.dev, version v1');
    expect(files['apps/v1/deployment.ts']).toContain("shortNames: ['deploy']");
    expect(files['core/v1/pod.ts']).toContain("categories: ['all']");
    expect((await run(plane.kubeconfigFile, 'all', '--check')).code).toBe(0);
  });

  it('kube-gen diff tells what applying a CRD would change, and that its built-in kinds are those of its documents', async () => {
    writeFileSync(join(folder, 'foo.yaml'), crd('Foo', 'integer'));
    const side = ['--cluster', '--kubeconfig', plane.kubeconfigFile];
    const changed = await diffHere(folder, ...side, 'foo.yaml');
    expect([changed.code, changed.stderr, changed.stdout]).toEqual([
      1,
      '',
      expect.stringContaining('spec.size: type changed: optional string -> optional number'),
    ]);
    writeFileSync(join(folder, 'swagger.json'), await cluster.request<string>({ path: '/openapi/v2', as: 'text' }));
    const same = await diffHere(folder, 'swagger.json', ...side);
    expect([same.code, same.stdout]).toEqual([
      0,
      expect.stringMatching(/^no change for TypeScript users; \d\d resources in [67]\d versions compared\n$/),
    ]);
  });

  it('a user who may not list CRDs is told so, and which groups to do without', async () => {
    const kubeconfig = await kubeconfigOf('no-crds');
    const refused = await run(kubeconfig, 'no-crds', '--context', 'limited');
    expect(refused.code).toBe(2);
    expect(refused.stderr.join('\n')).toMatch(
      /customresourcedefinitions: cannot be read: .*403.*--exclude 'example\.dev\/\*'/,
    );
    expect(filesIn(folder)).not.toHaveProperty('no-crds/index.ts');
    const { code } = await run(kubeconfig, 'no-crds', '--context', 'limited', '--exclude', 'example.dev/*');
    expect(code).toBe(0);
    expect(filesIn(join(folder, 'no-crds'))).toHaveProperty('apps/v1/deployment.ts');
  });

  it('a group whose own API server is down is named, and nothing is written', async () => {
    await apply(`apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: { name: metrics, namespace: default }
`);
    const served = async (): Promise<string> => JSON.stringify(await cluster.request({ path: '/apis' }));
    await vi.waitUntil(async () => (await served()).includes('metrics.k8s.io'), { timeout: 30_000 });
    const { code, stderr } = await run(plane.kubeconfigFile, 'down');
    expect(code).toBe(2);
    expect(stderr[0]).toMatch(/openapi\/v3\/apis\/metrics\.k8s\.io\/v1beta1: .*--exclude 'metrics\.k8s\.io\/\*'/);
    expect((await run(plane.kubeconfigFile, 'down', '--exclude', 'metrics.k8s.io/*')).code).toBe(0);
    await kubectl(plane.kubeconfigFile, 'delete', 'apiservice', 'v1beta1.metrics.k8s.io');
  });

  it('a user who may not read the documents of some groups is told which, and how to do without', async () => {
    const kubeconfig = await kubeconfigOf('some-groups');
    const open = [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/openapi/v3',
      '/openapi/v3/api/v1',
      '/openapi/v3/apis/apps/v1',
    ];
    await apply(
      JSON.stringify({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'system:discovery' },
        rules: [{ nonResourceURLs: open, verbs: ['get'] }],
      }),
    );
    const refused = await run(
      kubeconfig,
      'some',
      '--context',
      'limited',
      '--include',
      'apps/*',
      '--include',
      'batch/*',
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toEqual([
      expect.stringMatching(/openapi\/v3\/apis\/batch\/v1: cannot be read: .*403.*--exclude 'batch\/\*'$/),
      '1 error: nothing was written',
    ]);
    expect((await run(kubeconfig, 'some', '--context', 'limited', '--include', 'apps/*')).code).toBe(0);
  });
});
