import { optionsOf } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { ApiTarget } from './api-path.js';
import type { WriteOptions } from './call-options.js';
import type { Calls } from './calls.js';
import type { Namespaced } from './client-context.js';
import { callOf, writeQuery } from './write-query.js';

type PatchOptions = WriteOptions & Namespaced & { readonly type?: 'merge' | 'json' | 'strategic' };

/** The patch verb of an object or a subresource, free of their types. */
export type PatchVerb<T> = (name: string, body: unknown, options?: PatchOptions) => Promise<T>;

/** The patch verb, for objects and for each subresource. */
export function createPatch<T>(o: {
  readonly calls: Calls;
  readonly namespace: string;
  pathOf(target: ApiTarget): string;
}): PatchVerb<T> {
  return async (name, body, options = {}) => {
    const { type = 'merge', namespace = o.namespace } = optionsOf(options, 'patch');
    if (typeof body !== 'object' || body === null || (type === 'json') !== Array.isArray(body)) {
      throw new KubeError('usage', "a JSON patch (type: 'json') is a list of operations; other patches are objects");
    }
    return o.calls.object({
      ...callOf(options),
      method: 'PATCH',
      path: o.pathOf({ name, namespace }),
      query: writeQuery(options),
      headers: { 'content-type': patchTypes[type] },
      body,
    });
  };
}

const patchTypes = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;
