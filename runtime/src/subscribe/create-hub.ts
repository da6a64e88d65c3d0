import { checkNamespace, checkSignal, optionsOf, shown } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import { onAbort } from '../io/on-abort.js';
import type { Entry } from '../store/entry.js';
import type { Difference } from '../store/outcome.js';
import { type Audience, createAudience } from './audience.js';
import type { Change, DesyncCause, SubscribeOptions } from './change.js';
import type { ChangesOptions, HandlerOptions, Hub, HubOptions, Subscription } from './hub.js';
import { Iteration } from './iteration.js';
import { createMailbox, type Mailbox } from './mailbox.js';
import { createRunQueue, type RunQueue } from './run-queue.js';
import { Subscriber } from './subscriber.js';
import { unwatched } from './unwatched.js';

const DEFAULT_BUFFER = 1000;

/** Makes a hub without subscribers. */
export function createHub<T>(options: HubOptions<T>): Hub<T> {
  return new ChangeHub(options);
}

/** Who reads a mailbox: a handler's subscriber, or an iteration. */
interface Reader {
  /** Something is in the mailbox. */
  wake(): void;
  stop(error?: KubeError): void;
}

/** One subscription as the hub sees it. */
interface Seat<T> {
  readonly audience: Audience<T>;
  readonly mailbox: Mailbox<T>;
  /** The partitions it hears of. */
  readonly partitions: readonly string[];
  /** What it was told last, if anything: neither is told twice in a row. */
  mark: 'synced' | 'desynced' | undefined;
  readonly reader: Reader;
}

class ChangeHub<T> implements Hub<T> {
  readonly #options: HubOptions<T>;
  readonly #queue: RunQueue;
  readonly #seats = new Set<Seat<T>>();
  /** Handlers that still run after their subscription ended. */
  readonly #ending = new Set<Promise<void>>();
  readonly #synced = new Map<string, boolean>();
  readonly #committed = new Set<string>();
  #stopped = false;
  #error: KubeError | undefined;

  constructor(options: HubOptions<T>) {
    this.#options = options;
    this.#queue = createRunQueue(options);
  }

  get size(): number {
    return this.#seats.size;
  }

  publish(difference: Difference<T>): void {
    this.#options.store.told(difference.now.key);
    for (const seat of this.#seats) {
      if (!concerns(seat, difference.now)) continue;
      seat.mailbox.push(difference);
      seat.reader.wake();
    }
  }

  committed(partition: string, outcomes: readonly Difference<T>[]): void {
    const initial = !this.#committed.has(partition);
    this.#committed.add(partition);
    this.#options.store.told();
    for (const seat of this.#seats) {
      if (!seat.partitions.includes(partition)) continue;
      if (initial) seat.mailbox.pushSet(this.#options.store.snapshot(partition));
      else seat.mailbox.pushAll(outcomes);
      seat.reader.wake();
    }
  }

  synced(partition: string): void {
    this.#synced.set(partition, true);
    for (const seat of this.#seats) if (seat.partitions.includes(partition)) this.#tellSynced(seat);
  }

  desynced(partition: string, cause: DesyncCause): void {
    this.#synced.set(partition, false);
    for (const seat of this.#seats) {
      if (!seat.partitions.includes(partition) || seat.mark === 'desynced') continue;
      seat.mark = 'desynced';
      seat.mailbox.pushMark({ type: 'desynced', cause });
      seat.reader.wake();
    }
  }

  subscribe(options: HandlerOptions<T>): Subscription {
    this.#refuseIfStopped();
    const { handler, types } = options;
    const { onError } = this.#options;
    const subscriber = this.#seat(
      options,
      { mode: 'coalesce', buffer: DEFAULT_BUFFER },
      (mailbox, onStop) => new Subscriber<T>({ mailbox, handler, types, queue: this.#queue, onError, onStop }),
    );
    this.#ending.add(subscriber.ended);
    void subscriber.ended.then(() => this.#ending.delete(subscriber.ended));
    return subscriber;
  }

  changes(options: ChangesOptions<T> = {}): AsyncIterable<Change<T>> {
    return { [Symbol.asyncIterator]: () => this.#iterate(options) };
  }

  stop(error?: KubeError): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#error = error;
    for (const { reader } of this.#seats) reader.stop(error);
  }

  async drained(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** The subscription begins at the first `next()`, so that what is never read collects nothing. */
  #iterate(options: ChangesOptions<T>): AsyncIterator<Change<T>, undefined> {
    let iteration: Iteration<T> | undefined;
    let returned = false;
    return {
      next: async () => {
        if (returned) return { done: true, value: undefined };
        iteration ??= this.#begin(options);
        return iteration.next();
      },
      return: async () => {
        returned = true;
        iteration?.stop();
        return { done: true, value: undefined };
      },
    };
  }

  #begin(options: ChangesOptions<T>): Iteration<T> {
    this.#refuseIfStopped();
    const { mode = 'coalesce', buffer = DEFAULT_BUFFER } = optionsOf(options, 'changes');
    if (mode !== 'coalesce' && mode !== 'every') throw new KubeError('usage', "mode must be 'coalesce' or 'every'");
    if (typeof buffer !== 'number' || !(buffer >= 1))
      throw new KubeError('usage', `buffer is the number of changes that may wait, at least 1, not ${shown(buffer)}`);
    const { clock } = this.#options;
    return this.#seat(options, { mode, buffer }, (mailbox, onStop) => new Iteration<T>({ mailbox, clock, onStop }));
  }

  /** A reader with a mailbox of its own. */
  #seat<R extends Reader>(
    options: SubscribeOptions<T>,
    how: { readonly mode: 'coalesce' | 'every'; readonly buffer: number },
    createReader: (mailbox: Mailbox<T>, onStop: () => void) => R,
  ): R {
    const { audience, mailbox, partitions } = this.#prepare(options, how);
    let leave = (): void => {};
    const reader = createReader(mailbox, () => leave());
    leave = this.#enter({ audience, mailbox, partitions, mark: undefined, reader }, options);
    // What was queued on entering is not handed out any more.
    if (options.signal?.aborted === true) reader.stop();
    return reader;
  }

  #prepare(
    options: SubscribeOptions<T>,
    { mode, buffer }: { mode: 'coalesce' | 'every'; buffer: number },
  ): { audience: Audience<T>; mailbox: Mailbox<T>; partitions: readonly string[] } {
    const { store, selected, onError } = this.#options;
    const { namespace, resyncEveryMs } = options;
    checkSignal(options.signal);
    checkNamespace(namespace);
    if (resyncEveryMs !== undefined && (typeof resyncEveryMs !== 'number' || !(resyncEveryMs >= 1)))
      throw new KubeError(
        'usage',
        `resyncEveryMs is a number of milliseconds, at least 1, not ${shown(resyncEveryMs)}`,
      );
    const audience = createAudience(options, onError);
    const partitions = store.partitions.filter((name) => name === '' || namespace === undefined || name === namespace);
    if (partitions.length === 0) throw unwatched(namespace, store.partitions);
    return { audience, partitions, mailbox: createMailbox({ store, audience, selected, mode, buffer }) };
  }

  /** Hands out the set that is there (U1), then listens. Returns how to leave. */
  #enter(seat: Seat<T>, { signal, resyncEveryMs }: SubscribeOptions<T>): () => void {
    const { store } = this.#options;
    for (const partition of seat.partitions) seat.mailbox.pushSet(store.snapshot(partition));
    this.#seats.add(seat);
    this.#tellSynced(seat);
    seat.reader.wake();
    // One that has fired already is for the caller, who knows by then how to leave.
    const forget = signal?.aborted === true ? undefined : onAbort(signal, () => seat.reader.stop());
    const stopResync = resyncEveryMs === undefined ? undefined : this.#resync(seat, resyncEveryMs);
    return () => {
      this.#seats.delete(seat);
      forget?.();
      stopResync?.();
    };
  }

  #tellSynced(seat: Seat<T>): void {
    if (seat.mark === 'synced' || !seat.partitions.every((name) => this.#synced.get(name) === true)) return;
    seat.mark = 'synced';
    seat.mailbox.pushMark({ type: 'synced', resourceVersion: this.#lowestVersion(seat) });
    seat.reader.wake();
  }

  #lowestVersion({ partitions }: Seat<T>): string {
    const { store } = this.#options;
    const [only] = partitions;
    return partitions.length === 1 && only !== undefined ? store.resourceVersion(only) : store.resourceVersion();
  }

  #resync(seat: Seat<T>, everyMs: number): () => void {
    const { clock, store } = this.#options;
    const again = (): void => {
      seat.mailbox.pushAgain(seat.partitions.flatMap((partition) => store.snapshot(partition)));
      seat.reader.wake();
      timer = clock.setTimer(everyMs, again);
    };
    let timer = clock.setTimer(everyMs, again);
    return () => timer.cancel();
  }

  #refuseIfStopped(): void {
    if (this.#stopped) throw this.#error ?? new KubeError('stopped', 'the reflector was stopped');
  }
}

function concerns<T>(seat: Seat<T>, { namespace }: Entry<T>): boolean {
  return seat.audience.namespace === undefined || seat.audience.namespace === namespace;
}
