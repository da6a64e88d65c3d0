import type { Entry } from '../store/entry.js';
import type { Difference } from '../store/outcome.js';
import type { Store } from '../store/store.js';
import type { Audience } from './audience.js';
import type { Change, Desynced, ObjectChange, Resync, Synced } from './change.js';
import { SmallMap } from './small-map.js';
import { type Seen, sidesOf, tellChange, type Tombstone, tombstoneOf } from './tell-change.js';

/** What one subscriber has not been told yet. */
export interface Mailbox<T> {
  push(difference: Difference<T>): void;
  /** A relist's differences; nothing for each while the mailbox is empty. */
  pushAll(differences: readonly Difference<T>[]): void;
  /** A partition's initial set, at no cost for each: the array is shared by all subscribers and never changed. */
  pushSet(entries: readonly Entry<T>[]): void;
  pushMark(mark: Synced | Desynced): void;
  /** Tells a whole set again although nothing changed (U13); for an object that something waits for already, that is newer. */
  pushAgain(entries: readonly Entry<T>[]): void;
  /** The next thing to tell. `undefined` when there is none, or when what was looked at so far is nothing to this subscriber. */
  take(): Change<T> | undefined;
  readonly isEmpty: boolean;
}

/** How a mailbox is made. */
export interface MailboxOptions<T> {
  readonly store: Store<T>;
  readonly audience: Audience<T>;
  /** Whether an object that is gone may only have left the reflector's own selector. */
  readonly selected: boolean;
  readonly mode: 'coalesce' | 'every';
  readonly buffer: number;
}

interface Pending<T> {
  readonly was: Entry<T> | undefined;
  tombstone: Tombstone<T> | undefined;
}

type Item<T> =
  | { readonly t: 'key'; readonly key: string }
  | { readonly t: 'each'; readonly difference: Difference<T> }
  | { readonly t: 'bulk'; readonly differences: readonly Difference<T>[]; at: number }
  | { readonly t: 'set'; readonly entries: readonly Entry<T>[]; at: number }
  | { readonly t: 'again'; readonly entries: readonly Entry<T>[]; at: number }
  /** `void`: another mark made it meaningless. */
  | { readonly t: 'mark'; readonly mark: Synced | Desynced | Resync; void: boolean };

type Mark<T> = Extract<Item<T>, { t: 'mark' }>;

/** A subscriber that is this far behind is slow: what waits for it must not keep others' memory. */
const SLOW = 64;
/** How many objects a filter may turn down before others have their turn: it may have to parse each. */
const LOOKS = 64;

/**
 * Keeps, for each object that changed, what the subscriber saw last, and compares it with the store when it is told:
 * that any number of steps between is told as one right step (U4) needs no rules of its own.
 */
export function createMailbox<T>(options: MailboxOptions<T>): Mailbox<T> {
  return new CoalescingMailbox(options);
}

class CoalescingMailbox<T> implements Mailbox<T> {
  readonly #options: MailboxOptions<T>;
  #queue: Item<T>[] = [];
  #head = 0;
  readonly #pending = new SmallMap<Pending<T>>();
  #waitingEach = 0;
  #waitingWhole = 0;
  #overflowed = false;
  /** The marks that wait: the desync, and the sync that nothing has overtaken. */
  #desynced: Mark<T> | undefined;
  #synced: Mark<T> | undefined;
  #voids = 0;
  /** Where objects come and go by a condition: the keys that the subscriber was told are there (U11). */
  readonly #inView: Set<string> | undefined;

  constructor(options: MailboxOptions<T>) {
    this.#options = options;
    this.#inView = options.audience.selects ? new Set() : undefined;
  }

  get isEmpty(): boolean {
    return this.#head === this.#queue.length;
  }

  push(difference: Difference<T>): void {
    if (this.#options.mode === 'coalesce' || this.#overflowed) {
      this.#coalesce(difference);
      return;
    }
    this.#queue.push({ t: 'each', difference });
    this.#waitingEach += 1;
    if (this.#waitingEach > this.#options.buffer) this.#overflow();
  }

  pushAll(differences: readonly Difference<T>[]): void {
    if (differences.length === 0) return;
    // Behind anything else it is folded in: a subscriber that stands still while lists come and go holds one change per object.
    if (!this.isEmpty) for (const difference of differences) this.push(difference);
    else {
      this.#queue.push({ t: 'bulk', differences, at: 0 });
      this.#waitingWhole += 1;
    }
  }

  pushSet(entries: readonly Entry<T>[]): void {
    if (entries.length === 0) return;
    this.#queue.push({ t: 'set', entries, at: 0 });
    this.#waitingWhole += 1;
  }

  pushMark(mark: Synced | Desynced): void {
    // Whatever the cache goes through, at most a sync, a desync and a sync wait.
    const overtaken = this.#synced;
    this.#synced = undefined;
    if (overtaken !== undefined && (mark.type === 'synced' || this.#desynced !== undefined)) this.#void(overtaken);
    if (mark.type === 'desynced' && this.#desynced !== undefined) return;
    const item: Mark<T> = { t: 'mark', mark, void: false };
    if (mark.type === 'synced') this.#synced = item;
    else this.#desynced = item;
    this.#queue.push(item);
  }

  pushAgain(entries: readonly Entry<T>[]): void {
    if (entries.length === 0 || this.#waitingWhole > 0 || this.#waitingEach > 0) return;
    this.#queue.push({ t: 'again', entries, at: 0 });
    this.#waitingWhole += 1;
  }

  take(): Change<T> | undefined {
    for (let looks = 0; looks < LOOKS; looks += 1) {
      const item = this.#queue[this.#head];
      if (item === undefined) return undefined;
      const change = this.#tell(item);
      if (change !== undefined) return change;
    }
    return undefined;
  }

  #tell(item: Item<T>): Change<T> | undefined {
    switch (item.t) {
      case 'mark':
        return this.#tellMark(item);
      case 'each': {
        this.#shift();
        this.#waitingEach -= 1;
        const { difference } = item;
        const { was, now } = sidesOf(difference);
        return this.#change({ was, now, tombstone: tombstoneOf(difference), again: false, initial: false });
      }
      case 'key': {
        this.#shift();
        const pending = this.#pending.get(item.key);
        // It was told with a whole set.
        if (pending === undefined) return undefined;
        this.#pending.delete(item.key);
        const { was, tombstone } = pending;
        const now = this.#options.store.entry(item.key);
        return this.#change({ was, now, tombstone, again: false, initial: false });
      }
      case 'bulk':
        return this.#tellBulk(item);
      case 'set':
        return this.#tellSet(item);
      case 'again':
        return this.#tellAgain(item);
      default:
        return item satisfies never;
    }
  }

  #tellMark(item: Mark<T>): Change<T> | undefined {
    this.#shift();
    if (item === this.#desynced) this.#desynced = undefined;
    if (item === this.#synced) this.#synced = undefined;
    if (!item.void) return item.mark;
    this.#voids -= 1;
    return undefined;
  }

  #tellBulk(bulk: Extract<Item<T>, { t: 'bulk' }>): Change<T> | undefined {
    const difference = this.#next(bulk, bulk.differences);
    if (difference === undefined) return undefined;
    const { was, now } = sidesOf(difference);
    const latest = this.#latest(difference.now.key, now);
    const tombstone = latest.tombstone ?? tombstoneOf(difference);
    return this.#change({ was, now: latest.now, tombstone, again: false, initial: false });
  }

  #tellSet(set: Extract<Item<T>, { t: 'set' }>): Change<T> | undefined {
    const entry = this.#next(set, set.entries);
    if (entry === undefined) return undefined;
    const { now } = this.#latest(entry.key, entry);
    return this.#change({ was: undefined, now, tombstone: undefined, again: false, initial: true });
  }

  #tellAgain(item: Extract<Item<T>, { t: 'again' }>): Change<T> | undefined {
    // Each change in its order, or a repetition of the latest: not one in the middle of the other.
    const isLate = this.#options.mode === 'every' && this.#queue.length - this.#head > 1;
    if (isLate) item.at = item.entries.length;
    const key = this.#next(item, item.entries)?.key;
    if (key === undefined || this.#pending.has(key)) return undefined;
    const now = this.#options.store.entry(key);
    if (now === undefined) return undefined;
    return this.#change({ was: now, now, tombstone: undefined, again: true, initial: false });
  }

  /** The next of a whole; the last one takes it out of the queue. */
  #next<E>(item: { at: number }, all: readonly E[]): E | undefined {
    const each = all[item.at];
    item.at += 1;
    if (item.at >= all.length) {
      this.#waitingWhole -= 1;
      this.#shift();
    }
    return each;
  }

  /** What is there now, where only that counts: what waits for the object alone is then told, too. */
  #latest(key: string, then: Entry<T> | undefined): { now: Entry<T> | undefined; tombstone: Tombstone<T> | undefined } {
    if (this.#options.mode === 'every' && !this.#overflowed) return { now: then, tombstone: undefined };
    const tombstone = this.#pending.get(key)?.tombstone;
    this.#pending.delete(key);
    return { now: this.#options.store.entry(key), tombstone };
  }

  #change(seen: Seen<T>): ObjectChange<T> | undefined {
    const { audience } = this.#options;
    const { was } = seen;
    if (this.#inView === undefined) {
      const wasThere = was === undefined || audience.passes(was);
      return tellChange(wasThere ? seen : { ...seen, was: undefined }, this.#options);
    }
    // The condition is not asked about the past: it might answer otherwise than it did then.
    const key = seen.now?.key ?? was?.key ?? '';
    const change = tellChange({ ...seen, was: this.#inView.has(key) ? was : undefined }, this.#options);
    if (change?.type === 'deleted') this.#inView.delete(key);
    else if (change !== undefined) this.#inView.add(key);
    return change;
  }

  #coalesce(difference: Difference<T>): void {
    const { key } = difference.now;
    const isSlow = this.#queue.length - this.#head > SLOW;
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      const { was } = sidesOf(difference);
      if (isSlow) was?.detach();
      pending = { was, tombstone: undefined };
      this.#pending.set(key, pending);
      this.#queue.push({ t: 'key', key });
    }
    const tombstone = tombstoneOf(difference);
    // The subscriber is to hear how the object went that it saw, not how successors did that it never saw.
    if (tombstone === undefined || (pending.was !== undefined && tombstone.stored.uid !== pending.was.uid)) return;
    if (isSlow) tombstone.stored.detach();
    pending.tombstone = tombstone;
  }

  /** From here on the latest state counts, and the subscriber is told so first (U5). */
  #overflow(): void {
    const waiting = this.#queue.slice(this.#head);
    this.#queue = [{ t: 'mark', mark: { type: 'resync' }, void: false }];
    this.#head = 0;
    this.#waitingEach = 0;
    this.#overflowed = true;
    for (const item of waiting) {
      if (item.t === 'each') this.#coalesce(item.difference);
      else this.#queue.push(item);
    }
  }

  #void(mark: Mark<T>): void {
    mark.void = true;
    this.#voids += 1;
    if (this.#voids < 64) return;
    this.#queue = this.#queue.slice(this.#head).filter((item) => item.t !== 'mark' || !item.void);
    this.#head = 0;
    this.#voids = 0;
  }

  #shift(): void {
    this.#head += 1;
    if (this.#head === this.#queue.length) {
      this.#queue = [];
      this.#head = 0;
      this.#overflowed = false;
    } else if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
  }
}
