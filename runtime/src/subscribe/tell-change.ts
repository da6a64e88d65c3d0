import type { Entry } from '../store/entry.js';
import type { Audience } from './audience.js';
import type { Added, Deleted, ObjectChange, Replaced, Updated } from './change.js';

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
  /** `undefined` when the object was not in the subscriber's view. */
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
  const { was } = seen;
  const now = seen.now !== undefined && audience.passes(seen.now) ? seen.now : undefined;
  if (now === undefined) return was === undefined ? undefined : deletion(was, seen, o);
  if (was === undefined) return added(now, seen.initial);
  if (was.uid !== now.uid) {
    const { tombstone } = seen;
    const known = tombstone !== undefined && !tombstone.finalStateUnknown && tombstone.last.uid === was.uid;
    return replaced(was, now, !known);
  }
  if (was === now || was.resourceVersion === now.resourceVersion) {
    // After a server lost history one version can stand for two states: then the entries differ.
    if (was === now && !seen.again) return undefined;
  } else if (audience.isEqual(was, now)) return undefined;
  return updated(was, now);
}

function deletion<T>(was: Entry<T>, seen: Seen<T>, o: { audience: Audience<T>; selected: boolean }): Deleted<T> {
  const { now, tombstone } = seen;
  const scope = o.selected || o.audience.selects ? 'selected' : 'api';
  const left = (last: Entry<T>, stored: Entry<T>, finalStateUnknown: boolean): Deleted<T> =>
    deleted({ key: was.key, last, stored }, { finalStateUnknown, scope });
  // It is still there but left the subscriber's view.
  if (now !== undefined && now.uid === was.uid) return left(now, was, false);
  if (tombstone !== undefined && tombstone.last.uid === was.uid)
    return left(tombstone.last, tombstone.stored, tombstone.finalStateUnknown);
  return left(was, was, true);
}

// Where an entry would have to be parsed, the change has getters of its own instead: who only takes the key pays nothing. They are
// enumerable, so that a change is printed, copied and compared as one that holds its objects.

function added<T>(now: Entry<T>, initial: boolean): Added<T> {
  const { key } = now;
  if (!now.lazy) return { type: 'added', key, object: now.read(), initial };
  const object = once(now);
  return {
    type: 'added',
    key,
    get object() {
      return object();
    },
    initial,
  };
}

function updated<T>(was: Entry<T>, now: Entry<T>): Updated<T> {
  const { key } = now;
  if (!was.lazy && !now.lazy) return { type: 'updated', key, object: now.read(), previous: was.read() };
  const [object, previous] = [once(now), once(was)];
  return {
    type: 'updated',
    key,
    get object() {
      return object();
    },
    get previous() {
      return previous();
    },
  };
}

function replaced<T>(was: Entry<T>, now: Entry<T>, finalStateUnknown: boolean): Replaced<T> {
  const { key } = now;
  if (!was.lazy && !now.lazy)
    return { type: 'replaced', key, object: now.read(), previous: was.read(), finalStateUnknown };
  const [object, previous] = [once(now), once(was)];
  return {
    type: 'replaced',
    key,
    get object() {
      return object();
    },
    get previous() {
      return previous();
    },
    finalStateUnknown,
  };
}

function deleted<T>(
  { key, last, stored }: { key: string; last: Entry<T>; stored: Entry<T> },
  how: Pick<Deleted<T>, 'finalStateUnknown' | 'scope'>,
): Deleted<T> {
  if (!last.lazy && !stored.lazy) return { type: 'deleted', key, object: last.read(), previous: stored.read(), ...how };
  const [object, previous] = [once(last), once(stored)];
  return {
    type: 'deleted',
    key,
    get object() {
      return object();
    },
    get previous() {
      return previous();
    },
    ...how,
  };
}

/** Reads at the first call, and holds what was read: a change shows one object, however long it is kept. */
function once<T>(entry: Entry<T>): () => T {
  let value: { readonly object: T } | undefined;
  return () => (value ??= { object: entry.read() }).object;
}
