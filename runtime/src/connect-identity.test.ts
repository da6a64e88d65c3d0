import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connectScene, headersOf, kubeconfig, recorder, refusal } from '../../tests/support/connect-scene.js';
import { closeServersAfterEach } from '../../tests/support/test-servers.js';
import { connect, type ConnectOptions } from './connect.js';
import { FakeClock } from './testing/fake-clock.js';

const scene = connectScene();
closeServersAfterEach();
const { write } = scene;

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
      'as-user-extra': { 'example.dev/Über': ['x', 'y'], Plain: ['z'] },
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
    expect((await refusal({ server: 'http://x', impersonate: { user: '' } })).message).toContain('needs a user');
  });

  it('T2: insecure in the options clears a CA, also one of the options', async () => {
    const file = write('config', kubeconfig({ cluster: { 'certificate-authority': 'gone' } }));
    await using found = await connect({ kubeconfig: file, insecureSkipTlsVerify: true });
    await using given = await connect({ server: 'https://x', insecureSkipTlsVerify: true, ca: 'no PEM' });
    expect([found.server, given.server]).toEqual(['https://one.example:6443', 'https://x']);
  });

  it('E7: a 401 names the token that was refused by where it is from', async () => {
    const file = write('config', kubeconfig({ user: { token: 't' } }));
    for (const [options, name] of [
      [{ kubeconfig: file }, 'the token of the context "one"'],
      [{ server: 'https://x', token: 't' }, 'the token of the options'],
      [{ server: 'https://x' }, 'none were given by the options'],
    ] as const) {
      await using cluster = await connect({ ...options, transport: recorder([401]) });
      await expect(cluster.request({ path: '/x' })).rejects.toThrow(`did not accept the credentials: ${name}`);
    }
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
