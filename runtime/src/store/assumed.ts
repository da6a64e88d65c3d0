import { isOlder } from '../wire/resource-version.js';
import type { Entry } from './entry.js';
import type { PartitionState } from './partition-state.js';
import { isSameJson } from './same-json.js';

/** How long a write is shown that the watch does not bring, in ms. */
const TTL_MS = 300_000;
/** How many writes are remembered; the oldest go first. */
const MOST = 100;

interface Assumed<T> {
  readonly entry: Entry<T>;
  readonly isShown: boolean;
  partition: PartitionState<T>;
  readonly lostHistory: number;
  readonly until: number;
}

/**
 * Results of own writes, which count until the watch has come to their version (S12). From then on what the server told counts,
 * whatever it is: a later change, a deletion, a successor.
 */
export class AssumedEntries<T> {
  readonly #byKey = new Map<string, Assumed<T>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Not shown: the write took the object out of the selection. */
  add(entry: Entry<T>, { partition, isShown }: { partition: PartitionState<T>; isShown: boolean }): void {
    this.#forgetPassed();
    const { key, resourceVersion } = entry;
    if (!isBehind(partition.resourceVersion, resourceVersion)) return;
    const known = this.#byKey.get(key);
    if (known !== undefined && !isBehind(known.entry.resourceVersion, resourceVersion)) return;
    this.#byKey.delete(key);
    const { lostHistory } = partition;
    this.#byKey.set(key, { entry, isShown, partition, lostHistory, until: this.#now() + TTL_MS });
    if (this.#byKey.size <= MOST) return;
    const [oldest] = this.#byKey.keys();
    if (oldest !== undefined) this.#byKey.delete(oldest);
  }

  /** What is assumed of an object: an entry, `null` for none, `undefined` when what the server told counts. */
  get(key: string): Entry<T> | null | undefined {
    const assumed = this.#byKey.size === 0 ? undefined : this.#byKey.get(key);
    if (assumed === undefined || this.#isPassed(assumed)) return undefined;
    return assumed.isShown ? assumed.entry : null;
  }

  /** All that is assumed, as `get` has it; `undefined` when that is nothing. */
  all(): ReadonlyMap<string, Entry<T> | null> | undefined {
    if (this.#byKey.size === 0) return undefined;
    this.#forgetPassed();
    const all = new Map<string, Entry<T> | null>();
    for (const [key, { entry, isShown }] of this.#byKey) all.set(key, isShown ? entry : null);
    return all.size === 0 ? undefined : all;
  }

  /** The server told a change, or a whole set. Who has read his own write goes on to read the same object as this version. */
  told(key?: string): void {
    if (this.#byKey.size === 0) return;
    const assumed = key === undefined ? this.#byKey.values() : [this.#byKey.get(key)];
    for (const one of assumed) if (one?.isShown === true) this.#meet(one);
  }

  /** The entries of a partition are in another one from now on. */
  move(from: PartitionState<T>, to: PartitionState<T>): void {
    for (const assumed of this.#byKey.values()) if (assumed.partition === from) assumed.partition = to;
  }

  #meet({ entry, partition }: Assumed<T>): void {
    const told = partition.stored(entry.key);
    if (told?.uid !== entry.uid || told.resourceVersion !== entry.resourceVersion) return;
    this.#byKey.delete(entry.key);
    // What was assumed is the user's word: it may be another state than the one that the server gave this version.
    if (isSameJson(told.glance(), entry.read())) told.adopt(entry.read());
  }

  #forgetPassed(): void {
    for (const [key, assumed] of this.#byKey) if (this.#isPassed(assumed)) this.#byKey.delete(key);
  }

  #isPassed({ entry, partition, lostHistory, until }: Assumed<T>): boolean {
    if (partition.lostHistory !== lostHistory || this.#now() >= until) return true;
    return !isBehind(partition.resourceVersion, entry.resourceVersion);
  }
}

/** Before the first list any version is still to come. */
function isBehind(version: string, awaited: string): boolean {
  return version === '' || isOlder(version, awaited);
}
