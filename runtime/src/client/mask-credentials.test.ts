import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Thing } from '../../../tests/support/reflector-scene.js';
import { closeServersAfterEach, serveHttp } from '../../../tests/support/test-servers.js';
import { connect, type ConnectOptions } from '../connect.js';
import { Reflector } from '../reflector/reflector.js';

closeServersAfterEach();

describe('T12: credentials that a server, or a proxy before it, repeats', () => {
  const token = 'opaque-7f3a';
  const cases: [what: string, options: ConnectOptions][] = [
    ['a token', { token }],
    ['what a function gave', { token: () => token }],
  ];

  it.each(cases)('%s is in no error, warning or status', async (_what, options) => {
    const said = `I know ${token} well (token=${token})`;
    const { url } = await serveHttp((_, response) => {
      response.writeHead(403, { 'content-type': 'application/json', warning: `299 - "${said}"` });
      response.end(JSON.stringify({ kind: 'Status', reason: 'Forbidden', message: said, details: { name: token } }));
    });
    const warnings: string[] = [];
    const logger = { debug: () => undefined, info: () => undefined, warn: (text: string) => void warnings.push(text) };
    await using cluster = await connect({ ...options, server: url, logger });
    const error: unknown = await cluster.request({ path: '/api/v1/pods' }).catch((error: unknown) => error);
    expect(String(error)).toContain('I know *** well');
    await using things = new Reflector(cluster, Thing);
    await expect(things.ready({ timeoutMs: 5_000, failFast: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(things.status.lastError?.message).toContain('I know *** well');
    expect(warnings[0]).toBe('I know *** well (token=***)');
    expect(inspect([error, things.status, warnings], { depth: 9, showHidden: true })).not.toContain(token);
  });

  it('a token that is a word is not taken out of other words', async () => {
    const { url } = await serveHttp((_, response) => response.writeHead(400).end('no secrets here, but secret'));
    await using cluster = await connect({ server: url, token: 'secret' });
    await expect(cluster.request({ path: '/x' })).rejects.toThrow('no secrets here, but ***');
  });

  it('what stands in the authorization header of one request is in no error either', async () => {
    const { url } = await serveHttp((_, response) => response.writeHead(400).end('what is opaque-own-1?'));
    await using cluster = await connect({ server: url, token });
    const asked = cluster.request({ path: '/x', headers: { Authorization: 'Custom opaque-own-1' } });
    await expect(asked).rejects.toThrow('what is ***?');
  });
});
