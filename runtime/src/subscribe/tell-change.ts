import type { Entry } from '../store/entry.js';
import type { Difference } from '../store/outcome.js';
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

/** What a difference was and is. */
export function sidesOf<T>(difference: Difference<T>): Pick<Seen<T>, 'was' | 'now'> {
  return {
    was: difference.t === 'added' ? undefined : difference.was,
    now: difference.t === 'deleted' ? undefined : difference.now,
  };
}

/** How the object of a difference went, if it did. */
export function tombstoneOf<T>(difference: Difference<T>): Tombstone<T> | undefined {
  switch (difference.t) {
    case 'deleted':
      return { last: difference.now, stored: difference.was, finalStateUnknown: difference.finalStateUnknown };
    case 'replaced':
      return { last: difference.was, stored: difference.was, finalStateUnknown: true };
    case 'added':
    case 'updated':
      return undefined;
    default:
      return difference satisfies never;
  }
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
// enumerable, so that a change is printed, copied and compared as one that holds its objects. All changes have the same functions as
// getters: V8 holds an accessor of one object alone, with all it can reach, until the next full collection.

/** The objects of one change: each is read at the first call and then held, so that the change shows one object however long it is kept. */
interface Sides<T> {
  readonly now: Entry<T>;
  readonly was: Entry<T> | undefined;
  object: T | undefined;
  previous: T | undefined;
}

/** Where a change has its objects: not enumerable. */
const sides = Symbol('sides');

interface WithSides {
  readonly [sides]: Sides<unknown>;
}

const objectGetter: PropertyDescriptor & ThisType<WithSides> = {
  enumerable: true,
  configurable: true,
  get() {
    const own = this[sides];
    return (own.object ??= own.now.read());
  },
};
const previousGetter: PropertyDescriptor & ThisType<WithSides> = {
  enumerable: true,
  configurable: true,
  get() {
    const own = this[sides];
    return (own.previous ??= own.was?.read());
  },
};

/** A change with getters for `object` and, where there was one, `previous`. */
function lazily<T, C extends ObjectChange<T>>(
  head: Pick<C, 'type' | 'key'>,
  { now, was }: { now: Entry<T>; was?: Entry<T> },
  rest?: Omit<C, 'type' | 'key' | 'object' | 'previous'>,
): C {
  const value: Sides<T> = { now, was, object: undefined, previous: undefined };
  Object.defineProperty(head, sides, { value });
  Object.defineProperty(head, 'object', objectGetter);
  if (was !== undefined) Object.defineProperty(head, 'previous', previousGetter);
  return (rest === undefined ? head : Object.assign(head, rest)) as unknown as C;
}

function added<T>(now: Entry<T>, initial: boolean): Added<T> {
  const { key } = now;
  if (!now.lazy) return { type: 'added', key, object: now.read(), initial };
  return lazily<T, Added<T>>({ type: 'added', key }, { now }, { initial });
}

function updated<T>(was: Entry<T>, now: Entry<T>): Updated<T> {
  const { key } = now;
  if (!was.lazy && !now.lazy) return { type: 'updated', key, object: now.read(), previous: was.read() };
  return lazily<T, Updated<T>>({ type: 'updated', key }, { now, was });
}

function replaced<T>(was: Entry<T>, now: Entry<T>, finalStateUnknown: boolean): Replaced<T> {
  const { key } = now;
  if (!was.lazy && !now.lazy)
    return { type: 'replaced', key, object: now.read(), previous: was.read(), finalStateUnknown };
  return lazily<T, Replaced<T>>({ type: 'replaced', key }, { now, was }, { finalStateUnknown });
}

function deleted<T>(
  { key, last, stored }: { key: string; last: Entry<T>; stored: Entry<T> },
  how: Pick<Deleted<T>, 'finalStateUnknown' | 'scope'>,
): Deleted<T> {
  if (!last.lazy && !stored.lazy) return { type: 'deleted', key, object: last.read(), previous: stored.read(), ...how };
  return lazily<T, Deleted<T>>({ type: 'deleted', key }, { now: last, was: stored }, how);
}
