import type { Clock } from '../io/clock.js';
import type { Difference } from '../store/outcome.js';
import type { Store } from '../store/store.js';
import type { KubeError } from '../errors.js';
import type { Change, DesyncCause, SubscribeOptions } from './change.js';

/** One subscription with a mailbox of its own. */
export interface Subscription {
  /** Ends it: no call begins after this returned (U7). Idempotent. */
  stop(): void;
  /** Resolves when the subscription has ended and a handler that was running has, too. Never rejects. */
  readonly ended: Promise<void>;
}

/** What a handler subscription is made of. */
export interface HandlerOptions<T> extends SubscribeOptions<T> {
  /** Called with one change at a time; a promise it returns is awaited before the next call. */
  readonly handler: (change: Change<T>) => unknown;
  /** Changes of other types are dropped before they cost anything. Default: all. */
  readonly types?: ReadonlySet<Change<T>['type']>;
}

/** What an iteration is made of. */
export interface ChangesOptions<T> extends SubscribeOptions<T> {
  /** `coalesce`: the latest state per object. `every`: each change, at most `buffer` waiting. Default `coalesce`. */
  readonly mode?: 'coalesce' | 'every' | undefined;
  /** For `every`: how many changes wait at most. Default 1000. */
  readonly buffer?: number | undefined;
}

/** Tells subscribers what happens in a store. */
export interface Hub<T> {
  /** One change that the store shows already (U2). */
  publish(difference: Difference<T>): void;
  /** A commit that the store shows already (R5). The partition's first one is handed out as its initial set. */
  committed(partition: string, outcomes: readonly Difference<T>[]): void;
  /** The partition is whole; after `committed`. Subscribers hear of it when all partitions that they see are. */
  synced(partition: string): void;
  /** The partition is out of touch. Subscribers hear of the first one until they are synced again. */
  desynced(partition: string, cause: DesyncCause): void;
  /** Throws `KubeError` (`stopped`) when the hub has ended, `usage` for a bad selector. */
  subscribe(options: HandlerOptions<T>): Subscription;
  /** Subscribes at the first `next()`; `break` and the signal end it (U15). */
  changes(options?: ChangesOptions<T>): AsyncIterable<Change<T>>;
  /** Ends all subscriptions: no handler is called any more, iterations end, with `error` if there is one. Idempotent. */
  stop(error?: KubeError): void;
  /** Resolves when no handler runs any more (D4). */
  drained(): Promise<void>;
  /** How many subscriptions there are. */
  readonly size: number;
}

/** What a hub works with. */
export interface HubOptions<T> {
  readonly store: Store<T>;
  readonly clock: Clock;
  /** Runs `fn` soon, after what runs now: `queueMicrotask`. */
  readonly schedule: (fn: () => void) => void;
  /** Whether the reflector watches with a selector: then an object that is gone may only have left it (W10). */
  readonly selected: boolean;
  /** Hears of handlers and filters that throw or reject, and of changes that could not be told (U10). */
  readonly onError: (error: unknown) => void;
}
