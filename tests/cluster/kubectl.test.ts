import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ApiServer, startApiServer } from '@kube-gen/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widgetCrd } from '../conformance/widget-crd.js';
import { kubectlPath, noKubectl } from './test-cluster.js';

const exec = promisify(execFile);

describe.skipIf(noKubectl)('a current kubectl on the embedded API server', () => {
  let server: ApiServer;
  let folder: string;

  beforeAll(async () => {
    server = await startApiServer({ crds: [widgetCrd] });
    folder = await mkdtemp(join(tmpdir(), 'kube-gen-kubectl-'));
    await writeFile(join(folder, 'kubeconfig'), server.kubeconfig);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** What it says on both streams, and how it ends; its caches stay in the folder. */
  async function kubectl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = { ...process.env, HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') };
    try {
      const { stdout, stderr } = await exec(kubectlPath(), args, { env, timeout: 30_000 });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: number; stdout?: string; stderr?: string };
      if (typeof code !== 'number') throw error;
      return { code, out: stdout ?? '', err: stderr ?? '' };
    }
  }
  const says = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await kubectl(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  };
  const refused = async (...args: string[]): Promise<string> => {
    const { code, err } = await kubectl(...args);
    expect(code).toBe(1);
    return err.replaceAll(/\s+/g, ' ');
  };
  let files = 0;
  const file = async (object: object): Promise<string> => {
    const path = join(folder, `${files++}.json`);
    await writeFile(path, JSON.stringify(object));
    return path;
  };
  const widget = (name: string, spec: object): object => ({
    apiVersion: 'conformance.example.dev/v1',
    kind: 'Widget',
    metadata: { name },
    spec,
  });
  const words = (line: string | undefined): string[] => (line ?? '').trim().split(/\s\s+/);

  it('finds the kinds', async () => {
    const lines = (await says('api-resources')).split('\n').map(words);
    expect(lines).toContainEqual(['widgets', 'wd', 'conformance.example.dev/v1', 'true', 'Widget']);
    expect(lines).toContainEqual(['configmaps', 'cm', 'v1', 'true', 'ConfigMap']);
    expect(await says('api-versions')).toContain('conformance.example.dev/v1alpha1\n');
    // A kubectl that is some versions older or newer warns on stderr.
    expect((await kubectl('version')).out).toContain('Server Version: v1.');
  });

  it('creates, gets, describes, labels and deletes', async () => {
    expect(await says('create', '-f', await file(widget('one', { size: 3, color: 'blue' })))).toBe(
      'widget.conformance.example.dev/one created\n',
    );
    expect((await says('get', 'widgets')).split('\n').map(words)).toEqual([
      ['NAME', 'SIZE', 'PHASE', 'FIRST', 'WEIGHT', 'AGE'],
      ['one', '3', expect.stringMatching(/^\d+s$/)],
      [''],
    ]);
    expect(await says('get', 'wd', 'one', '-o', 'jsonpath={.spec.color}')).toBe('blue');
    expect(await says('describe', 'widget', 'one')).toMatch(/Spec:\s+Color:\s+blue\s+Size:\s+3/);
    await says('label', 'widget', 'one', 'tier=web');
    await says('annotate', 'widget', 'one', 'note=yes');
    expect(await says('get', 'widgets', '-A', '-l', 'tier=web', '--show-labels')).toContain('tier=web');
    await says('patch', 'widget', 'one', '--type=merge', '-p', '{"spec":{"size":7}}');
    await says('scale', 'widget', 'one', '--replicas=2');
    expect(await says('get', 'widget', 'one', '-o', 'jsonpath={.spec.size} {.spec.replicas}')).toBe('7 2');
    expect(await says('delete', 'widget', 'one')).toContain('deleted');
    expect((await kubectl('get', 'widgets')).err).toContain('No resources found');
  });

  it('checks what it sends, and says what is wrong', async () => {
    expect(await refused('create', '-f', await file(widget('bad', { size: 1, sizze: 2 })))).toContain(
      'strict decoding error: unknown field "spec.sizze"',
    );
    expect(await refused('apply', '-f', await file(widget('bad', { size: 0 })))).toContain(
      'spec.size in body should be greater than or equal to 1',
    );
    expect(await refused('get', 'widget', 'none')).toContain(
      '(NotFound): widgets.conformance.example.dev "none" not found',
    );
    expect(await refused('get', 'gadgets')).toContain('the server doesn\'t have a resource type "gadgets"');
  });

  it('applies custom resources on the client side', async () => {
    const apply = async (spec: object): Promise<string> =>
      (await says('apply', '-f', await file(widget('applied', spec)))).trim().split(' ').at(-1) ?? '';
    expect(await apply({ size: 1, color: 'blue' })).toBe('created');
    expect(await apply({ size: 2 })).toBe('configured');
    expect(await apply({ size: 2 })).toBe('unchanged');
    // What is no longer in the manifest is taken out, and its default comes back.
    expect(await says('get', 'widget', 'applied', '-o', 'jsonpath={.spec.size} {.spec.color}')).toBe('2 red');
    const { code, out } = await kubectl('diff', '-f', await file(widget('applied', { size: 3 })));
    expect([code, out]).toEqual([1, expect.stringMatching(/-\s+size: 2[^]*\+\s+size: 3/)]);
  });

  it('watches, and waits for a condition', async () => {
    await says('create', '-f', await file(widget('watched', { size: 1 })));
    const waiting = says('wait', '--for=jsonpath={.status.phase}=Ready', 'widget/watched', '--timeout=20s');
    const gone = says('wait', '--for=delete', 'widget/watched', '--timeout=20s');
    await says(
      'patch',
      'widget',
      'watched',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"phase":"Ready"}}',
    );
    expect(await waiting).toContain('condition met');
    await says('delete', 'widget', 'watched');
    expect(await gone).toContain('condition met');
    await says('wait', '--for=condition=Established', 'crd', '--all', '--timeout=20s');
  });

  it('explains a custom resource from the OpenAPI document', async () => {
    expect(await says('explain', 'widget.spec.color')).toMatch(/FIELD: color <string>[^]*ENUM:\s+red\s+green\s+blue/);
  });

  it('shows built-in kinds as a real server does', async () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data: { a: 'b', c: 'd' } };
    await says('create', '-f', await file(map));
    const tables = (await says('get', 'configmaps,namespaces,crds', '-o', 'wide')).split('\n').map(words);
    expect(tables).toContainEqual(['configmap/cm', '2', expect.stringMatching(/s$/)]);
    expect(tables).toContainEqual(['namespace/default', 'Active', expect.stringMatching(/s$/)]);
    expect(tables[0]).toEqual(['NAME', 'DATA', 'AGE']);
  });

  it('is told in a sentence what the embedded server does not do', async () => {
    const manifest = await file(widget('ssa', { size: 1 }));
    expect(await refused('apply', '--server-side', '-f', manifest)).toContain(
      '(NotImplemented): The embedded API server does not do server-side apply',
    );
    expect(await refused('patch', 'configmap', 'cm', '-p', '{"data":{"a":"x"}}')).toMatch(
      /\(NotImplemented\): The embedded API server does not do strategic merge patches/,
    );
    // Older kubectls send JSON, which it reads.
    const namespace = await kubectl('create', 'namespace', 'typed');
    expect(namespace.out + namespace.err).toMatch(
      /^namespace\/typed created|The embedded API server does not read protobuf/,
    );
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    };
    await says('create', '-f', await file(pod));
    expect(await refused('exec', 'p', '--', 'ls')).toContain('does not have the subresource exec of pods');
    expect(await refused('logs', 'p')).toContain('does not have the subresource log of pods');
  });
});
