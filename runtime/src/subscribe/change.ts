/** Why the cache is out of touch; reads go on from the old state until `synced`. */
export type DesyncCause = 'expired' | 'too-large' | 'store-read' | 'protocol' | 'drift';

/** First seen. `initial` for the set that was there when the subscriber began. */
export interface Added<T> {
  readonly type: 'added';
  /** `namespace/name`, or `name` for a cluster-scoped kind. */
  readonly key: string;
  readonly object: T;
  readonly initial: boolean;
}
/** Same uid, another resourceVersion. */
export interface Updated<T> {
  readonly type: 'updated';
  readonly key: string;
  readonly object: T;
  readonly previous: T;
}
/** Gone from the set that is watched. */
export interface Deleted<T> {
  readonly type: 'deleted';
  readonly key: string;
  /** The last state that the server told. */
  readonly object: T;
  /** The last state that was stored. */
  readonly previous: T;
  /** The deletion itself was missed: `object` is the last known state, not the final one. */
  readonly finalStateUnknown: boolean;
  /** `api`: deleted from the cluster. `selected`: it may also only have left the selection. */
  readonly scope: 'api' | 'selected';
}
/** Same key, another uid: `previous` is gone and `object` took its name. */
export interface Replaced<T> {
  readonly type: 'replaced';
  readonly key: string;
  readonly object: T;
  readonly previous: T;
  /** Whether no DELETED was seen for `previous`. */
  readonly finalStateUnknown: boolean;
}
/** This subscriber has handled the whole set. */
export interface Synced {
  readonly type: 'synced';
  /** The version that the set has come to. */
  readonly resourceVersion: string;
}
/** The cache lost touch and is being rebuilt. */
export interface Desynced {
  readonly type: 'desynced';
  readonly cause: DesyncCause;
}
/** Only `mode: 'every'`: the buffer overflowed, coalesced state follows. */
export interface Resync {
  readonly type: 'resync';
}

/** What happened to one object. */
export type ObjectChange<T> = Added<T> | Updated<T> | Deleted<T> | Replaced<T>;
/** What a subscriber is told. */
export type Change<T> = ObjectChange<T> | Synced | Desynced | Resync;

/** Narrows and times one subscription. */
export interface SubscribeOptions<T> {
  /** Ends the subscription. */
  readonly signal?: AbortSignal | undefined;
  /** Only what is in it. Default: in all that are watched. */
  readonly namespace?: string | undefined;
  /** A label selector in string or object form; objects that enter or leave it come as `added` and `deleted`. */
  readonly labels?: string | Readonly<Record<string, string>> | undefined;
  /** As `labels`, for any condition. */
  readonly filter?: ((object: T) => boolean) | undefined;
  /** Tells every object again as `updated` (with itself as `previous`) in this interval, in ms. Default: never. */
  readonly resyncEveryMs?: number | undefined;
  /** Only tell an update when this part differs. */
  readonly compare?: 'generation' | 'labels' | 'annotations' | undefined;
}
