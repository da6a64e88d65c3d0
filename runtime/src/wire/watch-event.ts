import type { RawObject } from './raw-object.js';

/** What is read of a `Status`, to class a failure. */
export interface ErrorStatus {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
  readonly causes: readonly { readonly reason?: string; readonly message?: string }[];
}

/** The type of a watch event that carries an object. */
export type ObjectEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One line of a watch. */
export type WatchEvent =
  | { readonly t: 'object'; readonly type: ObjectEventType; readonly raw: RawObject }
  /** `initialEventsEnd`: the whole set of a streaming list was told (L3). */
  | { readonly t: 'bookmark'; readonly resourceVersion: string; readonly initialEventsEnd: boolean }
  | { readonly t: 'error'; readonly status: ErrorStatus }
  /** An unknown type, a Table, an object without name or version: an anomaly to count (W13). */
  | { readonly t: 'skipped'; readonly why: string };
