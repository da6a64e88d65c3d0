import { describe, expect, it, vi } from 'vitest';
import { Foo, foo, server } from '../../../tests/support/foo-client.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ScriptedTransport } from '../../../tests/support/scripted-transport.js';
import { createBodyQueue } from '../io/body-queue.js';
import type { Transport } from '../io/transport.js';
import { FakeClock } from '../testing/fake-clock.js';
import { createCluster } from './create-cluster.js';
import type { Credentials } from './credentials.js';
import { KubeError } from '../errors.js';

/** A cluster whose server refuses the credentials that it is asked with; `refresh` is how new ones are got. */
function refused(refresh: Credentials['refresh']) {
  const clock = new FakeClock();
  const onLeave = vi.fn<() => void>();
  const body: AsyncIterableIterator<Uint8Array> = {
    next: () => new Promise(() => undefined),
    return: async () => {
      onLeave();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => body,
  };
  const request = vi.fn<Transport['request']>(async () => ({ status: 401, headers: {}, body }));
  const headers = vi.fn<Credentials['headers']>(async () => ({ authorization: 'Bearer abc' }));
  const cluster = createCluster(
    { server: 'https://host', transport: { request }, clock },
    { credentials: { headers, refresh } },
  );
  return { cluster, clock, onLeave, request, headers };
}

describe('E7: new credentials after a 401', () => {
  it('that cannot be had leave no answer unread', async () => {
    const { cluster, onLeave } = refused(() => Promise.reject(new KubeError('credentials', 'no more')));
    expect(await failure(cluster.request({ path: '/version' }))).toMatchObject({ code: 'credentials' });
    expect(onLeave).toHaveBeenCalledOnce();
  });

  it('that never come end with the time, the signal and the cluster', async () => {
    const { cluster, clock, onLeave } = refused(() => new Promise(() => undefined));
    const late = failure(cluster.request({ path: '/version', timeoutMs: 1000 }));
    await clock.advance(1000);
    const turn = clock.advance(0).then(() => 'waits');
    expect(await Promise.race([late, turn])).toMatchObject({ code: 'timeout' });
    const closed = failure(cluster.request({ path: '/version' }));
    await clock.advance(0);
    await cluster.close();
    expect(await Promise.race([closed, clock.advance(0).then(() => 'waits')])).toMatchObject({ code: 'stopped' });
    expect(onLeave).toHaveBeenCalledTimes(2);
  });
});

describe('D5: a signal that has fired', () => {
  it('asks for no credentials', async () => {
    const { cluster, headers } = refused(() => Promise.resolve(false));
    const signal = AbortSignal.abort();
    expect(await failure(cluster.request({ path: '/version', signal }))).toMatchObject({ code: 'aborted' });
    expect(headers).not.toHaveBeenCalled();
  });
});

describe('D3: closing a cluster', () => {
  it.each(['stream', 'text'] as const)('ends a body that is being read, over any transport: %s', async (as) => {
    const transport = new ScriptedTransport();
    const clock = new FakeClock();
    const cluster = createCluster({ server: 'https://host', transport, clock });
    const read = async (): Promise<unknown> => {
      const got = await cluster.request<AsyncIterable<Uint8Array> | string>({ path: '/log', as });
      return typeof got === 'string' ? got : got[Symbol.asyncIterator]().next();
    };
    const reading = failure(read());
    await clock.advance(0);
    transport.last.open();
    await clock.advance(0);
    await cluster.close();
    expect(await Promise.race([reading, clock.advance(0).then(() => 'waits')])).toMatchObject({ code: 'stopped' });
    expect(transport.last.signal.aborted).toBe(true);
  });
});

describe('a body that is read as a stream', () => {
  /** Bodies of our own transports, which use one buffer again and again. */
  async function streaming(): Promise<{
    read: () => Promise<IteratorResult<Uint8Array>>;
    send: (byte: number) => void;
  }> {
    const buffer = new Uint8Array(1);
    const queue = createBodyQueue({ onTaken: () => undefined, onLeft: () => undefined });
    const request: Transport['request'] = async () => ({ status: 200, headers: {}, body: queue.body });
    const cluster = createCluster({ server: 'https://host', transport: { request }, clock: new FakeClock() });
    const stream = await cluster.request<AsyncIterable<Uint8Array>>({ path: '/log', as: 'stream' });
    const reader = stream[Symbol.asyncIterator]();
    return {
      read: () => reader.next(),
      send: (byte) => {
        buffer[0] = byte;
        queue.push(buffer);
      },
    };
  }

  it('gives chunks that may be kept', async () => {
    const { read, send } = await streaming();
    const kept: unknown[] = [];
    for (const byte of [1, 2, 3]) {
      send(byte);
      kept.push((await read()).value);
    }
    expect(kept).toEqual([Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]);
  });

  it('answers each `next`, also when several are asked for at once', async () => {
    const { read, send } = await streaming();
    const [one, two] = [read(), read()];
    send(1);
    expect((await one).value).toEqual(Uint8Array.of(1));
    send(2);
    expect((await two).value).toEqual(Uint8Array.of(2));
  });
});

describe('W3: a raw watch', () => {
  it('tells what came before a line that is no event, wherever the bytes are cut', async () => {
    const good = `${JSON.stringify({ type: 'ADDED', object: foo })}\n`;
    const { cluster } = server({ chunks: [`${good}${good}no event\n`] });
    const types: string[] = [];
    const watching = (async () => {
      for await (const { type } of cluster.resource(Foo).watch()) types.push(type);
    })();
    expect(await failure(watching)).toMatchObject({ code: 'protocol' });
    expect(types).toEqual(['ADDED', 'ADDED']);
  });
});
