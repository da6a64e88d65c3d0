import type { AnyObject } from '../any-object.js';
import { optionsOf, shown } from '../check-arguments.js';
import { KubeError } from '../errors.js';
import type { ResourceDefinition, ResourceInfo } from '../resource.js';
import { apiPath } from './api-path.js';
import type { DeleteOptions, SelectorOptions, WriteOptions } from './call-options.js';
import type { ClientContext, Namespaced } from './client-context.js';
import { createLister } from './list-pages.js';
import { complete, objectClient, targetOf } from './object-client.js';
import { watchEvents } from './raw-watch.js';
import type { ResourceClient } from './resource-client.js';
import { LIST_MAX_BYTES } from './response-body.js';
import { createScaleClient } from './scale-client.js';
import { selectorQuery } from './selector-query.js';
import { callOf, writeQuery } from './write-query.js';

/** Makes the typed client of a definition. Makes no request. Throws `usage` for what is no definition. */
export function createResourceClient<D extends ResourceDefinition>(
  definition: D,
  context: ClientContext,
): ResourceClient<D> {
  if (typeof (definition as Partial<ResourceInfo> | undefined)?.plural !== 'string')
    throw new KubeError('usage', 'resource takes what defineResource made');
  const objects = objectClient(definition, context, undefined);
  const lister = createLister(definition, context);
  const client = {
    ...objects,
    ...lister.verbs,
    create: async (manifest: AnyObject, options: WriteOptions & Namespaced = {}): Promise<AnyObject> => {
      const { namespace } = targetOf(manifest, optionsOf(options, 'create'), context);
      const path = apiPath(definition, { namespace });
      return context.calls.created({
        ...callOf(options),
        method: 'POST',
        path,
        query: writeQuery(options),
        body: complete(manifest, definition),
      });
    },
    delete: async (name: string, options: DeleteOptions & Namespaced = {}): Promise<AnyObject | undefined> => {
      const { namespace = context.namespace } = optionsOf(options, 'delete');
      const path = apiPath(definition, { name, namespace });
      return context.calls.objectOrDone<AnyObject>({
        ...callOf(options),
        method: 'DELETE',
        path,
        body: deleteBody(options),
      });
    },
    deleteCollection: async (options: DeleteOptions & SelectorOptions & Namespaced): Promise<AnyObject[]> => {
      const namespace = collectionNamespace(definition, optionsOf(options, 'deleteCollection'));
      const path = apiPath(definition, { namespace });
      const answer = await context.calls.objectOrDone<AnyObject>({
        ...callOf(options),
        method: 'DELETE',
        path,
        query: selectorQuery(options),
        body: deleteBody(options),
        maxBytes: LIST_MAX_BYTES,
      });
      return lister.itemsOf(answer);
    },
    watch: watchEvents(definition, context),
    ...(definition.subresources.status === true ? { status: objectClient(definition, context, 'status') } : {}),
    ...(definition.subresources.scale === undefined ? {} : { scale: createScaleClient(definition, context) }),
  };
  // The definition's types are phantoms: that these functions take and give them is what the API server's schema says.
  return client as unknown as ResourceClient<D>;
}

function deleteBody(options: DeleteOptions): AnyObject {
  const { dryRun, propagationPolicy, preconditions, gracePeriodSeconds } = options;
  // One that is undefined would not be sent: the object would go whatever it has become.
  for (const [name, value] of Object.entries(preconditions ?? {})) {
    if (typeof value !== 'string')
      throw new KubeError('usage', `preconditions.${name} must be a text, not ${shown(value)}`);
  }
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    ...(preconditions === undefined ? {} : { preconditions }),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
  };
}

function collectionNamespace({ scope, plural }: ResourceInfo, options: Namespaced): string | undefined {
  if (scope === 'Cluster') return undefined;
  if (options.namespace === undefined) {
    throw new KubeError('usage', `deleteCollection of ${plural} needs a namespace: it never means all of them`);
  }
  return options.namespace;
}
