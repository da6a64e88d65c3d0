import { describe, expect, it } from 'vitest';
import { failure } from '../../../tests/support/kube-failure.js';
import type { Transport } from '../io/transport.js';
import { createCluster } from './create-cluster.js';
import type { WatchEvent } from './raw-watch-event.js';
import { Foo, foo, server, status, page } from '../../../tests/support/foo-client.js';

describe('lists', () => {
  it('L8: list follows continue to the end, sends limit and continue only, and fills in apiVersion and kind', async () => {
    const { cluster, asked } = server(
      page(['a', 'b'], { continue: 'c1', remainingItemCount: 2 }),
      page(['c'], { continue: 'c2', resourceVersion: '10' }),
      page(['d']),
    );
    const { items, metadata } = await cluster
      .resource(Foo)
      .list({ labelSelector: 'app=web', fieldSelector: { 'spec.x': 'a,b' }, limit: 2 });
    expect(items.map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual([
      'Foo a',
      'Foo b',
      'Foo c',
      'Foo d',
    ]);
    expect(metadata).toEqual({ resourceVersion: '9' });
    expect(asked).toEqual([
      'GET /apis/example.dev/v1/foos?labelSelector=app%3Dweb&fieldSelector=spec.x%3Da%5C%2Cb&limit=2',
      'GET /apis/example.dev/v1/foos?labelSelector=app%3Dweb&fieldSelector=spec.x%3Da%5C%2Cb&limit=2&continue=c1',
      'GET /apis/example.dev/v1/foos?labelSelector=app%3Dweb&fieldSelector=spec.x%3Da%5C%2Cb&limit=2&continue=c2',
    ]);
  });

  it('L12: list starts again without pages when the version expired half-way', async () => {
    const { cluster, asked } = server(
      page(['a'], { continue: 'c1' }),
      status(410, { reason: 'Expired' }),
      page(['b', 'c'], { resourceVersion: '20' }),
    );
    const { items, metadata } = await cluster.resource(Foo).list({ namespace: 'apps' });
    expect([items.map((item) => item.metadata.name), metadata.resourceVersion]).toEqual([['b', 'c'], '20']);
    expect(asked.at(-1)).toBe('GET /apis/example.dev/v1/namespaces/apps/foos');
  });

  it('an expired first page and an expired page of listPages are errors', async () => {
    const { cluster } = server(status(410), page(['a'], { continue: 'c1' }), status(410));
    expect(await failure(cluster.resource(Foo).list())).toMatchObject({ code: 'expired' });
    const pages: number[] = [];
    const all = (async () => {
      for await (const { items } of cluster.resource(Foo).listPages({ limit: 1 })) pages.push(items.length);
    })();
    expect(await failure(all)).toMatchObject({ code: 'expired', status: 410 });
    expect(pages).toEqual([1]);
  });

  it.each([1, 2, 3, 7])(
    'a list whose pages go in a circle of %d is an error, not a list without end',
    async (length) => {
      const answers = Array.from({ length: 40 }, (_, n) => page([`a${n}`], { continue: `c${n % length}` }));
      const { cluster, asked } = server(...answers);
      expect(await failure(cluster.resource(Foo).list())).toMatchObject({
        code: 'protocol',
        message: 'the list of foos names a page it has sent before as the next one',
      });
      expect(asked.length).toBeLessThan(3 * length + 3);
    },
  );

  it('null for items is an empty list, and L15: a Table or anything else is no list', async () => {
    const { cluster } = server(
      { body: { kind: 'FooList', metadata: { resourceVersion: '1' }, items: null } },
      { body: { kind: 'Table', metadata: {}, rows: [] } },
      { chunks: ['<html>'] },
      { body: { kind: 'FooList', metadata: null, items: [] } },
      { body: { kind: 'Foo', metadata: {}, items: [] } },
    );
    const api = cluster.resource(Foo);
    expect(await api.list()).toEqual({ items: [], metadata: { resourceVersion: '1' } });
    expect(await failure(api.list())).toMatchObject({ code: 'protocol', message: expect.stringContaining('a Table') });
    for (let i = 0; i < 3; i += 1) expect(await failure(api.list())).toMatchObject({ code: 'protocol' });
  });

  it('timeoutMs counts for all pages together', async () => {
    const { cluster, clock } = server(page(['a'], { continue: 'c1' }));
    const pending = failure(cluster.resource(Foo).list({ timeoutMs: 1000 }));
    await clock.advance(1000);
    expect(await pending).toMatchObject({ code: 'timeout', message: expect.stringContaining('1000 ms') });
  });
});

describe('the raw watch', () => {
  const line = (type: string, object: unknown): string => `${JSON.stringify({ type, object })}\n`;

  it('gives events as the server sends them, also when a chunk ends inside a character', async () => {
    const bytes = new TextEncoder().encode(
      line('ADDED', { ...foo, spec: { ...foo.spec, tags: ['ü'] } }) +
        line('BOOKMARK', { metadata: { resourceVersion: '8' } }),
    );
    const cut = bytes.indexOf(0xc3) + 1;
    const transport: Transport = {
      request: async () => ({
        status: 200,
        headers: {},
        body: (async function* () {
          yield bytes.subarray(0, cut);
          yield bytes.subarray(cut);
        })(),
      }),
    };
    const events: WatchEvent<Foo>[] = [];
    const api = createCluster({ server: 'https://host', transport }).resource(Foo);
    for await (const event of api.watch({ resourceVersion: '7' })) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'BOOKMARK']);
    expect(events[0]?.object).toMatchObject({ spec: { tags: ['ü'] } });
  });

  it('sends what was asked for, and nothing before the first next', async () => {
    const { cluster, asked } = server({ chunks: [] });
    const watch = cluster.resource(Foo).watch({
      namespace: 'apps',
      resourceVersion: '7',
      timeoutMs: 1500,
      allowWatchBookmarks: true,
      labelSelector: 'a',
    });
    expect(asked).toEqual([]);
    for await (const event of watch) expect(event).toBeUndefined();
    expect(asked).toEqual([
      'GET /apis/example.dev/v1/namespaces/apps/foos?watch=1&labelSelector=a&resourceVersion=7&timeoutSeconds=2&allowWatchBookmarks=true',
    ]);
  });

  it('W4: a line that breaks off is not told, and a line that is no event is a protocol error', async () => {
    const { cluster } = server(
      { chunks: [line('ADDED', foo), '{"type":"ADD'] },
      { chunks: ['hello secret\n'] },
      { chunks: ['[]\n'] },
      { chunks: ['{"type":"ADDED"}\n'] },
      { chunks: ['{"type":7,"object":{}}\n'] },
      { chunks: ['{"type":"ADDED","object":null}\n'] },
      { chunks: ['null\n'] },
    );
    const api = cluster.resource(Foo);
    const types: string[] = [];
    for await (const { type } of api.watch()) types.push(type);
    expect(types).toEqual(['ADDED']);
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      const error = await failure(api.watch()[Symbol.asyncIterator]().next());
      expect(error).toMatchObject({ code: 'protocol' });
      expect(error.message + String(error.cause)).not.toContain('hello');
    }
  });

  it('an HTTP error is a KubeError, and abort and timeoutMs end the iteration', async () => {
    const { cluster, clock } = server(status(403));
    const api = cluster.resource(Foo);
    expect(await failure(api.watch()[Symbol.asyncIterator]().next())).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('verbs: ["watch"]'),
    });
    const controller = new AbortController();
    const aborted = api.watch({ signal: controller.signal })[Symbol.asyncIterator]().next();
    controller.abort();
    expect(await aborted).toEqual({ done: true, value: undefined });
    const timed = api.watch({ timeoutMs: 5000 })[Symbol.asyncIterator]().next();
    await clock.advance(5000);
    expect(await timed).toEqual({ done: true, value: undefined });
  });
});
