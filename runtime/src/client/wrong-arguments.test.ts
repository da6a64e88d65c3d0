import { describe, expect, it } from 'vitest';
import { Thing } from '../../../tests/support/reflector-scene.js';
import { ScriptedTransport } from '../../../tests/support/scripted-transport.js';
import type { Cluster } from '../cluster.js';
import { connect } from '../connect.js';
import { defineResource } from '../resource.js';

/** What TypeScript would refuse. */
function wrong(value: unknown): never {
  return value as never;
}

const Scaled = defineResource<Thing, Thing>()({
  ...Thing,
  subresources: { status: true, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },
});

async function first(all: AsyncIterable<unknown>): Promise<unknown> {
  return all[Symbol.asyncIterator]().next();
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
  [
    'get with a number for options',
    (c) => c.resource(Thing).get('a', wrong(5)),
    /^get takes its options in an object, not 5/,
  ],
  ['get with the namespace for options', (c) => c.resource(Thing).get('a', wrong('apps')), /^get takes .* not "apps"/],
  ['get with null for options', (c) => c.resource(Thing).get('a', wrong(null)), /^get takes .* not null/],
  ['list of a text', (c) => c.resource(Thing).list(wrong('apps')), /^list takes its options in an object, not "apps"/],
  ['pages of a text', (c) => first(c.resource(Thing).listPages(wrong('apps'))), /^listPages takes .* not "apps"/],
  ['a watch of a text', (c) => first(c.resource(Thing).watch(wrong('apps'))), /^watch takes .* not "apps"/],
  [
    'a watch with a text for its time',
    (c) => first(c.resource(Thing).watch({ timeoutMs: wrong('5s') })),
    /^timeoutMs is a number of milliseconds, not "5s"/,
  ],
  [
    'a watch with a text for its signal',
    (c) => first(c.resource(Thing).watch({ signal: wrong('now') })),
    /^signal must be an AbortSignal/,
  ],
  [
    'create with a text for options',
    (c) => c.resource(Thing).create(wrong({}), wrong('apps')),
    /^create takes .* not "apps"/,
  ],
  [
    'replace with a text for options',
    (c) => c.resource(Thing).replace(wrong({}), wrong('x')),
    /^replace takes .* not "x"/,
  ],
  [
    'apply without options',
    (c) => c.resource(Thing).apply(wrong({}), wrong(undefined)),
    /^apply takes .* not undefined/,
  ],
  ['patch with true for options', (c) => c.resource(Thing).patch('a', {}, wrong(true)), /^patch takes .* not true/],
  [
    'delete with a text for options',
    (c) => c.resource(Thing).delete('a', wrong('apps')),
    /^delete takes .* not "apps"/,
  ],
  [
    'deleteCollection without options',
    (c) => c.resource(Thing).deleteCollection(wrong(undefined)),
    /^deleteCollection takes/,
  ],
  ['a scale of nothing', (c) => c.resource(Scaled).scale.replace('a', wrong(undefined)), /^replace of a scale takes/],
  ['a scale with a text for options', (c) => c.resource(Scaled).scale.get('a', wrong('x')), /^get takes .* not "x"/],
  ['status with a text for options', (c) => c.resource(Scaled).status.get('a', wrong('x')), /^get takes .* not "x"/],
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
