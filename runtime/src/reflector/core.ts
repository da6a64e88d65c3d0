import { atOnce } from '../check-arguments.js';
import type { ClusterInternals } from '../cluster-internals.js';
import type { Logger } from '../logger.js';
import { KubeError } from '../errors.js';
import { apiVersionOf, resourceName, type ResourceInfo } from '../resource.js';
import { createStore } from '../store/cache-store.js';
import type { EntryMaker } from '../store/entry.js';
import { createEntryMaker } from '../store/entry-maker.js';
import type { Store } from '../store/store.js';
import { createHub } from '../subscribe/create-hub.js';
import type { Hub } from '../subscribe/hub.js';
import { assumedEntry, isSelected } from './assume.js';
import { CatchUp } from './catch-up.js';
import { ListsByHand } from './lists-by-hand.js';
import { quietLogger } from '../quiet-logger.js';
import type { ResolvedOptions } from './resolve-options.js';
import type { ReflectorStatus } from './status.js';
import { createStatusListeners, type StatusListeners } from './status-listeners.js';
import { namespaceStatus, reflectorStatus } from './status-view.js';
import { quarantinedKeys, sumTallies } from './tally.js';
import { type Job, runInTurns, runSlice, withEnd } from './run-slice.js';
import { sharedWatches } from './shared-watches.js';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.js';
import { Watcher, type WatchMember } from './watcher.js';
import { stackOf, textOf } from '../text-of.js';
import { hasComeTo } from '../wire/resource-version.js';

/** What a reflector is made of: a store, one watcher for each partition of it, subscribers, and those who wait. */
export class ReflectorCore<T> {
  readonly definition: ResourceInfo;
  /** `foos.example.dev`. */
  readonly resource: string;
  readonly server: string;
  readonly options: ResolvedOptions<T>;
  readonly internals: ClusterInternals;
  readonly store: Store<T>;
  readonly hub: Hub<T>;
  readonly room: WaitingRoom;
  readonly catchUp: CatchUp;
  readonly #watchers: Watcher<T>[];
  readonly #member: WatchMember<T>;
  readonly #maker: EntryMaker<T>;
  readonly #statusListeners: StatusListeners;
  readonly #byHand: ListsByHand;
  readonly #logger: Logger;
  #life: 'idle' | 'started' | 'stopped' = 'idle';
  /** It has a set, or own writes laid over it, that a watch of others knows nothing of. */
  #alone = false;
  /** What it was when it stopped. */
  #lastStatus: ReflectorStatus | undefined;

  constructor(
    cluster: { readonly server: string; readonly internals: ClusterInternals },
    definition: ResourceInfo,
    options: ResolvedOptions<T>,
  ) {
    this.definition = definition;
    this.options = options;
    this.resource = resourceName(definition);
    this.server = cluster.server;
    this.internals = cluster.internals;
    this.#logger = quietLogger(options.logger ?? this.internals.logger);
    const { clock } = this.internals;
    this.room = createWaitingRoom(clock);
    this.catchUp = new CatchUp({
      clock,
      isBehind: (version) => !this.hasSeen(version),
      look: (versions, signal) => Promise.all(this.#watchers.map((watcher) => watcher.lookAhead(versions, signal))),
    });
    this.#statusListeners = createStatusListeners((error) => this.#handlerFailed(error));
    this.store = createStore<T>({
      partitions: options.partitions,
      indexes: indexesOf(options.indexes),
      now: () => clock.now(),
      onIndexError: ({ index, key, error }) =>
        this.watchers[0]?.anomaly('index-function', `${index} of ${key}: ${textOf(error)}`),
    });
    this.hub = createHub<T>({
      store: this.store,
      clock,
      // Not queueMicrotask: in Node it costs several times as much.
      schedule: (fn) => void Promise.resolve().then(fn),
      selected: this.selected,
      onError: (error) => this.#handlerFailed(error),
    });
    this.#byHand = new ListsByHand(this, () => {
      if (this.started) this.#run();
    });
    this.#maker = this.#createMaker();
    this.#member = {
      hub: this.hub,
      logger: this.#logger,
      changed: (what) => this.#changed(what),
      broke: (error) => this.#broke(error),
    };
    this.#watchers = this.#createWatchers();
  }

  /** One for each partition; another reflector's, once it is started and shares one. */
  get watchers(): readonly Watcher<T>[] {
    return this.#watchers;
  }

  get stopped(): boolean {
    return this.#life === 'stopped';
  }

  /** Whether it runs by itself, or will when a list by hand has ended. */
  get started(): boolean {
    return this.#life === 'started';
  }

  /** Whether it is driven by `poll`. */
  get handDriven(): boolean {
    return this.#life === 'idle' && (this.#byHand.busy || this.isSynced());
  }

  /** Whether it watches with a selector. */
  get selected(): boolean {
    return this.options.labelSelector !== undefined || this.options.fieldSelector !== undefined;
  }

  /** Whether the whole set of a namespace, or of all, has been in the cache. */
  isSynced(namespace?: string): boolean {
    const { store } = this;
    return store.isSynced(namespace !== undefined && store.partitions.includes(namespace) ? namespace : undefined);
  }

  /** Whether the cache, of every namespace, has come to this version. */
  hasSeen(version: string): boolean {
    return hasComeTo(this.store.resourceVersion(), version);
  }

  get status(): ReflectorStatus {
    if (this.#lastStatus !== undefined) return this.#lastStatus;
    const { watchers, store } = this;
    const parts = watchers.map(({ view }) => ({
      partition: view.partition,
      status: namespaceStatus(view, this),
    }));
    const tallies = watchers.map(({ tally }) => tally);
    return reflectorStatus(parts, {
      resourceVersion: store.resourceVersion(),
      counts: sumTallies(tallies, store.size),
      quarantined: quarantinedKeys(tallies),
    });
  }

  start(): void {
    if (this.stopped) throw this.stoppedError();
    if (this.#life === 'started') return;
    this.#life = 'started';
    if (!this.#byHand.busy) this.#run();
  }

  /** A large one is made in turns; who reads it before has it made at once (S5). */
  addIndex(name: string, fn: (object: T) => unknown): void {
    const { clock } = this.internals;
    const making = this.store.addIndex(name, fn);
    if (!runSlice(clock, making)) void runInTurns(clock, making, () => !this.stopped);
  }

  /** Shows an own write until the watch has come to its version (S12). Throws `usage`, `stopped`. */
  assume(object: T): void {
    if (this.stopped) throw this.stoppedError();
    const { definition, options, store } = this;
    const entry = assumedEntry(object, { definition, options, maker: this.#maker });
    store.assume(entry, isSelected(entry, options, store.entry(entry.key) !== undefined));
    if (!this.started) this.#alone = true;
    this.room.wake();
  }

  onStatus(handler: (status: ReflectorStatus) => unknown, signal: AbortSignal | undefined): { stop(): void } {
    return this.#statusListeners.add(handler, signal);
  }

  /** One list of each partition, after those that were asked for before. */
  poll(signal: AbortSignal | undefined): Promise<void> {
    this.#alone = true;
    return this.#byHand.poll(signal);
  }

  /** Ends requests, timers and subscriptions in this tick; resolves when handlers have ended, or after `graceMs`. */
  async stop(): Promise<void> {
    this.#life = 'stopped';
    this.#byHand.stop();
    this.catchUp.stop();
    for (const watcher of this.#watchers) {
      const goesOn = watcher.leave(this.#member, this.options.lingerMs);
      if (goesOn) this.store.part(watcher.partition);
    }
    this.hub.stop();
    this.#lastStatus = this.status;
    this.#statusListeners.tell(this.status);
    this.#statusListeners.close();
    this.room.close(this.stoppedError());
    await this.#handlersEnd();
  }

  stoppedError(): KubeError {
    return new KubeError('stopped', `the reflector of ${this.resource} was stopped`);
  }

  #run(): void {
    this.#watchers.forEach((own, at) => this.#runOne(own, at));
  }

  /** On the watch of an equal reflector, where there is one, unless it has something of its own to go on from. */
  #runOne(own: Watcher<T>, at: number): void {
    const watcher = this.#alone ? own : sharedWatches(this.internals).join(own);
    if (watcher === own) return own.start();
    const joining = withEnd(this.store.share(watcher.writer), () => this.#join(watcher, at));
    if (!runSlice(this.internals.clock, joining)) void this.#joinInTurns(joining, { watcher, own, at });
  }

  /** With indexes over many objects: until they are made it is as one that has not listed yet. */
  async #joinInTurns(
    joining: Job,
    o: { readonly watcher: Watcher<T>; readonly own: Watcher<T>; readonly at: number },
  ): Promise<void> {
    const { clock } = this.internals;
    const isDone = await runInTurns(clock, joining, () => !this.stopped && !o.watcher.ended);
    if (!isDone && !this.stopped) this.#runOne(o.own, o.at);
  }

  #join(watcher: Watcher<T>, at: number): void {
    this.#watchers[at] = watcher;
    watcher.join(this.#member);
    watcher.start();
  }

  async #handlersEnd(): Promise<void> {
    const ended = Promise.all([this.hub.drained(), this.#statusListeners.drained()]);
    let timer: { cancel(): void } | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = this.internals.clock.setTimer(this.options.graceMs, resolve);
    });
    await Promise.race([ended, patience]);
    timer?.cancel();
  }

  #createMaker(): EntryMaker<T> {
    const { definition, options } = this;
    const { managedFields, metadataOnly, freeze } = options;
    return createEntryMaker<T>({
      apiVersion: apiVersionOf(definition),
      kind: definition.kind,
      managedFields,
      metadataOnly,
      transform: options.transform && atOnce(options.transform, 'transform'),
      freeze,
    });
  }

  #createWatchers(): Watcher<T>[] {
    const { internals, server, definition, resource, options } = this;
    const context = { internals, server, definition, resource, options, maker: this.#maker };
    return this.store.partitions.map((partition) => {
      const watcher = new Watcher<T>(context, this.store.writer(partition));
      watcher.join(this.#member);
      return watcher;
    });
  }

  #changed(what: 'store' | 'status'): void {
    this.room.wake();
    // The last status is told once, when all has ended.
    if (what === 'status' && this.#statusListeners.size > 0 && !this.stopped) this.#statusListeners.tell(this.status);
  }

  /** A fault of ours ended a watcher: better no cache than one that is silently stale (E9). */
  #broke(error: KubeError): void {
    this.#logger.warn(`${this.resource}: the reflector ended: ${error.message}`);
    this.hub.stop(error);
    this.room.close(error);
    void this.stop();
  }

  #handlerFailed(error: unknown): void {
    const text = `a handler of ${this.resource} failed: ${textOf(error)}`;
    this.internals.publish('kube-gen:warning', { text });
    const stack = stackOf(error);
    this.#logger.warn(text, stack === undefined ? undefined : { stack });
  }
}

function indexesOf<T>(indexes: ResolvedOptions<T>['indexes']): ResolvedOptions<T>['indexes'] {
  return Object.fromEntries(Object.entries(indexes).map(([name, fn]) => [name, atOnce(fn, `the index ${name}`)]));
}
