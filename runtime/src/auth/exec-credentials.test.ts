import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { recorder } from '../../../tests/support/connect-scene.js';
import { asking, credential, execPluginScene, V1, type Plugin } from '../../../tests/support/exec-plugin-scene.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import type { Cluster } from '../cluster.js';
import { connect, type ConnectOptions } from '../connect.js';
import { FakeClock } from '../testing/fake-clock.js';
import type { TlsSettings } from '../io/node-tls.js';

const { terminal } = vi.hoisted(() => ({ terminal: { there: false } }));
vi.mock(import('node:tty'), async (original) => ({ ...(await original()), isatty: () => terminal.there }));

const scene = execPluginScene();
afterEach(() => {
  terminal.there = false;
});

describe('a plugin that gives credentials', () => {
  it('T3: is not run by connect, and once for requests that come together', async () => {
    await using client = await asking(scene.withPlugin());
    expect(scene.runs()).toBe(0);
    await Promise.all([client.ask(), client.ask(), client.ask()]);
    expect(client.transport.requests.map(({ headers }) => headers['authorization'])).toEqual(
      Array.from({ length: 3 }, () => 'Bearer token-1'),
    );
    expect(client.clock.pending).toBe(0);
    await client.clock.advance(100_000_000);
    await client.ask();
    expect(scene.runs()).toBe(1);
  });

  it('T3: is run again a minute before its credentials expire', async () => {
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:10:00Z' });
    await using client = await asking(scene.withPlugin({ says }));
    expect(await client.ask()).toBe('Bearer token-1');
    await client.clock.advance(9 * 60_000 - 1);
    expect(await client.ask()).toBe('Bearer token-1');
    await client.clock.advance(1);
    expect(await client.ask()).toBe('Bearer token-2');
  });

  it('credentials that live shorter than that are used for half of their life', async () => {
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:00:40+00:00' });
    await using client = await asking(scene.withPlugin({ says }));
    await client.ask();
    await client.clock.advance(19_999);
    expect(await client.ask()).toBe('Bearer token-1');
    await client.clock.advance(1);
    expect(await client.ask()).toBe('Bearer token-2');
  });

  it('a run before the expiry that fails leaves the credentials of before, until they expire', async () => {
    const warn = vi.fn<(message: string) => void>();
    const silent = (): void => undefined;
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:10:00Z' });
    const file = scene.withPlugin({ says, does: 'test $N = 1 || exit 3' });
    await using client = await asking(file, { options: { logger: { debug: silent, info: silent, warn } } });
    await client.ask();
    await client.clock.advance(9 * 60_000);
    expect(await client.ask()).toBe('Bearer token-1');
    expect(warn.mock.calls[0]?.[0]).toContain('failed with exit code 3');
    await client.clock.advance(60_000);
    expect(await failure(client.ask())).toMatchObject({ code: 'credentials' });
  });

  it('D3: a run before the expiry that closing the cluster ends is no reason to warn', async () => {
    const warn = vi.fn<(message: string) => void>();
    const silent = (): void => undefined;
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:10:00Z' });
    const file = scene.withPlugin({ says, does: 'test $N = 1 || exec sleep 1000' });
    const client = await asking(file, { options: { logger: { debug: silent, info: silent, warn } } });
    await client.ask();
    await client.clock.advance(9 * 60_000);
    const pending = failure(client.ask());
    await expect.poll(() => scene.runs()).toBe(2);
    await client[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ code: 'stopped' });
    expect(client.clock.pending).toBe(0);
    expect(warn).not.toHaveBeenCalled();
  });

  it('T5: is run again after a 401, once, for the requests that had what it gave before', async () => {
    await using client = await asking(scene.withPlugin(), { statuses: [200, 401, 401] });
    await client.ask();
    await client.clock.advance(1000);
    await Promise.all([client.ask(), client.ask()]);
    expect(client.transport.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
      'Bearer token-2',
    ]);
    expect(scene.runs()).toBe(2);
  });

  it('T3: clusters that run it in the same way share it, and what it gave is forgotten with the last of them', async () => {
    const kubeconfig = scene.withPlugin();
    const clock = new FakeClock();
    const open = (): Promise<Cluster> => connect({ kubeconfig, clock, transport: recorder() });
    const [one, two] = [await open(), await open()];
    await Promise.all([one.request({ path: '/x' }), two.request({ path: '/x' })]);
    await one.close();
    await one.close();
    await two.request({ path: '/x' });
    await using three = await open();
    await three.request({ path: '/x' });
    expect(scene.runs()).toBe(1);
    await two.close();
    await three.close();
    await using four = await open();
    await four.request({ path: '/x' });
    expect(scene.runs()).toBe(2);
  });

  it('T3: clusters of which it is told something else do not share it', async () => {
    const kubeconfig = scene.withPlugin({ exec: { provideClusterInfo: true } });
    const { ca } = createTestAuthority();
    const clock = new FakeClock();
    const asked: ConnectOptions[] = [{}, { ca }, { tlsServerName: 'other' }, { insecureSkipTlsVerify: true }, { ca }];
    const clusters: Cluster[] = [];
    for (const options of asked) {
      const cluster = await connect({ kubeconfig, clock, transport: recorder(), ...options });
      clusters.push(cluster);
      await cluster.request({ path: '/x' });
    }
    expect(scene.runs()).toBe(4);
    for (const cluster of clusters) await cluster.close();
  });

  it('T3: a `connect` that fails does not hold what the plugin gave to others', async () => {
    const kubeconfig = scene.withPlugin();
    const clock = new FakeClock();
    const open = (options?: ConnectOptions): Promise<Cluster> =>
      connect({ kubeconfig, clock, transport: recorder(), ...options });
    for (const runs of [1, 2]) {
      await using cluster = await open();
      expect(await failure(open({ maxInitialLists: 0 }))).toMatchObject({ code: 'usage' });
      await cluster.request({ path: '/x' });
      expect(scene.runs()).toBe(runs);
    }
  });

  it('credentials that expired already are used, as kubectl does, and a 401 then says when they expired', async () => {
    const says = credential({ token: 'old', expirationTimestamp: '2029-12-31T23:00:00Z' });
    const warn = vi.fn<(message: string) => void>();
    const logger = { debug: () => undefined, info: () => undefined, warn };
    const file = scene.withPlugin({ says });
    await using client = await asking(file, { statuses: [200, 401, 401], options: { logger } });
    expect(await client.ask()).toBe('Bearer old');
    const error = await failure(client.ask());
    expect(scene.runs()).toBeGreaterThan(1);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('is the clock right?'));
    expect(error).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(error.message).toContain(
      'the exec plugin get-token, which expired at 2029-12-31T23:00:00.000Z. Log in again',
    );
  });

  it('a token of the kubeconfig or the options, a certificate, or a header of the request count before a plugin', async () => {
    const { cert, key } = createTestAuthority().issue({ user: 'jane' });
    const data = (pem: string): string => Buffer.from(pem).toString('base64');
    const certificate = { 'client-certificate-data': data(cert), 'client-key-data': data(key) };
    for (const [user, options, expected] of [
      [{ token: 'of-file' }, {}, 'Bearer of-file'],
      [{}, { token: 'of-options' }, 'Bearer of-options'],
      [{ username: 'a', password: 'b' }, {}, 'Basic YTpi'],
      [certificate, {}, undefined],
    ] as const) {
      await using client = await asking(scene.withPlugin({ user }), { options });
      expect(await client.ask()).toBe(expected);
    }
    await using client = await asking(scene.withPlugin());
    expect(await client.ask({ Authorization: 'Bearer own' })).toBe('Bearer own');
    expect(scene.runs()).toBe(0);
  });

  it('a client certificate goes to the transport, and a new one when the plugin gives it', async () => {
    const authority = createTestAuthority();
    const issued = [authority.issue({ user: 'one' }), authority.issue({ user: 'two' })];
    issued.forEach(({ cert, key }, at) =>
      scene.write(
        `out${at + 1}`,
        credential({
          clientCertificateData: cert,
          clientKeyData: key,
          expirationTimestamp: '2030-01-01T00:10:00Z',
        }),
      ),
    );
    const file = scene.withPlugin({ says: '', does: `cat '${scene.home}'/out$N; exit 0` });
    const { tls, credentials, clock } = await loaded(file);
    expect(tls().cert).toBeUndefined();
    expect(await credentials.headers()).toEqual({});
    const first = tls();
    expect(first).toMatchObject(issued[0] ?? {});
    expect(tls()).toBe(first);
    await clock.advance(9 * 60_000);
    await credentials.headers();
    expect(tls()).toMatchObject(issued[1] ?? {});
  });
});

describe('what a plugin is told', () => {
  async function info(plugin: Plugin): Promise<unknown> {
    const does = `printf '%s' "$KUBERNETES_EXEC_INFO" > '${scene.home}/info'; printf '%s' "$0 $* $FROM $PATH" > '${scene.home}/env'`;
    await using client = await asking(scene.withPlugin({ ...plugin, does }));
    await client.ask();
    return JSON.parse(readFileSync(join(scene.home, 'info'), 'utf8'));
  }

  it.each([V1, `${V1}beta1`])(
    'T3: %s: who asks, whether it may talk, arguments and environment',
    async (apiVersion) => {
      vi.stubEnv('FROM', 'the process');
      const exec = {
        apiVersion,
        args: ['--a', '$(touch pwned) "; b'],
        env: [{ name: 'FROM', value: 'the kubeconfig' }],
      };
      const says = credential({ token: 't' }, apiVersion);
      expect(await info({ exec, says })).toEqual({ kind: 'ExecCredential', apiVersion, spec: { interactive: false } });
      expect(readFileSync(join(scene.home, 'env'), 'utf8')).toBe(
        `${scene.home}/bin/get-token --a $(touch pwned) "; b the kubeconfig ${process.env['PATH'] ?? ''}`,
      );
    },
  );

  it('T3: that it may talk, where there is a terminal and it wants to', async () => {
    terminal.there = true;
    for (const [interactiveMode, interactive] of [
      ['Never', false],
      ['IfAvailable', true],
      ['Always', true],
    ] as const) {
      expect(await info({ exec: { interactiveMode } })).toMatchObject({ spec: { interactive } });
    }
  });

  it('T3: the cluster, when it asks for it', async () => {
    const { ca } = createTestAuthority();
    scene.write('ca.crt', ca);
    const cluster = {
      server: 'https://host.example/prefix',
      'certificate-authority': 'ca.crt',
      'tls-server-name': 'kubernetes',
      'proxy-url': 'http://proxy.example:3128',
      extensions: [
        { name: 'other', extension: { no: true } },
        { name: 'client.authentication.k8s.io/exec', extension: { audience: 'me' } },
      ],
    };
    expect(await info({ cluster, exec: { provideClusterInfo: true } })).toMatchObject({
      spec: {
        interactive: false,
        cluster: {
          server: 'https://host.example/prefix',
          'certificate-authority-data': Buffer.from(ca).toString('base64'),
          'tls-server-name': 'kubernetes',
          'proxy-url': 'http://proxy.example:3128',
          config: { audience: 'me' },
        },
      },
    });
  });

  it('a plugin without a path is looked for in PATH', async () => {
    const file = scene.withPlugin({ exec: { command: 'get-token' } });
    vi.stubEnv('PATH', `${scene.home}/bin:${process.env['PATH'] ?? ''}`);
    await using client = await asking(file);
    expect(await client.ask()).toBe('Bearer token-1');
  });
});

/** The credentials and TLS settings as the transport for Node gets them. */
async function loaded(file: string): Promise<{
  tls: () => TlsSettings;
  credentials: { headers(): Promise<Record<string, string>> };
  clock: FakeClock;
}> {
  const { loadKubeconfig } = await import('./load-kubeconfig.js');
  const { planFromKubeconfig } = await import('./plan-from-kubeconfig.js');
  const { loadTls, withCertificate } = await import('./tls-files.js');
  const { userCredentials } = await import('./user-credentials.js');
  const clock = new FakeClock();
  const plan = planFromKubeconfig(await loadKubeconfig(file), undefined);
  const files = await loadTls(plan, clock);
  const host = { plan, clock, warn: () => undefined, tls: files.settings, proxyFor: () => undefined };
  const credentials = await userCredentials(host, files);
  return { credentials, clock, tls: withCertificate(files.settings, credentials.certificate) };
}
