import { describe, expect, it } from 'vitest';
import { Thing } from '../../../tests/support/reflector-scene.js';
import { ScriptedTransport } from '../../../tests/support/scripted-transport.js';
import type { Cluster } from '../cluster.js';
import { connect } from '../connect.js';

/** What TypeScript would refuse. */
function wrong(value: unknown): never {
  return value as never;
}

const circle: { self?: unknown } = {};
circle.self = circle;

const calls: [what: string, call: (cluster: Cluster) => unknown, says: RegExp][] = [
  ['request without anything', (c) => c.request(wrong(undefined)), /^request takes its options in an object/],
  ['request without a path', (c) => c.request(wrong({})), /^the path undefined must begin with one slash/],
  ['a path that is a number', (c) => c.request({ path: wrong(5) }), /^the path 5 must begin/],
  ['a path to another host', (c) => c.request({ path: '//evil/x' }), /^the path "\/\/evil\/x" must begin/],
  ['a path out of its address', (c) => c.request({ path: '/../x' }), /^the path "\/..\/x" must begin/],
  ['a path out of its address, at its end', (c) => c.request({ path: '/x/..?a=1' }), /^the path .* must begin/],
  ['another form of the answer', (c) => c.request({ path: '/x', as: wrong('xml') }), /^as must be .* not "xml"/],
  ['a body that goes in a circle', (c) => c.request({ path: '/x', method: 'POST', body: circle }), /^the body .* JSON/],
  [
    'a body with a large number',
    (c) => c.request({ path: '/x', method: 'POST', body: { a: 5n } }),
    /^the body .* JSON/,
  ],
  ['a body that is a function', (c) => c.request({ path: '/x', method: 'POST', body: () => 5 }), /^the body .* JSON/],
  ['resource of nothing', (c) => c.resource(wrong(undefined)), /^resource takes what defineResource made/],
  ['resource of an empty object', (c) => c.resource(wrong({})), /^resource takes what defineResource made/],
  [
    'create without an object',
    (c) => c.resource(Thing).create(wrong(undefined)),
    /^an object is needed, not undefined/,
  ],
  ['replace with a text', (c) => c.resource(Thing).replace(wrong('a')), /^an object is needed, not "a"/],
  [
    'apply of null',
    (c) => c.resource(Thing).apply(wrong(null), { fieldManager: 'x' }),
    /^an object is needed, not null/,
  ],
  ['patch without a patch', (c) => c.resource(Thing).patch('a', wrong(undefined)), /patches are objects/],
  ['patch with a text', (c) => c.resource(Thing).patch('a', wrong('{}')), /patches are objects/],
];

const connections: [options: unknown, code: string, says: RegExp][] = [
  [null, 'usage', /^connect takes its options in an object, not null/],
  ['http://x', 'usage', /^connect takes its options in an object, not "http:\/\/x"/],
  [{ insecureSkipTlsVerify: 'false' }, 'usage', /^insecureSkipTlsVerify must be true or false, not "false"/],
  [{ inCluster: 'no' }, 'usage', /^inCluster must be true or false, not "no"/],
  [{ token: 5 }, 'usage', /^token must be a text or a function/],
  [{ impersonate: {} }, 'config', /^impersonate needs a user/],
  [{ impersonate: { groups: ['admins'] } }, 'config', /^impersonate needs a user/],
];

describe('what plain JavaScript hands to a cluster', () => {
  it.each(calls)('%s is a usage error that sends nothing', async (_what, call, says) => {
    const transport = new ScriptedTransport();
    const cluster = await connect({ server: 'http://server/prefix', transport });
    const error: unknown = await (async () => call(cluster))().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'KubeError', code: 'usage', message: expect.stringMatching(says) });
    expect(transport.requests).toEqual([]);
    await cluster.close();
  });

  it.each(connections)('connect with %j is refused', async (options, code, says) => {
    const given = typeof options === 'object' && options !== null ? { server: 'http://server', ...options } : options;
    await expect(connect(wrong(given))).rejects.toMatchObject({ code, message: expect.stringMatching(says) });
  });
});
