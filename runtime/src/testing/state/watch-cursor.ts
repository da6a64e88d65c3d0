import { resourceName } from '../../resource.js';
import type { ApiState, Target } from './api-state.js';
import type { JsonObject } from './json.js';
import type { ListOptions } from './list-options.js';
import { viewAs } from './object-view.js';
import type { LogEntry, RevisionLog, SortedObjects } from './revision-log.js';
import type { Selection } from './selection.js';
import { type StatusObject, expired, versionTooLarge } from './status.js';
import { withVersion } from './storage.js';

/** What a watch has to tell next. */
export type WatchItem =
  | { readonly t: 'event'; readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: JsonObject }
  /** All objects that were there have been told. */
  | { readonly t: 'initial-end'; readonly revision: number }
  | { readonly t: 'error'; readonly status: StatusObject }
  /** The watch was too slow, or its kind is gone or served in another way. */
  | { readonly t: 'end' };

/** One watch's place in the history of a resource. Its memory is the history itself, so that a slow reader costs nothing. */
export interface WatchCursor {
  /** `undefined`: nothing more at present. */
  next(): WatchItem | undefined;
  /** The version up to which everything was told, when `next` has just returned `undefined`. */
  revision(): number;
  /** Calls `wake` when there may be more; the returned function ends that. */
  subscribe(wake: () => void): () => void;
}

/** Begins a watch where its options ask for. */
export function openWatch(
  state: ApiState,
  request: { readonly target: Target; readonly selection: Selection; readonly options: ListOptions },
): WatchCursor {
  const { target, selection, options } = request;
  const log = state.storage.log(resourceName(target.kind));
  const asked = options.resourceVersion ?? 0;
  const closings = log.closings;
  const queue = beginWatch(state, log, request);
  let number = log.numberAfter(queue.from);

  function next(): WatchItem | undefined {
    if (log.closings !== closings) return { t: 'end' };
    const first = queue.take();
    if (first !== undefined) return first;
    for (;;) {
      const entry = log.entry(number);
      if (entry === undefined) return undefined;
      if (entry === 'forgotten') return { t: 'end' };
      number++;
      // A watch from a version that is still to come tells of nothing before it.
      if (entry.revision <= asked) continue;
      const item = readEntry(entry, target, selection);
      if (item !== undefined) return item;
    }
  }
  return {
    next,
    revision: () => Math.max(state.storage.revision, asked),
    subscribe: (wake) => log.subscribe(wake),
  };
}

interface Beginning {
  /** Events after this revision follow. */
  readonly from: number;
  take(): WatchItem | undefined;
}

function beginWatch(
  state: ApiState,
  log: RevisionLog,
  { target, selection, options }: { target: Target; selection: Selection; options: ListOptions },
): Beginning {
  const newest = state.storage.revision;
  const asked = options.resourceVersion ?? 0;
  if (options.sendInitialEvents === true && asked > newest)
    return failed(versionTooLarge(asked, newest).status, newest);
  const initial = options.sendInitialEvents ?? asked === 0;
  if (!initial && asked !== 0) {
    if (asked >= log.floor) return { from: asked, take: () => undefined };
    return failed(expired(`too old resource version: ${asked} (${log.floor})`).status, newest);
  }
  return {
    from: newest,
    take: initial ? initialEvents(log.at(newest), { target, selection, options, newest }) : () => undefined,
  };
}

function failed(status: StatusObject, from: number): Beginning {
  const items: WatchItem[] = [{ t: 'error', status }, { t: 'end' }];
  return { from, take: () => (items.length > 1 ? items.shift() : items[0]) };
}

function initialEvents(
  all: SortedObjects,
  {
    target,
    selection,
    options,
    newest,
  }: { target: Target; selection: Selection; options: ListOptions; newest: number },
): () => WatchItem | undefined {
  let index = 0;
  let toldEnd = options.sendInitialEvents !== true || !options.bookmarks;
  return () => {
    while (index < all.length) {
      const [, object] = all[index++] ?? ['', {}];
      const view = viewAs(object, target.kind, target.version.name);
      if (selection.matches(view)) return { t: 'event', type: 'ADDED', object: view };
    }
    if (toldEnd) return undefined;
    toldEnd = true;
    return { t: 'initial-end', revision: newest };
  };
}

/** A write, as a watch with this selection sees it: leaving the selection is a deletion, entering it an addition. */
function readEntry(entry: LogEntry, { kind, version }: Target, selection: Selection): WatchItem | undefined {
  const now = viewAs(entry.now, kind, version.name);
  const was = entry.was === undefined ? undefined : viewAs(entry.was, kind, version.name);
  const matched = was !== undefined && selection.matches(was);
  if (entry.type === 'DELETED') return matched ? { t: 'event', type: 'DELETED', object: now } : undefined;
  const matches = selection.matches(now);
  if (matches) return { t: 'event', type: matched ? 'MODIFIED' : 'ADDED', object: now };
  // The object as it was when it was last seen, with the version of the change.
  return matched ? { t: 'event', type: 'DELETED', object: withVersion(was, entry.revision) } : undefined;
}
