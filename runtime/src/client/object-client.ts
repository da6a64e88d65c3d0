import type { AnyObject } from '../any-object.js';
import { optionsOf, shown } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import { apiVersionOf, type ResourceInfo } from '../resource.js';
import { apiPath, type ApiTarget } from './api-path.js';
import type { ApplyOptions, CallOptions, WriteOptions } from './call-options.js';
import type { ClientContext, Namespaced } from './client-context.js';
import { createPatch, type PatchVerb } from './patch.js';
import { callOf, writeQuery } from './write-query.js';

/** Makes the verbs that an object and its `status` have in common. */
export function objectClient(
  definition: ResourceInfo,
  context: ClientContext,
  subresource: 'status' | undefined,
): ObjectClient {
  const { calls } = context;
  const pathOf = (target: ApiTarget): string =>
    apiPath(definition, subresource === undefined ? target : { ...target, subresource });
  return {
    get: async (name, options = {}) => {
      const { namespace = context.namespace } = optionsOf(options, 'get');
      return calls.object({ ...callOf(options), path: pathOf({ name, namespace }) });
    },
    replace: async (object, options = {}) => {
      const target = named(targetOf(object, optionsOf(options, 'replace'), context), 'replace');
      const body = complete(object, definition);
      return calls.object({
        ...callOf(options),
        method: 'PUT',
        path: pathOf(target),
        query: writeQuery(options),
        body,
      });
    },
    patch: createPatch({ calls, namespace: context.namespace, pathOf }),
    apply: async (partial, options) => {
      const target = named(targetOf(partial, optionsOf(options, 'apply'), context), 'apply');
      if (typeof options.fieldManager !== 'string' || options.fieldManager === '') {
        throw new KubeError(
          'usage',
          'apply needs a fieldManager: the name under which the server notes who owns the fields',
        );
      }
      return calls.object({
        ...callOf(options),
        method: 'PATCH',
        path: pathOf(target),
        query: { ...writeQuery(options), force: options.force === true ? true : undefined },
        headers: { 'content-type': 'application/apply-patch+yaml' },
        body: withoutManagedFields(complete(partial, definition)),
      });
    },
  };
}

/** The verbs that an object and its `status` have in common, free of their types. */
export interface ObjectClient {
  get(name: string, options?: CallOptions & Namespaced): Promise<AnyObject>;
  replace(object: AnyObject, options?: WriteOptions & Namespaced): Promise<AnyObject>;
  readonly patch: PatchVerb<AnyObject>;
  apply(partial: AnyObject, options: ApplyOptions & Namespaced): Promise<AnyObject>;
}

function metadataOf(object: AnyObject): AnyObject {
  const metadata = object['metadata'];
  return typeof metadata === 'object' && metadata !== null ? (metadata as AnyObject) : {};
}

/** Which object is meant: the option's namespace, else its own, else the cluster's. Throws `usage` for what is no object. */
export function targetOf(object: AnyObject, options: Namespaced, context: ClientContext): ApiTarget {
  if (typeof object !== 'object' || object === null)
    throw new KubeError('usage', `an object is needed, not ${shown(object)}`);
  const { name, namespace } = metadataOf(object);
  return {
    name: typeof name === 'string' ? name : undefined,
    namespace: options.namespace ?? (typeof namespace === 'string' && namespace !== '' ? namespace : context.namespace),
  };
}

function named(target: ApiTarget, verb: string): ApiTarget {
  if (target.name === undefined) throw new KubeError('usage', `${verb} needs the object's metadata.name`);
  return target;
}

/** The object with `apiVersion` and `kind`. */
export function complete(object: AnyObject, definition: ResourceInfo): AnyObject {
  return {
    ...object,
    apiVersion: object['apiVersion'] ?? apiVersionOf(definition),
    kind: object['kind'] ?? definition.kind,
  };
}

function withoutManagedFields(object: AnyObject): AnyObject {
  const { managedFields: _, ...metadata } = metadataOf(object);
  return { ...object, metadata };
}
