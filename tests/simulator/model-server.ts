import type { Clock } from '../../runtime/src/io/clock.js';
import { type RequestFault, statusOf, type StreamFault } from './faults.js';
import { makeStored, type Past, shows, type Stored, type View } from './model-objects.js';
import { ModelStream } from './model-stream.js';
import type { Random } from './random.js';

const encoder = new TextEncoder();

/** The other side of a request: what a client hears of it, in bytes. */
export interface Exchange {
  head(status: number): void;
  bytes(chunk: Uint8Array): void;
  end(): void;
  /** No answer, or none to its end. */
  fail(how: 'refused' | 'reset'): void;
}

/** How a server behaves for the whole of a run. */
export interface ModelMode {
  readonly bookmarks: boolean;
  readonly watchList: 'yes' | 'rejects' | 'ignores';
  /** Answers a list of any version in pages, although a cache would not. */
  readonly pagesAnyway: boolean;
  /** 410 as an answer, or as the first event of a watch. */
  readonly expiredInStream: boolean;
}

/** The ways of a server as chance has them. */
export function randomMode(random: Random): ModelMode {
  return {
    bookmarks: random.percent(80),
    watchList: random.percent(60) ? 'yes' : random.pick(['rejects', 'ignores']),
    pagesAnyway: random.percent(20),
    expiredInStream: random.percent(50),
  };
}

/** A model of an API server: state, history, pages, watches; time and chance from outside; no sockets. */
export class ModelServer {
  version = 100;
  /** Watches from before this version are expired. */
  oldest = 100;
  readonly objects = new Map<string, Stored>();
  readonly streams = new Set<ModelStream>();
  requests: number[] = [];
  /** It has lost history, and stays away until `missed`. */
  gone = false;
  /** Somebody has noticed that it is gone. */
  missed = false;
  #restarts = 0;
  /** What befalls every watch as soon as it is open, for as long as it is set. */
  habit: StreamFault | undefined;
  /** Versions whose event nobody can read, however often it is sent. */
  readonly poison = new Set<number>();
  /** What befalls the requests to come, in this order. */
  faults: RequestFault[] = [];
  /** Chance of a fault for each request, in percent. */
  faultChance = 0;
  faultKinds: readonly RequestFault[] = [];
  /** Told of each request: the exhaustive runs place their faults by it. */
  onRequest: (() => void) | undefined;
  history: Past[] = [];
  readonly clock: Clock;
  readonly random: Random;
  readonly mode: ModelMode;
  #past: { version: number; objects: readonly Stored[] }[] = [{ version: 100, objects: [] }];
  #pages = new Map<string, { version: number; rest: readonly Stored[] }>();
  #uids = 0;

  constructor(o: { clock: Clock; random: Random; mode: ModelMode }) {
    this.clock = o.clock;
    this.random = o.random;
    this.mode = o.mode;
  }

  /** What a view shows now. */
  seen(view: View): Stored[] {
    return [...this.objects.values()].filter((object) => shows(view, object));
  }

  /** What a view showed at a version not older than `from`, as a cache that lags might answer. */
  seenSince(from: number, view: View): { version: number; objects: Stored[] } {
    const known = this.#past.filter(({ version }) => version >= from);
    const state = this.random.pick(known.length === 0 ? this.#past.slice(-1) : known);
    return { version: state.version, objects: state.objects.filter((object) => shows(view, object)) };
  }

  write(): void {
    const name = `thing-${this.random.int(1, 5)}`;
    const namespace = this.random.pick(['a', 'b']);
    const before = this.objects.get(`${namespace}/${name}`);
    const color = this.random.pick(['red', 'blue']);
    this.version += this.random.int(1, 3);
    if (before !== undefined && this.random.percent(35)) return this.#delete(before);
    const uid = before?.uid ?? `uid-${++this.#uids}`;
    const after = makeStored({ name, namespace, uid, version: this.version, color, value: this.random.int(1, 1000) });
    this.objects.set(after.key, after);
    this.#note({ version: this.version, before, after, last: after });
  }

  #delete(before: Stored): void {
    const { name, namespace, uid, color } = before;
    const last = makeStored({ name, namespace, uid, version: this.version, color, value: 0 });
    this.objects.delete(before.key);
    this.#note({ version: this.version, before, after: undefined, last });
  }

  #note(past: Past): void {
    this.history.push(past);
    this.#past.push({ version: this.version, objects: [...this.objects.values()] });
    for (const stream of this.streams) stream.wake();
  }

  /** Forgets history, as etcd does every few minutes. */
  compact(): void {
    // What is on its way comes from the server's cache, not from history.
    for (const stream of this.streams) stream.flush();
    this.oldest = this.random.int(this.oldest, this.version);
    this.history = this.history.filter(({ version }) => version > this.oldest);
    this.#past = this.#past.filter(({ version }) => version >= this.oldest);
    this.#past.unshift({ version: this.version, objects: [...this.objects.values()] });
    this.#past.sort((a, b) => a.version - b.version);
    for (const [token, { version }] of this.#pages) if (version < this.oldest) this.#pages.delete(token);
  }

  /** All connections break and nobody answers for a while. */
  restart(downMs: number): void {
    this.#restarts++;
    for (const stream of this.streams) stream.break();
    this.clock.setTimer(downMs, () => this.#restarts--);
  }

  /** The server comes back with an older state, and writes new history over what it has forgotten (R12). False if there is none. */
  restore(): boolean {
    const older = this.#past.filter(({ version }) => version < this.version);
    if (older.length === 0) return false;
    const state = this.random.pick(older);
    this.version = state.version;
    this.objects.clear();
    for (const object of state.objects) this.objects.set(object.key, object);
    this.history = this.history.filter(({ version }) => version <= state.version);
    this.#past = this.#past.filter(({ version }) => version <= state.version);
    this.#pages.clear();
    this.gone = true;
    this.missed = this.streams.size > 0;
    for (const stream of this.streams) stream.break();
    return true;
  }

  /** Answers a request, in time. The returned function aborts it. */
  request(path: string, view: View, exchange: Exchange): () => void {
    this.requests.push(this.clock.now());
    const query = new URL(path, 'http://server').searchParams;
    let aborted = false;
    let stream: ModelStream | undefined;
    this.onRequest?.();
    const fault =
      this.faults.shift() ?? (this.random.percent(this.faultChance) ? this.random.pick(this.faultKinds) : undefined);
    this.clock.setTimer(this.random.int(0, 40), () => {
      if (aborted) return;
      if (this.gone || this.#restarts > 0) {
        this.missed = true;
        return exchange.fail('refused');
      }
      if (fault !== undefined && fault !== 'cut-body') return this.#fault(fault, exchange);
      if (query.has('watch')) {
        stream = this.#watch(query, { view, exchange, cut: fault === 'cut-body' });
        // What the first bytes said may have made the client leave.
        if (aborted) stream?.leave();
      } else this.#list(query, { view, exchange, cut: fault === 'cut-body' });
    });
    return () => {
      aborted = true;
      stream?.leave();
    };
  }

  #fault(fault: RequestFault, exchange: Exchange): void {
    switch (fault) {
      case 'refused':
      case 'reset':
        return exchange.fail(fault);
      case 'silence':
        return;
      case 'not-kubernetes':
        exchange.head(200);
        exchange.bytes(encoder.encode('<html>\n<body>hello</body>\n</html>\n'));
        return exchange.end();
      default: {
        const { code, body } = statusOf(fault);
        this.#answer(exchange, code, JSON.stringify(body));
      }
    }
  }

  #list(query: URLSearchParams, o: { view: View; exchange: Exchange; cut: boolean }): void {
    const asked = query.get('resourceVersion');
    const token = query.get('continue');
    const page = token === null ? undefined : this.#pages.get(token);
    if (token !== null && page === undefined) {
      return this.#answer(o.exchange, 410, JSON.stringify(statusOf('error-410').body));
    }
    if (asked !== null && Number(asked) > this.version) {
      return this.#answer(o.exchange, 504, JSON.stringify(statusOf('error-504-large').body));
    }
    const state =
      page !== undefined
        ? { version: page.version, objects: page.rest }
        : asked === null
          ? { version: this.version, objects: this.seen(o.view) }
          : this.seenSince(Number(asked), o.view);
    const limit = this.#limit(query, asked);
    const items = state.objects.slice(0, limit);
    const rest = state.objects.slice(limit);
    // Where a token goes on from a state that is gone, servers tell the version of now on later pages (L9).
    const told = page !== undefined && this.random.percent(50) ? this.version : state.version;
    const metadata: Record<string, unknown> = { resourceVersion: String(told) };
    if (rest.length > 0) {
      const next = `${state.version}-${this.#pages.size}-${this.random.int(0, 1e9)}`;
      this.#pages.set(next, { version: state.version, rest });
      metadata['continue'] = next;
    }
    this.#answer(o.exchange, 200, listText(metadata, items, this.random.percent(50)), o.cut);
  }

  #limit(query: URLSearchParams, asked: string | null): number {
    const limit = query.get('limit');
    const cached = asked !== null && query.get('continue') === null && !this.mode.pagesAnyway;
    return limit === null || cached ? Number.POSITIVE_INFINITY : Number(limit);
  }

  #watch(query: URLSearchParams, o: { view: View; exchange: Exchange; cut: boolean }): ModelStream | undefined {
    const asked = Number(query.get('resourceVersion') ?? 0);
    const streaming = query.has('sendInitialEvents') && this.mode.watchList !== 'ignores';
    if (streaming && this.mode.watchList === 'rejects') {
      this.#answer(o.exchange, 422, JSON.stringify(statusOf('status-422').body));
      return undefined;
    }
    if (!streaming && asked !== 0 && asked < this.oldest && !this.mode.expiredInStream) {
      this.#answer(o.exchange, 410, JSON.stringify(statusOf('status-410').body));
      return undefined;
    }
    o.exchange.head(200);
    const timeoutMs = Number(query.get('timeoutSeconds') ?? 300) * 1000;
    const stream = new ModelStream(this, { ...o, asked, streaming, timeoutMs });
    if (this.habit !== undefined && this.streams.has(stream)) stream.strike(this.habit);
    return stream;
  }

  #answer(exchange: Exchange, status: number, text: string, cut = false): void {
    exchange.head(status);
    const bytes = encoder.encode(text);
    const at = this.random.int(0, bytes.length);
    exchange.bytes(bytes.slice(0, at));
    if (cut) return exchange.fail('reset');
    exchange.bytes(bytes.slice(at));
    exchange.end();
  }
}

/** Strikes one open watch. */
export function strike(server: ModelServer, fault: StreamFault): void {
  const streams = [...server.streams];
  if (streams.length > 0) server.random.pick(streams).strike(fault);
}

function listText(metadata: Record<string, unknown>, items: readonly Stored[], metadataFirst: boolean): string {
  const parts = [`"metadata":${JSON.stringify(metadata)}`, `"items":[${items.map(({ text }) => text).join(',')}]`];
  if (!metadataFirst) parts.reverse();
  return `{"kind":"ThingList","apiVersion":"test.example/v1",${parts.join(',')}}`;
}
