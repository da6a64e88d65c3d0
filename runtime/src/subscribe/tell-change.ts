import type { Entry } from '../store/entry.js';
import type { Audience } from './audience.js';
import type { ObjectChange } from './change.js';

/** How an object went. */
export interface Tombstone<T> {
  /** The last state that the server told. */
  readonly last: Entry<T>;
  /** The last state that was stored. */
  readonly stored: Entry<T>;
  readonly finalStateUnknown: boolean;
}

/** What a subscriber saw of an object last, and what is there now. */
export interface Seen<T> {
  readonly was: Entry<T> | undefined;
  readonly now: Entry<T> | undefined;
  readonly tombstone: Tombstone<T> | undefined;
  /** Tell it although the version is the same. */
  readonly again: boolean;
  readonly initial: boolean;
}

/** The one change between the two, as this subscriber sees it; `undefined` for none. */
export function tellChange<T>(
  seen: Seen<T>,
  o: { audience: Audience<T>; selected: boolean },
): ObjectChange<T> | undefined {
  const { audience } = o;
  const was = seen.was !== undefined && audience.passes(seen.was) ? seen.was : undefined;
  const now = seen.now !== undefined && audience.passes(seen.now) ? seen.now : undefined;
  if (now === undefined) return was === undefined ? undefined : deleted(was, seen, o);
  if (was === undefined) return { type: 'added', key: now.key, object: now.read(), initial: seen.initial };
  if (was.uid !== now.uid) {
    const { tombstone } = seen;
    const known = tombstone !== undefined && !tombstone.finalStateUnknown && tombstone.last.uid === was.uid;
    return { type: 'replaced', key: now.key, object: now.read(), previous: was.read(), finalStateUnknown: !known };
  }
  if (was === now || was.resourceVersion === now.resourceVersion) {
    // After a server lost history one version can stand for two states: then the entries differ.
    if (was === now && !seen.again) return undefined;
  } else if (audience.isEqual(was, now)) return undefined;
  return { type: 'updated', key: now.key, object: now.read(), previous: was.read() };
}

function deleted<T>(was: Entry<T>, seen: Seen<T>, o: { audience: Audience<T>; selected: boolean }): ObjectChange<T> {
  const { now, tombstone } = seen;
  const scope = o.selected || o.audience.selects ? 'selected' : 'api';
  // It is still there but left the subscriber's view.
  if (now !== undefined && now.uid === was.uid) {
    return { type: 'deleted', key: was.key, object: now.read(), previous: was.read(), finalStateUnknown: false, scope };
  }
  if (tombstone !== undefined && tombstone.last.uid === was.uid) {
    const { last, stored, finalStateUnknown } = tombstone;
    return { type: 'deleted', key: was.key, object: last.read(), previous: stored.read(), finalStateUnknown, scope };
  }
  return { type: 'deleted', key: was.key, object: was.read(), previous: was.read(), finalStateUnknown: true, scope };
}
