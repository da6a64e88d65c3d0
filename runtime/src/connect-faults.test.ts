import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { connectScene, kubeconfig, refusal, type KubeconfigParts } from '../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../tests/support/test-certificates.js';
import { closeServersAfterEach } from '../../tests/support/test-servers.js';
import { connect, type ConnectOptions } from './connect.js';

const scene = connectScene();
closeServersAfterEach();
const { write } = scene;

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
    ['a context without cluster', kubeconfig({ context: { cluster: '' } }), {}, /the context "one" names no cluster/],
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
    ['an env that is no list', exec({ env: { A: 'b' } }), {}, /an env that is no list/],
    ['an env that is no text', exec({ env: [{ name: 'A', value: 7 }] }), {}, /an env "A" that is no text/],
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
    ['an issuer that is no address', oidc({ 'client-id': 'x', 'idp-issuer-url': 'x' }), {}, /must be an https address/],
    [
      'an issuer with a password',
      oidc({ 'client-id': 'x', 'idp-issuer-url': 'https://:x@y' }),
      {},
      /must be an https address/,
    ],
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
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.0.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    expect(await refusal({ inCluster: true, serviceAccountDir: scene.home })).toMatchObject({
      code: 'config',
      message: expect.stringContaining(`${scene.home}/token does not exist (automountServiceAccountToken)`),
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
