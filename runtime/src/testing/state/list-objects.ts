import { resourceName } from '../../resource.js';
import type { ApiState, Target } from './api-state.js';
import { readContinueToken, writeContinueToken } from './continue-token.js';
import type { JsonObject } from './json.js';
import type { ListOptions } from './list-options.js';
import { viewAs } from './object-view.js';
import { firstIndex, type RevisionLog, type SortedObjects } from './revision-log.js';
import type { Selection } from './selection.js';
import { badRequest, expired, versionTooLarge } from './status.js';

/** One page of a list, or all of it. */
export interface ListedObjects {
  readonly resourceVersion: string;
  readonly items: readonly JsonObject[];
  readonly continue: string | undefined;
  readonly remainingItemCount: number | undefined;
}

const forgottenList = 'The resourceVersion for the provided list is too old.';
const forgottenPage =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue ' +
  'parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided ' +
  'token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was ' +
  'returned and now may show up in the list.';

/** The 410 of a page whose version was forgotten, with a token to go on all the same. */
export function expiredList(options: Pick<ListOptions, 'continue'>): Error {
  if (options.continue === '') return expired(forgottenList);
  const { after } = readContinueToken(options.continue);
  return expired(forgottenPage, writeContinueToken({ revision: -1, after }));
}

/** A list, at the version that the options ask for. */
export function listObjects(
  state: ApiState,
  request: { readonly target: Target; readonly selection: Selection; readonly options: ListOptions },
): ListedObjects {
  const { target, selection, options } = request;
  const log = state.storage.log(resourceName(target.kind));
  const { revision, after } = whereToBegin(state, log, options);
  const all = log.at(revision);
  // The server's cache answers "any version" whole, whatever the limit.
  const limit = options.resourceVersion === 0 ? 0 : options.limit;
  const items: JsonObject[] = [];
  let last: string | undefined;
  let index = firstAfter(all, startKey(after, selection.namespace));
  for (; index < all.length; index++) {
    const [key, object] = all[index] ?? ['', {}];
    if (selection.namespace !== undefined && !key.startsWith(`${selection.namespace}/`)) break;
    // As on real servers, the next page may turn out to be empty: what follows is looked at only then.
    if (limit > 0 && items.length === limit) break;
    const view = viewAs(object, target.kind, target.version.name);
    if (!selection.matches(view)) continue;
    items.push(view);
    last = key;
  }
  const more = limit > 0 && last !== undefined && isMore(all, { index, namespace: selection.namespace });
  const end = selection.namespace === undefined ? all.length : firstAfter(all, `${selection.namespace}/\uffff`);
  return {
    resourceVersion: String(revision),
    items,
    continue: more && last !== undefined ? writeContinueToken({ revision, after: last }) : undefined,
    remainingItemCount: more && !selection.selective ? end - index : undefined,
  };
}

function isMore(all: SortedObjects, { index, namespace }: { index: number; namespace: string | undefined }): boolean {
  const next = all[index];
  return next !== undefined && (namespace === undefined || next[0].startsWith(`${namespace}/`));
}

function whereToBegin(
  state: ApiState,
  log: RevisionLog,
  options: ListOptions,
): { revision: number; after: string | undefined } {
  const newest = state.storage.revision;
  const asked = options.resourceVersion;
  if (options.continue !== '') {
    if (asked !== undefined && asked !== 0) {
      throw badRequest('specifying resource version is not allowed when using continue');
    }
    const point = readContinueToken(options.continue);
    if (point.revision === -1) return { revision: newest, after: point.after };
    if (point.revision < log.floor) throw expiredList(options);
    return { revision: point.revision, after: point.after };
  }
  if (asked === undefined || asked === 0) return { revision: newest, after: undefined };
  if (asked > newest) throw versionTooLarge(asked, newest);
  // Without a match, pages of a version mean exactly that version, and a whole list means that version or a newer one.
  const exact = options.match === 'Exact' || (options.match === undefined && options.limit > 0);
  if (!exact) return { revision: newest, after: undefined };
  if (asked < log.floor) throw expiredList(options);
  return { revision: asked, after: undefined };
}

/** The key after which a list begins. */
function startKey(after: string | undefined, namespace: string | undefined): string | undefined {
  const first = namespace === undefined ? undefined : `${namespace}/`;
  if (after === undefined || first === undefined) return after ?? first;
  return after > first ? after : first;
}

/** The index of the first object with a higher key. */
function firstAfter(all: SortedObjects, key: string | undefined): number {
  return key === undefined ? 0 : firstIndex(all, ([each]) => each > key);
}
