import { once } from 'node:events';
import { constants, sensitiveHeaders, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { serveConnectProxy } from '../../../tests/support/test-proxies.js';
import { closeServersAfterEach, serveHttp2, serveHttps } from '../../../tests/support/test-servers.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, text } from '../../../tests/support/transport-calls.js';
import { FakeClock } from '../testing/fake-clock.js';
import { local, connectTo, serve, watches, watch } from '../../../tests/support/http2-scene.js';

closeServersAfterEach();

describe('requests over HTTP/2', () => {
  it('carry method, path below the prefix, headers, repeated headers and body', async () => {
    const { transport } = await serve(
      (stream, headers) => {
        let body = '';
        stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
        stream.on('end', () => {
          stream.respond({ ':status': 201, warning: '299 - "a"', 'x-one': '1' });
          stream.end(JSON.stringify({ ...headers, body }));
        });
      },
      { prefix: '/k8s' },
    );
    const response = await ask(transport, {
      method: 'PUT',
      path: '/api?a=1',
      headers: { 'Content-Type': 'application/json', 'Impersonate-Group': 'a, b', connection: 'close', host: 'evil' },
      repeatedHeaders: [['impersonate-group', 'c']],
      body: new TextEncoder().encode('{"é":1}'),
    });
    expect(response).toMatchObject({ status: 201, headers: { 'x-one': '1', warning: '299 - "a"' } });
    expect(Object.keys(response.headers).filter((name) => name.startsWith(':'))).toEqual([]);
    expect(JSON.parse(await text(response))).toMatchObject({
      ':method': 'PUT',
      ':path': '/k8s/api?a=1',
      'content-type': 'application/json',
      'impersonate-group': 'a, b, c',
      'content-length': '8',
      body: '{"é":1}',
    });
  });

  it.each([{ path: '/a b' }, { headers: { 'a\r\nb': 'c' } }, { headers: { a: 'b\r\nc' } }, { method: 'get' }])(
    'that would become others are refused: %j',
    async (bad) => {
      const clock = new FakeClock();
      const { transport } = await serve(watches, { clock });
      await ask(transport).then(text);
      expect(await failure(ask(transport, bad))).toMatchObject({ code: 'usage' });
      // Nor do they count as running, which would keep the process alive.
      await expect.poll(() => clock.pending).toBe(0);
    },
  );

  it('T12: keep a token out of the table that packs headers', async () => {
    let kept: unknown;
    const { transport } = await serve((stream, headers: Record<string | symbol, unknown>) => {
      kept = headers[sensitiveHeaders];
      stream.respond({ ':status': 200 }, { endStream: true });
    });
    await ask(transport, { headers: { Authorization: 'Bearer x', accept: 'y' } }).then(text);
    expect(kept).toEqual(['authorization']);
  });

  it('T9: in sequence and at once use one session, that opens once', async () => {
    const { transport, sessions } = await serve(watches);
    const answers = await Promise.all(Array.from({ length: 9 }, async () => text(await ask(transport))));
    for (let i = 0; i < 20; i++) answers.push(await text(await ask(transport)));
    expect(new Set(answers)).toEqual(new Set(['ok']));
    expect(sessions).toHaveLength(1);
  });

  it('T9: a hundred watches share two sessions, so that one lost connection does not silence all', async () => {
    const { transport, sessions } = await serve(watches);
    await Promise.all(Array.from({ length: 100 }, () => watch(transport)));
    expect(sessions).toHaveLength(2);
  });

  it('T9: ten watches are content with one', async () => {
    const { transport, sessions } = await serve(watches);
    for (let i = 0; i < 10; i++) await watch(transport);
    await text(await ask(transport, { path: '/list' }));
    expect(sessions.length).toBeLessThanOrEqual(2);
    expect(sessions[0]).toBeDefined();
  });

  it('T10: more streams than the server allows at once go over further sessions', async () => {
    const open = new Map<Http2Session, number>();
    let most = 0;
    const { transport, sessions } = await serve(
      (stream, headers) => {
        const { session } = stream;
        if (session === undefined) throw new Error('a stream without session');
        const count = (open.get(session) ?? 0) + 1;
        most = Math.max(most, count);
        open.set(session, count);
        watches(stream, headers);
      },
      { serving: { settings: { maxConcurrentStreams: 2 } } },
    );
    await Promise.all(Array.from({ length: 7 }, () => watch(transport)));
    expect([sessions.length, most]).toEqual([4, 2]);
  });

  it('T11: a server that does not offer HTTP/2 is spoken to in HTTP/1.1, over the connection that found out', async () => {
    const { url, server } = await serveHttps((request, response) => response.end(request.httpVersion), local);
    let connections = 0;
    server.on('secureConnection', () => connections++);
    const transport = connectTo(url);
    for (let i = 0; i < 3; i++) expect(await text(await ask(transport))).toBe('1.1');
    expect(await failure(ask(transport, { path: '/a b' }))).toMatchObject({ code: 'usage' });
    expect(await text(await ask(transport))).toBe('1.1');
    expect(connections).toBe(1);
    expect(await Promise.all(Array.from({ length: 5 }, async () => text(await ask(transport))))).toHaveLength(5);
  });

  it('HTTP/2 can be turned off', async () => {
    const { url, server, sessions } = await serveHttp2(() => undefined, { ...local, allowHTTP1: true });
    server.on('request', (request, response) => response.end(request.httpVersion));
    expect(await text(await ask(connectTo(url, { http2: false })))).toBe('1.1');
    expect(await text(await ask(connectTo(url)))).toBe('2.0');
    expect(sessions).toHaveLength(1);
  });

  it('T7: go through a proxy', async () => {
    const { url, sessions } = await serveHttp2(watches, local);
    const proxy = await serveConnectProxy();
    const transport = connectTo(url, { proxyUrl: proxy.url });
    await Promise.all([watch(transport), watch(transport)]);
    expect([sessions.length, proxy.asked.length]).toEqual([1, 1]);
  });
});

describe('bodies over HTTP/2', () => {
  it('come when the server sends them, and end', async () => {
    let answer: ServerHttp2Stream | undefined;
    const { transport } = await serve((stream, headers) => watches((answer = stream), headers));
    const { next } = await watch(transport);
    answer?.write('two');
    expect(await next()).toBe('two');
    answer?.end();
    expect(await next()).toBeUndefined();
    expect(await next()).toBeUndefined();
  });

  it('W19: gzip is told at each flush', async () => {
    let answer: ServerHttp2Stream | undefined;
    const { transport } = await serve((stream) => {
      answer = stream;
      stream.respond({ ':status': 200, 'content-encoding': 'gzip' });
      stream.write(gzipSync('line\n'));
    });
    const { next } = await watch(transport);
    answer?.end(gzipSync('two'));
    expect([await next(), await next()]).toEqual(['two', undefined]);
  });

  it('an answer to HEAD has none that could be unpacked', async () => {
    const { transport } = await serve((stream) => stream.respond({ ':status': 200, 'content-encoding': 'gzip' }));
    expect(await text(await ask(transport, { method: 'HEAD' }))).toBe('');
  });

  it('another encoding, that was not asked for, is a protocol error', async () => {
    const { transport } = await serve((stream) => {
      stream.respond({ ':status': 200, 'content-encoding': 'br' });
      stream.end('x');
    });
    expect(await failure(ask(transport))).toMatchObject({ code: 'protocol', message: expect.stringContaining('br') });
  });

  it('of many megabytes come whole to a slow reader, while other streams go on', async () => {
    const piece = Buffer.alloc(256 * 1024, 'x');
    const { transport, sessions } = await serve(
      (stream, headers) => {
        if (headers[':path'] !== '/list') return watches(stream, headers);
        stream.respond({ ':status': 200 });
        for (let i = 0; i < 160; i++) stream.write(piece);
        stream.end();
      },
      { serving: { maxSessionMemory: 1000 } },
    );
    const list = await ask(transport, { path: '/list' });
    let size = 0;
    for await (const chunk of list.body) {
      if (size === 0) for (let i = 0; i < 20; i++) expect(await text(await ask(transport))).toBe('ok');
      size += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([size, sessions.length]).toEqual([160 * piece.length, 1]);
  });

  it('that are shorter than they said are an error', async () => {
    const { transport } = await serve((stream) => {
      stream.respond({ ':status': 200, 'content-length': '10' });
      stream.end('hello');
    });
    const error = await failure(ask(transport).then(text));
    expect(['unreachable', 'protocol']).toContain(error.code);
  });

  it('RST_STREAM ends its stream with an error after what came, and no other', async () => {
    const streams: ServerHttp2Stream[] = [];
    const { transport, sessions } = await serve((stream, headers) => {
      streams.push(stream);
      watches(stream, headers);
    });
    const one = await watch(transport);
    const other = await watch(transport);
    streams[0]?.destroy(new Error('broken'));
    expect(await failure(one.next())).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('INTERNAL_ERROR'),
    });
    streams[1]?.write('goes on');
    expect(await other.next()).toBe('goes on');
    expect(sessions).toHaveLength(1);
  });

  it('that are aborted or left cost their stream only', async () => {
    const closed: Promise<unknown>[] = [];
    const { transport, sessions } = await serve((stream, headers) => {
      closed.push(once(stream, 'close'));
      watches(stream, headers);
    });
    const controller = new AbortController();
    const aborted = await watch(transport, { signal: controller.signal });
    const left = await watch(transport);
    const pending = failure(aborted.next());
    controller.abort();
    expect(await pending).toMatchObject({ code: 'aborted' });
    await left.leave();
    await Promise.all(closed);
    expect(await text(await ask(transport))).toBe('ok');
    expect(sessions).toHaveLength(1);
  });
});

describe('D3: a body over HTTP/2 that the server has ended, and that nobody reads to its end', () => {
  const piece = Buffer.alloc(256 * 1024, 'x');

  /** An answer of 3 MB that has come, more than a stream takes before it is held. */
  async function unread(clock: FakeClock, signal?: AbortSignal): Promise<AsyncIterator<Uint8Array>> {
    let ended: Promise<unknown> | undefined;
    const { transport } = await serve(
      (stream, headers) => {
        if (headers[':path'] !== '/list') return watches(stream, headers);
        ended = once(stream, 'close');
        stream.respond({ ':status': 200 });
        for (let i = 0; i < 12; i++) stream.write(piece);
        stream.end();
      },
      { clock },
    );
    const { body } = await ask(transport, { path: '/list', ...(signal === undefined ? {} : { signal }) });
    await ended;
    await ask(transport).then(text); // what the server said before has come
    return body[Symbol.asyncIterator]();
  }

  it('counts no longer as running when its reader leaves: the process may end', async () => {
    const clock = new FakeClock();
    const body = await unread(clock);
    expect((await body.next()).done).toBe(false);
    await body.return?.();
    await expect.poll(() => clock.pending).toBe(0);
  });

  it('is an error when it is aborted, not whole, and counts no longer as running', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const body = await unread(clock, controller.signal);
    controller.abort();
    await expect.poll(() => clock.pending).toBe(0);
    const read = async (): Promise<void> => {
      while ((await body.next()).done !== true);
    };
    expect(await failure(read())).toMatchObject({ code: 'aborted' });
  });
});

describe('a request that the server refused', () => {
  it.each(['GET', 'POST'])('without looking at it is sent again: %s', async (method) => {
    let asked = 0;
    const { transport } = await serve((stream, headers) => {
      if (++asked < 3) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else watches(stream, headers);
    });
    expect(await text(await ask(transport, { method, body: new TextEncoder().encode('x') }))).toBe('ok');
    expect(asked).toBe(3);
  });

  it('again and again is an error', async () => {
    let asked = 0;
    const { transport } = await serve((stream) => {
      asked++;
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
    });
    expect(await failure(ask(transport))).toMatchObject({ code: 'unreachable' });
    expect(asked).toBe(5);
  });

  it('or perhaps not, is not sent again when it writes', async () => {
    const seen: string[] = [];
    const { transport, sessions } = await serve((stream, headers) => {
      seen.push(`${headers[':method']}`);
      if (headers[':method'] === 'POST') stream.session?.destroy();
      else if (seen.filter((method) => method === 'GET').length === 2) stream.session?.destroy();
      else watches(stream, headers);
    });
    expect(await text(await ask(transport))).toBe('ok');
    expect(await text(await ask(transport))).toBe('ok'); // the second GET is lost with its session, and sent again
    expect(await failure(ask(transport, { method: 'POST' }))).toMatchObject({ code: 'unreachable' });
    expect(seen).toEqual(['GET', 'GET', 'GET', 'POST']);
    expect(sessions).toHaveLength(2);
  });
});
