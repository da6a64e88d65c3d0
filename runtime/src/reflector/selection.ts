import { apiPath, queryString } from '../client/api-path.js';
import type { ResourceInfo } from '../resource.js';
import type { ListQuery, WatchQuery } from './protocol.js';

/** Which objects, and how much of them: one frozen value for every list and watch of a watcher (L16). */
export interface Selection {
  readonly path: string;
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
  readonly metadataOnly: boolean;
  readonly managedFields: boolean;
}

/** What of the world a reflector watches, in one namespace or (`undefined`) in all. */
export interface SelectionOptions extends Omit<Selection, 'path'> {
  readonly namespace: string | undefined;
}

/** Makes the one selection of a watcher. */
export function createSelection(definition: ResourceInfo, { namespace, ...rest }: SelectionOptions): Selection {
  return Object.freeze({ path: apiPath(definition, { namespace }), ...rest });
}

/** The path of a list. */
export function listPath(selection: Selection, query: ListQuery): string {
  return (
    selection.path +
    queryString({
      ...selectors(selection),
      resourceVersion: query.resourceVersion === '' ? undefined : query.resourceVersion,
      resourceVersionMatch: query.match,
      limit: query.limit,
      continue: query.continue,
    })
  );
}

/** The path of a watch; every watch asks for bookmarks (W2). */
export function watchPath(selection: Selection, query: WatchQuery): string {
  return (
    selection.path +
    queryString({
      ...selectors(selection),
      watch: 1,
      allowWatchBookmarks: true,
      resourceVersion: query.resourceVersion === '' ? undefined : query.resourceVersion,
      timeoutSeconds: query.timeoutSeconds,
      ...(query.sendInitial && { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }),
    })
  );
}

/** The path of the probe: one object, as new as the server can say (R12). */
export function probePath(selection: Selection): string {
  return selection.path + queryString({ ...selectors(selection), limit: 1 });
}

/**
 * What kind of answer is wanted, in the order of preference; plain JSON always stands last for servers that know no better (L17).
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export function acceptHeader(selection: Selection, what: 'list' | 'watch' | 'probe'): string {
  let wanted = 'application/json';
  if (selection.metadataOnly || what === 'probe') {
    wanted += `;as=PartialObjectMetadata${what === 'watch' ? '' : 'List'};v=v1;g=meta.k8s.io`;
  }
  if (!selection.managedFields) wanted += ';drop=metadata.managedFields';
  return wanted === 'application/json' ? wanted : `${wanted},application/json;q=0.9`;
}

function selectors(selection: Selection): Record<string, string | undefined> {
  return { labelSelector: selection.labelSelector, fieldSelector: selection.fieldSelector };
}
