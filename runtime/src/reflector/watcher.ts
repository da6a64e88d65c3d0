import type { ClusterInternals, Logger } from '../cluster.js';
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
import type { ReconnectCause, RelistCause, Settings, State, Trouble } from './protocol.js';
import type { ResolvedOptions } from './resolve-options.js';
import { createSelection, type Selection } from './selection.js';
import { looksDifferent, type WatcherView } from './status-view.js';
import { count, countDifference, createTally, type Tally } from './tally.js';

const PAGE_SIZE = 500;

/** What a watcher shares with the others of its reflector. */
export interface WatcherContext<T> {
  readonly internals: ClusterInternals;
  readonly server: string;
  readonly definition: ResourceInfo;
  /** `foos.example.dev`. */
  readonly resource: string;
  readonly options: ResolvedOptions<T>;
  readonly maker: EntryMaker<T>;
  readonly hub: Hub<T>;
  readonly logger: Logger;
  /** Something that status or somebody who waits may want to see. */
  readonly changed: (what: 'store' | 'status') => void;
  /** A watcher that must not end has ended. */
  readonly broke: (error: KubeError) => void;
}

/** Keeps one partition of the store right: one namespace, or all. */
export class Watcher<T> implements DriverEvents<T> {
  readonly partition: string;
  readonly tally: Tally = createTally();
  readonly #context: WatcherContext<T>;
  readonly #writer: StoreWriter<T>;
  readonly #selection: Selection;
  #driver: Driver | undefined;
  #byHand: { readonly done: (trouble: Trouble | undefined) => void } | undefined;
  /** Whether it was started, and not only driven by hand. */
  #runs = false;
  #state: State;
  #synced = false;
  #lastEventAt: number | undefined;

  constructor(context: WatcherContext<T>, writer: StoreWriter<T>) {
    this.#context = context;
    this.#writer = writer;
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

  /** The store's partition has held a whole set. */
  get synced(): boolean {
    return this.#synced;
  }

  /** How many objects the partition holds. */
  get size(): number {
    return this.#writer.size;
  }

  get view(): WatcherView {
    return {
      partition: this.partition,
      state: this.#state,
      synced: this.#synced,
      resourceVersion: this.#writer.resourceVersion,
      lastEventAt: this.#lastEventAt,
      byHand: !this.#runs,
    };
  }

  start(): void {
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

  stop(): void {
    this.#driver?.stop();
  }

  moved(state: State, before: State): void {
    this.#state = state;
    if (!looksDifferent(state, before)) return;
    this.#log(state, before);
    this.#context.changed('status');
  }

  received(type: string): void {
    count(this.tally.events, type);
    this.#lastEventAt = this.#context.internals.clock.wallNow();
  }

  difference(difference: Difference<T>): void {
    countDifference(this.tally, difference);
    this.#context.hub.publish(difference);
    this.#context.changed('store');
  }

  committed(differences: readonly Difference<T>[], resourceVersion: string): void {
    for (const difference of differences) countDifference(this.tally, difference);
    this.#synced = true;
    this.#context.hub.committed(this.partition, differences);
    this.#context.hub.synced(this.partition, resourceVersion);
    this.#context.changed('store');
  }

  advanced(): void {
    this.#context.changed('store');
  }

  desynced(cause: DesyncCause): void {
    this.#context.hub.desynced(this.partition, cause);
  }

  relisted(cause: RelistCause): void {
    count(this.tally.relists, cause);
  }

  reconnected(cause: ReconnectCause): void {
    count(this.tally.reconnects, cause);
  }

  anomaly(what: Anomaly, detail: string): void {
    count(this.tally.anomalies, what);
    const { internals, logger, resource } = this.#context;
    internals.publish('kube-gen:anomaly', { resource, namespace: this.partition, what, detail });
    logger.debug(`${resource}: ${what}`, { namespace: this.partition, detail });
  }

  quarantined(key: string, error: unknown): void {
    this.tally.quarantines++;
    this.tally.quarantined.add(key);
    this.anomaly('quarantined', `${key}: ${String(error)}`);
  }

  released(key: string): void {
    this.tally.quarantined.delete(key);
  }

  finished(trouble: Trouble | undefined): void {
    const byHand = this.#byHand;
    this.#byHand = undefined;
    if (byHand !== undefined) byHand.done(trouble);
    else if (trouble !== undefined) this.#context.broke(new KubeError(trouble.code, trouble.message));
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
      writer: this.#writer,
      maker,
      maxLineBytes: options.maxLineBytes,
      events: this,
      ...(this.#synced && { resourceVersion: this.#writer.resourceVersion }),
    });
  }

  /** One line per change of state. */
  #log(state: State, before: State): void {
    const { internals, logger, resource } = this.#context;
    const { trouble } = state.memory;
    const fields = { resource, namespace: this.partition, from: before.t, to: state.t, resourceVersion: state.rv };
    internals.publish('kube-gen:reflector', fields);
    if (trouble !== undefined && trouble !== before.memory.trouble) {
      logger.warn(`${resource}: ${trouble.verb} failed: ${trouble.message}`, { ...fields, code: trouble.code });
    } else if (state.memory.desync !== before.memory.desync) {
      const { desync } = state.memory;
      logger.info(`${resource}: ${desync === undefined ? 'in touch again' : `out of touch (${desync})`}`, fields);
    } else if (state.t !== before.t) {
      logger.debug(`${resource}: ${before.t} -> ${state.t}`, fields);
    }
  }
}
