import { once } from 'node:events';
import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { closeServersAfterEach, afterwards, listen, serveHttp2 } from '../../../tests/support/test-servers.js';
import { failure } from '../../../tests/support/kube-failure.js';
import { ask, text } from '../../../tests/support/transport-calls.js';
import { FakeClock } from '../testing/fake-clock.js';
import type { TransportResponse } from './transport.js';
import { authority, local, connectTo, serve, watches, watch } from '../../../tests/support/http2-scene.js';

closeServersAfterEach();

describe('sessions', () => {
  it('T10: GOAWAY lets what runs go on, and what comes opens another', async () => {
    const streams: ServerHttp2Stream[] = [];
    const { transport, sessions } = await serve((stream, headers) => {
      streams.push(stream);
      watches(stream, headers);
    });
    const { next } = await watch(transport);
    sessions[0]?.goaway(constants.NGHTTP2_NO_ERROR);
    const opened = async (): Promise<unknown> => text(await ask(transport)).then(() => sessions);
    await expect.poll(opened).toHaveLength(2);
    streams[0]?.write('goes on');
    expect(await next()).toBe('goes on');
  });

  it('T9: a hundred watches are spread evenly over two', async () => {
    const counts = new Map<unknown, number>();
    const { transport } = await serve((stream, headers) => {
      counts.set(stream.session, (counts.get(stream.session) ?? 0) + 1);
      watches(stream, headers);
    });
    await Promise.all(Array.from({ length: 100 }, () => watch(transport)));
    expect(counts.size).toBe(2);
    expect(Math.min(...counts.values())).toBeGreaterThanOrEqual(45);
  });

  it('D5: nothing is sent over one for a request whose signal fired before', async () => {
    let streams = 0;
    const { transport } = await serve((stream, headers) => {
      streams++;
      watches(stream, headers);
    });
    await ask(transport).then(text);
    expect(await failure(ask(transport, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'aborted' });
    await ask(transport).then(text);
    expect(streams).toBe(2);
  });

  it('T10: GOAWAY with an error ends what runs', async () => {
    const { transport, sessions } = await serve(watches);
    const { next } = await watch(transport);
    sessions[0]?.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM);
    expect(await failure(next())).toMatchObject({ code: 'unreachable' });
    expect(await text(await ask(transport))).toBe('ok');
  });

  it('T8: new settings mean a new session, and a watch goes on over the old one', async () => {
    const streams: ServerHttp2Stream[] = [];
    let tls = { ca: authority.ca };
    const served = await serveHttp2((stream, headers) => {
      streams.push(stream);
      watches(stream, headers);
    }, local);
    const transport = connectTo(served.url, { tls: () => tls });
    const { next } = await watch(transport);
    tls = { ca: authority.ca };
    expect(await text(await ask(transport))).toBe('ok');
    expect(served.sessions).toHaveLength(2);
    streams[0]?.write('goes on');
    expect(await next()).toBe('goes on');
    const closed = once(served.sessions[0] as ServerHttp2Session, 'close');
    streams[0]?.end();
    expect(await next()).toBeUndefined();
    await text(await ask(transport));
    await closed;
  });

  it('D3: closing cuts idle and busy ones, and what comes is refused', async () => {
    const { transport, sessions } = await serve(watches);
    const { next } = await watch(transport);
    const closed = once(sessions[0] as ServerHttp2Session, 'close');
    const cut = failure(next());
    await transport.close?.();
    expect((await cut).code).toBe('unreachable');
    await closed;
    expect(await failure(ask(transport))).toMatchObject({ code: 'stopped' });
  });

  it('D5: a request that is given up while the connection opens ends at once, and cuts it when nobody else waits', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    const transport = connectTo(`https://127.0.0.1:${await listen(server)}`);
    const controller = new AbortController();
    const pending = failure(ask(transport, { signal: controller.signal }));
    await once(server, 'connection');
    const closed = once(sockets[0] as Socket, 'close');
    sockets[0]?.resume();
    controller.abort();
    expect(await pending).toMatchObject({ code: 'aborted' });
    await closed;
  });

  it('headers without end are refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-${i}`, 'y'.repeat(1000)]));
    const { transport } = await serve((stream) => stream.respond({ ':status': 200, ...many }), {
      serving: { maxSendHeaderBlockLength: 1_000_000 },
    });
    expect((await failure(ask(transport))).code).toBe('protocol');
  });
});

/** A way between that can fall silent: connections stay, and nothing passes. */
async function serveRelay(to: string): Promise<{ url: string; silence(): void; connections: number }> {
  let silent = false;
  const relay = { url: '', connections: 0, silence: () => void (silent = true) };
  const server = createServer((client) => {
    relay.connections++;
    silent = false; // only what was there before falls silent
    let mute = false;
    const upstream = connect(Number(new URL(to).port), '127.0.0.1');
    afterwards(() => upstream.destroy());
    const pass = (from: Socket, other: Socket): void => {
      from.on('data', (chunk) => {
        mute ||= silent;
        if (!mute) other.write(chunk);
      });
      from.on('error', () => undefined);
      from.on('close', () => other.destroy());
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  relay.url = `https://127.0.0.1:${await listen(server)}`;
  return relay;
}

/** A server that answers the first request of a connection with a line and no end, and never a PING. */
async function serveFrames(): Promise<{ url: string; say(line: string): void; pings(): number }> {
  const [DATA, HEADERS, SETTINGS, PING] = [0, 1, 4, 6];
  let seen = Buffer.alloc(0);
  let answer: Socket | undefined;
  const frame = (type: number, o: { flags?: number; stream?: number; payload?: Uint8Array } = {}): Buffer => {
    const { flags = 0, stream = 0, payload = new Uint8Array(0) } = o;
    return Buffer.concat([Uint8Array.of(0, 0, payload.length, type, flags, 0, 0, 0, stream), payload]);
  };
  const say = (line: string): void => void answer?.write(frame(DATA, { stream: 1, payload: Buffer.from(line) }));
  /** The types of the whole frames after the preface. */
  const types = (): number[] => {
    const found: number[] = [];
    for (let at = 24; at + 9 <= seen.length; at += 9 + seen.readUIntBE(at, 3)) found.push(seen[at + 3] ?? -1);
    return found;
  };
  const server = createTlsServer({ ...local, ALPNProtocols: ['h2'] }, (socket) => {
    socket.on('error', () => undefined).write(frame(SETTINGS));
    socket.on('data', (chunk) => {
      seen = Buffer.concat([seen, chunk]);
      if (answer !== undefined || !types().includes(HEADERS)) return;
      answer = socket;
      socket.write(frame(HEADERS, { flags: 4, stream: 1, payload: Uint8Array.of(0x88) })); // :status 200
      say('line\n');
    });
  });
  const url = `https://127.0.0.1:${await listen(server)}`;
  return { url, say, pings: () => types().filter((type) => type === PING).length };
}

describe('T10: a session that is silent', () => {
  it('is asked after 30 s, and is destroyed when it does not answer in 15 s: its streams end, and others begin anew', async () => {
    const clock = new FakeClock();
    const served = await serveHttp2(watches, local);
    const relay = await serveRelay(served.url);
    const transport = connectTo(relay.url, { clock });
    const { next } = await watch(transport);
    relay.silence();
    const cut = failure(next());
    await clock.advance(30_000);
    await clock.advance(14_999);
    expect(await Promise.race([cut, new Promise((resolve) => setImmediate(resolve, 'open'))])).toBe('open');
    await clock.advance(2);
    expect(await cut).toMatchObject({ code: 'unreachable', message: expect.stringContaining('PING') });
    expect(await text(await ask(transport))).toBe('ok');
    expect(relay.connections).toBe(2);
  });

  it('but answers, goes on for hours', async () => {
    const clock = new FakeClock();
    const streams: ServerHttp2Stream[] = [];
    const { transport, sessions } = await serve(
      (stream, headers) => {
        streams.push(stream);
        watches(stream, headers);
      },
      { clock },
    );
    const { next } = await watch(transport);
    for (let i = 0; i < 100; i++) {
      const asked = once(sessions[0] as ServerHttp2Session, 'ping');
      await clock.advance(30_000);
      await asked;
      await text(await ask(transport)); // the answer to the PING came before this one's
    }
    streams[0]?.write('goes on');
    expect(await next()).toBe('goes on');
    expect(sessions).toHaveLength(1);
  });

  it('is not when bytes come, even before the answer to the PING', async () => {
    const clock = new FakeClock();
    const { url, say, pings } = await serveFrames();
    const transport = connectTo(url, { clock });
    const { next } = await watch(transport);
    const heard = async (): Promise<void> => {
      say('two\n');
      expect(await next()).toBe('two\n');
    };
    await clock.advance(20_000);
    await heard();
    await clock.advance(29_999);
    expect(pings()).toBe(0);
    await clock.advance(1);
    await expect.poll(pings).toBe(1);
    await clock.advance(14_000);
    await heard();
    await clock.advance(1_000);
    await heard();
    const cut = failure(next());
    for (const ms of [30_000, 15_000, 0]) await clock.advance(ms);
    expect(await cut).toMatchObject({ message: expect.stringContaining('PING') });
  });

  it('without streams has no timer, and is not used again after 50 s', async () => {
    const clock = new FakeClock();
    const { transport, sessions } = await serve(watches, { clock });
    const answer: TransportResponse = await ask(transport);
    await text(answer);
    await expect.poll(() => clock.pending).toBe(0);
    await clock.advance(50_001);
    await text(await ask(transport));
    expect(sessions).toHaveLength(2);
  });
});
