import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../tests/support/kube-failure.js';
import type { Cluster } from '../cluster.js';
import type { Transport, TransportResponse } from '../io/transport.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createCluster } from './create-cluster.js';

interface Answer {
  readonly status: number;
  readonly retryAfter?: string;
}

/** Answers with these, the last again and again; remembers when it was asked. */
function scene(...answers: Answer[]): {
  clock: FakeClock;
  cluster: Cluster;
  askedAt: number[];
  send: (method: string, o?: { signal?: AbortSignal; timeoutMs?: number }) => Promise<unknown>;
} {
  const clock = new FakeClock();
  const askedAt: number[] = [];
  const request: Transport['request'] = async () => {
    const { status, retryAfter } = answers[Math.min(askedAt.length, answers.length - 1)] as Answer;
    askedAt.push(clock.now());
    const response: TransportResponse = {
      status,
      headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
      body: (async function* () {
        yield new TextEncoder().encode('{"ok":true}');
      })(),
    };
    return response;
  };
  const cluster = createCluster({ server: 'https://host', transport: { request }, clock });
  const send = async (method: string, o: { signal?: AbortSignal; timeoutMs?: number } = {}): Promise<unknown> => {
    let result: unknown;
    void cluster.request({ method, path: '/x', ...o }).then(
      (value) => (result = value),
      (error: unknown) => (result = error),
    );
    for (let i = 0; i < 1000; i++) {
      if (result !== undefined) break;
      await clock.advance(100);
    }
    return result;
  };
  return { clock, cluster, askedAt, send };
}

const ok = { status: 200 };

describe('an answer that says: later', () => {
  it.each([429, 500, 502, 503, 504])('%d to a read is asked again after growing pauses', async (status) => {
    const { askedAt, send } = scene({ status }, { status }, ok);
    expect(await send('GET')).toEqual({ ok: true });
    const pauses = askedAt.slice(1).map((at, i) => at - (askedAt[i] ?? 0));
    expect(pauses[0]).toBeGreaterThanOrEqual(100);
    expect(pauses[1]).toBeGreaterThanOrEqual(300);
  });

  it('four times at most, then it is the error', async () => {
    const { askedAt, send } = scene({ status: 503 });
    expect(await send('GET')).toMatchObject({ code: 'server', status: 503 });
    expect(askedAt).toHaveLength(4);
  });

  it.each([
    ['GET', '2'],
    ['PUT', '2'],
    ['DELETE', '2'],
    ['GET', new Date(new FakeClock().wallNow() + 2000).toUTCString()],
  ])('E3: Retry-After is a lower bound: %s, %s', async (method, retryAfter) => {
    const { askedAt, send } = scene({ status: 429, retryAfter }, ok);
    expect(await send(method)).toEqual({ ok: true });
    expect((askedAt[1] ?? 0) - (askedAt[0] ?? 0)).toBeGreaterThanOrEqual(retryAfter === '2' ? 2000 : 1000);
  });

  it.each<[string, Answer, string]>([
    ['POST', { status: 503, retryAfter: '1' }, 'it may have been created'],
    ['POST', { status: 429, retryAfter: '1' }, 'an eviction that is refused is for the caller'],
    ['PATCH', { status: 500, retryAfter: '1' }, 'it may have been patched'],
    ['PUT', { status: 500 }, 'the server does not say that it may be sent again'],
    ['DELETE', { status: 504 }, 'the server does not say that it may be sent again'],
    ['GET', { status: 501 }, 'later is no better'],
    ['GET', { status: 404, retryAfter: '1' }, 'it is an answer'],
    ['GET', { status: 429, retryAfter: '61' }, 'nobody waits that long unasked'],
  ])('%s is not sent again after %j: %s', async (method, answer, _why) => {
    const { askedAt, send } = scene(answer, ok);
    expect(await send(method)).toMatchObject({ status: answer.status });
    expect(askedAt).toHaveLength(1);
  });

  it('ends with the caller’s signal or time while it waits, and leaves no timer', async () => {
    for (const [o, code] of [
      [{ timeoutMs: 1000 }, 'timeout'],
      [{ signal: AbortSignal.abort() }, 'aborted'],
    ] as const) {
      const { clock, send } = scene({ status: 429, retryAfter: '30' });
      expect(await send('GET', o)).toMatchObject({ code });
      expect(clock.pending).toBe(0);
    }
  });

  it('D3: ends with the cluster while it waits, and leaves no timer', async () => {
    const { clock, cluster, askedAt } = scene({ status: 429, retryAfter: '30' });
    const pending = codeOf(cluster.request({ path: '/x' }));
    await clock.advance(1000);
    expect(clock.pending).toBe(1);
    await cluster.close();
    expect(clock.pending).toBe(0);
    expect(await pending).toBe('stopped');
    expect(askedAt).toHaveLength(1);
  });
});
