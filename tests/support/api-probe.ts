import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Where to send raw requests, and as whom. */
export interface Endpoint {
  readonly url: string;
  readonly token?: string;
  /** PEM. */
  readonly ca?: string;
}

/** One raw request. */
export interface ProbeRequest {
  /** Default GET, or POST with a body. */
  readonly method?: string;
  readonly path: string;
  /** Goes as JSON; a string goes as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A whole answer. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The body as JSON; its text when it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

/** Sends a request and waits for the head of its answer. */
export async function openProbe(endpoint: Endpoint, request: ProbeRequest): Promise<IncomingMessage> {
  const { body, path } = request;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const url = new URL(path, endpoint.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        agent: false,
        method: request.method ?? (body === undefined ? 'GET' : 'POST'),
        ...(endpoint.ca === undefined ? {} : { ca: endpoint.ca }),
        headers: {
          'user-agent': 'probe/1.0',
          ...(endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token}` }),
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
          ...request.headers,
        },
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

/** Sends a request and reads its whole answer. */
export async function probe(endpoint: Endpoint, request: ProbeRequest): Promise<ProbeAnswer> {
  const response = await openProbe(endpoint, request);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, body: parse(bytes.toString()) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An event of a watch. */
export interface ProbeEvent {
  readonly type: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- as above
  readonly object: any;
}

/** A raw watch: events one by one. */
export interface ProbeWatch extends AsyncDisposable {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The next event; `'end'` when the server ended the watch, `'cut'` when the connection broke. */
  next(): Promise<ProbeEvent | 'end' | 'cut'>;
  /** The next `count` events. */
  take(count: number): Promise<ProbeEvent[]>;
  /** All events up to the end of the watch. */
  rest(): Promise<ProbeEvent[]>;
  close(): void;
}

/** Opens a watch; `path` holds the query. */
export async function openWatchProbe(
  endpoint: Endpoint,
  path: string,
  headers: Record<string, string> = {},
): Promise<ProbeWatch> {
  const response = await openProbe(endpoint, { path, headers });
  const events = readEvents(response);
  const next = async (): Promise<ProbeEvent | 'end' | 'cut'> => (await events.next()).value ?? 'end';
  const until = async (enough: (events: readonly ProbeEvent[]) => boolean): Promise<ProbeEvent[]> => {
    const seen: ProbeEvent[] = [];
    while (!enough(seen)) {
      const event = await next();
      if (typeof event === 'string') return seen;
      seen.push(event);
    }
    return seen;
  };
  const close = (): void => void response.destroy();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    next,
    take: (count) => until((seen) => seen.length >= count),
    rest: () => until(() => false),
    close,
    [Symbol.asyncDispose]: () => Promise.resolve(close()),
  };
}

async function* readEvents(response: IncomingMessage): AsyncGenerator<ProbeEvent, 'end' | 'cut'> {
  let text = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk as string;
      // A refusal is one document, which real servers print over many lines when asked for another form.
      if (response.statusCode !== 200) continue;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line) as ProbeEvent;
    }
  } catch {
    return 'cut';
  }
  if (response.statusCode !== 200) yield JSON.parse(text) as ProbeEvent;
  return response.complete ? 'end' : 'cut';
}
