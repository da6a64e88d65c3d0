import type { JsonObject } from '../state/json.js';
import { type ListOptions, readListOptions } from '../state/list-options.js';
import { bookmark, project, type Projection } from '../state/projection.js';
import { readSelection } from '../state/selection.js';
import { expired, type StatusObject } from '../state/status.js';
import { openWatch, type WatchCursor } from '../state/watch-cursor.js';
import type { Strike } from '../fault.js';
import { acceptsGzip, readAccept } from './accept.js';
import { faultStatus } from './fault-status.js';
import { gzipMember } from './gzip-member.js';
import { commonHeaders, warningHeader } from './json-answer.js';
import { type Call, breakOff } from './server-context.js';
import { readTables, type Tables } from './tables.js';
import { versionWarnings } from './version-warnings.js';

const CHUNK_CHARACTERS = 64 * 1024;
const SHORTEST_DEFAULT_TIMEOUT_MS = 30 * 60_000;
/** The last bookmark comes so long before the end. */
const LAST_BOOKMARK_BEFORE_END_MS = 2_000;

/** `GET` of a collection with `watch`: events until the time is up, the client goes or a fault strikes. */
export async function serveWatch(call: Call): Promise<void> {
  const { context, target, query, headers, answer } = call;
  const options = readListOptions(query, { watch: true, watchList: context.watchList });
  const strike = call.strike;
  if (strike?.fault.do === 'status' && strike.fault.afterEvents === undefined) throw faultStatus(strike.fault);
  const projection = readAccept(headers.accept, 'PartialObjectMetadata');
  const tables = projection.form === 'table' ? readTables(call) : undefined;
  const selection = readSelection(target, query);
  // Real servers compress streaming lists, one gzip member for each flush, and no other watches.
  const gzip = options.sendInitialEvents === true && acceptsGzip(headers['accept-encoding']);
  answer.head(200, {
    ...commonHeaders,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...warningHeader(versionWarnings(target)),
  });
  const cursor = openWatch(context.state, { target, selection, options });
  await new WatchStream(call, { options, projection, tables, cursor, gzip }).run();
}

interface StreamParts {
  readonly options: ListOptions;
  readonly projection: Projection;
  readonly tables: Tables | undefined;
  readonly cursor: WatchCursor;
  readonly gzip: boolean;
}

/** One open watch: pulls from its cursor as long as the client takes, and sleeps until something happens. */
class WatchStream {
  readonly #call: Call;
  readonly #parts: StreamParts;
  #text = '';
  #events = 0;
  #wake: (() => void) | undefined;
  #isAwake = false;
  #bookmarkDue = false;
  #timeUp = false;
  /** Strikes as soon as `#events` reaches it. */
  #strike: Strike | undefined;

  constructor(call: Call, parts: StreamParts) {
    this.#call = call;
    this.#parts = parts;
    this.#strike = call.strike;
  }

  async run(): Promise<void> {
    const { context, answer, target } = this.#call;
    const wake = (): void => this.#wakeUp();
    const timers = this.#armTimers();
    const unsubscribe = this.#parts.cursor.subscribe(wake);
    const open = {
      plural: target.kind.plural,
      strike: (strike: Strike) => {
        // At once, also when the client does not read and the stream waits for it.
        if (strike.fault.do === 'drop') answer.drop();
        else if (strike.fault.do === 'reset') answer.reset();
        this.#strike = { ...strike, fault: { ...strike.fault, afterEvents: this.#events } };
        wake();
      },
    };
    context.watches.add(open);
    answer.onClose(wake);
    try {
      await this.#pump();
    } finally {
      unsubscribe();
      context.watches.delete(open);
      for (const timer of timers) timer.cancel();
    }
  }

  async #pump(): Promise<void> {
    const { answer } = this.#call;
    while (!answer.closed) {
      if (this.#strike !== undefined && this.#events >= (this.#strike.fault.afterEvents ?? 0)) {
        if (await this.#suffer(this.#strike)) continue;
        return;
      }
      const item = this.#parts.cursor.next();
      if (item === undefined) {
        if (await this.#rest()) continue;
        return;
      }
      if (item.t === 'end') return this.#finish();
      if (item.t === 'event') {
        this.#say(item.type, this.#shown(project(item.object, this.#parts.projection), false));
        this.#events++;
      } else if (item.t === 'error') {
        this.#say('ERROR', item.status);
      } else {
        this.#say('BOOKMARK', this.#bookmark(item.revision, true));
      }
      if (this.#text.length >= CHUNK_CHARACTERS) await this.#flush();
    }
  }

  /** Nothing to tell at present. False when the watch is over. */
  async #rest(): Promise<boolean> {
    if (this.#bookmarkDue) {
      this.#bookmarkDue = false;
      this.#say('BOOKMARK', this.#bookmark(this.#parts.cursor.revision(), false));
    }
    if (this.#text !== '') {
      // Events may have come while the bytes went out.
      await this.#flush();
      return true;
    }
    if (this.#timeUp) {
      await this.#finish();
      return false;
    }
    await this.#sleep();
    return true;
  }

  /** Plays a fault. False when the watch is over. */
  async #suffer(strike: Strike): Promise<boolean> {
    const { answer } = this.#call;
    const { fault } = strike;
    this.#strike = undefined;
    await this.#flush();
    switch (fault.do) {
      case 'slow':
        return true;
      case 'stall':
      case 'drop':
      case 'reset':
        return breakOff(answer, strike);
      case 'expire':
        return this.#fail(expired('The resourceVersion for the provided watch is too old.').status);
      case 'status':
        return this.#fail(faultStatus(fault).status);
    }
  }

  async #fail(status: StatusObject): Promise<boolean> {
    this.#say('ERROR', status);
    await this.#finish();
    return false;
  }

  #bookmark(revision: number, initialEnd: boolean): unknown {
    return this.#shown(bookmark(this.#call.target, this.#parts.projection, { revision, initialEnd }), true);
  }

  #shown(object: JsonObject, isBookmark: boolean): JsonObject {
    const { tables } = this.#parts;
    return tables === undefined ? object : tables.event(object, { isBookmark });
  }

  #say(type: string, object: unknown): void {
    this.#text += `${JSON.stringify({ type, object })}\n`;
  }

  async #flush(): Promise<void> {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    await this.#call.answer.write(this.#parts.gzip ? gzipMember(text) : text);
  }

  async #finish(): Promise<void> {
    await this.#flush();
    this.#call.answer.end();
  }

  #armTimers(): { cancel(): void }[] {
    const { clock, bookmarkEveryMs } = this.#call.context;
    const { options } = this.#parts;
    const asked = (options.timeoutSeconds ?? 0) * 1000;
    const timeoutMs = asked > 0 ? asked : SHORTEST_DEFAULT_TIMEOUT_MS * (1 + clock.random());
    const timers: { cancel(): void }[] = [];
    const arm = (ms: number, fn: () => void): void => void timers.push(clock.setTimer(ms, fn));
    const dueBookmark = (): void => {
      this.#bookmarkDue = true;
      this.#wakeUp();
    };
    const everyBookmark = (): void => {
      dueBookmark();
      arm(bookmarkEveryMs, everyBookmark);
    };
    if (options.bookmarks) {
      arm(bookmarkEveryMs, everyBookmark);
      if (timeoutMs > LAST_BOOKMARK_BEFORE_END_MS) arm(timeoutMs - LAST_BOOKMARK_BEFORE_END_MS, dueBookmark);
    }
    arm(timeoutMs, () => {
      this.#timeUp = true;
      this.#wakeUp();
    });
    return timers;
  }

  #wakeUp(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  async #sleep(): Promise<void> {
    if (!this.#isAwake) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    this.#isAwake = false;
  }
}
