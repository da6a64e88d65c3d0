import type { ClusterInternals } from '../cluster-internals.js';
import type { Logger } from '../logger.js';
import { KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';
import type { Difference } from '../store/outcome.js';
import type { EntryMaker } from '../store/entry.js';
import type { StoreWriter } from '../store/store-writer.js';
import type { DesyncCause } from '../subscribe/change.js';
import type { Hub } from '../subscribe/hub.js';
import { createDriver, type Driver } from './driver.js';
import type { Anomaly, DriverEvents } from './driver-events.js';
import { idleState } from './machine.js';
import type { ReconnectCause, Settings, State, Trouble } from './protocol.js';
import type { ResolvedOptions } from './resolve-options.js';
import { createSelection, type Selection } from './selection.js';
import { looksDifferent, type WatcherView } from './status-view.js';
import { count, countDifference, createTally, type Tally } from './tally.js';
import { textOf } from '../text-of.js';
import { hasComeTo } from '../wire/resource-version.js';

const PAGE_SIZE = 500;

/** What a watcher is made of. */
export interface WatcherContext<T> {
  readonly internals: ClusterInternals;
  readonly server: string;
  readonly definition: ResourceInfo;
  /** `foos.example.dev`. */
  readonly resource: string;
  readonly options: ResolvedOptions<T>;
  readonly maker: EntryMaker<T>;
}

/** A reflector, as the watchers see it that it lives on. */
export interface WatchMember<T> {
  readonly hub: Hub<T>;
  readonly logger: Logger;
  /** Something that status or somebody who waits may want to see. */
  readonly changed: (what: 'store' | 'status') => void;
  /** A watcher that must not end has ended. */
  readonly broke: (error: KubeError) => void;
}

/** Keeps one partition right, one namespace or all, for the reflectors that share it (U14). */
export class Watcher<T> implements DriverEvents<T> {
  readonly partition: string;
  readonly tally: Tally = createTally();
  readonly writer: StoreWriter<T>;
  readonly #context: WatcherContext<T>;
  readonly #selection: Selection;
  readonly #members = new Set<WatchMember<T>>();
  #driver: Driver | undefined;
  #byHand: { readonly done: (trouble: Trouble | undefined) => void } | undefined;
  /** Whether it was started, and not only driven by hand. */
  #runs = false;
  #state: State;
  #lastEventAt: number | undefined;
  /** Set when equal reflectors may find it; called when it has ended. */
  #onEnd: (() => void) | undefined;
  /** How long it goes on without members, monotonic ms. */
  #keepUntil = 0;
  #linger: { cancel(): void } | undefined;

  constructor(context: WatcherContext<T>, writer: StoreWriter<T>) {
    this.#context = context;
    this.writer = writer;
    this.partition = writer.partition;
    const { labelSelector, fieldSelector, metadataOnly, managedFields } = context.options;
    const namespace = this.partition === '' ? undefined : this.partition;
    this.#selection = createSelection(context.definition, {
      namespace,
      labelSelector,
      fieldSelector,
      metadataOnly,
      managedFields,
    });
    this.#state = idleState({ settings: this.#settings(false) });
  }

  /** How many objects the partition holds. */
  get size(): number {
    return this.writer.size;
  }

  /** What equal watchers have in common, as text. Functions are told apart by `idOf`. */
  key(idOf: (fn: object) => number): string {
    const { definition, options } = this.#context;
    const { group, version, plural, kind } = definition;
    const { transform, freeze, maxLineBytes, streaming, initialVersion } = options;
    const how = [transform === undefined ? 0 : idOf(transform), freeze, maxLineBytes, streaming, initialVersion];
    return JSON.stringify([group, version, plural, kind, this.partition, this.#selection, ...how]);
  }

  /** From here on equal reflectors may join. */
  share(onEnd: () => void): void {
    this.#onEnd = onEnd;
  }

  /** Tells a reflector what happens from here on. One that comes late is told the set that is there, without a request. */
  join(member: WatchMember<T>): void {
    if (this.#members.has(member)) return;
    this.#linger?.cancel();
    this.#members.add(member);
    if (!this.writer.synced) return;
    member.hub.committed(this.partition, []);
    if (this.#state.memory.desync === undefined) member.hub.synced(this.partition);
    member.changed('store');
    member.changed('status');
  }

  /** The last one to leave ends it, when the longest `lingerMs` is over. True when it goes on. */
  leave(member: WatchMember<T>, lingerMs: number): boolean {
    const { clock } = this.#context.internals;
    const isLast = this.#members.size === 1 && this.#members.has(member);
    this.#keepUntil = Math.max(this.#keepUntil, clock.now() + lingerMs);
    const leftMs = this.#onEnd === undefined ? 0 : this.#keepUntil - clock.now();
    if (isLast && leftMs <= 0) this.end();
    else if (isLast) this.#linger = clock.setTimer(leftMs, () => this.end());
    this.#members.delete(member);
    return !this.ended && (!isLast || leftMs > 0);
  }

  /** Nobody can join it any more. */
  get ended(): boolean {
    return this.#state.t === 'stopped';
  }

  get view(): WatcherView {
    return {
      partition: this.partition,
      state: this.#state,
      synced: this.writer.synced,
      resourceVersion: this.writer.resourceVersion,
      lastEventAt: this.#lastEventAt,
      byHand: !this.#runs,
    };
  }

  start(): void {
    if (this.#runs) return;
    this.#runs = true;
    this.#driver = this.#createDriver(false);
    this.#driver.start();
  }

  /** One list, and the failure it ended with. `cancel` ends it early. */
  list(): { readonly done: Promise<Trouble | undefined>; readonly cancel: () => void } {
    const driver = this.#createDriver(true);
    this.#driver = driver;
    const done = new Promise<Trouble | undefined>((resolve) => {
      this.#byHand = { done: resolve };
    });
    driver.start();
    return { done, cancel: () => driver.stop() };
  }

  /** Goes up to one of these versions without an event, where none is missing. Never rejects. */
  async lookAhead(versions: readonly string[], signal: AbortSignal): Promise<void> {
    const behind = versions.filter((version) => !hasComeTo(this.writer.resourceVersion, version));
    if (this.#runs && behind.length > 0) await this.#driver?.lookAhead(behind, signal);
  }

  /** Ends it for everybody. */
  end(): void {
    this.#linger?.cancel();
    this.#driver?.stop();
    this.#onEnd?.();
  }

  moved(state: State, before: State): void {
    this.#state = state;
    if (!looksDifferent(state, before)) return;
    this.#log(state, before);
    this.#changed('status');
  }

  received(type: string): void {
    count(this.tally.events, type);
    this.#lastEventAt = this.#context.internals.clock.wallNow();
  }

  difference(difference: Difference<T>): void {
    countDifference(this.tally, difference);
    for (const { hub } of this.#members) hub.publish(difference);
    this.#changed('store');
  }

  committed(differences: readonly Difference<T>[]): void {
    for (const difference of differences) countDifference(this.tally, difference);
    for (const { hub } of this.#members) {
      hub.committed(this.partition, differences);
      hub.synced(this.partition);
    }
    this.#changed('store');
  }

  advanced(): void {
    this.#changed('store');
  }

  desynced(cause: DesyncCause): void {
    for (const { hub } of this.#members) hub.desynced(this.partition, cause);
  }

  relisted(cause: DesyncCause): void {
    count(this.tally.relists, cause);
  }

  reconnected(cause: ReconnectCause): void {
    count(this.tally.reconnects, cause);
  }

  anomaly(what: Anomaly, detail: string): void {
    // A server that does it once may do it a million times.
    const level = this.tally.anomalies.has(what) ? 'debug' : 'warn';
    count(this.tally.anomalies, what);
    const { internals, resource } = this.#context;
    internals.publish('kube-gen:anomaly', { resource, namespace: this.partition, what, detail });
    this.#tell(level, what, { namespace: this.partition, detail });
  }

  quarantined(error: unknown): void {
    this.tally.quarantines++;
    const { cause } = error as { readonly cause?: unknown };
    this.anomaly('quarantined', cause === undefined ? textOf(error) : `${textOf(error)}: ${textOf(cause)}`);
  }

  finished(trouble: Trouble | undefined): void {
    const byHand = this.#byHand;
    this.#byHand = undefined;
    if (byHand !== undefined) byHand.done(trouble);
    else if (trouble !== undefined) {
      this.#onEnd?.();
      for (const { broke } of this.#members) broke(new KubeError(trouble.code, trouble.message));
    }
  }

  #changed(what: 'store' | 'status'): void {
    for (const { changed } of this.#members) changed(what);
  }

  #settings(once: boolean): Settings {
    const { streaming, initialVersion } = this.#context.options;
    return { streaming, initialVersion, pageSize: PAGE_SIZE, rotate: true, once };
  }

  #createDriver(once: boolean): Driver {
    const { internals, server, definition, maker, options } = this.#context;
    return createDriver<T>({
      internals,
      server,
      definition,
      selection: this.#selection,
      settings: this.#settings(once),
      writer: this.writer,
      maker,
      maxLineBytes: options.maxLineBytes,
      quarantine: this.tally.quarantined,
      events: this,
      streamingFailures: this.#state.memory.streamingFailures,
      resourceVersion: this.writer.synced ? this.writer.resourceVersion : undefined,
    });
  }

  /** One line per change of state. */
  #log(state: State, before: State): void {
    const { internals, resource } = this.#context;
    const { trouble, desync } = state.memory;
    const fields = { resource, namespace: this.partition, from: before.t, to: state.t, resourceVersion: state.rv };
    internals.publish('kube-gen:reflector', fields);
    if (trouble !== undefined && trouble !== before.memory.trouble) {
      this.#tell('warn', `${trouble.verb} failed: ${trouble.message}`, { ...fields, code: trouble.code });
    } else if (desync !== before.memory.desync) {
      this.#tell('info', desync === undefined ? 'in touch again' : `out of touch (${desync})`, fields);
    } else if (state.t !== before.t) {
      this.#tell('debug', `${before.t} -> ${state.t}`, fields);
    }
  }

  /** Once to each logger, however many reflectors have it. */
  #tell(level: keyof Logger, message: string, fields: Record<string, unknown>): void {
    const loggers = new Set(Array.from(this.#members, ({ logger }) => logger));
    for (const logger of loggers) logger[level](`${this.#context.resource}: ${message}`, fields);
  }
}
