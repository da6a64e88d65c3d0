import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuSeconds } from '../../../tests/support/cpu-seconds.js';
import { Http1Error } from './http1-error.js';
import { parseHead } from './http1-head.js';
import { requestHead } from './http1-request.js';
import { checkedHeaders } from './request-headers.js';
import type { TransportRequest } from './transport.js';
import { createResponseReader } from './http1-response.js';

interface Read {
  status?: number;
  headers?: Record<string, string>;
  keepAlive?: boolean;
  body: string;
  ends: number;
  rest: number;
  whole: boolean;
}

/** Reads an answer in these pieces, each in a buffer of its own, as a socket would. */
function read(pieces: readonly Uint8Array[], method = 'GET'): Read {
  const result: Read = { body: '', ends: 0, rest: 0, whole: false };
  const body: number[] = [];
  const reader = createResponseReader(method, {
    onHead: ({ status, headers, keepAlive }) => Object.assign(result, { status, headers, keepAlive }),
    onBody: (bytes) => void body.push(...bytes),
    onEnd: () => result.ends++,
  });
  for (const piece of pieces) result.rest += piece.length - reader.feed(piece.slice());
  result.whole = reader.finish();
  result.body = new TextDecoder().decode(Uint8Array.from(body));
  return result;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunked =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a\r\nx: b\r\n\r\n5\r\nhello\r\nA;name="v\\;"\r\n wörld, 1\r\n00c \r\n\r\n0\r\n23\r\nabc\r\n0\r\nTrailer: yes\r\n\r\n';

const answers: [name: string, text: string, want: Partial<Read>][] = [
  [
    'chunks, extensions and a trailer',
    chunked,
    {
      status: 200,
      headers: { 'transfer-encoding': 'chunked', x: 'a, b' },
      body: 'hello wörld, 1\r\n0\r\n23\r\nabc'.slice(0, 14) + '\r\n0\r\n23\r\nabc',
      keepAlive: true,
      ends: 1,
    },
  ],
  [
    'a counted body',
    'HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nhello',
    { status: 201, body: 'hello', keepAlive: true, ends: 1 },
  ],
  ['no body at all', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, body: '', keepAlive: true, ends: 1 }],
  ['an empty body', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', { body: '', ends: 1, keepAlive: true }],
  ['an empty body, counted in two digits', 'HTTP/1.1 200 OK\r\nContent-Length: 00\r\n\r\n', { body: '', ends: 1 }],
  [
    'a body to the end of the connection',
    'HTTP/1.1 200\r\n\r\nall\r\n\r\nof it',
    { body: 'all\r\n\r\nof it', keepAlive: false, ends: 1 },
  ],
  [
    'two 1xx before',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\na: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
    { status: 200, body: 'x', headers: { 'content-length': '1' } },
  ],
  [
    'Connection: close',
    'HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 1\r\n\r\nx',
    { keepAlive: false, body: 'x' },
  ],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', { keepAlive: false, body: 'x' }],
  [
    'HTTP/1.0 that keeps alive',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx',
    { keepAlive: true },
  ],
  ['the same length twice', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx', { body: 'x' }],
  [
    'length and chunks: chunks count, and the connection is not used again',
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    { body: 'x', keepAlive: false, ends: 1 },
  ],
];

describe('an answer of HTTP/1.1', () => {
  it.each(answers)('%s', (_name, text, want) => {
    expect(read([bytesOf(text)])).toMatchObject({ ...want, whole: true, rest: 0 });
  });

  it.each(answers)('W3: %s, cut at every byte, and byte by byte', (_name, text) => {
    const bytes = bytesOf(text);
    const whole = read([bytes]);
    for (let at = 0; at <= bytes.length; at++) expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    expect(read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('W3: any chunks, cut anywhere, give the body', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, unit: 'binary', maxLength: 300 }), { maxLength: 20 }),
        fc.array(fc.nat(400)),
        (parts, cuts) => {
          const chunks = parts.map((part) => `${bytesOf(part).length.toString(16)}\r\n${part}\r\n`).join('');
          const bytes = bytesOf(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\nrest`);
          const pieces: Uint8Array[] = [];
          let at = 0;
          for (const cut of cuts) pieces.push(bytes.subarray(at, (at = Math.min(bytes.length, at + cut))));
          pieces.push(bytes.subarray(at));
          expect(read(pieces)).toMatchObject({
            body: new TextDecoder().decode(bytesOf(parts.join(''))),
            ends: 1,
            rest: 4,
            whole: true,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('the body of one read is one piece, whatever the chunks', () => {
    const pieces: Uint8Array[] = [];
    const reader = createResponseReader('GET', {
      onHead: () => undefined,
      onBody: (bytes) => void pieces.push(bytes),
      onEnd: () => undefined,
    });
    reader.feed(bytesOf('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'));
    reader.feed(bytesOf('2\r\nab\r\n3\r\ncde\r\n4\r\nfg'));
    expect(pieces.map((piece) => new TextDecoder().decode(piece))).toEqual(['abcdefg']);
  });

  it('the answer to HEAD has no body', () => {
    expect(read([bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n')], 'HEAD')).toMatchObject({
      body: '',
      ends: 1,
      whole: true,
    });
  });

  it('an answer that breaks off is not whole', () => {
    const bytes = bytesOf(chunked);
    for (let at = 0; at < bytes.length; at++) expect(read([bytes.subarray(0, at)]).whole).toBe(false);
    expect(read([bytesOf('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell')]).whole).toBe(false);
  });

  it.each([
    ['another protocol', 'SSH-2.0-x\r\n'],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n'],
    ['no status', 'HTTP/1.1 abc\r\n\r\n'],
    ['a status of 099', 'HTTP/1.1 099 x\r\n\r\n'],
    ['an upgrade', 'HTTP/1.1 101 Switching\r\n\r\n'],
    ['a folded header', 'HTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n'],
    ['a folded header that looks like one', 'HTTP/1.1 200 OK\r\na: b\r\n c: d\r\n\r\n'],
    ['space before the colon', 'HTTP/1.1 200 OK\r\na : b\r\n\r\n'],
    ['a header without colon', 'HTTP/1.1 200 OK\r\nabc\r\n\r\n'],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\na: b\0c\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx'],
    ['a hexadecimal length', 'HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\nx'],
    ['another transfer encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['a chunk without size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\nx'],
    ['a negative chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx'],
    ['a chunk of 2^64', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx'],
    ['a chunk longer than its size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n'],
    ['LF alone after a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`],
    ['endless extensions', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(100_000)}`],
    ['an endless trailer', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'a: b\r\n'.repeat(20_000)}`],
  ])('%s is refused', (_name, text) => {
    expect(() => read([bytesOf(text)])).toThrow(Http1Error);
    const bytes = bytesOf(text);
    const single = Array.from(bytes.subarray(0, 300), (byte): Uint8Array => Uint8Array.of(byte));
    expect(() => read([...single, bytes.subarray(300)])).toThrow(Http1Error);
  });

  it.each(['x', 'connection', 'content-length'])('the header %s full of blanks is read in linear time', (name) => {
    const blanks = ' \t'.repeat(30_000);
    const read: unknown[] = [];
    const seconds = cpuSeconds(() => {
      for (const value of [`1${blanks},1`, `1,${blanks}1`, `1${blanks}`, `${blanks}1`]) {
        read.push(parseHead(`HTTP/1.1 200 OK\r\n${name}: ${value}\t`, 'GET').headers[name]);
      }
    });
    expect(read).toEqual([`1${blanks},1`, `1,${blanks}1`, '1', '1']);
    expect(seconds).toBeLessThan(1);
  });

  it('names of headers are no way to a prototype', () => {
    const { headers } = parseHead('HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\nhasOwnProperty: z', 'GET');
    expect(headers).toEqual({ constructor: 'y', hasownproperty: 'z' });
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  });
});

describe('the head of a request', () => {
  const address = { authority: 'host:1', prefix: '/p' };
  const request = {
    method: 'POST',
    path: '/a?b=%20',
    headers: {
      Accept: 'x',
      Host: 'evil',
      'content-length': '9',
      ...Object.fromEntries(
        [
          'Connection',
          'Expect',
          'HTTP2-Settings',
          'Keep-Alive',
          'Proxy-Connection',
          'TE',
          'Trailer',
          'Transfer-Encoding',
          'Upgrade',
        ].map((name) => [name, 'x']),
      ),
    },
    signal: new AbortController().signal,
  };

  it('holds what the address and the body decide, once', () => {
    const headOf = (o: Partial<TransportRequest>): string => {
      const whole = { ...request, ...o };
      return requestHead({ request: whole, headers: checkedHeaders(whole) }, address);
    };
    expect(headOf({ body: bytesOf('ü'), repeatedHeaders: [['Accept', 'y']] })).toBe(
      'POST /p/a?b=%20 HTTP/1.1\r\nhost: host:1\r\nAccept: x\r\nAccept: y\r\ncontent-length: 2\r\n\r\n',
    );
    expect(headOf({ headers: {} })).toContain('content-length: 0\r\n');
    expect(headOf({ headers: {}, method: 'GET' })).not.toContain('content-length');
  });

  it.each([
    { path: '/a b' },
    { path: '/a\r\nx: y' },
    { path: 'http://evil/' },
    { path: '/ü' },
    { method: 'GET /x HTTP/1.1\r\n' },
    { headers: { 'a\r\nb': 'c' } },
    { headers: { a: 'b\r\nc: d' } },
    { headers: { a: '\u2028' } },
    { headers: { '': 'a' } },
  ])('what would make another request of it is refused: %j', (bad) => {
    expect(() => checkedHeaders({ ...request, ...bad })).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
