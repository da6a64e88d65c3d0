import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { recorder } from '../../../tests/support/connect-scene.js';
import { asking, credential, execPluginScene, V1, type Plugin } from '../../../tests/support/exec-plugin-scene.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { connect } from '../connect.js';

// No terminal, wherever the tests run.
vi.mock(import('node:tty'), async (original) => ({ ...(await original()), isatty: () => false }));

const scene = execPluginScene();

/** What a plugin has written into a file of its home. */
function written(name: string): string {
  return readFileSync(join(scene.home, name), 'utf8');
}

async function told(plugin: Plugin): Promise<string> {
  await using cluster = await connect({ kubeconfig: scene.withPlugin(plugin), transport: recorder() });
  const error = await failure(cluster.request({ path: '/version' }));
  expect(error.code).toBe('credentials');
  return error.message;
}

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
    await using client = await asking(scene.withPlugin({ exec: { interactiveMode: 'IfAvailable' } }));
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
      await using cluster = await connect({ kubeconfig: scene.withPlugin(plugin), transport: recorder() });
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
    const file = scene.withPlugin({ does: `echo started > '${scene.home}/started'; exec sleep 1000` });
    await using client = await asking(file);
    const pending = failure(client.ask());
    await expect.poll(() => written('started')).toBe('started\n');
    await client.clock.advance(240_000);
    expect(await pending).toMatchObject({ code: 'credentials', message: expect.stringContaining('within 240 s') });
  });

  it('D3: closing the cluster ends a plugin that runs', async () => {
    const file = scene.withPlugin({ does: `echo $$ > '${scene.home}/pid'; exec sleep 1000` });
    const client = await asking(file);
    const pending = failure(client.ask());
    await expect.poll(() => written('pid')).toMatch(/\d\n/);
    const pid = Number(written('pid'));
    await client[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ code: 'stopped' });
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 60_000);
  });

  it('output that something else still holds open is not waited for', async () => {
    const file = scene.withPlugin({
      says: '',
      does: `echo '${JSON.stringify(credential({ token: 'x' }))}'; sleep 30 & echo $! > '${scene.home}/pid'; exit 0`,
    });
    await using client = await asking(file);
    const pending = client.ask();
    await expect.poll(() => client.clock.pending).toBe(2);
    await client.clock.advance(1_000);
    expect(await pending).toBe('Bearer x');
    process.kill(Number(written('pid')));
  });
});
