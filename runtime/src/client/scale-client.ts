import { optionsOf, shown } from '../check-arguments.js';
import { isKubeError, KubeError } from '../errors.js';
import type { ResourceInfo } from '../resource.js';
import { apiPath, type ApiTarget } from './api-path.js';
import type { CallOptions, WriteOptions } from './call-options.js';
import type { ClientContext, Namespaced } from './client-context.js';
import { createDeadline } from './deadline.js';
import { createPatch, type PatchVerb } from './patch.js';
import type { Scale } from './scale.js';
import { callOf, writeQuery } from './write-query.js';

/** So often `replace` reads again because somebody else wrote in between. */
const ATTEMPTS = 5;

interface ScaleVerbs {
  get(name: string, options?: CallOptions & Namespaced): Promise<Scale>;
  replace(name: string, scale: { readonly replicas: number }, options?: WriteOptions & Namespaced): Promise<Scale>;
  readonly patch: PatchVerb<Scale>;
}

/** Makes the client of the `scale` subresource. */
export function createScaleClient(definition: ResourceInfo, context: ClientContext): ScaleVerbs {
  const { calls, internals } = context;
  const pathOf = (target: ApiTarget): string => apiPath(definition, { ...target, subresource: 'scale' });
  const patch = createPatch<Scale>({ calls, namespace: context.namespace, pathOf });

  async function get(name: string, options: CallOptions & Namespaced = {}): Promise<Scale> {
    const { namespace = context.namespace } = optionsOf(options, 'get');
    const path = pathOf({ name, namespace });
    return calls.object({ ...callOf(options), path });
  }

  async function readAndWrite(name: string, replicas: number, options: WriteOptions & Namespaced): Promise<Scale> {
    const path = pathOf({ name, namespace: options.namespace ?? context.namespace });
    for (let attempt = 1; ; attempt++) {
      const now = await get(name, options);
      try {
        const body = { ...now, spec: { ...now.spec, replicas } };
        return await calls.object({ ...callOf(options), method: 'PUT', path, query: writeQuery(options), body });
      } catch (error) {
        if (attempt === ATTEMPTS || !isKubeError(error) || error.code !== 'conflict') throw error;
      }
    }
  }

  async function replace(
    name: string,
    scale: { readonly replicas: number },
    options: WriteOptions & Namespaced = {},
  ): Promise<Scale> {
    const { signal, timeoutMs, ...rest } = optionsOf(options, 'replace');
    const replicas = replicasOf(scale);
    const what = `scaling ${definition.plural} ${JSON.stringify(name)}`;
    const deadline = createDeadline(internals.clock, { signal, timeoutMs, what });
    try {
      return await readAndWrite(name, replicas, { ...rest, signal: deadline.signal });
    } finally {
      deadline.release();
    }
  }

  return { get, replace, patch };
}

function replicasOf(scale: { readonly replicas?: unknown } | undefined): number {
  const replicas = scale?.replicas;
  if (typeof replicas === 'number') return replicas;
  throw new KubeError('usage', `replace of a scale takes { replicas: <number> }, not ${shown(scale)}`);
}
