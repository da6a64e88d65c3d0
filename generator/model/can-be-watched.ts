import type { ResourceModel } from './resource.js';

/** Whether a cache of its objects can be kept: reviews and bindings, for instance, can only be created. */
export function canBeWatched({ verbs }: ResourceModel): boolean {
  return verbs === undefined || (verbs.includes('list') && verbs.includes('watch'));
}
