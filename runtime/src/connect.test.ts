import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import {
  connectScene,
  headersOf,
  kubeconfig,
  recorder,
  refusal,
  type KubeconfigParts,
} from '../../tests/support/connect-scene.js';
import { Thing } from '../../tests/support/reflector-scene.js';
import { createTestAuthority } from '../../tests/support/test-certificates.js';
import { closeServersAfterEach, serveHttp } from '../../tests/support/test-servers.js';
import { createCluster } from './client/create-cluster.js';
import { connect, type ConnectOptions } from './connect.js';
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
    write('sa/namespace', 'pod-namespace');
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

const GROUP = 'client.authentication.k8s.io';

function exec(fields: Record<string, unknown>): Record<string, unknown> {
  const plugin = { apiVersion: `${GROUP}/v1`, command: 'get-token', interactiveMode: 'Never', ...fields };
  return kubeconfig({ user: { exec: plugin } });
}

function oidc(config: Record<string, string>): Record<string, unknown> {
  return kubeconfig({ user: { 'auth-provider': { name: 'oidc', config } } });
}

describe('what is wrong in the configuration', () => {
  const cases: [what: string, content: unknown, options: ConnectOptions, message: RegExp][] = [
    ['an unknown context', kubeconfig(), { context: 'two' }, /no context "two" in .*config; there are "one"/],
    ['no current context', { ...kubeconfig(), 'current-context': '' }, {}, /no current-context .* one of "one"/],
    [
      'an unknown cluster',
      kubeconfig({ context: { cluster: 'x' } }),
      {},
      /names the cluster "x", which is not there; there are "one"/,
    ],
    [
      'an unknown user',
      kubeconfig({ context: { user: 'x' } }),
      {},
      /names the user "x", which is not there; there are "one"/,
    ],
    ['a cluster without server', kubeconfig({ cluster: { server: undefined } }), {}, /no server/],
    ['broken YAML', 'a: [1\nb: 2', {}, /no YAML: .*config:2:\d+: /],
    ['no contexts', { users: [] }, {}, /no context in .*config: it names none/],
    ['another object', { apiVersion: 'v1', kind: 'Pod' }, {}, /config is no kubeconfig: its kind is Pod/],
    ['a text', '"hello"', {}, /is no kubeconfig/],
    ['a list', '[]', {}, /is no kubeconfig/],
    ['clusters that are no list', { clusters: {} }, {}, /clusters is no list/],
    [
      'base64 that is none',
      kubeconfig({ cluster: { 'certificate-authority-data': '***' } }),
      {},
      /certificate-authority-data of "one" is no base64/,
    ],
    [
      'a CA that is none',
      kubeconfig({ cluster: { 'certificate-authority-data': 'aGVsbG8=' } }),
      {},
      /certificate authority .* no PEM/,
    ],
    [
      'a certificate without key',
      kubeconfig({ user: { 'client-certificate-data': 'aGVsbG8=' } }),
      {},
      /certificate but no key/,
    ],
    ['an exec plugin without command', exec({ command: '' }), {}, /exec of the user "one" has no command/],
    ['an exec plugin without apiVersion', exec({ apiVersion: undefined }), {}, /no apiVersion; there are .*\/v1 and/],
    ['an old exec plugin', exec({ apiVersion: `${GROUP}/v1alpha1` }), {}, /removed: update get-token/],
    ['an unknown exec plugin', exec({ apiVersion: 'x/v1' }), {}, /the unknown apiVersion "x\/v1"/],
    ['no interactiveMode', exec({ interactiveMode: undefined }), {}, /no interactiveMode; there are Never, IfAvail/],
    ['an unknown interactiveMode', exec({ interactiveMode: 'Maybe' }), {}, /unknown interactiveMode "Maybe"/],
    ['an env without a name', exec({ env: [{ value: 'x' }] }), {}, /an entry of env without a name/],
    ['args that are no list', exec({ args: 'x' }), {}, /args of "one" must be a list of texts/],
    ['an exec that is a text', kubeconfig({ user: { exec: 'x' } }), {}, /exec of the user "one" must be an object/],
    [
      'a plugin and a provider',
      kubeconfig({ user: { exec: {}, 'auth-provider': {} } }),
      {},
      /has both exec and auth-provider/,
    ],
    ...(['gcp', 'azure', 'openstack', 'nobody'] as const).map(
      (name) =>
        [
          `the retired provider ${name}`,
          kubeconfig({ user: { 'auth-provider': { name } } }),
          {},
          { gcp: /gke-gcloud-auth-plugin/, azure: /kubelogin/, openstack: /client-keystone-auth/, nobody: /not known/ }[
            name
          ],
        ] as [string, unknown, ConnectOptions, RegExp],
    ),
    ['OIDC without an issuer', oidc({ 'client-id': 'x' }), {}, /has no idp-issuer-url/],
    ['OIDC without a client', oidc({ 'idp-issuer-url': 'https://x' }), {}, /has no client-id/],
    ['OIDC without TLS', oidc({ 'client-id': 'x', 'idp-issuer-url': 'http://x' }), {}, /must be an https address/],
    ['a proxy without a scheme', kubeconfig({ cluster: { 'proxy-url': 'example.com' } }), {}, /no address of a proxy/],
    ['a proxy of another kind', kubeconfig({ cluster: { 'proxy-url': 'socks6://p' } }), {}, /socks6:\/\/ is not known/],
    ['a user name with a colon', kubeconfig({ user: { username: 'a:b' } }), {}, /may not have a colon/],
    ['groups without a user', kubeconfig({ user: { 'as-groups': ['a'] } }), {}, /need `as`/],
    ['a server that is no address', kubeconfig({ cluster: { server: 'https://' } }), {}, /no URL/],
    ['a number for a token', kubeconfig({ user: { token: 7 } }), {}, /token of "one" must be a text: put it in quotes/],
    [
      'a number for the current context',
      { ...kubeconfig(), 'current-context': 7 },
      {},
      /current-context must be a text: put it in quotes/,
    ],
    [
      'a name that YAML reads as something else',
      { ...kubeconfig(), contexts: [{ name: true, context: { cluster: 'one' } }] },
      {},
      /an entry of contexts has the name true, which is no text: put it in quotes/,
    ],
  ];
  it.each(cases)('%s', async (_what, content, options, message) => {
    const file = write('config', content);
    const error = await refusal({ ...options, kubeconfig: file });
    expect(error).toMatchObject({ code: 'config', message: expect.stringMatching(message) });
  });

  it('options that cannot be: proxyUrl, not in a cluster, a folder as kubeconfig, a key of another certificate', async () => {
    expect(await refusal({ server: 'http://x', proxyUrl: 'ftp://p' })).toMatchObject({ code: 'config' });
    expect(await refusal({ inCluster: true })).toMatchObject({
      code: 'config',
      message: expect.stringContaining('not in a cluster'),
    });
    expect(await refusal({ kubeconfig: scene.home })).toMatchObject({
      code: 'config',
      message: expect.stringContaining('EISDIR'),
    });
    const authority = createTestAuthority();
    const { cert } = authority.issue({ user: 'a' });
    const { key } = authority.issue({ user: 'b' });
    expect((await refusal({ server: 'https://x', cert, key })).message).toContain('does not belong');
    expect(await refusal({ server: 'http://x', signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted' });
  });

  it('T12: no secret is in an error, in inspect or in JSON', async () => {
    const secret = 'c2VjcmV0LXNlY3JldA==';
    const bad: KubeconfigParts[] = [
      { user: { token: `${secret} x` } },
      { user: { 'client-key-data': secret, 'client-certificate-data': secret } },
      { user: { token: secret, tokenFile: '/nowhere' }, cluster: { server: `https://u:${secret}@h` } },
    ];
    for (const parts of bad) {
      const error = await refusal({ kubeconfig: write('config', kubeconfig(parts)) });
      expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(
        /c2Vjcm|secret-secret/,
      );
    }
    await using cluster = await connect({ server: 'http://x', token: secret });
    expect(inspect(cluster, { depth: 9, showHidden: true }) + JSON.stringify(cluster)).not.toContain(secret);
  });
});

describe('who asks', () => {
  it('T2: a token counts before a token file at the start, which takes over when it is read', async () => {
    const clock = new FakeClock();
    write('token', 'rotated\n');
    const transport = recorder();
    const file = write('config', kubeconfig({ user: { token: 'first', tokenFile: 'token' } }));
    await using cluster = await connect({ kubeconfig: file, transport, clock });
    const ask = async (): Promise<string | undefined> => {
      await cluster.request({ path: '/version' });
      return transport.requests.at(-1)?.headers['authorization'];
    };
    expect(await ask()).toBe('Bearer first');
    await clock.advance(49_999);
    expect(await ask()).toBe('Bearer first');
    await clock.advance(1);
    expect(await ask()).toBe('Bearer rotated');
  });

  it('T4: a token file is read again after 50 s, trimmed, and the last good token is kept on error', async () => {
    const clock = new FakeClock();
    const token = write('token', '  one\n');
    const transport = recorder();
    await using cluster = await connect({
      kubeconfig: write('config', kubeconfig({ user: { tokenFile: 'token' } })),
      transport,
      clock,
    });
    const ask = async (): Promise<string | undefined> => {
      await cluster.request({ path: '/version' });
      return transport.requests.at(-1)?.headers['authorization'];
    };
    expect(await ask()).toBe('Bearer one');
    writeFileSync(token, 'two');
    expect(await ask()).toBe('Bearer one');
    await clock.advance(50_000);
    expect(await ask()).toBe('Bearer two');
    for (const broken of [() => writeFileSync(token, ''), () => rmSync(token)]) {
      broken();
      await clock.advance(50_000);
      expect(await ask()).toBe('Bearer two');
    }
    writeFileSync(token, 'three');
    await clock.advance(50_000);
    expect(await ask()).toBe('Bearer three');
  });

  it('T4: a token file that was never there is a credentials error that names it', async () => {
    await using cluster = await connect({
      kubeconfig: write('config', kubeconfig({ user: { tokenFile: 'gone' } })),
      transport: recorder(),
    });
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({
      code: 'credentials',
      message: expect.stringContaining(join(scene.home, 'gone')),
    });
  });

  it('T5: a 401 reads a token file again, once, and only if it was read before the request was sent', async () => {
    const clock = new FakeClock();
    const token = write('token', 'one');
    const transport = recorder([200, 401, 200, 401, 401]);
    await using cluster = await connect({
      kubeconfig: write('config', kubeconfig({ user: { tokenFile: 'token' } })),
      transport,
      clock,
    });
    await cluster.request({ path: '/version' });
    writeFileSync(token, 'two');
    await clock.advance(1000);
    await cluster.request({ path: '/version' });
    expect(transport.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer one',
      'Bearer one',
      'Bearer two',
    ]);
    await clock.advance(1000);
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({ code: 'unauthorized', status: 401 });
    expect(transport.requests).toHaveLength(5);
  });

  it('a fixed token is not tried again after a 401', async () => {
    const transport = recorder([401]);
    await using cluster = await connect({ server: 'http://x', token: 'fixed', transport });
    await expect(cluster.request({ path: '/version' })).rejects.toMatchObject({ code: 'unauthorized' });
    expect(transport.requests).toHaveLength(1);
  });

  it('user name and password travel as Basic', async () => {
    const file = write('config', kubeconfig({ user: { username: 'jane', password: 'pässword' } }));
    expect((await headersOf({ kubeconfig: file })).authorization).toBe(
      `Basic ${Buffer.from('jane:pässword').toString('base64')}`,
    );
  });

  it('T7: impersonation sends user, groups, uid and escaped extra', async () => {
    const user = {
      as: 'jane',
      'as-groups': ['a', 'b'],
      'as-uid': '7',
      'as-user-extra': { 'example.dev/Über': ['x', 'y'], plain: ['z'] },
    };
    const transport = recorder();
    await using cluster = await connect({ kubeconfig: write('config', kubeconfig({ user })), transport });
    await cluster.request({ path: '/version' });
    expect(transport.requests[0]).toMatchObject({
      headers: {
        'impersonate-user': 'jane',
        'impersonate-group': 'a',
        'impersonate-uid': '7',
        'impersonate-extra-example.dev%2F%C3%9Cber': 'x',
        'impersonate-extra-plain': 'z',
      },
      repeatedHeaders: [
        ['impersonate-group', 'b'],
        ['impersonate-extra-example.dev%2F%C3%9Cber', 'y'],
      ],
    });
  });

  it('T7: what would begin another header is refused', async () => {
    expect(await refusal({ server: 'http://x', impersonate: { user: 'a\r\nauthorization: b' } })).toMatchObject({
      code: 'config',
    });
  });

  it('T2: insecure clears the CA, and says so once', async () => {
    const warn = vi.fn<(message: string) => void>();
    const silent = (): void => undefined;
    const cluster = { 'insecure-skip-tls-verify': true, 'certificate-authority': 'gone' };
    const told: unknown[] = [];
    const hear = (message: unknown): unknown => told.push(message);
    subscribe('kube-gen:warning', hear);
    await using connected = await connect({
      kubeconfig: write('config', kubeconfig({ cluster })),
      logger: { debug: silent, info: silent, warn },
    });
    unsubscribe('kube-gen:warning', hear);
    expect(told).toEqual([{ text: warn.mock.calls[0]?.[0] }]);
    expect(connected.server).toBe('https://one.example:6443');
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('is not checked'));
  });
});

it('credentials that go without TLS to another machine are warned of, and no others', async () => {
  const silent = (): void => undefined;
  const warned = async (options: ConnectOptions): Promise<number> => {
    const warn = vi.fn<(message: string) => void>();
    await using cluster = await connect({ ...options, logger: { debug: silent, info: silent, warn } });
    expect(warn.mock.calls[0]?.[0] ?? cluster.server).toContain(cluster.server);
    return warn.mock.calls.length;
  };
  const token = 't0ken';
  expect(await warned({ server: 'http://host.example', token })).toBe(1);
  expect(await warned({ server: 'http://host.example' })).toBe(0);
  expect(await warned({ server: 'https://host.example', token })).toBe(0);
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(await warned({ server: `http://${host}`, token })).toBe(0);
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
