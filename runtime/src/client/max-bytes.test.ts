import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Thing } from '../../../tests/support/reflector-scene.js';
import { afterwards, closeServersAfterEach, serveHttp } from '../../../tests/support/test-servers.js';
import type { Cluster } from '../cluster.js';
import { connect } from '../connect.js';
import type { TransportResponse } from '../io/transport.js';
import { createCluster } from './create-cluster.js';
import { DEFAULT_MAX_BYTES, LIST_MAX_BYTES } from './response-body.js';

closeServersAfterEach();

const MIB = 1024 * 1024;

async function clusterOn(handler: RequestListener): Promise<Cluster> {
  const { url } = await serveHttp(handler);
  const cluster = await connect({ server: url });
  afterwards(() => cluster.close());
  return cluster;
}

/** Writes zeros for as long as somebody reads; resolves to how many when the connection is gone. */
function endless(response: ServerResponse, sink: NodeJS.WritableStream = response): Promise<number> {
  const zeros = Buffer.alloc(64 * 1024);
  let written = 0;
  const write = (): void => {
    while (!response.destroyed) {
      written += zeros.length;
      if (!sink.write(zeros)) {
        sink.once('drain', write);
        return;
      }
    }
  };
  write();
  return once(response, 'close').then(() => written);
}

/** A cluster whose answer never ends, and how many bytes of it were read; the same MiB again and again. */
function endlessCluster(): { readonly cluster: Cluster; readonly read: () => number } {
  const mib = new Uint8Array(MIB);
  let read = 0;
  const request = async (): Promise<TransportResponse> => ({
    status: 200,
    headers: {},
    body: (async function* body() {
      for (;;) {
        read += MIB;
        yield mib;
      }
    })(),
  });
  return { cluster: createCluster({ server: 'http://host', transport: { request } }), read: () => read };
}

describe('an answer that is too long', () => {
  it.each(['json', 'text', 'bytes'] as const)('as %s ends in a protocol error, and the server is left', async (as) => {
    let sent: Promise<number> | undefined;
    const cluster = await clusterOn((_, response) => void (sent = endless(response)));
    await expect(cluster.request({ path: '/x?token=hunter2', as, maxBytes: MIB })).rejects.toMatchObject({
      code: 'protocol',
      status: 200,
      message: expect.stringMatching(/^the answer to GET \/x at http:\S+ is longer than 1048576 bytes.*maxBytes/),
    });
    // What the sockets of this machine hold was written, too.
    expect(await sent).toBeLessThan(32 * MIB);
  });

  it('is counted unpacked', async () => {
    let packed = 0;
    const cluster = await clusterOn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.on('data', (chunk: Buffer) => (packed += chunk.length));
      gzip.pipe(response);
      void endless(response, gzip);
    });
    await expect(cluster.request({ path: '/x', maxBytes: 8 * MIB })).rejects.toMatchObject({ code: 'protocol' });
    expect(packed).toBeLessThan(8 * MIB);
    const bomb = await clusterOn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(64 * MIB)));
    });
    await expect(bomb.request({ path: '/x', maxBytes: MIB })).rejects.toMatchObject({ code: 'protocol' });
  });

  it('may have as many bytes as are allowed, and one more is too much', async () => {
    const cluster = await clusterOn((_, response) => response.end('"12345678"'));
    expect(await cluster.request({ path: '/x', maxBytes: 10 })).toBe('12345678');
    await expect(cluster.request({ path: '/x', maxBytes: 9 })).rejects.toMatchObject({ code: 'protocol' });
    for (const maxBytes of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(cluster.request({ path: '/x', maxBytes })).rejects.toMatchObject({ code: 'usage' });
    }
  });

  it('is one of more than 256 MiB for the typed client, and of more than a string can hold for lists', async () => {
    const { cluster, read } = endlessCluster();
    await expect(cluster.resource(Thing).get('a')).rejects.toMatchObject({ code: 'protocol' });
    expect(read()).toBe(DEFAULT_MAX_BYTES + MIB);
    expect(DEFAULT_MAX_BYTES).toBe(256 * MIB);
    // One more character, and V8 makes no string of it.
    expect(() => 'x'.repeat(LIST_MAX_BYTES + 1)).toThrow(RangeError);
  });

  it('does not exist for streams', async () => {
    const { cluster, read } = endlessCluster();
    const stream = await cluster.request<AsyncIterable<Uint8Array>>({ path: '/x', as: 'stream', maxBytes: MIB });
    for await (const _ of stream) if (read() > 8 * MIB) break;
    expect(read()).toBe(9 * MIB);
  });

  it('of an error tells the error: no more than its beginning is read', async () => {
    let sent: Promise<number> | undefined;
    const cluster = await clusterOn((_, response) => {
      response.writeHead(503);
      sent = endless(response);
    });
    await expect(cluster.request({ method: 'POST', path: '/x' })).rejects.toMatchObject({
      code: 'server',
      status: 503,
    });
    expect(await sent).toBeLessThan(32 * MIB);
  });
});
