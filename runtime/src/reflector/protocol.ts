import type { KubeErrorCode } from '../errors.js';
import type { DesyncCause } from '../subscribe/change.js';
import type { RawObject } from '../wire/raw-object.js';
import type { WatchEvent } from '../wire/watch-event.js';

/**
 * What kind of failure it was, as far as the watcher acts on it.
 *
 * `refused`: no connection could be made. `unavailable`: other 5xx, no answer in time, a connection lost before the answer.
 * `reset`: a stream broke in the middle. `decode`: an answer that is not Kubernetes. `overflow`: a line or item over the limit.
 */
export type ErrorClass =
  | 'expired'
  | 'rvTooLarge'
  | 'invalid'
  | 'throttled'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'storeRead'
  | 'internal'
  | 'refused'
  | 'unavailable'
  | 'reset'
  | 'decode'
  | 'overflow';

/** A failure as plain data. */
export interface Failure {
  readonly class: ErrorClass;
  readonly code: KubeErrorCode;
  readonly message: string;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly auditId?: string | undefined;
  /** The server's Retry-After: never sooner than this (E3). */
  readonly retryAfterMs?: number | undefined;
}

/** The last failure and what was tried. */
export interface Trouble extends Failure {
  readonly verb: 'list' | 'watch';
}

/** Numbers the requests of one watcher: the answer to a request that is no longer wanted is known by it (D6). */
export type Call = number;

/** The machine's deadlines. Each name is one timer: arming it again moves it. */
export type TimerName = 'open' | 'initial' | 'list' | 'server' | 'heartbeat' | 'rotate' | 'backoff';

/** What happened: the answers to effects, bytes of a stream, time, and the user's wishes. */
export type Input =
  | { readonly t: 'start' }
  | { readonly t: 'item'; readonly call: Call; readonly raw: RawObject }
  | {
      readonly t: 'page';
      readonly call: Call;
      readonly resourceVersion?: string | undefined;
      readonly continue?: string | undefined;
    }
  | { readonly t: 'listFail'; readonly call: Call; readonly failure: Failure }
  | { readonly t: 'probed'; readonly call: Call; readonly resourceVersion?: string | undefined }
  | { readonly t: 'opened'; readonly call: Call }
  | { readonly t: 'openFail'; readonly call: Call; readonly failure: Failure }
  /** Bytes arrived, whatever they say: the peer lives. */
  | { readonly t: 'bytes'; readonly call: Call }
  | { readonly t: 'event'; readonly call: Call; readonly event: WatchEvent }
  /** The stream ended; clean without a failure. A line that could not be read is a failure `decode` or `overflow`. */
  | { readonly t: 'closed'; readonly call: Call; readonly failure?: Failure }
  /** Seen beside the stream `call`: from `last` up to `resourceVersion` nothing happened. */
  | { readonly t: 'nothingUpTo'; readonly call: Call; readonly last: string; readonly resourceVersion: string }
  | { readonly t: 'timer'; readonly name: TimerName }
  | { readonly t: 'suspendDetected' }
  | { readonly t: 'stop' };

/** Why a watch was opened again. */
export type ReconnectCause =
  | 'closed'
  | 'short'
  | 'reset'
  | 'refused'
  | 'unavailable'
  | 'throttled'
  | 'unauthorized'
  | 'internal'
  | 'error'
  | 'decode'
  | 'heartbeat'
  | 'timeout'
  | 'suspend'
  | 'rotate';

/** What the driver has to do, in this order. */
export type Effect =
  | { readonly t: 'list'; readonly call: Call; readonly query: ListQuery }
  /** One object, metadata only, as new as the server can say: only its resourceVersion matters (R12). */
  | { readonly t: 'probe'; readonly call: Call }
  | { readonly t: 'open'; readonly call: Call; readonly query: WatchQuery }
  /** Aborts a request or destroys a stream. */
  | { readonly t: 'close'; readonly call: Call }
  | { readonly t: 'arm'; readonly timer: TimerName; readonly ms: number }
  | { readonly t: 'disarm'; readonly timer: TimerName }
  | { readonly t: 'disarmAll' }
  /** An empty buffer beside the store, in place of one that is open; waits for a place among the cluster's lists (E11). */
  | { readonly t: 'begin'; readonly historyLost: boolean }
  | { readonly t: 'put'; readonly raw: RawObject }
  | { readonly t: 'remove'; readonly raw: RawObject }
  /** The buffer becomes the store, at once for every reader (R5). */
  | { readonly t: 'commit'; readonly resourceVersion: string }
  | { readonly t: 'discard' }
  /** One event goes into the store, whose version becomes `resourceVersion`. */
  | {
      readonly t: 'apply';
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly raw: RawObject;
      readonly resourceVersion: string;
    }
  | { readonly t: 'advance'; readonly resourceVersion: string }
  | { readonly t: 'desync'; readonly cause: DesyncCause }
  | { readonly t: 'relisted'; readonly cause: DesyncCause }
  | { readonly t: 'reconnect'; readonly cause: ReconnectCause }
  | { readonly t: 'anomaly'; readonly what: string }
  /** Make new credentials before the next request (E7). */
  | { readonly t: 'refreshAuth' }
  /** Until when this server is known not to stream lists of this resource, for every reflector of it; 0: it streams them (L6). */
  | { readonly t: 'streaming'; readonly unsupportedUntil: number }
  | { readonly t: 'finish'; readonly trouble?: Trouble };

/** The query of a list. `resourceVersion` `''` asks for the newest state, `'0'` for any. */
export interface ListQuery {
  readonly resourceVersion: string;
  readonly match?: 'NotOlderThan';
  readonly limit?: number;
  readonly continue?: string;
}

/** The query of a watch. */
export interface WatchQuery {
  readonly resourceVersion: string;
  /** Every object first, then a bookmark, then what changes (WatchList). */
  readonly sendInitial: boolean;
  readonly timeoutSeconds: number;
}

/** What does not change over a watcher's life. */
export interface Settings {
  /** Stream lists where the server can. */
  readonly streaming: boolean;
  /** What the first list asks for: `''` the newest state, `'0'` any state (L10). */
  readonly initialVersion: '' | '0';
  /** Objects per page (L8). */
  readonly pageSize: number;
  /** Open the next watch before the server ends this one (W17). */
  readonly rotate: boolean;
  /** One list and no watch: `poll()`. A failure finishes instead of waiting. */
  readonly once: boolean;
}

/** E1 and E2: how many failures in a row the next delay answers to. Kept apart from `status.failures`. */
export interface Backoff {
  readonly attempt: number;
  readonly failedAt: number;
}

/** What a watcher remembers from one state to the next. */
export interface Memory {
  /** The store holds a whole set. */
  readonly synced: boolean;
  /** Subscribers were told that the cache is out of touch, and not yet that it is whole again. */
  readonly desync: DesyncCause | undefined;
  /** Failures in a row, for status. */
  readonly failures: number;
  readonly trouble: Trouble | undefined;
  readonly backoff: Backoff;
  /** Relists since a stream was healthy: the first is made at once, the next ones back off (R7). */
  readonly relists: number;
  /** Streaming lists that did not come to their end, in a row (L6). */
  readonly streamingFailures: number;
  /** Lists are not streamed before this time. */
  readonly streamingUnsupportedUntil: number;
  /** The first `'0'` list came in pages: this server does not answer lists from its cache (L11). */
  readonly pagesAnyway: boolean;
  /** Empty watches that ended within a second, in a row, all from `resourceVersion` (W15). */
  readonly shortWatches: { readonly resourceVersion: string; readonly count: number } | undefined;
  /** Where the last line was that could not be read (W5). */
  readonly badLineAt: string | undefined;
  /** Where the last ERROR event without a class of its own came (E6). */
  readonly errorAt: string | undefined;
  /** Since when, and when last, ERROR events of code 500 came (E5). */
  readonly internal: { readonly since: number; readonly last: number } | undefined;
  /** Credentials were made new since the last answer that was not 401, and since the last backoff (E7). */
  readonly refreshed: boolean;
  /** The server has sent bookmarks: a watch on which none comes is not trusted for long. */
  readonly bookmarks: boolean;
  /** The server lost history (R12): the next list asks for the newest state, and versions may fall this once. */
  readonly historyLost: boolean;
}

/** One open watch. */
export interface Stream {
  readonly call: Call;
  readonly openedAt: number;
  readonly timeoutMs: number;
  /** Anything but a bookmark came. */
  readonly delivered: boolean;
  /** When the last bookmark came, if one did. */
  readonly bookmarkAt: number | undefined;
  readonly longestGapMs: number;
  /** The server was not there when the next watch was to be opened, and this one has brought nothing since. */
  readonly doubted: boolean;
  /** After a rotation: what the stream before had told already is told again up to here. */
  readonly knownUpTo: string | undefined;
}

interface Base {
  readonly settings: Settings;
  readonly memory: Memory;
  /** The version to go on from: what the store holds. `''` before the first list. */
  readonly rv: string;
  /** The number of the last request. */
  readonly calls: number;
}

/** Made, not started. */
export interface Idle extends Base {
  readonly t: 'idle';
}
/** A watch that sends the whole set first is filling the buffer. */
export interface Streaming extends Base {
  readonly t: 'streaming';
  readonly call: Call;
  /** The version it was asked for. */
  readonly from: string;
  readonly timeoutMs: number;
  readonly openedAt: number | undefined;
  readonly delivered: boolean;
}
/** Pages of a list are filling the buffer. */
export interface Listing extends Base {
  readonly t: 'listing';
  readonly call: Call;
  readonly query: ListQuery;
  /** The version that the first page was asked for. */
  readonly from: string;
  readonly page: number;
  /** A token of a page before this one: the list that comes back to it goes in a circle. */
  readonly milestone: string | undefined;
  /** How many pages in a row brought nothing. */
  readonly barren: number;
  /** The version of the first page: where the watch begins (L9). */
  readonly firstVersion: string | undefined;
  /** The list was begun again without pages after its continue token had expired. */
  readonly whole: boolean;
}
/** A watch is being opened from `rv`. */
export interface Opening extends Base {
  readonly t: 'opening';
  readonly call: Call;
  readonly timeoutMs: number;
  readonly knownUpTo: string | undefined;
}
/** The store follows the server. */
export interface Watching extends Base {
  readonly t: 'watching';
  readonly stream: Stream;
}
/** The store follows the server, and the next watch is being opened (W17). */
export interface Rotating extends Base {
  readonly t: 'rotating';
  readonly stream: Stream;
  readonly next: { readonly call: Call; readonly timeoutMs: number };
}
/** After an outage: is this still the server that was left? (R12) */
export interface Probing extends Base {
  readonly t: 'probing';
  readonly call: Call;
}
/** Between two attempts. */
export interface Waiting extends Base {
  readonly t: 'backoff';
  readonly next: Retry;
}
/** The end. */
export interface Stopped extends Base {
  readonly t: 'stopped';
}

/** Where a backoff leads. */
export type Retry = 'streaming' | 'listing' | 'opening' | 'probing' | 'relist';

/** Everything that a watcher is. */
export type State = Idle | Streaming | Listing | Opening | Watching | Rotating | Probing | Waiting | Stopped;

/** Time and chance of one step: monotonic ms, and a number in [0, 1). */
export interface Env {
  readonly now: number;
  readonly rand: number;
}

/** What a step comes to. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}
