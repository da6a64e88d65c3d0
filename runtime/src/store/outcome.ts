import type { Entry } from './entry.js';

/** What became of one object: the difference between the store before and after. */
export type Outcome<T> =
  | { readonly t: 'added'; readonly now: Entry<T> }
  | { readonly t: 'updated'; readonly was: Entry<T>; readonly now: Entry<T> }
  /** Another uid under the same key. No DELETED was seen for `was` (W11). */
  | { readonly t: 'replaced'; readonly was: Entry<T>; readonly now: Entry<T>; readonly finalStateUnknown: true }
  /** `now` is the last state that the server told; `was` itself where `finalStateUnknown`. */
  | { readonly t: 'deleted'; readonly was: Entry<T>; readonly now: Entry<T>; readonly finalStateUnknown: boolean }
  /** The version that is stored already (W8). */
  | { readonly t: 'same' }
  /** Older than what is stored (W8): dropped, to be counted. */
  | { readonly t: 'stale' }
  /** DELETED of an object that is not stored (W7), or an object of another namespace than the writer's. */
  | { readonly t: 'unknown' };

/** The outcomes that subscribers hear of. */
export type Difference<T> = Extract<Outcome<T>, { readonly now: Entry<T> }>;
