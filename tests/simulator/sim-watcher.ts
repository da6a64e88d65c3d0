import { createDeadlines, type Deadlines } from '../../runtime/src/reflector/deadlines.js';
import type { DriverEvents } from '../../runtime/src/reflector/driver-events.js';
import { createIntake, type Intake } from '../../runtime/src/reflector/driver-intake.js';
import { createObjectSink, type ObjectSink } from '../../runtime/src/reflector/driver-objects.js';
import { failureOfError } from '../../runtime/src/reflector/failure-of-error.js';
import { failureOfStatus } from '../../runtime/src/reflector/failure.js';
import { idleState, step } from '../../runtime/src/reflector/machine.js';
import { concerns } from '../../runtime/src/reflector/machine/transitions.js';
import type {
  Call,
  Effect,
  Failure,
  Input,
  ListQuery,
  Settings,
  State,
  WatchQuery,
} from '../../runtime/src/reflector/protocol.js';
import { listPath, probePath, type Selection, watchPath } from '../../runtime/src/reflector/selection.js';
import type { EntryMaker } from '../../runtime/src/store/entry.js';
import type { Difference } from '../../runtime/src/store/outcome.js';
import type { StoreWriter } from '../../runtime/src/store/store-writer.js';
import type { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { createLineSplitter } from '../../runtime/src/wire/lines.js';
import { createListScanner } from '../../runtime/src/wire/list-scanner.js';
import { readErrorStatus } from '../../runtime/src/wire/watch-event.js';
import { WireError } from '../../runtime/src/wire/wire-error.js';
import { hasComeTo, isOlder } from '../../runtime/src/wire/resource-version.js';
import { type Thing, Thing as definition } from '../support/reflector-scene.js';
import type { View } from './model-objects.js';
import type { Exchange, ModelServer } from './model-server.js';
import type { Random } from './random.js';

/** What a simulated watcher is made of. */
export interface SimWatcherOptions {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly server: ModelServer;
  readonly view: View;
  readonly selection: Selection;
  readonly settings: Settings;
  readonly writer: StoreWriter<Thing>;
  readonly maker: EntryMaker<Thing>;
  readonly events: DriverEvents<Thing>;
  /** Something happened that must not. */
  readonly wrong: (what: string) => void;
}

/** Drives the pure core over a model server: what the driver does, without promises, so that ten thousand runs take seconds. */
export class SimWatcher {
  state: State;
  steps = 0;
  readonly #o: SimWatcherOptions;
  readonly #sink: ObjectSink;
  readonly #intake: Intake;
  readonly #deadlines: Deadlines;
  readonly #aborts = new Map<Call, () => void>();
  #inbox: Input[] = [];
  #busy = false;
  #mayFall = false;
  #toldBefore = false;
  #highest = '';

  constructor(o: SimWatcherOptions) {
    this.#o = o;
    const events = {
      ...o.events,
      difference: (difference: Difference<Thing>) => {
        // W17: what a watch told before must change nothing when the next one tells it again.
        if (this.#toldBefore) o.wrong(`${difference.now.key}@${difference.now.resourceVersion} was told twice`);
        o.events.difference(difference);
      },
    };
    this.#sink = createObjectSink({ ...o, events, definition, metadataOnly: false, quarantine: new Set() });
    this.#intake = createIntake({
      sink: this.#sink,
      events,
      wants: (call) => concerns(this.state, call),
      isFilling: () => this.state.t === 'streaming',
      tell: (input) => this.tell(input),
    });
    this.#deadlines = createDeadlines(o.clock, (name) => this.tell({ t: 'timer', name }));
    this.state = idleState({ settings: o.settings });
  }

  tell(input: Input): void {
    if (this.#busy) {
      this.#inbox.push(input);
      return;
    }
    this.#busy = true;
    for (let next: Input | undefined = input; next !== undefined; next = this.#inbox.shift()) this.#step(next);
    this.#busy = false;
  }

  #step(input: Input): void {
    this.steps++;
    const before = this.state;
    const { state, effects } = step(before, input, { now: this.#o.clock.now(), rand: this.#o.random.next() });
    this.state = state;
    for (const effect of effects) this.#do(effect);
    if (state.t !== before.t || state.memory !== before.memory) this.#o.events.moved(state, before);
  }

  #do(effect: Effect): void {
    const { writer, events } = this.#o;
    switch (effect.t) {
      case 'apply':
        this.#toldBefore = hasComeTo(this.#highest, effect.raw.resourceVersion);
        this.#sink.apply(effect.type, effect.raw);
        return this.#advance(effect.resourceVersion);
      case 'advance':
        return this.#advance(effect.resourceVersion);
      case 'put':
        return this.#sink.put(effect.raw);
      case 'remove':
        return this.#sink.remove(effect.raw);
      case 'arm':
        return this.#deadlines.arm(effect.timer, effect.ms);
      case 'disarm':
        return this.#deadlines.disarm(effect.timer);
      case 'disarmAll':
        return this.#deadlines.disarmAll();
      case 'list':
        return this.#list(effect.call, effect.query);
      case 'probe':
        return this.#probe(effect.call);
      case 'open':
        return this.#watch(effect.call, effect.query);
      case 'close':
        this.#aborts.get(effect.call)?.();
        this.#aborts.delete(effect.call);
        return;
      case 'begin':
        this.#mayFall = effect.historyLost;
        return this.#sink.begin(effect.historyLost);
      case 'commit': {
        const job = writer.commit(effect.resourceVersion);
        while (!job.run(() => this.#o.random.percent(70)));
        this.#sink.committed();
        this.#check(effect.resourceVersion, this.#mayFall || Number(effect.resourceVersion) >= Number(this.#highest));
        return events.committed(job.outcomes);
      }
      case 'discard':
        return writer.discard();
      case 'desync':
        return events.desynced(effect.cause);
      case 'relisted':
        return events.relisted(effect.cause);
      case 'reconnect':
        return events.reconnected(effect.cause);
      case 'anomaly':
        return events.anomaly('skipped-event', effect.what);
      case 'refreshAuth':
      case 'streaming':
        return;
      case 'finish':
        return events.finished(effect.trouble);
    }
  }

  #advance(resourceVersion: string): void {
    this.#o.writer.advance(resourceVersion);
    this.#check(resourceVersion, !isOlder(resourceVersion, this.#highest));
    this.#o.events.advanced();
  }

  /** The store's version never falls, save when the server lost history. */
  #check(resourceVersion: string, allowed: boolean): void {
    if (!allowed) this.#o.wrong(`the version fell from ${this.#highest} to ${resourceVersion}`);
    this.#highest = resourceVersion;
    if (this.#o.writer.resourceVersion !== resourceVersion) {
      this.#o.wrong(`the store says ${this.#o.writer.resourceVersion}, the watcher ${resourceVersion}`);
    }
  }

  #list(call: Call, query: ListQuery): void {
    const scanner = createListScanner({ maxItemBytes: 100_000 });
    this.#send(call, listPath(this.#o.selection, query), {
      feed: (chunk) =>
        scanner.feed(chunk, (raw) => {
          this.#intake.item(call, raw);
        }),
      end: () => {
        const { resourceVersion, continue: next } = scanner.end();
        this.tell({
          t: 'page',
          call,
          ...(resourceVersion !== undefined && { resourceVersion }),
          ...(next !== undefined && { continue: next }),
        });
      },
      failed: (failure) => this.tell({ t: 'listFail', call, failure }),
    });
  }

  #probe(call: Call): void {
    const scanner = createListScanner({ maxItemBytes: 100_000 });
    this.#send(call, probePath(this.#o.selection), {
      feed: (chunk) => scanner.feed(chunk, () => undefined),
      end: () => {
        const { resourceVersion } = scanner.end();
        this.tell({ t: 'probed', call, ...(resourceVersion !== undefined && { resourceVersion }) });
      },
      failed: (failure) => this.tell({ t: 'listFail', call, failure }),
    });
  }

  #watch(call: Call, query: WatchQuery): void {
    const splitter = createLineSplitter({ maxLineBytes: 100_000 });
    let open = false;
    this.#send(call, watchPath(this.#o.selection, query), {
      head: () => {
        open = true;
        this.tell({ t: 'opened', call });
      },
      feed: (chunk) =>
        splitter.feed(chunk, (bytes, start, end) => {
          if (concerns(this.state, call)) this.#intake.line(call, bytes, start, end);
        }),
      end: () => this.tell({ t: 'closed', call }),
      failed: (failure) => this.tell({ t: open ? 'closed' : 'openFail', call, failure }),
    });
  }

  /** A request, with its bytes read as the driver reads them. */
  #send(
    call: Call,
    path: string,
    on: { head?: () => void; feed: (chunk: Uint8Array) => void; end: () => void; failed: (failure: Failure) => void },
  ): void {
    let errorBody: string | undefined;
    let headed = false;
    const guarded = (work: () => void): void => {
      if (!concerns(this.state, call)) return;
      try {
        work();
      } catch (error) {
        if (!(error instanceof WireError)) this.#o.wrong(String(error));
        on.failed(failureOfError(error, 'reset'));
      }
    };
    const exchange: Exchange = {
      head: (status) => {
        headed = true;
        if (status === 200) guarded(() => on.head?.());
        else errorBody = '';
      },
      bytes: (chunk) =>
        guarded(() => {
          this.tell({ t: 'bytes', call });
          if (errorBody === undefined) on.feed(chunk);
          else errorBody += new TextDecoder().decode(chunk);
        }),
      end: () =>
        guarded(() =>
          errorBody === undefined ? on.end() : on.failed(failureOfStatus(readErrorStatus(JSON.parse(errorBody)))),
        ),
      fail: (how) => {
        const error = Object.assign(new Error(how), how === 'refused' ? { code: 'ECONNREFUSED' } : {});
        guarded(() => on.failed(failureOfError(error, headed ? 'reset' : 'unavailable')));
      },
    };
    this.#aborts.set(call, this.#o.server.request(path, this.#o.view, exchange));
  }
}
