import { apiVersionOf } from '../resource.js';
import type { ResourceInfo } from '../resource.js';
import type { Entry, EntryMaker } from '../store/entry.js';
import { QuarantineError } from '../store/entry-maker.js';
import type { StoreWriter } from '../store/store-writer.js';
import type { RawObject } from '../wire/raw-object.js';
import { isOlder } from '../wire/resource-version.js';
import type { ObjectEventType } from '../wire/watch-event.js';
import type { DriverEvents } from './driver-events.js';

/**
 * Takes objects from the wire to the store. An object is made ready before the machine hears of it: bytes that turn out to be no JSON
 * must not move the version that a watch resumes from (W5).
 */
export interface ObjectSink {
  /** What is wrong with an object that cannot be one of those that are watched (W13): its kind, or that it is in a namespace or in none. */
  oddity(raw: RawObject): string | undefined;
  /** The kind of an object or a bookmark, when it is not the one that is watched. */
  oddKind(head: { readonly apiVersion?: string | undefined; readonly kind?: string | undefined }): string | undefined;
  /** Parses what comes next. Throws a `WireError` (`decode`). */
  prepare(raw: RawObject, what: 'put' | 'apply' | 'tombstone'): void;
  begin(historyLost: boolean): void;
  /** The buffer has become the store. */
  committed(): void;
  /** The prepared object goes into the buffer. */
  put(raw: RawObject): void;
  remove(raw: RawObject): void;
  /** The prepared object goes into the store, as an event. */
  apply(type: ObjectEventType, raw: RawObject): void;
}

/** What the sink works with. */
export interface ObjectSinkOptions<T> {
  readonly definition: ResourceInfo;
  readonly metadataOnly: boolean;
  readonly writer: StoreWriter<T>;
  readonly maker: EntryMaker<T>;
  /** The keys of objects that are kept out of the store as it is now; outlives the sink. */
  readonly quarantine: Set<string>;
  readonly events: DriverEvents<T>;
}

/** Makes the sink of one watcher. */
export function createObjectSink<T>(o: ObjectSinkOptions<T>): ObjectSink {
  return new Sink(o);
}

class Sink<T> implements ObjectSink {
  readonly #o: ObjectSinkOptions<T>;
  readonly #apiVersion: string;
  /** The keys of objects that are kept out of the buffer. */
  readonly #keptOut = new Set<string>();
  #historyLost = false;
  /** The prepared object; undefined when the store has this version, or the transform failed. */
  #entry: Entry<T> | undefined;
  #failure: QuarantineError | undefined;
  #known = false;

  constructor(o: ObjectSinkOptions<T>) {
    this.#o = o;
    this.#apiVersion = apiVersionOf(o.definition);
  }

  oddity(raw: RawObject): string | undefined {
    const oddKind = this.oddKind(raw);
    if (oddKind !== undefined) return oddKind;
    const isNamespaced = this.#o.definition.scope === 'Namespaced';
    if (isNamespaced === (raw.namespace !== undefined)) return undefined;
    return isNamespaced ? `${raw.key} without a namespace` : `${raw.key} in a namespace`;
  }

  oddKind(head: Parameters<ObjectSink['oddKind']>[0]): string | undefined {
    const { kind = this.#o.definition.kind, apiVersion = this.#apiVersion } = head;
    if (kind === this.#o.definition.kind && apiVersion === this.#apiVersion) return undefined;
    return this.#o.metadataOnly && kind === 'PartialObjectMetadata' ? undefined : `${apiVersion} ${kind}`;
  }

  prepare(raw: RawObject, what: 'put' | 'apply' | 'tombstone'): void {
    const { writer, maker } = this.#o;
    this.#entry = undefined;
    this.#failure = undefined;
    this.#known = false;
    if (what === 'tombstone') {
      this.#entry = maker.tombstone(raw);
      return;
    }
    const known = what === 'put' && this.#historyLost ? undefined : writer.known(raw);
    this.#known = known !== undefined;
    this.#entry = known ?? this.#make(raw);
  }

  begin(historyLost: boolean): void {
    this.#historyLost = historyLost;
    this.#keptOut.clear();
    this.#o.writer.begin({ historyLost });
  }

  committed(): void {
    const { quarantine } = this.#o;
    quarantine.clear();
    for (const key of this.#keptOut) quarantine.add(key);
    this.#keptOut.clear();
  }

  put(raw: RawObject): void {
    const { writer, events } = this.#o;
    const entry = this.#entry;
    this.#note(raw.key, this.#keptOut);
    if (entry === undefined) writer.remove(raw.key);
    else if (!writer.put(entry)) events.anomaly('other-namespace', raw.key);
  }

  remove(raw: RawObject): void {
    this.#keptOut.delete(raw.key);
    this.#o.writer.remove(raw.key);
  }

  apply(type: ObjectEventType, raw: RawObject): void {
    const { writer, events } = this.#o;
    if (this.#known) return;
    const entry = this.#entry;
    if (entry === undefined && this.#isStale(raw)) return events.anomaly('stale-version', raw.key);
    const outcome = entry === undefined ? writer.evict(raw.key) : writer.apply(type, entry);
    if (outcome.t !== 'stale') this.#note(raw.key, this.#o.quarantine);
    switch (outcome.t) {
      case 'added':
      case 'updated':
      case 'replaced':
      case 'deleted':
        return events.difference(outcome);
      case 'stale':
        return events.anomaly('stale-version', raw.key);
      case 'same':
      case 'unknown':
        return;
    }
  }

  #isStale({ key, resourceVersion }: RawObject): boolean {
    const stored = this.#o.writer.stored(key);
    return stored !== undefined && isOlder(resourceVersion, stored.resourceVersion);
  }

  /** What was prepared is what counts: only now, as the machine may have left it, as something that is older. */
  #note(key: string, keptOut: Set<string>): void {
    const failure = this.#failure;
    if (failure === undefined) {
      if (keptOut.size > 0) keptOut.delete(key); // of each event; hardly any object is ever kept out
      return;
    }
    keptOut.add(key);
    this.#o.events.quarantined(failure);
  }

  /** Undefined when the transform failed: the object is kept out, and the watch goes on (E10). */
  #make(raw: RawObject): Entry<T> | undefined {
    const { maker, writer } = this.#o;
    try {
      return maker.make(raw, writer.stored(raw.key));
    } catch (error) {
      if (!(error instanceof QuarantineError)) throw error;
      this.#failure = error;
      return undefined;
    }
  }
}
