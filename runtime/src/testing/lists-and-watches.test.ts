import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';
import { openProbe, openWatchProbe, probe } from '../../../tests/support/api-probe.js';
import { crdManifest } from '../../../tests/support/crd-manifest.js';
import { embeddedServer } from '../../../tests/support/embedded-server.js';
import type { ApiServer } from './api-server.js';
import { FakeClock } from './fake-clock.js';

const maps = '/api/v1/namespaces/apps/configmaps';
const streaming = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';

async function write(server: ApiServer, name: string, data: object = {}): Promise<string> {
  const made = await probe(server, { path: maps, body: { metadata: { name }, data } });
  return made.body.metadata.resourceVersion as string;
}

async function change(server: ApiServer, name: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/merge-patch+json' };
  const made = await probe(server, { method: 'PATCH', path: `${maps}/${name}`, headers, body });
  return made.body.metadata.resourceVersion as string;
}

const names = (list: { items: { metadata: { name: string } }[] }): string[] =>
  list.items.map((item) => item.metadata.name);

describe('lists', () => {
  it('pages through one consistent state, whatever is written meanwhile', async () => {
    const server = await embeddedServer();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await write(server, name);
    const seen: string[] = [];
    const versions = new Set<string>();
    let token = '';
    do {
      const page = await probe(server, { path: `${maps}?limit=2&continue=${encodeURIComponent(token)}` });
      seen.push(...names(page.body));
      versions.add(page.body.metadata.resourceVersion);
      token = page.body.metadata.continue ?? '';
      await write(server, `bb-${seen.length}`);
      await probe(server, { method: 'DELETE', path: `${maps}/e` });
    } while (token !== '');
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(versions.size).toBe(1);
  });

  it('ends a page with 410 after a compaction, and gives a token to go on all the same', async () => {
    const server = await embeddedServer();
    for (const name of ['a', 'b', 'c']) await write(server, name);
    const first = await probe(server, { path: `${maps}?limit=1` });
    await write(server, 'bb');
    server.compact();
    const second = await probe(server, { path: `${maps}?limit=1&continue=${first.body.metadata.continue}` });
    expect(second).toMatchObject({ status: 410, body: { reason: 'Expired', code: 410 } });
    expect(second.body.message).toContain('The provided continue parameter is too old');
    const rest = await probe(server, { path: `${maps}?continue=${second.body.metadata.continue}` });
    expect(names(rest.body)).toEqual(['b', 'bb', 'c']);
  });

  it('does not know a version that was compacted, exactly', async () => {
    const server = await embeddedServer();
    const version = await write(server, 'a');
    await write(server, 'b');
    server.compact();
    const list = await probe(server, { path: `${maps}?resourceVersion=${version}&resourceVersionMatch=Exact` });
    expect(list).toMatchObject({
      status: 410,
      body: { message: 'The resourceVersion for the provided list is too old.' },
    });
    const newer = await probe(server, { path: `${maps}?resourceVersion=${version}&resourceVersionMatch=NotOlderThan` });
    expect(names(newer.body)).toEqual(['a', 'b']);
  });

  it('compresses a list from 128 KiB on, for who takes gzip', async () => {
    const server = await embeddedServer();
    await write(server, 'small');
    const accept = { 'accept-encoding': 'gzip' };
    expect((await probe(server, { path: maps, headers: accept })).headers['content-encoding']).toBeUndefined();
    await write(server, 'big', { text: 'x'.repeat(200_000) });
    expect((await probe(server, { path: maps })).headers['content-encoding']).toBeUndefined();
    const compressed = await probe(server, { path: maps, headers: accept });
    expect(compressed.headers['content-encoding']).toBe('gzip');
    const list = JSON.parse(gunzipSync(compressed.bytes).toString()) as Parameters<typeof names>[0];
    expect(names(list)).toEqual(['big', 'small']);
  });

  it('lists thousands of objects whole', async () => {
    const objects = Array.from({ length: 5000 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `map-${index}`, namespace: 'apps' },
      data: { index: String(index), text: 'é'.repeat(50) },
    }));
    const server = await embeddedServer({ objects });
    expect(new Set(names((await probe(server, { path: maps })).body)).size).toBe(5000);
  });
});

describe('watches', () => {
  it('ends with 410 in the stream where the version is out of its window', async () => {
    const server = await embeddedServer({ watchWindow: 2 });
    const version = await write(server, 'a');
    for (const value of ['1', '2', '3']) await change(server, 'a', { data: { value } });
    const watch = await openWatchProbe(server, `${maps}?watch=1&resourceVersion=${version}`);
    expect(watch.status).toBe(200);
    expect(await watch.rest()).toMatchObject([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          code: 410,
          reason: 'Expired',
          message: expect.stringMatching(/^too old resource version: \d+ \(\d+\)$/),
        },
      },
    ]);
    const within = await openWatchProbe(server, `${maps}?watch=1&resourceVersion=${Number(version) + 1}`);
    expect(await within.take(2)).toMatchObject([
      { object: { data: { value: '2' } } },
      { object: { data: { value: '3' } } },
    ]);
    within.close();
  });

  it('goes on through a compaction that it is not behind', async () => {
    const server = await embeddedServer();
    const version = await write(server, 'a');
    const watch = await openWatchProbe(server, `${maps}?watch=1&resourceVersion=${version}`);
    await probe(server, { path: '/api/v1/namespaces/apps/secrets', body: { metadata: { name: 'elsewhere' } } });
    server.compact();
    await write(server, 'b');
    expect(await watch.take(1)).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'b' } } }]);
    watch.close();
  });

  it('W10: tells of an object that leaves its selector as it was, with the version of the change', async () => {
    const server = await embeddedServer();
    const version = await write(server, 'a');
    const watch = await openWatchProbe(server, `${maps}?watch=1&resourceVersion=${version}&labelSelector=on`);
    await change(server, 'a', { metadata: { labels: { on: 'yes' } } });
    const left = await change(server, 'a', { metadata: { labels: { on: null } } });
    expect(await watch.take(2)).toMatchObject([
      { type: 'ADDED', object: { metadata: { labels: { on: 'yes' } } } },
      { type: 'DELETED', object: { metadata: { labels: { on: 'yes' }, resourceVersion: left } } },
    ]);
    watch.close();
  });

  it('sends bookmarks at its interval, and one shortly before its time is up', async () => {
    const clock = new FakeClock();
    const server = await embeddedServer({ clock, bookmarkEveryMs: 1000 });
    const version = await write(server, 'a');
    const watch = await openWatchProbe(
      server,
      `${maps}?watch=1&resourceVersion=${version}&allowWatchBookmarks=true&timeoutSeconds=10`,
    );
    const quiet = await openWatchProbe(server, `${maps}?watch=1&resourceVersion=${version}&timeoutSeconds=10`);
    await probe(server, { path: '/api/v1/namespaces/apps/secrets', body: { metadata: { name: 'elsewhere' } } });
    await clock.advance(1000);
    const [bookmark] = await watch.take(1);
    expect(bookmark).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { resourceVersion: String(Number(version) + 1) } },
    });
    await clock.advance(6500);
    await watch.take(1);
    await clock.advance(2500);
    expect((await watch.rest()).every((event) => event.type === 'BOOKMARK')).toBe(true);
    expect(await watch.next()).toBe('end');
    expect(await quiet.rest()).toEqual([]);
  });

  it('streams a list: what is there, its end, and then what comes', async () => {
    const server = await embeddedServer();
    await write(server, 'b');
    const version = await write(server, 'a');
    const watch = await openWatchProbe(server, `${maps}?${streaming}`);
    const events = await watch.take(3);
    expect(events.map((event) => [event.type, event.object.metadata.name])).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'b'],
      ['BOOKMARK', undefined],
    ]);
    expect(events[2]?.object.metadata).toEqual({
      resourceVersion: version,
      annotations: { 'k8s.io/initial-events-end': 'true' },
    });
    await probe(server, { method: 'DELETE', path: `${maps}/a` });
    expect(await watch.take(1)).toMatchObject([{ type: 'DELETED', object: { metadata: { name: 'a' } } }]);
    watch.close();
  });

  it('refuses streaming lists where it is told to have none', async () => {
    const server = await embeddedServer({ watchList: false });
    expect(await probe(server, { path: `${maps}?${streaming}` })).toMatchObject({
      status: 422,
      body: { reason: 'Invalid' },
    });
  });

  it('W19: compresses a streaming list as one gzip member for each flush', async () => {
    const server = await embeddedServer();
    await write(server, 'a');
    const response = await openProbe(server, { path: `${maps}?${streaming}`, headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBe('gzip');
    const chunks = response[Symbol.asyncIterator]();
    const read = async (): Promise<string> => gunzipSync((await chunks.next()).value as Buffer).toString();
    expect((await read()).split('\n')).toHaveLength(3);
    await write(server, 'b');
    expect(JSON.parse(await read())).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'b' } } });
    response.destroy();
  });

  it('a watch whose client does not read keeps nothing but its place, and ends when history has gone past it', async () => {
    const server = await embeddedServer({ watchWindow: 20 });
    const version = await write(server, 'a');
    const response = await openProbe(server, { path: `${maps}?watch=1&resourceVersion=${version}` });
    const text = 'x'.repeat(400_000);
    for (let step = 0; step < 80; step++) await change(server, 'a', { data: { text, step: String(step) } });
    let bytes = 0;
    response.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await once(response, 'close');
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(80 * text.length);
  });

  it('ends when the kind is served in another way', async () => {
    const crd = crdManifest('Foo', { type: 'object' });
    const server = await embeddedServer({ crds: [crd] });
    const watch = await openWatchProbe(server, '/apis/example.dev/v1/foos?watch=1');
    await probe(server, {
      method: 'PATCH',
      path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/foos.example.dev',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { names: { shortNames: ['f'] } } },
    });
    expect(await watch.next()).toBe('end');
  });
});
