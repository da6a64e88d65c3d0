import type { Entry } from '../store/entry.js';
import type { Difference } from '../store/outcome.js';
import type { Store } from '../store/store.js';
import type { Audience } from './audience.js';
import type { Change, Desynced, Resync, Synced } from './change.js';
import { type Seen, tellChange, type Tombstone } from './tell-change.js';

/** What one subscriber has not been told yet. */
export interface Mailbox<T> {
  push(difference: Difference<T>): void;
  /** Many at once, at no cost for each. */
  pushAll(differences: readonly Difference<T>[], initial: boolean): void;
  pushMark(mark: Synced | Desynced): void;
  /** Tells an object again although nothing changed (U13); what is waiting for it already is newer. */
  pushAgain(entry: Entry<T>): void;
  /** The next thing to tell. */
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
  again: boolean;
}

type Item<T> =
  | { readonly t: 'key'; readonly key: string }
  | { readonly t: 'each'; readonly difference: Difference<T> }
  | { readonly t: 'bulk'; readonly differences: readonly Difference<T>[]; readonly initial: boolean; at: number }
  | { readonly t: 'mark'; readonly mark: Synced | Desynced | Resync };

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
  readonly #pending = new Map<string, Pending<T>>();
  #bulks = 0;
  /** What was told while bulks were waiting behind it, which were made without knowing. */
  readonly #told = new Map<string, Entry<T> | undefined>();
  #waitingEach = 0;
  #overflowed = false;

  constructor(options: MailboxOptions<T>) {
    this.#options = options;
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

  pushAll(differences: readonly Difference<T>[], initial: boolean): void {
    if (differences.length === 0) return;
    this.#bulks += 1;
    this.#queue.push({ t: 'bulk', differences, initial, at: 0 });
  }

  pushMark(mark: Synced | Desynced): void {
    this.#queue.push({ t: 'mark', mark });
  }

  pushAgain(entry: Entry<T>): void {
    if (this.#pending.has(entry.key) || this.#bulks > 0 || this.#waitingEach > 0) return;
    this.#pending.set(entry.key, { was: entry, tombstone: undefined, again: true });
    this.#queue.push({ t: 'key', key: entry.key });
  }

  take(): Change<T> | undefined {
    for (let item = this.#queue[this.#head]; item !== undefined; item = this.#queue[this.#head]) {
      const change = this.#tell(item);
      if (change !== undefined) return change;
    }
    return undefined;
  }

  #tell(item: Item<T>): Change<T> | undefined {
    switch (item.t) {
      case 'mark':
        this.#shift();
        return item.mark;
      case 'each':
        this.#shift();
        this.#waitingEach -= 1;
        return this.#compare(item.difference, { was: wasOf(item.difference), now: nowOf(item.difference) });
      case 'key': {
        this.#shift();
        const pending = this.#pending.get(item.key);
        // A bulk told it already.
        if (pending === undefined) return undefined;
        this.#pending.delete(item.key);
        const now = this.#options.store.entry(item.key);
        if (this.#bulks > 0) this.#told.set(item.key, now);
        return this.#change({ ...pending, now, initial: false });
      }
      case 'bulk':
        return this.#tellBulk(item);
      default:
        return item satisfies never;
    }
  }

  #tellBulk(bulk: Extract<Item<T>, { t: 'bulk' }>): Change<T> | undefined {
    const difference = bulk.differences[bulk.at];
    bulk.at += 1;
    if (bulk.at >= bulk.differences.length) {
      this.#bulks -= 1;
      this.#shift();
    }
    if (difference === undefined) return undefined;
    const { key } = difference.now;
    const inOrder = this.#options.mode === 'every' && !this.#overflowed;
    const was = this.#told.has(key) ? this.#told.get(key) : wasOf(difference);
    const now = inOrder ? nowOf(difference) : this.#options.store.entry(key);
    const pending = inOrder ? undefined : this.#pending.get(key);
    if (pending !== undefined) this.#pending.delete(key);
    if (this.#bulks > 0) this.#told.set(key, now);
    else this.#told.clear();
    return this.#compare(difference, { was, now, initial: bulk.initial, tombstone: pending?.tombstone });
  }

  #compare(
    difference: Difference<T>,
    seen: {
      was: Entry<T> | undefined;
      now: Entry<T> | undefined;
      initial?: boolean;
      tombstone?: Tombstone<T> | undefined;
    },
  ): Change<T> | undefined {
    const tombstone = seen.tombstone ?? tombstoneOf(difference);
    return this.#change({ was: seen.was, now: seen.now, tombstone, again: false, initial: seen.initial ?? false });
  }

  #change(seen: Seen<T>): Change<T> | undefined {
    return tellChange(seen, this.#options);
  }

  #coalesce(difference: Difference<T>): void {
    const { key } = difference.now;
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      pending = { was: wasOf(difference), tombstone: undefined, again: false };
      this.#pending.set(key, pending);
      this.#queue.push({ t: 'key', key });
    }
    pending.again = false;
    pending.tombstone = tombstoneOf(difference) ?? pending.tombstone;
  }

  /** From here on the latest state counts, and the subscriber is told so first (U5). */
  #overflow(): void {
    const waiting = this.#queue.slice(this.#head);
    this.#queue = [{ t: 'mark', mark: { type: 'resync' } }];
    this.#head = 0;
    this.#waitingEach = 0;
    this.#overflowed = true;
    for (const item of waiting) {
      if (item.t === 'each') this.#coalesce(item.difference);
      else this.#queue.push(item);
    }
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

function wasOf<T>(difference: Difference<T>): Entry<T> | undefined {
  return difference.t === 'added' ? undefined : difference.was;
}

function nowOf<T>(difference: Difference<T>): Entry<T> | undefined {
  return difference.t === 'deleted' ? undefined : difference.now;
}

function tombstoneOf<T>(difference: Difference<T>): Tombstone<T> | undefined {
  if (difference.t !== 'deleted') return undefined;
  return { last: difference.now, stored: difference.was, finalStateUnknown: difference.finalStateUnknown };
}
