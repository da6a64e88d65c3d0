import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { afterwards, closeServersAfterEach, listen } from '../../../tests/support/test-servers.js';
import { systemClock } from './system-clock.js';
import { createSocketOpener, type SocketOpener } from './node-socket.js';
import { parseServerAddress } from './server-address.js';

closeServersAfterEach();

/** A server that takes connections and says nothing. */
async function silentServer(): Promise<{ port: number; connections: Socket[] }> {
  const connections: Socket[] = [];
  const server = createServer((socket) => void connections.push(socket.on('error', () => undefined)));
  return { port: await listen(server), connections };
}

async function open(opener: SocketOpener, signal: AbortSignal): Promise<void> {
  const { socket } = await opener.open({ signal, protocols: ['http/1.1'] });
  afterwards(() => socket.destroy());
}

describe('a connection that nobody waits for any more', () => {
  it.each(['http', 'https'])('D5: is not opened, nor left behind half open: %s', async (scheme) => {
    const { port, connections } = await silentServer();
    const opener = createSocketOpener({
      address: parseServerAddress(`${scheme}://127.0.0.1:${port}`),
      settings: {},
      clock: systemClock,
    });
    await expect(open(opener, AbortSignal.abort())).rejects.toThrow('aborted');
    // A later connection comes in after it, if it was there.
    const plain = createSocketOpener({
      address: parseServerAddress(`http://127.0.0.1:${port}`),
      settings: {},
      clock: systemClock,
    });
    await open(plain, new AbortController().signal);
    expect(connections.length).toBeLessThanOrEqual(1);
  });
});
