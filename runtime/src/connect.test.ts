import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connectScene, headersOf, kubeconfig, recorder, refusal } from '../../tests/support/connect-scene.js';
import { Thing } from '../../tests/support/reflector-scene.js';
import { createTestAuthority } from '../../tests/support/test-certificates.js';
import { closeServersAfterEach, serveHttp } from '../../tests/support/test-servers.js';
import { createCluster } from './client/create-cluster.js';
import { connect } from './connect.js';
import type { TransportRequest, TransportResponse } from './io/transport.js';
import { Reflector } from './reflector/reflector.js';
import { FakeClock } from './testing/fake-clock.js';

const scene = connectScene();
closeServersAfterEach();
const { write } = scene;

describe('where the configuration comes from', () => {
  it('T1: KUBECONFIG, then ~/.kube/config, then the pod', async () => {
    write('.kube/config', kubeconfig({}, 'home'));
    const listed = write('listed', kubeconfig({}, 'listed'));
    vi.stubEnv('KUBERNETES_SERVICE_HOST', 'fd00::1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    const serviceAccountDir = dirname(write('sa/token', 'pod-token\n'));
    write('sa/namespace', 'pod-namespace\n');
    const servers = async (): Promise<string> => {
      await using cluster = await connect({ serviceAccountDir });
      return `${cluster.server} ${cluster.namespace}`;
    };
    vi.stubEnv('KUBECONFIG', listed);
    expect(await servers()).toBe('https://listed.example:6443 default');
    vi.stubEnv('KUBECONFIG', '');
    expect(await servers()).toBe('https://home.example:6443 default');
    rmSync(join(scene.home, '.kube'), { recursive: true });
    expect(await servers()).toBe('https://[fd00::1] pod-namespace');
    expect((await headersOf({ serviceAccountDir })).authorization).toBe('Bearer pod-token');
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '');
    const error = await refusal({ serviceAccountDir });
    expect(error.code).toBe('config');
    expect(error.message).toContain(join(scene.home, '.kube', 'config'));
    expect(error.message).toContain(serviceAccountDir);
  });

  it('T1: an explicit file must exist, and of a list missing files are tolerated', async () => {
    const missing = join(scene.home, 'missing');
    expect(await refusal({ kubeconfig: missing })).toMatchObject({
      code: 'config',
      message: expect.stringContaining(missing),
    });
    vi.stubEnv('KUBECONFIG', [missing, write('there', kubeconfig())].join(delimiter));
    await using cluster = await connect();
    expect(cluster.server).toBe('https://one.example:6443');
    vi.stubEnv('KUBECONFIG', missing);
    expect((await refusal()).message).toContain(`${missing} (from KUBECONFIG)`);
  });

  it('T1: the first file wins for the current context and for each name, whole', async () => {
    const first = write('first', {
      ...kubeconfig({ user: { token: 'first' } }, 'a'),
      users: [
        { name: 'a', user: {} },
        { name: 'a', user: { token: 'again' } },
      ],
    });
    const second = write('second', {
      ...kubeconfig(
        { cluster: { server: 'https://other.example' }, user: { token: 'second' }, context: { namespace: 'second' } },
        'a',
      ),
      'current-context': 'b',
      contexts: [
        { name: 'a', context: {} },
        { name: 'b', context: { cluster: 'a', user: 'b' } },
      ],
    });
    vi.stubEnv('KUBECONFIG', [first, second].join(delimiter));
    await using cluster = await connect();
    expect([cluster.server, cluster.namespace]).toEqual(['https://a.example:6443', 'default']);
    expect((await headersOf({})).authorization).toBeUndefined();
    expect((await refusal({ context: 'b' })).message).toContain(
      'names the user "b", which is not there; there are "a"',
    );
  });

  it('T1: paths in a file are relative to it', async () => {
    const authority = createTestAuthority();
    write('deep/pki/ca.crt', authority.ca);
    const { cert, key } = authority.issue({ user: 'jane' });
    write('deep/jane.crt', cert);
    write('deep/jane.key', key);
    write('deep/token', 'from-file');
    const file = write(
      'deep/config',
      kubeconfig({
        cluster: { 'certificate-authority': 'pki/ca.crt' },
        user: { tokenFile: './token', 'client-certificate': 'jane.crt', 'client-key': 'jane.key' },
      }),
    );
    expect((await headersOf({ kubeconfig: file })).authorization).toBe('Bearer from-file');
    rmSync(join(scene.home, 'deep/pki/ca.crt'));
    const error = await refusal({ kubeconfig: file });
    expect(error.code).toBe('config');
    expect(error.message).toContain(`${join(scene.home, 'deep/pki/ca.crt')} (ENOENT)`);
  });

  it('with a server given no kubeconfig is read', async () => {
    write('.kube/config', 'not: [a kubeconfig');
    await using cluster = await connect({ server: 'https://host.example/prefix/', namespace: 'mine', token: 't0ken' });
    expect([cluster.server, cluster.namespace]).toEqual(['https://host.example/prefix', 'mine']);
    expect((await headersOf({ server: 'http://x', token: () => Promise.resolve('asked') })).authorization).toBe(
      'Bearer asked',
    );
  });

  it('YAML and JSON are read, and an address without a scheme is what kubectl makes of it', async () => {
    const yaml =
      'current-context: x\nclusters: [{name: x, cluster: {server: "localhost:8080"}}]\ncontexts: [{name: x, context: {cluster: x, namespace: ns}}]\n';
    await using cluster = await connect({ kubeconfig: write('yaml', yaml) });
    expect([cluster.server, cluster.namespace]).toEqual(['http://localhost:8080', 'ns']);
    const secure = kubeconfig({ cluster: { server: 'localhost:6443', 'insecure-skip-tls-verify': true } });
    await using other = await connect({ kubeconfig: write('json', secure) });
    expect(other.server).toBe('https://localhost:6443');
  });

  it('options count before what the kubeconfig says', async () => {
    const file = write(
      'config',
      kubeconfig({ user: { token: 'file', as: 'somebody' }, context: { namespace: 'file' } }),
    );
    await using cluster = await connect({ kubeconfig: file, namespace: 'option' });
    expect(cluster.namespace).toBe('option');
    const headers = await headersOf({ kubeconfig: file, token: 'option', impersonate: { user: 'root' } });
    expect(headers).toMatchObject({ authorization: 'Bearer option', 'impersonate-user': 'root' });
  });
});

describe('the user agent', () => {
  it('names kube-gen, its version and the platform, and is what one gives instead', async () => {
    const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
    const platform = `${process.platform}/${process.arch}; node ${process.versions.node}`;
    expect((await headersOf({ server: 'http://x' }))['user-agent']).toBe(`kube-gen/${version} (${platform})`);
    expect((await headersOf({ server: 'http://x', userAgent: 'my-operator/1.2' }))['user-agent']).toBe(
      'my-operator/1.2',
    );
    const recording = recorder();
    await using cluster = createCluster({ server: 'http://x', transport: recording });
    await cluster.request({ path: '/version' });
    expect(recording.requests[0]?.headers['user-agent']).toBe(`kube-gen/${version}`);
  });

  it('reaches the server, and one that no header can carry is a usage error that sends nothing', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serveHttp(({ headers }, response) => {
      seen.push(headers['user-agent']);
      response.end('{}');
    });
    await using cluster = await connect({ server: url, userAgent: 'my-operator/1.2' });
    await cluster.request({ path: '/version' });
    await using wrong = await connect({ server: url, userAgent: 'a\r\nauthorization: Bearer x' });
    await expect(wrong.request({ path: '/version' })).rejects.toMatchObject({ code: 'usage' });
    expect(seen).toEqual(['my-operator/1.2']);
  });
});

describe('diagnostics', () => {
  it('T12: kube-gen:request tells method, path, status and time, and no query and no header', async () => {
    const messages: unknown[] = [];
    const hear = (message: unknown): unknown => messages.push(message);
    subscribe('kube-gen:request', hear);
    await using cluster = await connect({
      server: 'http://x',
      token: 'hunter2',
      transport: recorder([200, 403]),
      clock: new FakeClock(),
    });
    await cluster.request({ path: '/api/v1/pods?token=hunter2' });
    await expect(cluster.request({ path: '/api/v1/nodes' })).rejects.toMatchObject({ code: 'forbidden' });
    unsubscribe('kube-gen:request', hear);
    expect(messages).toEqual([
      { method: 'GET', path: '/api/v1/pods', status: 200, ms: 0 },
      { method: 'GET', path: '/api/v1/nodes', status: 403, ms: 0 },
    ]);
  });

  it('T12: kube-gen:request tells the code of a request without an answer', async () => {
    const messages: unknown[] = [];
    const hear = (message: unknown): unknown => messages.push(message);
    subscribe('kube-gen:request', hear);
    const request = (): Promise<TransportResponse> => Promise.reject(new Error('gone'));
    await using cluster = await connect({ server: 'http://x', transport: { request }, clock: new FakeClock() });
    await expect(cluster.request({ method: 'POST', path: '/x', body: {} })).rejects.toMatchObject({
      code: 'unreachable',
    });
    unsubscribe('kube-gen:request', hear);
    expect(messages).toEqual([{ method: 'POST', path: '/x', error: 'unreachable', ms: 0 }]);
  });

  it('kube-gen:request tells the id that the server gave a request, and nothing that is no id', async () => {
    const messages: unknown[] = [];
    const hear = (message: unknown): unknown => messages.push(message);
    const ids = ['4a0d7d86-9c1b-4f0e-8d4c-7d6e5f4a3b2c', 'not an id', 'x'.repeat(65)];
    const request = (): Promise<TransportResponse> => {
      const id = ids.shift();
      return Promise.resolve({
        status: 200,
        headers: id === undefined ? {} : { 'audit-id': id },
        body: (async function* body() {})(),
      });
    };
    subscribe('kube-gen:request', hear);
    await using cluster = await connect({ server: 'http://x', transport: { request }, clock: new FakeClock() });
    for (let n = 0; n < 4; n++) await cluster.request({ path: '/version' });
    unsubscribe('kube-gen:request', hear);
    const plain = { method: 'GET', path: '/version', status: 200, ms: 0 };
    expect(messages).toEqual([{ ...plain, auditId: '4a0d7d86-9c1b-4f0e-8d4c-7d6e5f4a3b2c' }, plain, plain, plain]);
  });

  it('connect makes no request, and the transport is closed with the cluster', async () => {
    const close = vi.fn<() => Promise<void>>(() => Promise.resolve());
    const request = vi.fn<(request: TransportRequest) => Promise<TransportResponse>>();
    const cluster = await connect({ server: 'http://x', transport: { request, close } });
    await cluster.close();
    await cluster.close();
    expect([request.mock.calls.length, close.mock.calls.length]).toEqual([0, 1]);
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({ code: 'stopped' });
  });

  it('a closed cluster starts no reflector: it would try for ever', async () => {
    const request = vi.fn<(request: TransportRequest) => Promise<TransportResponse>>();
    const cluster = await connect({ server: 'http://x', transport: { request } });
    const late = new Reflector(cluster, Thing);
    const closing = cluster.close();
    expect(() => late.start()).toThrow(expect.objectContaining({ code: 'stopped' }));
    await closing;
    await expect(late.ready()).rejects.toMatchObject({ code: 'stopped' });
    expect(late.status.phase).toBe('idle');
    expect([...cluster.reflectors]).toEqual([]);
    expect(request).not.toHaveBeenCalled();
  });
});
