/** The data of one kind of event, in order; what comes early waits. */
export interface EventQueue {
  next(): Promise<Readonly<Record<string, unknown>>>;
  find(wanted: (data: Readonly<Record<string, unknown>>) => boolean): Promise<Readonly<Record<string, unknown>>>;
}

export interface EventReader extends AsyncDisposable {
  named(event: string): EventQueue;
  /** Resolves when the stream ends, in whatever way. */
  readonly ended: Promise<void>;
}

type Data = Readonly<Record<string, unknown>>;

/** Reads Server-Sent Events as a browser does. */
export async function readEvents(url: string): Promise<EventReader> {
  const left = new AbortController();
  const response = await fetch(url, { signal: left.signal });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  const queues = new Map<string, ReturnType<typeof createQueue>>();
  const queue = (event: string): ReturnType<typeof createQueue> => {
    const found = queues.get(event) ?? createQueue();
    queues.set(event, found);
    return found;
  };

  const ended = read(response.body, (event, data) => queue(event).push(data))
    // A cut connection is an end like another: the queues tell who still waits.
    .catch(() => undefined)
    .then(() => queues.forEach((each) => each.end()));
  return {
    named: queue,
    ended,
    async [Symbol.asyncDispose]() {
      left.abort();
      await ended;
    },
  };
}

async function read(body: ReadableStream<Uint8Array>, tell: (event: string, data: Data) => void): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const messages = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const fields = new Map(
        message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      tell(fields.get('event') ?? 'message', JSON.parse(fields.get('data') ?? '{}') as Data);
    }
  }
}

function createQueue(): EventQueue & { push(data: Data): void; end(): void } {
  const waiting: { resolve(data: Data): void; reject(error: Error): void }[] = [];
  const early: Data[] = [];
  let over = false;
  const next = (): Promise<Data> => {
    const first = early.shift();
    if (first !== undefined) return Promise.resolve(first);
    if (over) return Promise.reject(new Error('the event stream has ended'));
    return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
  };
  return {
    next,
    async find(wanted) {
      for (;;) {
        const data = await next();
        if (wanted(data)) return data;
      }
    },
    push(data) {
      const waiter = waiting.shift();
      if (waiter === undefined) early.push(data);
      else waiter.resolve(data);
    },
    end() {
      over = true;
      for (const waiter of waiting.splice(0)) waiter.reject(new Error('the event stream has ended'));
    },
  };
}
