import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { added, bookmark, listOf, scene, thing, Thing, watchingScene } from '../../../tests/support/reflector-scene.js';
import { connect } from '../connect.js';
import { isKubeError } from '../errors.js';
import { Reflector } from './reflector.js';

/** A line of a watch that is no event of a Thing as it should be. */
const oddLines: [what: string, line: string][] = [
  ['an array', '[]'],
  ['a number', '1e400'],
  ['null', 'null'],
  ['an empty object', '{}'],
  ['an event without an object', '{"type":"ADDED"}'],
  ['an object that is a text', '{"type":"ADDED","object":"Thing"}'],
  ['an object that is a list', '{"type":"ADDED","object":[]}'],
  ['no metadata', '{"type":"ADDED","object":{"kind":"Thing"}}'],
  ['metadata that is null', '{"type":"MODIFIED","object":{"metadata":null}}'],
  ['no name', '{"type":"ADDED","object":{"metadata":{"resourceVersion":"11"}}}'],
  ['a name that is a number', '{"type":"ADDED","object":{"metadata":{"name":7,"resourceVersion":"11"}}}'],
  ['an empty name', '{"type":"ADDED","object":{"metadata":{"name":"","resourceVersion":"11"}}}'],
  [
    'a name with a slash',
    '{"type":"ADDED","object":{"metadata":{"name":"a/b","namespace":"apps","resourceVersion":"11"}}}',
  ],
  ['no resourceVersion', '{"type":"ADDED","object":{"metadata":{"name":"a","namespace":"apps"}}}'],
  ['a version that is an object', '{"type":"DELETED","object":{"metadata":{"name":"a","resourceVersion":{}}}}'],
  [
    'another kind',
    '{"type":"ADDED","object":{"kind":"Secret","apiVersion":"v1","metadata":{"name":"a","namespace":"apps","resourceVersion":"11"}}}',
  ],
  ['a type that is a number', '{"type":7,"object":{}}'],
  ['a type of Object.prototype', '{"type":"constructor","object":{}}'],
  ['an ERROR without a status', '{"type":"ERROR","object":null}'],
  ['an unknown type without an object', '{"type":"SOMETHING"}'],
  [
    'a BOOKMARK of another kind',
    '{"type":"BOOKMARK","object":{"kind":"Secret","apiVersion":"v1","metadata":{"resourceVersion":"99"}}}',
  ],
  ['a BOOKMARK without metadata', '{"type":"BOOKMARK","object":{}}'],
  [
    'keys of Object.prototype',
    '{"__proto__":{"type":"ADDED"},"type":"ADDED","object":{"__proto__":{"metadata":{"name":"x"}}}}',
  ],
  ['a deep nest', `{"type":"ADDED","object":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['no namespace', '{"type":"ADDED","object":{"metadata":{"name":"x","resourceVersion":"11"}}}'],
];

describe('a watch of a hostile server', () => {
  it.each(oddLines)(
    '%s is counted or ends the connection; the cache stays as it is and follows on',
    async (_what, line) => {
      const { server, settle, things, clock } = await watchingScene(10, [thing('a', 1)]);
      server.last.raw(`${line}\n`);
      await settle();
      const { counts, resourceVersion } = things.status;
      const noticed = counts.anomalies + counts.reconnects + counts.relists;
      expect(noticed).toBeGreaterThan(0);
      expect([things.list().length, things.get('a', 'apps')?.metadata.resourceVersion]).toEqual([1, '1']);
      expect(resourceVersion).toBe('10');
      expect(({} as Record<string, unknown>)['metadata']).toBeUndefined();
      // Whatever it did, the next good event arrives.
      for (let n = 0; n < 5 && !things.status.live; n++) {
        await clock.advance(2000);
        const { last } = server;
        if (!last.ended && last.query.has('watch')) last.open();
        else if (!last.ended) last.answer(listOf(10, [thing('a', 1)]));
        await settle();
      }
      server.last.send(added(thing('b', 12)));
      await settle();
      expect(things.list()).toHaveLength(2);
    },
  );

  it('a line without an end is left at maxLineBytes, and no more of it is kept', async () => {
    const { server, settle, things } = await watchingScene(10, [], { maxLineBytes: 100_000 });
    const watch = server.last.open();
    for (let n = 0; n < 20; n++) watch.raw('x'.repeat(10_000));
    await settle();
    expect(watch.signal.aborted).toBe(true);
    expect(things.status).toMatchObject({ counts: { reconnects: 1 }, resourceVersion: '10' });
  });

  it('an endless flood of what cannot be kept moves nothing and keeps nothing', async () => {
    const { server, settle, things } = await watchingScene(10, []);
    for (let n = 0; n < 2000; n++)
      server.last.send(
        { type: `ODD${n}`, object: {} },
        added({ kind: `Kind${n}`, metadata: { name: 'x', resourceVersion: '99' } }),
      );
    await settle();
    expect(things.status).toMatchObject({ counts: { anomalies: 4000, objects: 0 }, resourceVersion: '10', live: true });
  });

  it.each([null, 5, 'app', ['app']])(
    'labels that are none (%j) select nothing, read before or not, and stop no subscriber',
    async (labels) => {
      const { server, settle, things } = await watchingScene(10, [thing('odd', 1, { labels })]);
      expect(things.list({ labels: 'app' })).toEqual([]);
      const held = things.get('odd', 'apps');
      expect(things.list({ labels: 'app' })).toEqual([]);
      const told: string[] = [];
      things.on('added', ({ metadata }) => told.push(metadata.name), { labels: 'app' });
      things.on('change', () => undefined, { compare: 'labels' });
      await settle();
      server.last.send(added(thing('odd', 11, { labels })), added(thing('good', 12, { labels: { app: 'x' } })));
      await settle();
      expect([told, held?.metadata.name]).toEqual([['good'], 'odd']);
    },
  );

  it('names and labels that mean something to JavaScript are plain data', async () => {
    const odd = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
    const { server, settle, things } = await watchingScene(10, []);
    const byLabel = things.addIndex('label', ({ metadata }) => Object.keys(metadata.labels ?? {}));
    for (const [n, name] of odd.entries()) {
      server.last.send(
        added(thing(name, 11 + n, { namespace: name, labels: JSON.parse(`{"${name}":"x"}`) as unknown })),
      );
    }
    await settle();
    for (const name of odd) {
      expect(things.get(name, name)?.metadata.name).toBe(name);
      expect(things.list({ namespace: name })).toHaveLength(1);
      expect(things.list({ labels: `${name === '__proto__' ? 'a' : name}=x` })).toHaveLength(
        name === '__proto__' ? 0 : 1,
      );
      expect(byLabel.by(name)).toHaveLength(1);
    }
    expect(things.list({ namespace: 'valueOf' })).toEqual([]);
    expect(JSON.parse(JSON.stringify(things.status))).toMatchObject({ synced: true });
  });
});

describe('a list of a hostile server', () => {
  const bodies: [what: string, body: string][] = [
    ['nothing', ''],
    ['HTML', '<html></html>'],
    ['null', 'null'],
    ['an array', '[1,2]'],
    [
      'a list of another kind',
      '{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"5"},"rows":[]}',
    ],
    ['items that are a text', '{"metadata":{"resourceVersion":"5"},"items":"no"}'],
    ['items that are an object', '{"metadata":{"resourceVersion":"5"},"items":{"a":1}}'],
    ['a version that is a number', '{"metadata":{"resourceVersion":5},"items":[]}'],
    ['no end', '{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"'],
    ['something behind the end', '{"metadata":{"resourceVersion":"5"},"items":[]} and more'],
    ['a Status', '{"kind":"Status","apiVersion":"v1","status":"Success"}'],
  ];
  const other = {
    apiVersion: 'example.dev/v1',
    kind: 'Other',
    metadata: { name: 'a', namespace: 'default', resourceVersion: '1' },
  };
  bodies.push([
    'a list of nothing but objects of another kind',
    JSON.stringify({ kind: 'OtherList', metadata: { resourceVersion: '5' }, items: [other, other] }),
  ]);
  it.each(bodies)('%s is an error in status, commits nothing, and is tried again', async (_what, body) => {
    const { server, settle, things, clock } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.answer(body);
    await settle();
    expect(things.status).toMatchObject({ synced: false, phase: 'waiting', lastError: { code: 'protocol' } });
    await clock.advance(2000);
    server.last.answer(listOf(5, [thing('a', 1)]));
    await things.ready();
    expect(things.list()).toHaveLength(1);
  });

  it('items that are no Things are counted and left out, the others are there', async () => {
    const { metadata, ...rest } = thing('b', 2) as { metadata: Record<string, unknown> };
    const odd = [
      {},
      { metadata: {} },
      { metadata: { name: 3 } },
      { ...rest, metadata: { ...metadata, namespace: undefined } },
    ];
    const { things } = await watchingScene(10, [thing('a', 1), ...odd, thing('c', 3)]);
    expect(things.list()).toHaveLength(2);
    expect(things.status.counts.anomalies).toBe(4);
  });

  it.each([null, 7, 'text', []])('an item that is %j makes the list no list: an error, tried again', async (item) => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    server.last.answer(listOf(10, [thing('a', 1), item]));
    await settle();
    expect(things.status).toMatchObject({ synced: false, phase: 'waiting', lastError: { code: 'protocol' } });
  });

  it('pages that never end in a new one end in an error, and never in memory that grows', async () => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    for (let n = 0; n < 3; n++) {
      server.last.answer(listOf(10, [thing('a', 1)], 'same'));
      await settle();
    }
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'protocol' } });
  });

  it.each([
    ['two pages that name each other', (n: number) => `page-${n % 2}`, true],
    ['a hundred pages in a circle', (n: number) => `page-${n % 100}`, true],
    ['pages that bring nothing, each with a new name for the next', (n: number) => `page-${n}`, false],
  ])('%s end in an error, and not in requests without end', async (_what, token, filled) => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    let pages = 0;
    while (things.status.phase === 'listing' && pages < 3000) {
      server.last.answer(listOf(10, filled ? [thing('a', 1)] : [], token(pages)));
      pages += 1;
      await settle();
    }
    expect(pages).toBeLessThan(1500);
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'protocol' } });
  });

  it('a list of many pages, some of them empty, is read to its end', async () => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    for (let page = 0; page < 400; page += 1) {
      server.last.answer(listOf(10, page % 3 === 0 ? [thing(`t${page}`, 1)] : [], page < 399 ? `page-${page}` : ''));
      await settle();
    }
    expect(things.list()).toHaveLength(134);
  });

  it('an error body without an end is not read to it', async () => {
    const { server, settle, things } = scene({ streaming: false });
    things.start();
    await settle();
    const request = server.last.open({ status: 500 });
    for (let n = 0; n < 100; n++) request.raw('e'.repeat(10_000));
    await settle();
    expect(things.status).toMatchObject({ phase: 'waiting', lastError: { code: 'server', status: 500 } });
    expect(things.status.lastError?.message.length).toBeLessThan(5000);
  });

  it('a bookmark of the future is believed, as the server says; a version that is no number does not stop the watch', async () => {
    const { server, settle, things } = await watchingScene(10, [thing('a', 1)]);
    server.last.send(bookmark('999999999999999999999'), bookmark('not-a-number'), added(thing('b', 'xyz')));
    await settle();
    expect(things.list()).toHaveLength(2);
    expect(things.status.live).toBe(true);
  });
});

describe('a hostile server over a socket', () => {
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });

  async function serve(answer: (socket: Socket, request: string) => void): Promise<string> {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (data) => answer(socket, data.toString('latin1')));
    });
    await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async function firstError(url: string): Promise<{ code?: string; message?: string }> {
    await using cluster = await connect({ server: url, token: 'very-secret' });
    const things = new Reflector(cluster, Thing, { streaming: false });
    const failed = new Promise<{ code?: string; message?: string }>((resolve) => {
      things.on('status', ({ lastError }) => {
        if (lastError !== undefined) resolve(lastError);
      });
    });
    return await failed;
  }

  it('headers without an end are cut off, and said in status', async () => {
    let written = 0;
    const url = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = (): void => {
        if (socket.destroyed || written > 10_000_000) return;
        written += 10_000;
        socket.write(`x-${written}: ${'h'.repeat(10_000)}\r\n`, more);
      };
      more();
    });
    expect((await firstError(url)).code).toMatch(/protocol|unreachable/);
    expect(written).toBeLessThan(5_000_000);
  });

  it('a redirect to another host is not followed, and the credentials go nowhere', async () => {
    const thief: string[] = [];
    const other = createServer((socket) => socket.on('data', (data) => thief.push(data.toString('latin1'))));
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const requests: string[] = [];
    const url = await serve((socket, request) => {
      requests.push(request);
      socket.end(
        `HTTP/1.1 307 Temporary Redirect\r\nlocation: http://localhost:${port}/steal?x=1\r\ncontent-length: 0\r\n\r\n`,
      );
    });
    const error = await firstError(url);
    other.close();
    expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining(`localhost:${port}`) });
    expect(requests[0]).toContain('Bearer very-secret');
    expect([thief, JSON.stringify(error).includes('very-secret')]).toEqual([[], false]);
  });

  it('an answer of another protocol is an error, not a hang', async () => {
    const url = await serve((socket) => socket.write('220 mail.example.com ESMTP\r\n'));
    expect((await firstError(url)).code).toMatch(/protocol|unreachable/);
  });

  it('ready tells it as a KubeError', async () => {
    const url = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>'));
    await using cluster = await connect({ server: url });
    const things = new Reflector(cluster, Thing, { streaming: false });
    const error: unknown = await things.ready({ timeoutMs: 300 }).catch((thrown: unknown) => thrown);
    expect(isKubeError(error) && error.code).toBe('timeout');
  });
});
