import { clusterInternals, type Cluster, type ClusterInternals, type Logger } from '../cluster.js';
import { KubeError } from '../errors.js';
import { apiVersionOf, type ResourceInfo } from '../resource.js';
import { createStore } from '../store/cache-store.js';
import { createEntryMaker } from '../store/entry-maker.js';
import type { Store } from '../store/store.js';
import { createHub } from '../subscribe/create-hub.js';
import type { Hub } from '../subscribe/hub.js';
import type { Trouble } from './protocol.js';
import { keepMetadata } from './keep-metadata.js';
import type { ResolvedOptions } from './resolve-options.js';
import type { ReflectorStatus } from './status.js';
import { createStatusListeners, type StatusListeners } from './status-listeners.js';
import { namespaceStatus, reflectorStatus } from './status-view.js';
import { quarantinedKeys, sumTallies } from './tally.js';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.js';
import { Watcher } from './watcher.js';

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
  readonly watchers: readonly Watcher<T>[];
  readonly #statusListeners: StatusListeners;
  readonly #logger: Logger;
  #life: 'idle' | 'started' | 'stopped' = 'idle';
  /** The lists by hand that are running or waiting for their turn. */
  #polls: Promise<void> = Promise.resolve();
  #polling = 0;
  #cancelPoll: (() => void) | undefined;

  constructor(cluster: Cluster, definition: ResourceInfo, options: ResolvedOptions<T>) {
    this.definition = definition;
    this.options = options;
    this.resource = definition.group === '' ? definition.plural : `${definition.plural}.${definition.group}`;
    this.server = cluster.server;
    this.internals = cluster[clusterInternals];
    this.#logger = quiet(options.logger ?? this.internals.logger);
    const { clock } = this.internals;
    this.room = createWaitingRoom(clock);
    this.#statusListeners = createStatusListeners((error) => this.#handlerFailed(error));
    this.store = createStore<T>({
      partitions: options.partitions,
      indexes: options.indexes,
      onIndexError: ({ index, key, error }) =>
        this.watchers[0]?.anomaly('index-function', `${index} of ${key}: ${String(error)}`),
    });
    this.hub = createHub<T>({
      store: this.store,
      clock,
      schedule: queueMicrotask,
      selected: this.selected,
      onError: (error) => this.#handlerFailed(error),
    });
    this.watchers = this.#createWatchers();
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
    return this.#life === 'idle' && (this.#polling > 0 || this.isSynced());
  }

  /** Whether it watches with a selector. */
  get selected(): boolean {
    return this.options.labelSelector !== undefined || this.options.fieldSelector !== undefined;
  }

  /** Whether the whole set of a namespace, or of all, has been in the cache. */
  isSynced(namespace?: string): boolean {
    const own = namespace === undefined ? undefined : this.watchers.find(({ partition }) => partition === namespace);
    return own === undefined ? this.watchers.every(({ synced }) => synced) : own.synced;
  }

  get status(): ReflectorStatus {
    const { resource, stopped, watchers, store } = this;
    const parts = watchers.map(({ view }) => ({
      partition: view.partition,
      status: namespaceStatus(view, { resource, stopped }),
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
    if (this.#polling === 0) this.#run();
  }

  onStatus(handler: (status: ReflectorStatus) => unknown, signal: AbortSignal | undefined): { stop(): void } {
    return this.#statusListeners.add(handler, signal);
  }

  /** One list of each partition, after those that were asked for before. */
  poll(signal: AbortSignal | undefined): Promise<void> {
    this.#polling++;
    const poll = this.#polls.then(() => this.#poll(signal));
    const settle = (): void => {
      this.#polling--;
      if (this.#polling === 0 && this.#life === 'started') this.#run();
    };
    this.#polls = poll.then(settle, settle);
    return poll;
  }

  /** Ends requests, timers and subscriptions in this tick; resolves when handlers have ended, or after `graceMs`. */
  async stop(): Promise<void> {
    this.#life = 'stopped';
    this.#cancelPoll?.();
    for (const watcher of this.watchers) watcher.stop();
    this.hub.stop();
    this.#statusListeners.tell(this.status);
    this.#statusListeners.close();
    this.room.close(this.stoppedError());
    await this.#handlersEnd();
  }

  stoppedError(): KubeError {
    return new KubeError('stopped', `the reflector of ${this.resource} was stopped`);
  }

  #abortedError(signal: AbortSignal | undefined): KubeError {
    return new KubeError('aborted', `the list of ${this.resource} was aborted`, { cause: signal?.reason });
  }

  #run(): void {
    for (const watcher of this.watchers) watcher.start();
  }

  async #poll(signal: AbortSignal | undefined): Promise<void> {
    if (this.stopped) throw this.stoppedError();
    if (isAborted(signal)) throw this.#abortedError(signal);
    const lists = this.watchers.map((watcher) => watcher.list());
    const cancel = (): void => {
      for (const list of lists) list.cancel();
    };
    this.#cancelPoll = cancel;
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const troubles = await Promise.all(lists.map(({ done }) => done));
      if (this.stopped) throw this.stoppedError();
      if (isAborted(signal)) throw this.#abortedError(signal);
      const trouble = troubles.find((each) => each !== undefined);
      if (trouble !== undefined) throw errorOf(trouble);
    } finally {
      this.#cancelPoll = undefined;
      signal?.removeEventListener('abort', cancel);
    }
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

  #createWatchers(): readonly Watcher<T>[] {
    const { definition, options } = this;
    const { metadataOnly, transform } = options;
    const maker = createEntryMaker<T>({
      apiVersion: apiVersionOf(definition),
      kind: definition.kind,
      managedFields: options.managedFields,
      transform: metadataOnly ? keepMetadata(definition, transform) : transform,
      freeze: options.freeze,
    });
    const context = {
      internals: this.internals,
      server: this.server,
      definition,
      resource: this.resource,
      options,
      maker,
      hub: this.hub,
      logger: this.#logger,
      changed: (what: 'store' | 'status') => this.#changed(what),
      broke: (error: KubeError) => this.#broke(error),
    };
    return this.store.partitions.map((partition) => new Watcher<T>(context, this.store.writer(partition)));
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
    const text = `a handler of ${this.resource} failed: ${String(error)}`;
    this.internals.publish('kube-gen:warning', { text });
    this.#logger.warn(text);
  }
}

/** A function, because the compiler thinks that a property it has read stays as it was. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** The error of a list by hand. */
function errorOf(trouble: Trouble): KubeError {
  const { code, message, status, reason } = trouble;
  return new KubeError(code, message, { status, reason });
}

/** A logger that throws must not stop a watch. */
function quiet(logger: Logger): Logger {
  const safe =
    (level: keyof Logger) =>
    (message: string, fields?: Record<string, unknown>): void => {
      try {
        logger[level](message, fields);
      } catch {
        // There is nobody left to tell.
      }
    };
  return { debug: safe('debug'), info: safe('info'), warn: safe('warn') };
}
