import { statusOf, type StreamFault } from './faults.js';
import { eventOf, type View } from './model-objects.js';
import type { Exchange, ModelServer } from './model-server.js';

const encoder = new TextEncoder();
const BOOKMARK_MS = 60_000;
/** The last bookmark comes so long before the end. */
const LAST_BOOKMARK_MS = 2_000;

/** One open watch of a model server. */
export class ModelStream {
  readonly #server: ModelServer;
  readonly #exchange: Exchange;
  readonly #view: View;
  readonly #timers: { cancel(): void }[] = [];
  /** Everything up to here was sent. */
  #sent: number;
  #waking = false;
  #stalled = false;
  #lastLine = '';
  /** Where the end bookmark of a streaming list goes. */
  #endAt: number | undefined;

  constructor(
    server: ModelServer,
    o: { view: View; exchange: Exchange; asked: number; streaming: boolean; timeoutMs: number; cut: boolean },
  ) {
    this.#server = server;
    this.#exchange = o.exchange;
    this.#view = o.view;
    this.#sent = o.asked;
    server.streams.add(this);
    this.#timers.push(server.clock.setTimer(o.timeoutMs, () => this.#end()));
    if (server.mode.bookmarks) {
      this.#bookmarkEvery(BOOKMARK_MS);
      this.#timers.push(server.clock.setTimer(o.timeoutMs - LAST_BOOKMARK_MS, () => this.#bookmark()));
    }
    if (o.streaming || o.asked === 0) this.#initial(o);
    else if (o.asked < server.oldest) this.strike('error-410');
    else this.wake();
    if (o.cut) this.strike('cut-in-line');
  }

  /** Something was written: it is sent, soon. */
  wake(): void {
    if (this.#waking) return;
    this.#waking = true;
    const { clock, random } = this.#server;
    this.#timers.push(clock.setTimer(random.percent(80) ? random.int(0, 30) : random.int(0, 2000), () => this.flush()));
  }

  /** Sends what was written since. */
  flush(): void {
    this.#waking = false;
    if (this.#stalled) return;
    let text = '';
    for (const past of this.#server.history) {
      if (past.version <= this.#sent) continue;
      text += this.#endBookmark(past.version);
      const event = eventOf(this.#view, past);
      this.#sent = past.version;
      if (event === undefined) continue;
      this.#lastLine = this.#server.poison.has(past.version) ? 'nobody can read this\n' : line(event.type, event.text);
      text += this.#lastLine;
    }
    text += this.#endBookmark(Number.POSITIVE_INFINITY);
    this.#send(text);
  }

  /** The client does not want it any more. */
  leave(): void {
    this.#server.streams.delete(this);
    for (const timer of this.#timers) timer.cancel();
  }

  /** The connection is cut. */
  break(): void {
    this.leave();
    this.#exchange.fail('reset');
  }

  strike(fault: StreamFault): void {
    const whole = line('ADDED', '{"kind":"Thing","metadata":{"name":"x"}}');
    switch (fault) {
      case 'end':
        return this.#end();
      case 'cut':
        return this.break();
      case 'cut-in-line':
        this.#send(whole.slice(0, 20));
        return this.break();
      case 'end-in-line':
        this.#send(whole.slice(0, 20));
        return this.#end();
      case 'garbage':
        return this.#send('this is no JSON\n');
      case 'broken-object':
        return this.#send(
          line('ADDED', '{"metadata":{"name":"x","resourceVersion":"9999999","uid":"u"},"spec":{oops}}'),
        );
      case 'stall':
        this.#stalled = true;
        return;
      case 'unknown-type':
        return this.#send(line('RENAMED', '{}'));
      case 'wrong-kind':
        return this.#send(
          line(
            'ADDED',
            '{"kind":"Other","apiVersion":"v1","metadata":{"name":"x","resourceVersion":"9999999","uid":"u"}}',
          ),
        );
      case 'table':
        return this.#send(
          line('ADDED', '{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9"},"rows":[]}'),
        );
      case 'repeat':
        return this.#send(!/^{"type":"[AM]/.test(this.#lastLine) ? '' : this.#lastLine);
      case 'late-bookmark':
        return this.#send(bookmark(Math.max(1, this.#sent - 5), false));
      default:
        this.#send(line('ERROR', JSON.stringify(statusOf(fault).body)));
        this.leave();
        return this.#exchange.end();
    }
  }

  /** A streaming list: a state, what happened since, and in between the bookmark that says that it is whole. */
  #initial(o: { asked: number; streaming: boolean }): void {
    const { random, clock, version } = this.#server;
    if (o.streaming && o.asked > version) {
      this.#timers.push(clock.setTimer(3000, () => this.strike('error-504-large')));
      return;
    }
    const state =
      o.asked === 0 ? { version, objects: this.#server.seen(this.#view) } : this.#server.seenSince(o.asked, this.#view);
    this.#sent = state.version;
    if (o.streaming) this.#endAt = random.int(state.version, version);
    this.#send(
      random
        .shuffle(state.objects)
        .map(({ text }) => line('ADDED', text))
        .join(''),
    );
    this.wake();
  }

  #endBookmark(before: number): string {
    if (this.#endAt === undefined || before <= this.#endAt) return '';
    const text = bookmark(Math.max(this.#endAt, this.#sent), true);
    this.#endAt = undefined;
    return text;
  }

  #bookmarkEvery(ms: number): void {
    const timer = this.#server.clock.setTimer(ms, () => {
      this.#bookmark();
      this.#bookmarkEvery(ms);
    });
    this.#timers.push(timer);
  }

  /** As the API server: only when all before it was sent, and never on a watch from the future. */
  #bookmark(): void {
    this.flush();
    if (this.#endAt !== undefined || this.#sent > this.#server.version) return;
    this.#sent = this.#server.version;
    this.#send(bookmark(this.#sent, false));
  }

  #send(text: string): void {
    if (this.#stalled || text === '') return;
    const bytes = encoder.encode(text);
    const at = this.#server.random.int(0, bytes.length);
    this.#exchange.bytes(bytes.slice(0, at));
    // The client may have left after the first half.
    if (this.#server.streams.has(this)) this.#exchange.bytes(bytes.slice(at));
  }

  #end(): void {
    this.leave();
    if (!this.#stalled) this.#exchange.end();
  }
}

function line(type: string, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}

function bookmark(version: number, end: boolean): string {
  const metadata = {
    resourceVersion: String(version),
    creationTimestamp: null,
    ...(end && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
  };
  return line('BOOKMARK', JSON.stringify({ kind: 'Thing', apiVersion: 'test.example/v1', metadata }));
}
