import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import { connectScene, kubeconfig, recorder } from '../../../tests/support/connect-scene.js';
import { createTestAuthority } from '../../../tests/support/test-certificates.js';
import { closeServersAfterEach, serveHttp, serveHttps } from '../../../tests/support/test-servers.js';
import { connect } from '../connect.js';
import { clusterInternals } from '../cluster-internals.js';
import type { Logger } from '../logger.js';
import { FakeClock } from '../testing/fake-clock.js';

closeServersAfterEach();
const scene = connectScene();

/** A token that expires so many seconds after the fake clock's start. */
function idToken(expiresIn: number, name = 'me'): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: name, exp: Date.UTC(2030, 0, 1) / 1000 + expiresIn })}.c2ln`;
}

interface Post {
  readonly form: Record<string, string>;
  readonly authorization: string | undefined;
}
type Reply = { status?: number; body?: unknown; location?: string };

/** A provider that answers refreshes in this order, the last again and again. */
function provider(replies: Reply[], discovery?: unknown): { listener: RequestListener; posts: Post[] } {
  const posts: Post[] = [];
  const listener: RequestListener = (request, response) => {
    const { socket, url, headers } = request;
    const origin = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host ?? ''}`;
    if (url === '/realm/.well-known/openid-configuration') {
      response.end(JSON.stringify(discovery ?? { token_endpoint: `${origin}/token` }));
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posts.push({ form: Object.fromEntries(new URLSearchParams(body)), authorization: headers.authorization });
      const { status = 200, body: answer = {}, location } = (replies.length > 1 ? replies.shift() : replies[0]) ?? {};
      response.writeHead(status, location === undefined ? {} : { location });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  };
  return { listener, posts };
}

interface Config {
  readonly url: string;
  readonly more?: Record<string, string>;
  readonly statuses?: number[];
  readonly logger?: Logger;
}

async function asking({ url, more = {}, statuses = [], logger }: Config): Promise<
  AsyncDisposable & {
    clock: FakeClock;
    ask(): Promise<string | undefined>;
    sent(): (string | undefined)[];
    /** A request that was sent at this time has met a 401. */
    refused(sentAt: number): Promise<boolean>;
  }
> {
  const clock = new FakeClock();
  const transport = recorder(statuses);
  const config = { 'idp-issuer-url': `${url}/realm`, 'client-id': 'kube', ...more };
  const file = scene.write('config', kubeconfig({ user: { 'auth-provider': { name: 'oidc', config } } }));
  const cluster = await connect({ kubeconfig: file, transport, clock, ...(logger === undefined ? {} : { logger }) });
  const sent = (): (string | undefined)[] => transport.requests.map(({ headers }) => headers['authorization']);
  return {
    clock,
    sent,
    refused: (sentAt) => cluster[clusterInternals].refreshCredentials(sentAt),
    ask: async () => {
      await cluster.request({ path: '/version' });
      return sent().at(-1);
    },
    [Symbol.asyncDispose]: () => cluster.close(),
  };
}

describe('tokens of an OpenID Connect provider', () => {
  it('T6: an id-token that is still good is used, and nobody is asked', async () => {
    const token = idToken(11);
    await using client = await asking({ url: 'https://idp.example', more: { 'id-token': token } });
    expect(await client.ask()).toBe(`Bearer ${token}`);
  });

  it('T6: one that expires gets a new one for the refresh token, once for requests that come together', async () => {
    const [old, one, two] = [idToken(60), idToken(3600, 'one'), idToken(7200, 'two')];
    const { listener, posts } = provider([{ body: { id_token: one } }, { body: { id_token: two } }]);
    const { url } = await serveHttp(listener);
    await using client = await asking({ url, more: { 'id-token': old, 'refresh-token': 'r1' } });
    expect(await client.ask()).toBe(`Bearer ${old}`);
    await client.clock.advance(50_000);
    await Promise.all([client.ask(), client.ask(), client.ask()]);
    expect(client.sent().slice(1)).toEqual([`Bearer ${one}`, `Bearer ${one}`, `Bearer ${one}`]);
    await client.clock.advance(3_600_000);
    expect(await client.ask()).toBe(`Bearer ${two}`);
    expect(client.clock.pending).toBe(0);
    const form = { grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'kube' };
    expect(posts).toEqual([
      { form, authorization: undefined },
      { form, authorization: undefined },
    ]);
  });

  it('T6: the provider is trusted by its own authority, as file or data, and by no other', async () => {
    const authority = createTestAuthority();
    const { listener } = provider([{ body: { id_token: idToken(3600) } }]);
    const { url } = await serveHttps(listener, authority.issue({ addresses: ['127.0.0.1'] }));
    scene.write('idp.crt', authority.ca);
    const data = Buffer.from(authority.ca).toString('base64');
    for (const more of [{ 'idp-certificate-authority': 'idp.crt' }, { 'idp-certificate-authority-data': data }]) {
      await using client = await asking({ url, more: { 'refresh-token': 'r', ...more } });
      expect(await client.ask()).toBe(`Bearer ${idToken(3600)}`);
    }
    await using client = await asking({ url, more: { 'refresh-token': 'r' } });
    expect(await failure(client.ask())).toMatchObject({
      code: 'credentials',
      message: expect.stringContaining('unknown authority'),
    });
  });

  it('T6: a client secret goes in the header, and in the form to a provider that refuses that', async () => {
    const more = { 'refresh-token': 'r', 'client-secret': 'a b:c' };
    const { listener, posts } = provider([{ status: 401 }, { body: { id_token: idToken(3600) } }]);
    const { url } = await serveHttp(listener);
    await using client = await asking({ url, more });
    await client.ask();
    expect(posts[0]?.authorization).toBe(`Basic ${Buffer.from('kube:a%20b%3Ac').toString('base64')}`);
    expect(posts[0]?.form).not.toHaveProperty('client_secret');
    expect(posts[1]).toMatchObject({ form: { client_id: 'kube', client_secret: 'a b:c' }, authorization: undefined });
  });

  it('T6: a refresh token that the provider replaced is used from then on, and that is told', async () => {
    const warn = vi.fn<(message: string) => void>();
    const silent = (): void => undefined;
    const { listener, posts } = provider([
      { body: { id_token: idToken(20), refresh_token: 'r2' } },
      { body: { id_token: idToken(99) } },
    ]);
    const { url } = await serveHttp(listener);
    const logger = { debug: silent, info: silent, warn };
    await using client = await asking({ url, more: { 'refresh-token': 'r1' }, logger });
    await client.ask();
    await client.clock.advance(10_000);
    await client.ask();
    expect(posts.map(({ form }) => form['refresh_token'])).toEqual(['r1', 'r2']);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('replaced the refresh token'));
    expect(warn.mock.calls[0]?.[0]).not.toMatch(/r1|r2/);
  });

  it('T5: a 401 gets a new token, if there is a refresh token', async () => {
    const { listener } = provider([{ body: { id_token: idToken(3600, 'new') } }]);
    const { url } = await serveHttp(listener);
    const old = idToken(3600, 'old');
    await using client = await asking({ url, more: { 'id-token': old, 'refresh-token': 'r' }, statuses: [401] });
    await client.ask();
    expect(client.sent()).toEqual([`Bearer ${old}`, `Bearer ${idToken(3600, 'new')}`]);
    await using fixed = await asking({ url, more: { 'id-token': old }, statuses: [401] });
    expect(await failure(fixed.ask())).toMatchObject({ code: 'unauthorized' });
    expect(fixed.sent()).toHaveLength(1);
  });

  it('T5: a 401 to a request that was sent before there was a new token does not drop that', async () => {
    const [old, one] = [idToken(3600, 'old'), idToken(3600, 'one')];
    const { listener, posts } = provider([{ body: { id_token: one } }, { body: { id_token: idToken(3600, 'two') } }]);
    const { url } = await serveHttp(listener);
    const more = { 'id-token': old, 'refresh-token': 'r' };
    await using client = await asking({ url, more, statuses: [401] });
    await client.clock.advance(1000);
    await client.ask();
    expect(await client.refused(0)).toBe(true);
    expect(await client.ask()).toBe(`Bearer ${one}`);
    expect(posts).toHaveLength(1);
  });

  it('T6: an empty refresh token replaces none', async () => {
    const { listener, posts } = provider([{ body: { id_token: idToken(11), refresh_token: '' } }]);
    const { url } = await serveHttp(listener);
    await using client = await asking({ url, more: { 'refresh-token': 'r1' } });
    await client.ask();
    await client.clock.advance(1000);
    await client.ask();
    expect(posts.map(({ form }) => form['refresh_token'])).toEqual(['r1', 'r1']);
  });

  it('T6: an issuer may end with a slash', async () => {
    const { listener } = provider([{ body: { id_token: idToken(3600) } }]);
    const { url } = await serveHttp(listener);
    const more = { 'idp-issuer-url': `${url}/realm/`, 'refresh-token': 'r' };
    await using client = await asking({ url, more });
    expect(await client.ask()).toBe(`Bearer ${idToken(3600)}`);
  });

  it('without a refresh token the error says when the token expired, and what to do', async () => {
    await using client = await asking({ url: 'https://idp.example', more: { 'id-token': idToken(-60) } });
    expect((await failure(client.ask())).message).toBe(
      'the context "one" has an id-token, which expired at 2029-12-31T23:59:00.000Z, and no refresh-token. Log in again, for example with kubelogin (kubectl oidc-login)',
    );
  });

  const failures: [what: string, replies: Reply[], discovery: unknown, message: RegExp][] = [
    [
      'an expired refresh token',
      [{ status: 400, body: { error: 'invalid_grant' } }],
      undefined,
      /invalid_grant, 400\).*Log in again/,
    ],
    [
      'a wrong client',
      [{ status: 401, body: { error: 'invalid_client' } }],
      undefined,
      /invalid_client, 401\).*client-secret/,
    ],
    ['a page', [{ status: 500, body: '<html>hunter2' }], undefined, /gave no new token \(500\)/],
    ['an error with a secret', [{ status: 400, body: { error: 'hunter2 !' } }], undefined, /gave no new token \(400\)/],
    ['a redirect', [{ status: 302, location: 'http://192.0.2.1/' }], undefined, /gave no new token \(302\)/],
    ['no id_token', [{ body: { access_token: 'hunter2' } }], undefined, /gave no id_token: the scope openid/],
    ['no endpoint', [], {}, /names no token_endpoint/],
    ['an endpoint that is no address', [], { token_endpoint: '/x' }, /names no token_endpoint/],
  ];
  it.each(failures)('T12: %s is a credentials error without a secret', async (_what, replies, discovery, message) => {
    const { listener } = provider(replies, discovery);
    const { url } = await serveHttp(listener);
    await using client = await asking({ url, more: { 'refresh-token': 'hunter2', 'client-secret': 'hunter2' } });
    const error = await failure(client.ask());
    expect(error).toMatchObject({ code: 'credentials', message: expect.stringMatching(message) });
    expect(inspect([error, client], { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('hunter2');
  });

  it('a provider with TLS does not get the refresh token to go without', async () => {
    const authority = createTestAuthority();
    const { listener, posts } = provider([], { token_endpoint: 'http://127.0.0.1:1/token' });
    const { url } = await serveHttps(listener, authority.issue({ addresses: ['127.0.0.1'] }));
    scene.write('idp.crt', authority.ca);
    const more = { 'refresh-token': 'r', 'idp-certificate-authority': 'idp.crt' };
    await using client = await asking({ url, more });
    expect((await failure(client.ask())).message).toContain('without TLS, and does not get it');
    expect(posts).toEqual([]);
  });
});
