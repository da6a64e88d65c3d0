import { KubeError } from '../errors.js';
import type { Change, Deleted, Desynced, Synced } from '../subscribe/change.js';
import type { HandlerOptions } from '../subscribe/hub.js';
import type { ReflectorStatus } from './status.js';

/** What `on` calls, by event. */
export interface Handlers<T> {
  readonly added: (object: T, info: { readonly initial: boolean }) => unknown;
  readonly updated: (now: T, was: T) => unknown;
  readonly deleted: (object: T, change: Deleted<T>) => unknown;
  readonly synced: (change: Synced) => unknown;
  readonly desynced: (change: Desynced) => unknown;
  readonly change: (change: Change<T>) => unknown;
  readonly status: (status: ReflectorStatus) => unknown;
}

/** The events of `on`. */
export type HandlerType = keyof Handlers<unknown>;

/** What `on` takes: the handler of an event, or of one of several (`K` is a union), which is given what any of them gives. */
export type HandlerOf<T, K extends HandlerType> = { [E in K]: Exclude<K, E> }[K] extends never
  ? Handlers<T>[K]
  : (first: Given<T, K>[0], second: Given<T, K> extends [unknown, infer D] ? D : unknown) => unknown;
type Given<T, K extends HandlerType> = Parameters<Handlers<T>[K]>;

/** The part of a hub subscription that stands for one event. An object that took the name of another is `deleted` and `added` (W11). */
export function handlerOptions<T>(
  type: Exclude<HandlerType, 'status'>,
  handler: (...given: never) => unknown,
  o: { readonly selected: boolean },
): Pick<HandlerOptions<T>, 'handler' | 'types'> {
  // The handler's type belongs to `type`, which the compiler cannot follow here.
  const call = handler as (...args: readonly unknown[]) => unknown;
  switch (type) {
    case 'added':
      return {
        types: new Set(['added', 'replaced']),
        handler: (change) => {
          if (change.type === 'added') return call(change.object, { initial: change.initial });
          return change.type === 'replaced' ? call(change.object, { initial: false }) : undefined;
        },
      };
    case 'updated':
      return {
        types: new Set(['updated']),
        handler: (change) => (change.type === 'updated' ? call(change.object, change.previous) : undefined),
      };
    case 'deleted':
      return {
        types: new Set(['deleted', 'replaced']),
        handler: (change) => {
          if (change.type === 'deleted') return call(change.object, change);
          return change.type === 'replaced' ? call(change.previous, gone(change, o)) : undefined;
        },
      };
    case 'synced':
    case 'desynced':
      return { types: new Set([type]), handler: (change) => call(change) };
    case 'change':
      return { handler: (change) => call(change) };
    default:
      throw new KubeError(
        'usage',
        `there is no event '${String(type)}': there are added, updated, deleted, synced, desynced, change and status`,
      );
  }
}

function gone<T>(change: Extract<Change<T>, { type: 'replaced' }>, o: { readonly selected: boolean }): Deleted<T> {
  const { key, previous, finalStateUnknown } = change;
  return {
    type: 'deleted',
    key,
    object: previous,
    previous,
    finalStateUnknown,
    scope: o.selected ? 'selected' : 'api',
  };
}
