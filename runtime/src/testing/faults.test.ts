import { describe, expect, it } from 'vitest';
import { openProbe, openWatchProbe, probe } from '../../../tests/support/api-probe.js';
import { crdManifest } from '../../../tests/support/crd-manifest.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import type { ApiServer } from './api-server.js';
import { FakeClock } from './fake-clock.js';
import type { Fault } from './fault.js';

const maps = '/api/v1/namespaces/apps/configmaps';

function start(clock?: FakeClock): Promise<ApiServer> {
  const objects = ['a', 'b', 'c'].map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'apps' },
  }));
  return embeddedServer({ objects, ...(clock === undefined ? {} : { clock }) });
}

const list = (server: ApiServer) => probe(server, { path: maps });
const create = (server: ApiServer, name: string) => probe(server, { path: maps, body: { metadata: { name } } });
const watchAll = (server: ApiServer) => openWatchProbe(server, `${maps}?watch=1`);

describe('fault', () => {
  it('answers with a status until it is disposed', async () => {
    const server = await start();
    const fault = server.fault({ match: { verb: 'list' }, do: 'status', status: 503, retryAfterS: 7 });
    const struck = await list(server);
    expect(struck).toMatchObject({
      status: 503,
      headers: { 'retry-after': '7' },
      body: { kind: 'Status', reason: 'ServiceUnavailable', details: { retryAfterSeconds: 7 } },
    });
    expect((await list(server)).status).toBe(503);
    expect((await probe(server, { path: `${maps}/a` })).status).toBe(200);
    fault[Symbol.dispose]();
    expect((await list(server)).status).toBe(200);
  });

  it('takes the reason and the message that it is told', async () => {
    const server = await start();
    server.fault({ do: 'status', status: 500, reason: 'StoreReadError', message: 'broken', times: 1 });
    expect((await list(server)).body).toMatchObject({ reason: 'StoreReadError', message: 'broken' });
  });

  it('strikes so often as it is told, and only what it matches', async () => {
    const server = await start();
    server.fault({ match: { verb: 'create', plural: 'configmaps' }, do: 'status', status: 429, times: 2 });
    expect((await list(server)).status).toBe(200);
    const secret = await probe(server, { path: '/api/v1/namespaces/apps/secrets', body: { metadata: { name: 's' } } });
    expect(secret.status).toBe(201);
    const statuses = [];
    for (let turn = 0; turn < 3; turn++) statuses.push((await create(server, 'new')).status);
    expect(statuses).toEqual([429, 429, 201]);
  });

  it.each([
    [undefined, /^fault takes its options in an object/],
    [{ do: 'explode' }, /^do of a fault must be one of drop, expire, reset, slow, stall, status, not "explode"$/],
    [{ do: 'drop', match: 'list' }, /^match of fault takes its options in an object/],
    [
      { do: 'drop', match: { verb: 'update' } },
      /^match\.verb of a fault must be one of .* patch, replace, watch, not "update"$/,
    ],
    [
      { do: 'drop', match: { plural: 'Foo' } },
      /^match\.plural of a fault must be one of configmaps, .* services, not "Foo"$/,
    ],
  ])('that could never strike is refused: %j', async (fault, message) => {
    const server = await start();
    expect(() => server.fault(fault as Fault)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) as string }),
    );
  });

  it('takes a kind as soon as its CRD is there', async () => {
    const server = await start();
    const fault: Fault = { match: { plural: 'foos' }, do: 'status', status: 503 };
    expect(() => server.fault(fault)).toThrow('match.plural');
    await probe(server, {
      path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      body: crdManifest('Foo', { type: 'object' }),
    });
    server.fault(fault);
    expect((await probe(server, { path: '/apis/example.dev/v1/foos' })).status).toBe(503);
  });

  it('strikes the nth matching request, once', async () => {
    const server = await start();
    server.fault({ match: { verb: 'list', nth: 2 }, do: 'expire' });
    const statuses = [];
    for (let turn = 0; turn < 4; turn++) statuses.push((await list(server)).status);
    expect(statuses).toEqual([200, 410, 200, 200]);
  });

  it('an expired page has a token to go on with', async () => {
    const server = await start();
    const first = await probe(server, { path: `${maps}?limit=1` });
    server.fault({ match: { verb: 'list' }, do: 'expire', times: 1 });
    const second = await probe(server, { path: `${maps}?limit=1&continue=${first.body.metadata.continue}` });
    expect(second).toMatchObject({ status: 410, body: { metadata: { continue: expect.any(String) } } });
  });

  it.each(['drop', 'reset'] as const)('%s: a write that is struck is not done', async (how) => {
    const server = await start();
    server.fault({ match: { verb: 'create' }, do: how, times: 1 });
    await expect(create(server, 'new')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await create(server, 'new')).status).toBe(201);
  });

  it.each(['drop', 'reset'] as const)(
    '%s cuts the watches that are open, and those that come until it is disposed',
    async (how) => {
      const server = await start();
      const watch = await watchAll(server);
      await watch.take(3);
      const fault = server.fault({ match: { verb: 'watch' }, do: how });
      expect(await watch.next()).toBe('cut');
      await expect(watchAll(server)).rejects.toMatchObject({ code: 'ECONNRESET' });
      fault[Symbol.dispose]();
      expect(await (await watchAll(server)).take(3)).toHaveLength(3);
    },
  );

  it('counts each open watch that it strikes', async () => {
    const server = await start();
    const watches = [await watchAll(server), await watchAll(server)];
    for (const watch of watches) await watch.take(3);
    server.fault({ match: { verb: 'watch' }, do: 'drop', times: 1 });
    expect(await watches[0]?.next()).toBe('cut');
    await create(server, 'new');
    expect(await watches[1]?.take(1)).toMatchObject([{ type: 'ADDED' }]);
  });

  it('expire ends open watches with an ERROR event, as API servers do', async () => {
    const server = await start();
    const watch = await watchAll(server);
    await watch.take(3);
    server.fault({ match: { verb: 'watch' }, do: 'expire', times: 1 });
    expect(await watch.rest()).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
    expect(await watch.next()).toBe('end');
    expect(await (await watchAll(server)).take(3)).toHaveLength(3);
  });

  it.each([
    ['drop', 'cut'],
    ['expire', 'end'],
    ['status', 'end'],
  ] as const)('%s strikes a watch after so many events', async (how, ending) => {
    const server = await start();
    server.fault({ match: { verb: 'watch' }, do: how, status: 500, afterEvents: 2, times: 1 });
    const watch = await watchAll(server);
    const told = await watch.take(2);
    expect(told.map((event) => event.object.metadata.name)).toEqual(['a', 'b']);
    if (ending === 'end')
      expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { code: how === 'expire' ? 410 : 500 } });
    expect(await watch.next()).toBe(ending);
  });

  it('cuts a list after so many items', async () => {
    const server = await start();
    server.fault({ match: { verb: 'list' }, do: 'drop', afterEvents: 2, times: 1 });
    const response = await openProbe(server, { path: maps });
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(text).toContain('"name":"b"');
    expect(text).not.toContain('"name":"c"');
  });

  it('stall freezes open watches and new requests, and lets them go on when it is disposed', async () => {
    const server = await start();
    const watch = await watchAll(server);
    await watch.take(3);
    const fault = server.fault({ match: { verb: 'watch' }, do: 'stall' });
    await create(server, 'new');
    const opening = watchAll(server);
    const told = watch.next();
    const first = await Promise.race([
      told.then(() => 'told'),
      opening.then(() => 'opened'),
      list(server).then(() => 'listed'),
    ]);
    expect(first).toBe('listed');
    fault[Symbol.dispose]();
    expect(await told).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'new' } } });
    expect(await (await opening).take(4)).toHaveLength(4);
  });

  it('stop ends what a fault holds up', async () => {
    const server = await start();
    server.fault({ match: { verb: 'list' }, do: 'stall' });
    const stalled = list(server).catch((error: unknown) => error);
    await probe(server, { path: `${maps}/a` });
    await server.stop();
    expect(await stalled).toMatchObject({ code: 'ECONNRESET' });
  });

  it('slow sends so many bytes in a second', async () => {
    const clock = new FakeClock();
    const server = await start(clock);
    server.fault({ match: { verb: 'list' }, do: 'slow', bytesPerS: 500, times: 1 });
    const whole = (await probe(await start(), { path: maps })).bytes.length;
    const reading = list(server);
    const answered = reading.then(() => 'answered');
    const began = clock.now();
    while ((await Promise.race([answered, clock.advance(20)])) !== 'answered');
    expect((await reading).bytes.length).toBeGreaterThan(whole / 2);
    expect(clock.now() - began).toBeGreaterThan(1000 * (whole / 2 / 500));
  });
});
