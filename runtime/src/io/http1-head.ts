import { Http1Error } from './http1-error.js';

/** The head of an answer. Header names are lower case; values of one name are joined by commas. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** How the end of the body is known. */
  readonly framing: Framing;
  /** Whether the connection may carry another request afterwards. */
  readonly keepAlive: boolean;
  /** How long the server keeps an idle connection at least, in milliseconds; less a second for the way. */
  readonly keepAliveMs: number;
}

export type Framing =
  | { readonly t: 'none' }
  | { readonly t: 'length'; readonly bytes: number }
  | { readonly t: 'chunked' }
  | { readonly t: 'close' };

/** Reads the text of a head, without the empty line at its end (RFC 9112). Throws `Http1Error`. */
export function parseHead(text: string, method: string): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n');
  const match = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: .*)?$/.exec(first);
  if (match === null) throw new Http1Error('the answer does not begin like one of HTTP/1.1');
  const status = Number(match[2]);
  const headers = readHeaders(lines);
  const framing = framingOf(status, headers, method);
  const connection = membersOf((headers['connection'] ?? '').toLowerCase());
  const persistent = match[1] === '1' ? !connection.includes('close') : connection.includes('keep-alive');
  // Length and chunks at once is how requests are smuggled; such a connection is not used again.
  const both = framing.t === 'chunked' && headers['content-length'] !== undefined;
  return {
    status,
    headers,
    framing,
    keepAlive: persistent && framing.t !== 'close' && !both,
    keepAliveMs: keepAliveOf(headers),
  };
}

function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, rawName, given = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/s.exec(line) ?? [];
    const value = withoutBlanks(given);
    // A name that is none, also a line that goes on with the one before, which nobody may send any more.
    if (rawName === undefined || /[\0\r\n]/.test(value)) throw new Http1Error('a header is no header');
    const name = rawName.toLowerCase();
    if (name === '__proto__') continue;
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

/** What is between blanks; of an expression with blanks at its end each of many blanks would be the beginning of a try. */
function withoutBlanks(text: string): string {
  return /[^ \t](?:.*[^ \t])?/s.exec(text)?.[0] ?? '';
}

/** The members of a list in a header. */
function membersOf(value: string): string[] {
  return value.split(',').map(withoutBlanks);
}

function keepAliveOf(headers: Readonly<Record<string, string>>): number {
  const seconds = /(?:^|[,;\s])timeout=(\d{1,9})/i.exec(headers['keep-alive'] ?? '')?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1000 - 1000;
}

/** Whether an answer has no body, whatever its headers say (RFC 9110, 6.4.1). */
export function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 304;
}

function framingOf(status: number, headers: Readonly<Record<string, string>>, method: string): Framing {
  if (hasNoBody(method, status)) return { t: 'none' };
  const encoding = headers['transfer-encoding'];
  if (encoding !== undefined) {
    if (encoding.trim().toLowerCase() !== 'chunked')
      throw new Http1Error('the answer has a transfer encoding that was not asked for');
    return { t: 'chunked' };
  }
  const length = headers['content-length'];
  if (length === undefined) return { t: 'close' };
  const [value = '', ...others] = new Set(membersOf(length));
  if (!/^\d{1,15}$/.test(value) || others.length > 0) throw new Http1Error('the length of the answer is no number');
  const bytes = Number(value);
  return bytes === 0 ? { t: 'none' } : { t: 'length', bytes };
}
