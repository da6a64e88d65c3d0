import type { ClusterInternals } from '../cluster-internals.js';
import type { ResourceInfo } from '../resource.js';
import type { EntryMaker } from '../store/entry.js';
import type { StepwiseCommit, StoreWriter } from '../store/store-writer.js';
import { WireError } from '../wire/wire-error.js';
import { createDeadlines, type Deadlines } from './deadlines.js';
import type { DriverEvents } from './driver-events.js';
import { createIntake } from './driver-intake.js';
import { createObjectSink, type ObjectSink } from './driver-objects.js';
import { list, probe, watch, type RequestHost } from './driver-requests.js';
import { lookAhead } from './look-ahead.js';
import { idleState, step } from './machine.js';
import { concerns } from './machine/transitions.js';
import type { Call, Effect, Env, Input, Settings, State } from './protocol.js';
import { runInTurns, runSlice, withEnd } from './run-slice.js';
import type { Selection } from './selection.js';
import { streamingMemory, type StreamingMemory } from './streaming-memory.js';
import { watchForSuspension } from './suspension.js';
import { textOf } from '../text-of.js';

/** What one watcher works with. */
export interface DriverOptions<T> {
  readonly internals: ClusterInternals;
  readonly server: string;
  readonly definition: ResourceInfo;
  readonly selection: Selection;
  readonly settings: Settings;
  readonly writer: StoreWriter<T>;
  readonly maker: EntryMaker<T>;
  readonly maxLineBytes: number;
  /** The keys of objects that are kept out (E10). */
  readonly quarantine: Set<string>;
  readonly events: DriverEvents<T>;
  /** Go on from a set that the store holds already. */
  readonly resourceVersion?: string | undefined;
  /** What the list by hand before this one had learned (L6). */
  readonly streamingFailures?: number;
}

/** Makes the machine's effects happen and tells it what came of them: the only place of a watcher where time passes. */
export interface Driver {
  readonly state: State;
  start(): void;
  /** Ends all of it in this tick: requests are aborted, timers taken away, late answers ignored (D2, D6). */
  stop(): void;
  /** Takes the store's version up to one of these if the server says that nothing happened before it. Never rejects. */
  lookAhead(versions: readonly string[], signal: AbortSignal): Promise<void>;
}

/** Makes the driver of one watched namespace, or of all. */
export function createDriver<T>(o: DriverOptions<T>): Driver {
  return new WatchDriver(o);
}

class WatchDriver<T> implements Driver {
  state: State;
  readonly #o: DriverOptions<T>;
  readonly #sink: ObjectSink;
  readonly #deadlines: Deadlines;
  readonly #streaming: StreamingMemory;
  readonly #host: RequestHost;
  readonly #open = new Map<Call, AbortController>();
  /** Inputs that came while another one was being worked on. */
  #inbox: Input[] = [];
  #stepping = false;
  /** `stop` was called from inside a step, by a logger perhaps: nothing new begins after it. */
  #stopSoon = false;
  /** A fault has ended it, and was told. */
  #isBroken = false;
  /** What is left to do when what it waits for (a place for a list, a commit) is there. */
  #rest: readonly Effect[] = [];
  #waiting: { readonly done: Promise<void>; readonly cancel: AbortController } | undefined;
  #releaseSlot: (() => void) | undefined;
  #refresh: Promise<unknown> | undefined;
  #sentAt = 0;
  #suspension: { cancel(): void } | undefined;

  constructor(o: DriverOptions<T>) {
    const { clock } = o.internals;
    this.#o = o;
    this.#sink = createObjectSink({ ...o, metadataOnly: o.selection.metadataOnly });
    this.#deadlines = createDeadlines(clock, (name) => this.#tell({ t: 'timer', name }));
    this.#streaming = streamingMemory(o.internals, o.definition);
    this.state = idleState({
      settings: o.settings,
      streamingUnsupportedUntil: this.#streaming.unsupportedUntil,
      resourceVersion: o.resourceVersion,
      streamingFailures: o.streamingFailures,
    });
    const wants = (call: Call): boolean => concerns(this.state, call);
    const tell = (input: Input): void => this.#tell(input);
    this.#host = {
      internals: o.internals,
      server: o.server,
      selection: o.selection,
      maxLineBytes: o.maxLineBytes,
      wants,
      tell,
      ...createIntake({
        sink: this.#sink,
        events: o.events,
        wants,
        isFilling: () => this.state.t === 'streaming',
        tell,
      }),
      busy: () => this.#waiting?.done,
      refreshing: () => this.#refresh,
    };
  }

  start(): void {
    if (this.state.t !== 'idle') return;
    this.#suspension = watchForSuspension(this.#o.internals.clock, () => this.#tell({ t: 'suspendDetected' }));
    this.#tell({ t: 'start' });
  }

  stop(): void {
    if (this.#stepping) {
      this.#stopSoon = true;
      return;
    }
    this.#waiting?.cancel.abort();
    this.#waiting = undefined;
    const rest = this.#rest;
    this.#rest = [];
    this.#inbox = [];
    this.#suspension?.cancel();
    // The machine of a list by hand has come to its end before its commit: what is left of that end is not for the commit alone.
    if (this.state.t === 'stopped') this.#guarded(() => this.#perform(rest));
    else this.#tell({ t: 'stop' });
  }

  async lookAhead(wanted: readonly string[], signal: AbortSignal): Promise<void> {
    if (this.state.t !== 'watching') return;
    const { rv: from, stream } = this.state;
    const ahead = await lookAhead(this.#host, { from, wanted, signal });
    if (ahead === undefined) return;
    this.#tell({ t: 'nothingUpTo', call: stream.call, last: ahead.last, resourceVersion: ahead.upTo });
  }

  /** One input at a time; those that come meanwhile wait in line. */
  #tell(input: Input): void {
    if (this.#stepping || this.#waiting !== undefined) {
      this.#inbox.push(input);
      return;
    }
    this.#guarded(() => this.#step(input));
    this.#readInbox();
  }

  /** No input is worked on inside another. What must not happen, a fault of ours or of a transport, ends the watcher with a word about it. */
  #guarded(work: () => void): void {
    this.#stepping = true;
    try {
      work();
    } catch (error) {
      if (error instanceof WireError) throw error;
      this.#broken(error);
    } finally {
      this.#stepping = false;
    }
    if (this.#stopSoon) {
      this.#stopSoon = false;
      this.stop();
    }
  }

  #broken(error: unknown): void {
    if (this.#isBroken) return this.#letGo();
    this.#isBroken = true;
    this.#stopSoon = true;
    const message = `the watcher met an error it does not know: ${textOf(error)}`;
    this.#o.events.finished({ class: 'decode', code: 'protocol', message, verb: 'watch' });
  }

  /** The machine cannot even stop: nothing of it shall go on all the same. */
  #letGo(): void {
    for (const controller of this.#open.values()) controller.abort();
    this.#deadlines.disarmAll();
    this.#giveSlot();
  }

  /** In a loop, not one inside the other: there may be as many as a server sends pieces while a commit runs. */
  #readInbox(): void {
    while (this.#waiting === undefined) {
      const input = this.#inbox.shift();
      if (input === undefined) return;
      this.#guarded(() => this.#step(input));
    }
  }

  #step(input: Input): void {
    if (this.#isBroken && input.t !== 'stop') return;
    const { clock } = this.#o.internals;
    const env: Env = { now: clock.now(), rand: clock.random() };
    const before = this.state;
    const { state, effects } = step(before, input, env);
    this.state = state;
    this.#perform(effects);
    if (state.t !== before.t || state.memory !== before.memory) this.#o.events.moved(state, before);
  }

  #perform(effects: readonly Effect[]): void {
    for (let i = 0; i < effects.length; i++) {
      const effect = effects[i];
      if (this.#stopSoon) return;
      if (effect !== undefined) this.#do(effect);
      if (this.#waiting !== undefined) {
        this.#rest = effects.slice(i + 1);
        return;
      }
    }
  }

  #do(effect: Effect): void {
    const { writer, events } = this.#o;
    switch (effect.t) {
      case 'apply':
        this.#sink.apply(effect.type, effect.raw);
        return this.#advance(effect.resourceVersion);
      case 'arm':
        return this.#deadlines.arm(effect.timer, effect.ms);
      case 'put':
        return this.#sink.put(effect.raw);
      case 'remove':
        return this.#sink.remove(effect.raw);
      case 'advance':
        return this.#advance(effect.resourceVersion);
      case 'disarm':
        return this.#deadlines.disarm(effect.timer);
      case 'disarmAll':
        return this.#deadlines.disarmAll();
      case 'list':
      case 'probe':
      case 'open':
        return this.#request(effect);
      case 'close':
        this.#open.get(effect.call)?.abort();
        this.#open.delete(effect.call);
        // Were they still being made, the request has waited for them in vain: the next one shall not.
        this.#refresh = undefined;
        return;
      case 'begin':
        this.#sink.begin(effect.historyLost);
        return this.#takeSlot();
      case 'commit':
        return this.#commit(writer.commit(effect.resourceVersion));
      case 'discard':
        writer.discard();
        return this.#giveSlot();
      case 'refreshAuth':
        return this.#refreshCredentials();
      case 'streaming':
        this.#streaming.unsupportedUntil = effect.unsupportedUntil;
        return;
      case 'desync':
        return events.desynced(effect.cause);
      case 'relisted':
        return events.relisted(effect.cause);
      case 'reconnect':
        return events.reconnected(effect.cause);
      case 'anomaly':
        return events.anomaly('skipped-event', effect.what);
      case 'finish':
        this.#suspension?.cancel();
        return events.finished(effect.trouble);
    }
  }

  #advance(resourceVersion: string): void {
    this.#o.writer.advance(resourceVersion);
    this.#o.events.advanced();
  }

  #request(effect: Extract<Effect, { t: 'list' | 'probe' | 'open' }>): void {
    const controller = new AbortController();
    const { call } = effect;
    const { signal } = controller;
    this.#open.set(call, controller);
    this.#sentAt = this.#o.internals.clock.now();
    const done = (): void => void this.#open.delete(call);
    switch (effect.t) {
      case 'list':
        void list(this.#host, { call, query: effect.query, signal }).finally(done);
        return;
      case 'probe':
        void probe(this.#host, { call, signal }).finally(done);
        return;
      case 'open':
        void watch(this.#host, { call, query: effect.query, signal }).finally(done);
        return;
    }
  }

  /** E11: full lists wait for a place, and what the machine wants after `begin` waits with them. */
  #takeSlot(): void {
    if (this.#releaseSlot !== undefined) return;
    this.#waitFor(async (signal) => {
      const release = await this.#o.internals.acquireListSlot(signal);
      if (signal.aborted) release();
      else this.#releaseSlot = release;
    });
  }

  #giveSlot(): void {
    this.#releaseSlot?.();
    this.#releaseSlot = undefined;
  }

  /** Small commits are done at once, large ones in slices between which everything else runs. */
  #commit(job: StepwiseCommit<T>): void {
    const { clock } = this.#o.internals;
    // Who came between the two would be told the new set, and then what it changed.
    const told = withEnd(job, () => this.#committed(job));
    if (runSlice(clock, told)) return;
    this.#waitFor(async (signal) => void (await runInTurns(clock, told, () => !signal.aborted)));
  }

  #committed(job: StepwiseCommit<T>): void {
    this.#giveSlot();
    this.#sink.committed();
    this.#o.events.committed(job.outcomes);
  }

  #waitFor(work: (signal: AbortSignal) => Promise<void>): void {
    const cancel = new AbortController();
    const done = work(cancel.signal).then(
      () => this.#resume(cancel),
      (error: unknown) => {
        if (!cancel.signal.aborted) this.#guarded(() => this.#broken(error));
      },
    );
    this.#waiting = { done, cancel };
  }

  #resume(cancel: AbortController): void {
    if (this.#waiting?.cancel !== cancel) return;
    this.#waiting = undefined;
    const rest = this.#rest;
    this.#rest = [];
    this.#guarded(() => this.#perform(rest));
    if (this.#waiting === undefined) this.#readInbox();
  }

  #refreshCredentials(): void {
    const { internals } = this.#o;
    const refresh = internals
      .refreshCredentials(this.#sentAt)
      // The next request says itself what is wrong with the credentials.
      .catch((error: unknown) => internals.logger.warn('credentials could not be made new', { error: textOf(error) }))
      .then(() => {
        if (this.#refresh === refresh) this.#refresh = undefined;
      });
    this.#refresh = refresh;
  }
}
