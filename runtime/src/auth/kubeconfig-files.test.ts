import { rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { connectScene, headersOf, kubeconfig, recorder, refusal } from '../../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import type { Cluster } from '../cluster.js';
import { connect } from '../connect.js';
import { FakeClock } from '../testing/fake-clock.js';
import { loadKubeconfig } from './load-kubeconfig.js';
import { planFromKubeconfig } from './plan-from-kubeconfig.js';
import { loadTls } from './tls-files.js';

const scene = connectScene();
const { write } = scene;

function list(...files: string[]): void {
  vi.stubEnv('KUBECONFIG', files.join(delimiter));
}

async function where(options: Parameters<typeof connect>[0] = {}): Promise<string> {
  await using cluster: Cluster = await connect(options);
  return cluster.server;
}

describe('the files of KUBECONFIG', () => {
  it('T1: empty entries, files named twice and files that are missing are skipped', async () => {
    const file = write('one', kubeconfig());
    list('', join(scene.home, 'missing'), '', file, file, '');
    expect(await where()).toBe('https://one.example:6443');
  });

  it('T1: with empty entries alone no file is read, the one at home neither, as with kubectl', async () => {
    write('.kube/config', kubeconfig());
    list('', '');
    expect((await refusal({ serviceAccountDir: scene.home })).message).toContain('KUBECONFIG, which names no file');
  });

  it('T1: the context of one file may name the cluster of a second and the user of a third', async () => {
    const context = { name: 'c', context: { cluster: 'k', user: 'u' } };
    list(
      write('a/contexts', { contexts: [context], 'current-context': 'c' }),
      write('b/clusters', { clusters: [{ name: 'k', cluster: { server: 'https://k.example' } }] }),
      write('c/users', { users: [{ name: 'u', user: { tokenFile: 'token' } }] }),
    );
    write('c/token', 'of-the-third');
    expect(await where()).toBe('https://k.example');
    expect((await headersOf({})).authorization).toBe('Bearer of-the-third');
  });

  it('T1: an empty current-context does not hide the one of the next file', async () => {
    list(
      write('a', { ...kubeconfig({}, 'a'), 'current-context': '' }),
      write('b', kubeconfig({}, 'b')),
      write('c', kubeconfig({}, 'c')),
    );
    expect(await where()).toBe('https://b.example:6443');
    expect(await where({ context: 'a' })).toBe('https://a.example:6443');
    expect((await refusal({ context: 'd' })).message).toContain('there are "a", "b", "c"');
  });

  it('T1: an empty file and null lists are no fault, a broken file is, whatever the others hold', async () => {
    const good = write('good', kubeconfig());
    list(write('empty', ''), write('null', { clusters: null, users: null, contexts: null }), good);
    expect(await where()).toBe('https://one.example:6443');
    const broken = write('broken', '{');
    list(good, broken);
    expect(await refusal()).toMatchObject({ code: 'config', message: expect.stringContaining(broken) });
    list(good, scene.home);
    expect(await refusal()).toMatchObject({ code: 'config', message: expect.stringContaining('EISDIR') });
  });

  it('T1: of an explicit file KUBECONFIG is no part, and it must be there', async () => {
    list(write('listed', kubeconfig({}, 'listed')));
    expect(await where({ kubeconfig: write('given', kubeconfig({}, 'given')) })).toBe('https://given.example:6443');
    expect((await refusal({ kubeconfig: join(scene.home, 'gone') })).message).toContain('gone does not exist');
    expect((await refusal({ kubeconfig: '~/gone' })).message).toContain(`${join(scene.home, 'gone')} does not exist`);
  });

  it('text as Windows saves it is read: a byte order mark, UTF-16, line ends', async () => {
    const text = JSON.stringify(kubeconfig(), null, 2).replaceAll('\n', '\r\n');
    const yaml =
      'current-context: x\r\nclusters:\r\n- name: x\r\n  cluster: {server: "https://x.example"}\r\ncontexts:\r\n- name: x\r\n  context: {cluster: x}\r\n';
    const file = join(scene.home, 'file');
    for (const [content, server] of [
      [Buffer.from(`\uFEFF${text}`), 'https://one.example:6443'],
      [Buffer.from(`\uFEFF${text}`, 'utf16le'), 'https://one.example:6443'],
      [Buffer.from(`\uFEFF${yaml}`), 'https://x.example'],
      [Buffer.from(yaml), 'https://x.example'],
    ] as const) {
      writeFileSync(file, content);
      expect(await where({ kubeconfig: file })).toBe(server);
    }
  });

  it('a kubeconfig that is JSON loads no YAML reader', async () => {
    vi.doMock('../yaml/index.js', () => {
      throw new Error('YAML was loaded');
    });
    expect(await where({ kubeconfig: write('json', kubeconfig()) })).toBe('https://one.example:6443');
    vi.doUnmock('../yaml/index.js');
  });

  it('T2: data counts before a file, for the authority, the certificate and the key', async () => {
    const authority = createTestAuthority();
    const { cert, key } = authority.issue({ user: 'jane' });
    const data = (text: string): string => Buffer.from(text).toString('base64');
    const file = write(
      'config',
      kubeconfig({
        cluster: { 'certificate-authority': 'gone', 'certificate-authority-data': data(authority.ca) },
        user: {
          'client-certificate': 'gone',
          'client-certificate-data': data(cert),
          'client-key': 'gone',
          'client-key-data': data(key).replace(/(.{40})/g, '$1\n'),
        },
      }),
    );
    const plan = planFromKubeconfig(await loadKubeconfig(file), undefined);
    expect((await loadTls(plan, new FakeClock())).settings()).toMatchObject({ ca: authority.ca, cert, key });
  });

  it('T2: the options count before a pod, one by one', async () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    write('sa/token', 'of-the-pod');
    write('sa/namespace', 'of-the-pod\n');
    const pod = { inCluster: true, serviceAccountDir: join(scene.home, 'sa') };
    expect((await headersOf(pod)).authorization).toBe('Bearer of-the-pod');
    expect((await headersOf({ ...pod, token: 'given' })).authorization).toBe('Bearer given');
    expect((await headersOf({ ...pod, server: 'https://given' })).authorization).toBe('Bearer of-the-pod');
    expect([await where(pod), await where({ ...pod, server: 'https://given' })]).toEqual([
      'https://10.0.0.1',
      'https://given',
    ]);
    vi.stubEnv('POD_NAMESPACE', 'of-the-environment');
    await using cluster = await connect(pod);
    expect(cluster.namespace).toBe('of-the-environment');
  });
});

describe('certificates that are rotated', () => {
  async function rotating(): Promise<{
    authority: ReturnType<typeof createTestAuthority>;
    file: string;
    put(user: string): { cert: string; key: string };
  }> {
    const authority = createTestAuthority();
    const put = (user: string): { cert: string; key: string } => {
      const pair = authority.issue({ user });
      write('client.crt', pair.cert);
      write('client.key', pair.key);
      return pair;
    };
    write('ca.crt', authority.ca);
    put('one');
    const user = { 'client-certificate': 'client.crt', 'client-key': 'client.key' };
    const file = write('config', kubeconfig({ cluster: { 'certificate-authority': 'ca.crt' }, user }));
    return { authority, file, put };
  }

  it('T8: authority, certificate and key are read again after a minute, together, and what is half-written waits', async () => {
    const { file, put } = await rotating();
    const clock = new FakeClock();
    const { settings, reread } = await loadTls(planFromKubeconfig(await loadKubeconfig(file), undefined), clock);
    const first = settings();
    const second = put('two');
    await clock.advance(59_999);
    expect(settings()).toBe(first);
    expect(await reread()).toBe(true);
    expect(settings()).toMatchObject(second);
    const again = settings();
    await reread();
    expect(settings()).toBe(again);
    const other = createTestAuthority().issue({ user: 'x' });
    write('client.crt', other.cert);
    await reread();
    expect(settings()).toBe(again);
    rmSync(join(scene.home, 'client.key'));
    await reread();
    expect(settings()).toBe(again);
    write('client.key', other.key);
    const ca = createTestAuthority('another').ca;
    write('ca.crt', ca);
    await clock.advance(60_000);
    settings();
    await reread();
    expect(settings()).toMatchObject({ ...other, ca });
  });

  it('T8: so is an authority alone, as a pod has it', async () => {
    const { authority } = await rotating();
    const file = write('config', kubeconfig({ cluster: { 'certificate-authority': 'ca.crt' } }));
    const clock = new FakeClock();
    const { settings, reread } = await loadTls(planFromKubeconfig(await loadKubeconfig(file), undefined), clock);
    expect(settings().ca).toBe(authority.ca);
    const { ca } = createTestAuthority('another');
    write('ca.crt', ca);
    expect(await reread()).toBe(true);
    expect(settings().ca).toBe(ca);
  });

  it('T8: a 401 reads them at once, and is tried again when they changed', async () => {
    const { file, put } = await rotating();
    const transport = recorder([401, 200, 401]);
    await using cluster = await connect({ kubeconfig: file, transport });
    put('two');
    await cluster.request({ path: '/version' });
    expect(transport.requests).toHaveLength(2);
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('the client certificate of the context "one"'),
    });
    expect(transport.requests).toHaveLength(3);
  });
});

describe('secrets in a kubeconfig that is broken', () => {
  const texts: [what: string, text: string][] = [
    ['an alias that is none', 'users: [{name: a, user: {token: *hunter2}}]'],
    ['a tag that is none', 'users: [{name: a, user: {token: !hunter2 x}}]'],
    ['a tab', 'users:\n- name: a\n\tuser: {token: hunter2}'],
    ['a key twice', 'token: hunter2\ntoken: hunter2'],
    ['a key twice that is the secret', '{hunter2: 1, hunter2: 2}'],
    ['a bracket that is open', 'users: [{name: a, user: {token: hunter2'],
    ['a quote that is open', 'token: "hunter2'],
    ['a colon in a text', 'token: hunter2: x'],
    ['JSON that breaks off', '{"users": [{"name": "a", "user": {"token": "hunter2"'],
    ['an anchor of nothing', 'a: &hunter2\nb: *hunter2x'],
    ['a directive', '%hunter2 x\n---\na: 1'],
  ];
  it.each(texts)('T12: %s: the error names the file and repeats nothing of it', async (_what, text) => {
    const file = write('config', `${text}\n`);
    const error = await refusal({ kubeconfig: file });
    expect(error).toMatchObject({ code: 'config', message: expect.stringContaining(file) });
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('hunter2');
  });
});
