import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import { connectScene, kubeconfig, recorder } from '../../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import type { Cluster } from '../cluster.js';
import { connect, type ConnectOptions } from '../connect.js';
import { FakeClock } from '../testing/fake-clock.js';

const { terminal } = vi.hoisted(() => ({ terminal: { there: false } }));
vi.mock(import('node:tty'), async (original) => ({ ...(await original()), isatty: () => terminal.there }));

const scene = connectScene();
afterEach(() => {
  terminal.there = false;
});
const V1 = 'client.authentication.k8s.io/v1';

interface Plugin {
  /** What it writes to stdout; `$N` is the number of the run. */
  readonly says?: unknown;
  /** Shell before that. */
  readonly does?: string;
  readonly exec?: Record<string, unknown>;
  readonly cluster?: Record<string, unknown>;
  readonly user?: Record<string, unknown>;
}

/** A kubeconfig whose user's plugin counts its runs. */
function withPlugin({ says, does = '', exec = {}, cluster = {}, user = {} }: Plugin = {}): string {
  const output = typeof says === 'string' ? says : JSON.stringify(says ?? credential({ token: 'token-$N' }));
  const heredoc = `cat <<END\n${output}\nEND`;
  const script = `#!/bin/sh\necho run >> '${scene.home}/runs'\nN=$(wc -l < '${scene.home}/runs' | tr -d ' ')\n${does}\n${heredoc}\n`;
  scene.write('bin/get-token', script, 0o755);
  const plugin = { apiVersion: V1, command: './bin/get-token', interactiveMode: 'Never', ...exec };
  return scene.write('config', kubeconfig({ cluster, user: { exec: plugin, ...user } }));
}

function credential(status: Record<string, unknown>, apiVersion = V1): Record<string, unknown> {
  return { apiVersion, kind: 'ExecCredential', status };
}

function runs(): number {
  try {
    return readFileSync(join(scene.home, 'runs'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

interface Asking extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly transport: ReturnType<typeof recorder>;
  /** The token that a request goes with. */
  ask(headers?: Record<string, string>): Promise<string | undefined>;
}

async function asking(file: string, o: { statuses?: number[]; options?: ConnectOptions } = {}): Promise<Asking> {
  const clock = new FakeClock();
  const transport = recorder(o.statuses);
  const cluster = await connect({ kubeconfig: file, transport, clock, ...o.options });
  return {
    clock,
    transport,
    ask: async (headers = {}) => {
      await cluster.request({ path: '/version', headers });
      return transport.requests.at(-1)?.headers['authorization'];
    },
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}

async function told(plugin: Plugin): Promise<string> {
  await using cluster = await connect({ kubeconfig: withPlugin(plugin), transport: recorder() });
  const error = await failure(cluster.request({ path: '/version' }));
  expect(error.code).toBe('credentials');
  return error.message;
}

describe('a plugin that gives credentials', () => {
  it('T3: is not run by connect, and once for requests that come together', async () => {
    await using client = await asking(withPlugin());
    expect(runs()).toBe(0);
    await Promise.all([client.ask(), client.ask(), client.ask()]);
    expect(client.transport.requests.map(({ headers }) => headers['authorization'])).toEqual(
      Array.from({ length: 3 }, () => 'Bearer token-1'),
    );
    await client.clock.advance(100_000_000);
    await client.ask();
    expect(runs()).toBe(1);
  });

  it('T3: is run again a minute before its credentials expire', async () => {
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:10:00Z' });
    await using client = await asking(withPlugin({ says }));
    expect(await client.ask()).toBe('Bearer token-1');
    await client.clock.advance(9 * 60_000 - 1);
    expect(await client.ask()).toBe('Bearer token-1');
    await client.clock.advance(1);
    expect(await client.ask()).toBe('Bearer token-2');
  });

  it('credentials that live shorter than that are used for half of their life', async () => {
    const says = credential({ token: 'token-$N', expirationTimestamp: '2030-01-01T00:00:40+00:00' });
    await using client = await asking(withPlugin({ says }));
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
    const file = withPlugin({ says, does: 'test $N = 1 || exit 3' });
    await using client = await asking(file, { options: { logger: { debug: silent, info: silent, warn } } });
    await client.ask();
    await client.clock.advance(9 * 60_000);
    expect(await client.ask()).toBe('Bearer token-1');
    expect(warn.mock.calls[0]?.[0]).toContain('failed with exit code 3');
    await client.clock.advance(60_000);
    expect(await failure(client.ask())).toMatchObject({ code: 'credentials' });
  });

  it('T5: is run again after a 401, once, for the requests that had what it gave before', async () => {
    await using client = await asking(withPlugin(), { statuses: [200, 401, 401] });
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
    expect(runs()).toBe(2);
  });

  it('T3: clusters that run it in the same way share it, and what it gave is forgotten with the last of them', async () => {
    const kubeconfig = withPlugin();
    const clock = new FakeClock();
    const open = (): Promise<Cluster> => connect({ kubeconfig, clock, transport: recorder() });
    const [one, two] = [await open(), await open()];
    await Promise.all([one.request({ path: '/x' }), two.request({ path: '/x' })]);
    await one.close();
    await one.close();
    await two.request({ path: '/x' });
    await using three = await open();
    await three.request({ path: '/x' });
    expect(runs()).toBe(1);
    await two.close();
    await three.close();
    await using four = await open();
    await four.request({ path: '/x' });
    expect(runs()).toBe(2);
  });

  it('credentials that expired already are used, as kubectl does, and a 401 then says when they expired', async () => {
    const says = credential({ token: 'old', expirationTimestamp: '2029-12-31T23:00:00Z' });
    await using client = await asking(withPlugin({ says }), { statuses: [200, 401, 401] });
    expect(await client.ask()).toBe('Bearer old');
    const error = await failure(client.ask());
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
      await using client = await asking(withPlugin({ user }), { options });
      expect(await client.ask()).toBe(expected);
    }
    await using client = await asking(withPlugin());
    expect(await client.ask({ Authorization: 'Bearer own' })).toBe('Bearer own');
    expect(runs()).toBe(0);
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
    const file = withPlugin({ says: '', does: `cat '${scene.home}'/out$N; exit 0` });
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
    await using client = await asking(withPlugin({ ...plugin, does }));
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
    const file = withPlugin({ exec: { command: 'get-token' } });
    vi.stubEnv('PATH', `${scene.home}/bin:${process.env['PATH'] ?? ''}`);
    await using client = await asking(file);
    expect(await client.ask()).toBe('Bearer token-1');
  });
});

describe('a plugin that fails', () => {
  const GIVES: [what: string, says: unknown, message: RegExp][] = [
    ['nothing', '', /get-token wrote nothing/],
    ['no JSON', 'hello s3cret', /no JSON object/],
    ['another kind', { kind: 'Pod', apiVersion: V1 }, /no ExecCredential/],
    [
      'another version',
      credential({ token: 'x' }, `${V1}beta1`),
      /wrote an .*v1beta1, and the kubeconfig asks for .*v1:/,
    ],
    ['no version', { kind: 'ExecCredential', status: { token: 'x' } }, /wrote no apiVersion/],
    ['no status', { kind: 'ExecCredential', apiVersion: V1 }, /has no status/],
    ['an empty status', credential({}), /neither a token nor a client certificate/],
    ['a certificate alone', credential({ clientCertificateData: 'x' }), /certificate but no key/],
    ['a key alone', credential({ clientKeyData: 's3cret' }), /key but no certificate/],
    ['a pair that is none', credential({ clientCertificateData: 'x', clientKeyData: 's3cret' }), /no PEM/],
    ['a token with spaces', credential({ token: 's3cret s3cret' }), /what the exec plugin get-token gave is no token/],
    ['a token that is no text', credential({ token: 7 }), /a token that is no text/],
    ['a time that is none', credential({ token: 's3cret', expirationTimestamp: 'tomorrow' }), /no time \(RFC 3339\)/],
  ];
  it.each(GIVES)('T3: %s', async (_what, says, message) => {
    const text = await told({ says });
    expect(text).toMatch(message);
    expect(text).not.toContain('s3cret');
  });

  it('T3: one that is not there is named, with the hint how to install it', async () => {
    const installHint = 'Get it from \u001B[1mhttps://example.dev\u001B[0m';
    expect(await told({ exec: { command: 'no-such-plugin', installHint } })).toMatch(
      /no-such-plugin was not found: it is in no folder of PATH\. Get it from \[1mhttps:\/\/example\.dev\[0m$/,
    );
    expect(await told({ exec: { command: './gone' } })).toContain(`${scene.home}/gone does not exist. Install it`);
    scene.write('not-executable', 'x');
    expect(await told({ exec: { command: './not-executable' } })).toContain('may not be executed (EACCES)');
    scene.write('bad', '#!/no/such/interpreter\n', 0o755);
    expect(await told({ exec: { command: './bad' } })).toContain('is there, the program that its first line names');
  });

  it('T3: one that must talk to somebody says that there is no terminal', async () => {
    expect(await told({ exec: { interactiveMode: 'Always' } })).toContain('standard input is no terminal');
    await using client = await asking(withPlugin({ exec: { interactiveMode: 'IfAvailable' } }));
    expect(await client.ask()).toBe('Bearer token-1');
  });

  it('T12: its exit code and what it said are told, without secrets, and its output never', async () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl';
    const says = credential({ token: 'written-to-stdout' });
    const does = [
      "echo 'The SSO session of profile prod expired.' >&2",
      `echo 'sent Bearer abcdef123456, ${jwt}, password: hunter2 and "token": "hunter3"' >&2`,
      'echo "$API_KEY $1 AKIAIOSFODNN7EXAMPLE0 my-secret-value written-to-stdout" >&2',
    ].join('\n');
    const text = await told({
      does: `${does}\ncat <<END\n${JSON.stringify(says)}\nEND\nexit 73`,
      exec: { args: ['--client-secret=hunter4'], env: [{ name: 'API_KEY', value: 'hunter5' }] },
    });
    expect(text).toContain(
      'the exec plugin get-token failed with exit code 73: The SSO session of profile prod expired.',
    );
    expect(text).not.toMatch(/hunter\d|abcdef|eyJ|AKIA|secret-value|written-to/);
  });

  it('T12: no secret is in what inspect or JSON shows of the error and the cluster', async () => {
    const exec = { args: ['hunter2'], env: [{ name: 'X', value: 'hunter3' }] };
    for (const plugin of [{ exec: { ...exec, command: './gone' } }, { exec, does: 'exit 1' }, { exec }]) {
      await using cluster = await connect({ kubeconfig: withPlugin(plugin), transport: recorder() });
      const result: unknown = await cluster.request({ path: '/version' }).catch((error: unknown) => error);
      const shown = inspect([result, cluster], { depth: 9, showHidden: true }) + JSON.stringify([result, cluster]);
      expect(shown).not.toMatch(/hunter\d|token-\d/);
    }
  });

  it('a known plugin that fails says how to log in', async () => {
    scene.write('aws', '#!/bin/sh\nexit 255\n', 0o755);
    expect(await told({ exec: { command: './aws' } })).toMatch(/exit code 255\. Perhaps log in again: `aws sso login`/);
  });

  it('one that hangs is ended after four minutes', async () => {
    const file = withPlugin({ does: `echo started > '${scene.home}/started'; exec sleep 1000` });
    await using client = await asking(file);
    const pending = failure(client.ask());
    await vi.waitFor(() => expect(readFileSync(join(scene.home, 'started'), 'utf8')).toContain('started'));
    await client.clock.advance(240_000);
    expect(await pending).toMatchObject({ code: 'credentials', message: expect.stringContaining('within 240 s') });
  });

  it('D3: closing the cluster ends a plugin that runs', async () => {
    const file = withPlugin({ does: `echo $$ > '${scene.home}/pid'; exec sleep 1000` });
    const client = await asking(file);
    const pending = failure(client.ask());
    const pid = await vi.waitFor(() => {
      const text = readFileSync(join(scene.home, 'pid'), 'utf8');
      expect(text).toMatch(/\d\n/);
      return Number(text);
    });
    await client[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ code: 'stopped' });
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  });

  it('output that something else still holds open is not waited for', async () => {
    const file = withPlugin({
      says: '',
      does: `echo '${JSON.stringify(credential({ token: 'x' }))}'; sleep 30 & echo $! > '${scene.home}/pid'; exit 0`,
    });
    await using client = await asking(file);
    const pending = client.ask();
    await vi.waitFor(() => expect(client.clock.pending).toBe(2));
    await client.clock.advance(1_000);
    expect(await pending).toBe('Bearer x');
    process.kill(Number(readFileSync(join(scene.home, 'pid'), 'utf8')));
  });
});

/** The credentials and TLS settings as the transport for Node gets them. */
async function loaded(file: string): Promise<{
  tls: () => { cert?: string; key?: string };
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
