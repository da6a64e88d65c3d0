import { describe, expect, it, vi } from 'vitest';
import type { Transport, TransportResponse } from '../io/transport.js';
import { FakeClock } from '../testing/fake-clock.js';
import { KubeError } from '../errors.js';
import { createCluster, type ClusterOptions } from './create-cluster.js';
import { createListSlots } from './list-slots.js';
import { parseWarnings } from './warnings.js';

function answer(
  status: number,
  o: { headers?: Record<string, string>; text?: string; onLeave?: () => void } = {},
): TransportResponse {
  const chunks = [new TextEncoder().encode(o.text ?? '{}')];
  const body: AsyncIterableIterator<Uint8Array> = {
    next: async () => {
      const value = chunks.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    return: async () => {
      o.onLeave?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => body,
  };
  return { status, headers: o.headers ?? {}, body };
}

function clusterOf(request: Transport['request'], o: Partial<ClusterOptions> = {}): ReturnType<typeof createCluster> {
  return createCluster({ server: 'https://host', transport: { request }, clock: new FakeClock(), ...o });
}

const never: Transport['request'] = () => new Promise(() => undefined);

describe('a request of a cluster', () => {
  it('ends when the signal fires although the transport does not hear it, and leaves a late answer', async () => {
    const onLeave = vi.fn<() => void>();
    let settle: ((response: TransportResponse) => void) | undefined;
    const cluster = clusterOf(() => new Promise((resolve) => (settle = resolve)));
    const controller = new AbortController();
    const pending = cluster.request({ path: '/version', signal: controller.signal });
    await expect.poll(() => settle).toBeDefined();
    controller.abort(new Error('mine'));
    await expect(pending).rejects.toMatchObject({ code: 'aborted', cause: { message: 'mine' } });
    settle?.(answer(200, { onLeave }));
    await expect.poll(() => onLeave).toHaveBeenCalledOnce();
  });

  it('times out, for a stream only until its head is there', async () => {
    const clock = new FakeClock();
    const cluster = clusterOf(never, { clock });
    const pending = cluster.request({ path: '/version', timeoutMs: 1000 }).catch((error: unknown) => error);
    await clock.advance(1000);
    expect(await pending).toMatchObject({
      code: 'timeout',
      message: 'GET /version at https://host took longer than 1000 ms',
    });
    const streaming = clusterOf(async () => answer(200, { text: 'abc' }), { clock });
    const stream = await streaming.request<AsyncIterable<Uint8Array>>({ path: '/x', as: 'stream', timeoutMs: 1000 });
    await clock.advance(5000);
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks).toHaveLength(1);
  });

  it('gives text, bytes, JSON or nothing', async () => {
    const cluster = clusterOf(async ({ path }) => answer(200, { text: path === '/empty' ? '' : '{"a":1}' }));
    expect(await cluster.request({ path: '/x' })).toEqual({ a: 1 });
    expect(await cluster.request({ path: '/x', as: 'text' })).toBe('{"a":1}');
    expect(await cluster.request({ path: '/x', as: 'bytes' })).toEqual(new TextEncoder().encode('{"a":1}'));
    expect(await cluster.request({ path: '/empty' })).toBeUndefined();
  });

  it('an answer that is no JSON is a protocol error that does not quote it', async () => {
    const cluster = clusterOf(async () => answer(200, { text: 'hunter2' }));
    const error: unknown = await cluster.request({ path: '/x' }).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'protocol' });
    expect(String(error) + String((error as Error).cause)).not.toContain('hunter2');
  });

  const wrong = ['version', '//evil.example/x', '', '/a/..', '/../x', '/a/./x', '/..?a=b'];
  // `fetch` reads these as the way up, too.
  const disguised = ['/%2e%2e/x', '/.%2E/x', '/..\\x', '/\\..', '/a/..#', '/\t../x', '/.\n./x'];
  it.each([...wrong, ...disguised])('the path %j is a usage error', async (path) => {
    await expect(clusterOf(never).request({ path })).rejects.toMatchObject({ code: 'usage' });
  });

  it('a query may hold what would be the way up in a path', async () => {
    const asked: string[] = [];
    const cluster = clusterOf(async ({ path }) => (asked.push(path), answer(200)));
    for (const path of ['/x?a=/../b', '/x?a=/%2e%2e', '/x..y/...?a']) await cluster.request({ path });
    expect(asked).toEqual(['/x?a=/../b', '/x?a=/%2e%2e', '/x..y/...?a']);
  });

  it('a query is added to the path, and what is no scalar is a usage error', async () => {
    const paths: string[] = [];
    const cluster = clusterOf(async ({ path }) => {
      paths.push(path);
      return answer(200);
    });
    await cluster.request({ path: '/x?a=1', query: { b: ['x y', true], c: undefined, d: 0 } });
    expect(paths).toEqual(['/x?a=1&b=x%20y&b=true&d=0']);
    await expect(cluster.request({ path: '/x', query: { a: {} } })).rejects.toMatchObject({ code: 'usage' });
  });

  it('headers of the request count before those of the cluster, whatever their case', async () => {
    const seen: Record<string, string>[] = [];
    const cluster = clusterOf(
      async ({ headers }) => {
        seen.push(headers);
        return answer(200);
      },
      { userAgent: 'me/1', token: 'abc' },
    );
    await cluster.request({
      method: 'POST',
      path: '/x',
      headers: { Accept: 'text/plain', AUTHORIZATION: 'Bearer own' },
      body: 'text',
    });
    expect(seen).toEqual([
      { accept: 'text/plain', 'user-agent': 'me/1', authorization: 'Bearer own', 'content-type': 'application/json' },
    ]);
  });

  it('a provider of tokens that fails or gives none is a credentials error', async () => {
    const reason = new Error('vault is sealed');
    for (const token of [() => Promise.reject(reason), () => '', () => 'a b', () => 7 as unknown as string]) {
      const cluster = clusterOf(never, { token });
      await expect(cluster.request({ path: '/x' })).rejects.toMatchObject({ code: 'credentials' });
    }
    await expect(
      clusterOf(never, { token: () => Promise.reject(reason) }).request({ path: '/x' }),
    ).rejects.toMatchObject({ cause: reason });
    const own = new KubeError('aborted', 'given up');
    await expect(clusterOf(never, { token: () => Promise.reject(own) }).request({ path: '/x' })).rejects.toBe(own);
  });

  it('E7: a 401 asks the provider again and sends once more', async () => {
    const tokens = ['old', 'new'];
    const seen: (string | undefined)[] = [];
    const onLeave = vi.fn<() => void>();
    const cluster = clusterOf(
      async ({ headers }) => {
        seen.push(headers['authorization']);
        return answer(headers['authorization'] === 'Bearer new' ? 200 : 401, { onLeave });
      },
      { token: () => tokens.shift() ?? 'none' },
    );
    await cluster.request({ path: '/x' });
    expect(seen).toEqual(['Bearer old', 'Bearer new']);
    expect(onLeave).toHaveBeenCalledOnce();
  });

  it.each([301, 302, 303, 307, 308])(
    'E12: a redirect (%i) is unreachable, names the origin only, and its body is left',
    async (status) => {
      const onLeave = vi.fn<() => void>();
      const cluster = clusterOf(async () =>
        answer(status, { headers: { location: 'https://u:hunter2@login.example/path?code=hunter2' }, onLeave }),
      );
      const error: unknown = await cluster.request({ path: '/x' }).catch((error: unknown) => error);
      expect(error).toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining(`redirects to https://login.example (${status})`),
      });
      expect(String(error)).not.toContain('hunter2');
      expect(onLeave).toHaveBeenCalledOnce();
    },
  );

  it('a cut connection asks whether TLS is meant, but not once the server has answered', async () => {
    let isCut = true;
    const request = async (): Promise<TransportResponse> => {
      if (isCut) throw Object.assign(new Error('read'), { code: 'ECONNRESET' });
      return answer(200);
    };
    const cluster = createCluster({ server: 'http://host', transport: { request } });
    await expect(cluster.request({ path: '/x' })).rejects.toThrow('Does it want TLS?');
    isCut = false;
    await cluster.request({ path: '/x' });
    isCut = true;
    await expect(cluster.request({ path: '/x' })).rejects.toThrow(/was cut \(ECONNRESET\)$/);
  });

  it('each warning of the server is told once', async () => {
    const warn = vi.fn<(message: string) => void>();
    const silent = (): void => undefined;
    const warning = '299 - "v1beta1 Foo is deprecated", 299 - "say \\"no\\""';
    const cluster = clusterOf(async () => answer(200, { headers: { warning } }), {
      logger: { debug: silent, info: silent, warn },
    });
    await cluster.request({ path: '/x' });
    await cluster.request({ path: '/x' });
    expect(warn.mock.calls).toEqual([['v1beta1 Foo is deprecated'], ['say "no"']]);
    expect(parseWarnings('nonsense "')).toEqual([]);
  });

  it('of many different warnings no more than some hundreds are remembered', async () => {
    const told: string[] = [];
    const logger = { debug: () => undefined, info: () => undefined, warn: (text: string) => void told.push(text) };
    let n = 0;
    const cluster = clusterOf(async () => answer(200, { headers: { warning: `299 - "w${n}"` } }), { logger });
    for (n = 0; n < 201; n += 1) await cluster.request({ path: '/x' });
    expect(told).toHaveLength(201);
    n = 200;
    await cluster.request({ path: '/x' });
    expect(told).toHaveLength(201);
    n = 0;
    await cluster.request({ path: '/x' });
    expect(told.slice(201)).toEqual(['w0']);
  });

  it.each([
    [{ signal: {} }, /^signal must be an AbortSignal/],
    [{ timeoutMs: Number.NaN }, /^timeoutMs is a number of milliseconds, not NaN/],
    [{ timeoutMs: '5s' }, /^timeoutMs is a number of milliseconds, not "5s"/],
  ])('a request with %j is refused, and not sent', async (wrong, message) => {
    let sent = 0;
    const cluster = clusterOf(async () => {
      sent++;
      return answer(200);
    });
    const refused = cluster.request({ path: '/x', ...(wrong as object) });
    await expect(refused).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
    expect(sent).toBe(0);
  });

  it.each([
    [{ server: undefined }, 'server must be the address of an API server'],
    [{ transport: undefined }, 'transport must be one: fromFetch(fetch), or your own'],
    [{ signal: 'now' }, 'signal must be an AbortSignal'],
  ])('a cluster with %j is refused', (wrong, message) => {
    const given = { server: 'http://host', transport: { request: never }, ...wrong } as unknown as ClusterOptions;
    expect(() => createCluster(given)).toThrow(expect.objectContaining({ code: 'usage', message }));
  });

  it('a logger that throws makes no request fail', async () => {
    const fail = (): never => {
      throw new Error('no disk');
    };
    const cluster = clusterOf(async () => answer(200, { headers: { warning: '299 - "old"' } }), {
      logger: { debug: fail, info: fail, warn: fail },
    });
    await expect(cluster.request({ path: '/x' })).resolves.toBeDefined();
  });

  it('closing ends what is pending and refuses what comes', async () => {
    const cluster = clusterOf(never);
    const pending = cluster.request({ path: '/x' }).catch((error: unknown) => error);
    await cluster.close();
    expect(await pending).toMatchObject({ code: 'stopped' });
    await expect(cluster.request({ path: '/x' })).rejects.toMatchObject({ code: 'stopped' });
  });

  it('the signal of the cluster closes it', async () => {
    const controller = new AbortController();
    const cluster = clusterOf(never, { signal: controller.signal });
    controller.abort();
    await cluster.close();
    await expect(cluster.request({ path: '/x' })).rejects.toMatchObject({ code: 'stopped' });
  });

  it('D5: a cluster whose signal has fired already is closed from the start', async () => {
    const cluster = clusterOf(never, { signal: AbortSignal.abort() });
    await expect(cluster.request({ path: '/x' })).rejects.toMatchObject({ code: 'stopped' });
    await expect(cluster.close()).resolves.toBeUndefined();
  });
});

describe('places for initial lists', () => {
  it('E11: so many run at once, the others wait in line, and one that gives up leaves it', async () => {
    const acquire = createListSlots(2);
    const { signal } = new AbortController();
    const order: string[] = [];
    const take = async (name: string, own: AbortSignal = signal): Promise<() => void> => {
      const release = await acquire(own);
      order.push(name);
      return release;
    };
    const a = await take('a');
    await take('b');
    const gone = new AbortController();
    const c = take('c', gone.signal);
    const d = take('d');
    gone.abort(new Error('gave up'));
    await expect(c).rejects.toThrow('gave up');
    expect(order).toEqual(['a', 'b']);
    a();
    a();
    await d;
    expect(order).toEqual(['a', 'b', 'd']);
    const e = take('e');
    const none = new AbortController();
    none.abort(new Error('before'));
    await expect(acquire(none.signal)).rejects.toThrow('before');
    (await d)();
    await e;
    expect(order.at(-1)).toBe('e');
  });

  it('maxInitialLists must be a whole number from 1', () => {
    for (const maxInitialLists of [0, -1, 1.5, Number.NaN]) {
      expect(() => clusterOf(never, { maxInitialLists })).toThrow(/maxInitialLists/);
    }
  });
});
