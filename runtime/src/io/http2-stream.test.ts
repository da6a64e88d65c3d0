import { EventEmitter } from 'node:events';
import type { ClientHttp2Session } from 'node:http2';
import { describe, expect, it } from 'vitest';
import type { KubeError } from '../errors.js';
import { sendOverSession, type StreamMessage } from './http2-stream.js';
import { parseServerAddress } from './server-address.js';

/** A stream of Node's, as far as it is used; its events come as the test says. */
class Stream extends EventEmitter {
  rstCode = 0;
  closed = 0;
  close(code: number): void {
    this.closed++;
    this.rstCode = code;
  }
  destroy(): void {
    this.emit('close');
  }
  isPaused(): boolean {
    return false;
  }
}

function send(stream: Stream, signal = new AbortController().signal): ReturnType<typeof sendOverSession> {
  const session: unknown = { request: () => stream };
  const message: StreamMessage = {
    request: { method: 'GET', path: '/', headers: {}, signal },
    address: parseServerAddress('https://127.0.0.1:1'),
    headers: [],
    anew: false,
    tell: (error) => error as KubeError,
    onBytes: () => undefined,
    onOver: () => undefined,
    reason: () => undefined,
  };
  return sendOverSession(session as ClientHttp2Session, message);
}

async function bodyOf(answer: Awaited<ReturnType<typeof send>>): Promise<string> {
  let text = '';
  for await (const chunk of answer.body) text += new TextDecoder().decode(chunk);
  return text;
}

const head = { ':status': 200, 'content-length': '4' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an answer over HTTP/2', () => {
  it('is whole when its bytes come before its head, as they may when both came in one piece', async () => {
    const stream = new Stream();
    const answer = send(stream);
    stream.emit('data', bytes('text'));
    stream.emit('response', head);
    stream.emit('close');
    expect(await bodyOf(await answer)).toBe('text');
  });

  it('is cut when bytes are missing, although the server says that nothing went wrong', async () => {
    const stream = new Stream();
    const answer = send(stream);
    stream.emit('response', head);
    stream.emit('data', bytes('tex'));
    stream.emit('close');
    await expect(answer.then(bodyOf)).rejects.toThrow('the stream was cut: before its end');
  });

  it('that is over is nothing to cut for a signal that lives on', async () => {
    const stream = new Stream();
    const controller = new AbortController();
    const answer = send(stream, controller.signal);
    stream.emit('response', head);
    stream.emit('data', bytes('text'));
    stream.emit('close');
    expect(await bodyOf(await answer)).toBe('text');
    controller.abort();
    expect(stream.closed).toBe(0);
  });
});
