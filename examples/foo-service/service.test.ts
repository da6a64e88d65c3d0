import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from './src/config.js';
import { Pod } from '@kube-gen/kinds/core/v1/pod';
import { Foo } from './src/generated/example.kube-gen.dev/v1/foo.js';
import { readEvents } from './event-reader.js';
import { foo, run, type Running } from './service-fixture.js';

const eventually = { timeout: 20_000, interval: 20 };

async function get(running: Running, path: string): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(running.service.url + path);
  const json = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    body: json ? await response.json() : await response.text(),
    headers: response.headers,
  };
}

function names({ body }: { body: unknown }): string[] {
  const { items } = body as { items: { metadata: { namespace: string; name: string } }[] };
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
}

describe('reading Foos over HTTP', () => {
  it('lists what the cache holds, by namespace, label and image', async () => {
    await using running = await run({
      objects: [foo('apps/shop'), foo('apps/cart', { image: 'nginx:1' }), foo('media/player', { image: 'nginx:1' })],
    });
    await running.service.state.foos.ready();
    expect(names(await get(running, '/foos'))).toEqual(['apps/cart', 'apps/shop', 'media/player']);
    expect(names(await get(running, '/foos?namespace=apps'))).toEqual(['apps/cart', 'apps/shop']);
    expect(names(await get(running, '/foos?label=app+in+(shop,player)'))).toEqual(['apps/shop', 'media/player']);
    expect(names(await get(running, '/foos?image=nginx:1'))).toEqual(['apps/cart', 'media/player']);
    expect(names(await get(running, '/foos?image=nginx:1&namespace=media'))).toEqual(['media/player']);
    expect((await get(running, '/foos')).body).toMatchObject({
      resourceVersion: running.service.state.foos.status.resourceVersion,
    });
  });

  it('gives one Foo as the API server has it, defaults filled in', async () => {
    await using running = await run({ objects: [foo('default/shop')] });
    await running.service.state.foos.ready();
    const { status, body } = await get(running, '/foos/default/shop');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      apiVersion: 'example.kube-gen.dev/v1',
      kind: 'Foo',
      spec: { image: 'ghcr.io/acme/shop:1.0.0', replicas: 1, tier: 'backend' },
    });
    expect((await get(running, '/foos/shop')).body).toEqual(body);
    expect((await get(running, '/foos/shop?namespace=apps')).status).toBe(404);
  });

  it('says what is wrong with a request, in JSON', async () => {
    await using running = await run();
    await running.service.state.foos.ready();
    expect(await get(running, '/foos?label=((')).toMatchObject({ status: 400, body: { error: { code: 'usage' } } });
    expect(await get(running, '/foos/apps/none')).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found', message: 'There is no Foo apps/none.' } },
    });
    expect((await get(running, '/%2e%2e/package.json')).status).toBe(404);
    expect((await get(running, '/..%2fpackage.json')).status).toBe(404);
  });

  it('watches only the namespaces it is told', async () => {
    await using running = await run({ objects: [foo('apps/shop'), foo('media/player')], namespaces: ['apps'] });
    await running.service.state.foos.ready();
    expect(names(await get(running, '/foos'))).toEqual(['apps/shop']);
  });
});

describe('the Pods of a Foo', () => {
  const podOf = (name: string, owner?: { name: string; uid: string }) => ({
    metadata: {
      name,
      namespace: 'apps',
      ...(owner !== undefined && {
        ownerReferences: [{ apiVersion: Foo.group + '/' + Foo.version, kind: Foo.kind, ...owner }],
      }),
    },
    spec: { containers: [{ name: 'main', image: 'nginx:1' }] },
  });

  it('are those that it owns by uid, and follow what happens', async () => {
    await using running = await run({ objects: [foo('apps/shop'), foo('apps/cart')] });
    const { state } = running.service;
    await Promise.all([state.foos.ready(), state.pods.ready()]);
    const pods = running.cluster.resource(Pod);
    const uid = state.foos.get('shop', 'apps')?.metadata.uid ?? '';
    await pods.create(podOf('shop-1', { name: 'shop', uid }));
    await pods.create(podOf('shop-of-old', { name: 'shop', uid: 'that of a Foo that is gone' }));
    const last = await pods.create(podOf('alone'));
    await state.pods.caughtUp(last.metadata.resourceVersion);
    expect(names(await get(running, '/foos/apps/shop/pods'))).toEqual(['apps/shop-1']);
    expect(names(await get(running, '/foos/apps/cart/pods'))).toEqual([]);
    expect((await get(running, '/foos/apps/none/pods')).status).toBe(404);
    await pods.delete('shop-1', { namespace: 'apps' });
    await vi.waitFor(async () => expect(names(await get(running, '/foos/apps/shop/pods'))).toEqual([]), eventually);
  });
});

describe('telling how it is', () => {
  it('is alive but not ready before the first whole list', async () => {
    await using running = await run({
      objects: [foo('apps/shop')],
      fault: { match: { plural: 'foos' }, do: 'status', status: 503 },
    });
    expect((await get(running, '/livez')).status).toBe(200);
    expect((await get(running, '/readyz')).status).toBe(503);
    expect((await get(running, '/healthz')).status).toBe(503);
    const refused = await get(running, '/foos');
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'not-synced' } } });
    expect(refused.headers.get('retry-after')).toBe('1');
    running.fault?.[Symbol.dispose]();
    await running.service.state.foos.ready();
    await running.service.state.pods.ready();
    expect((await get(running, '/readyz')).status).toBe(200);
    expect(names(await get(running, '/foos'))).toEqual(['apps/shop']);
  });

  it('goes on serving while the API server is away, says so, and catches up', async () => {
    await using running = await run({ objects: [foo('apps/shop')] });
    await running.service.state.foos.ready();
    expect((await get(running, '/healthz')).status).toBe(200);
    await running.server.restart({
      async whileDown() {
        await vi.waitFor(async () => expect((await get(running, '/healthz')).status).toBe(503), eventually);
        expect((await get(running, '/readyz')).status).toBe(200);
        expect(names(await get(running, '/foos'))).toEqual(['apps/shop']);
        expect((await get(running, '/metrics')).body).toMatch(/^kube_gen_live\{.*kind="Foo".*\} 0$/m);
      },
    });
    await running.cluster.resource(Foo).create(foo('apps/cart'));
    await vi.waitFor(async () => expect(names(await get(running, '/foos'))).toContain('apps/cart'), eventually);
    await vi.waitFor(async () => expect((await get(running, '/healthz')).status).toBe(200), eventually);
    expect((await get(running, '/metrics')).body).toMatch(/^kube_gen_live\{.*kind="Foo".*\} 1$/m);
  });

  it('lets browsers run nothing but its own files', async () => {
    await using running = await run();
    const { status, headers } = await get(running, '/');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the event stream', () => {
  it('gives the whole set, then synced, then what changes', async () => {
    await using running = await run({ objects: [foo('apps/shop', { ready: 1 })] });
    const foos = running.cluster.resource(Foo);
    await using events = await readEvents(`${running.service.url}/events`);
    const changes = events.named('change');
    expect(await changes.next()).toMatchObject({ type: 'added', initial: true, foo: { key: 'apps/shop', ready: 1 } });
    expect(await changes.next()).toEqual({ type: 'synced' });
    await foos.create(foo('apps/cart'));
    expect(await changes.next()).toMatchObject({
      type: 'added',
      initial: false,
      foo: { key: 'apps/cart', replicas: 1 },
    });
    await foos.patch('cart', { spec: { replicas: 4 } }, { namespace: 'apps' });
    expect(await changes.next()).toMatchObject({ type: 'updated', foo: { key: 'apps/cart', replicas: 4 } });
    await foos.delete('cart', { namespace: 'apps' });
    expect(await changes.next()).toMatchObject({ type: 'deleted', foo: { key: 'apps/cart' } });
  });

  it('tells the status, first at once and then when it changes', async () => {
    // Without a heartbeat, which would tell it too, later.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    await using running = await run();
    await running.service.state.foos.ready();
    await using events = await readEvents(`${running.service.url}/events`);
    const statuses = events.named('status');
    expect(await statuses.next()).toMatchObject({ synced: true, live: true });
    await running.server.restart({
      async whileDown() {
        expect(await statuses.find(({ live }) => live === false)).toMatchObject({ synced: true });
      },
    });
    await statuses.find(({ live }) => live === true);
  });

  it('ends its subscription when the browser leaves', async () => {
    await using running = await run();
    const changes = vi.spyOn(running.service.state.foos, 'changes');
    const events = await readEvents(`${running.service.url}/events`);
    await events.named('change').next();
    const signal = changes.mock.calls[0]?.[0]?.signal;
    expect(signal?.aborted).toBe(false);
    await events[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(signal?.aborted).toBe(true), eventually);
  });

  it('ends when the service stops', async () => {
    await using running = await run();
    await using events = await readEvents(`${running.service.url}/events`);
    await events.named('change').next();
    await running.service.stop();
    await expect(events.ended).resolves.toBeUndefined();
    await expect(fetch(running.service.url)).rejects.toThrow('fetch failed');
    expect(running.service.state.foos.status.phase).toBe('stopped');
  });
});

it('leaves no connection open when it stops, not even one that never asked for anything', async () => {
  await using running = await run();
  const { hostname, port } = new URL(running.service.url);
  const silent = connect(Number(port), hostname);
  await once(silent, 'connect');
  expect((await get(running, '/livez')).status).toBe(200);
  const closed = once(silent.resume(), 'close');
  await running.service.stop();
  await expect(closed).resolves.toEqual([false]);
});

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfig({})).toEqual({ port: 8080, host: '0.0.0.0', namespaces: [] });
  });

  it('reads namespaces separated by commas', () => {
    expect(readConfig({ NAMESPACES: 'apps, media,,' }).namespaces).toEqual(['apps', 'media']);
  });

  it.each(['http', '-1', '70000', '1.5', ' '])('refuses %j as a port', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/^PORT is /);
  });
});
