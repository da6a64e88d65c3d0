import { type Cluster, type KubernetesObject, Reflector, type ResourceDefinition } from '@kube-gen/runtime';
import { expect } from 'vitest';
import { ConfigMap, CustomResourceDefinition, Event, Lease, Pod } from './built-in-kinds.js';

/** A cache and the list that it must equal. */
export interface Watched {
  readonly what: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
  readonly reflector: Reflector<any, any, any>;
  /** What the server holds now, by key. */
  truth(): Promise<Map<string, KubernetesObject>>;
}

/** Which of the objects a reflector watches. */
export interface Selected {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/**
 * A reflector (by default a new one) and the list that it must equal, asked of `truth` (by default the cluster that the reflector is on).
 */
export function watched(
  cluster: Cluster,
  definition: ResourceDefinition,
  options: Selected & { readonly truth?: Cluster; readonly reflector?: Watched['reflector'] } = {},
): Watched {
  const { truth = cluster, reflector, ...selected } = options;
  return {
    what: `${definition.plural}.${definition.group}`,
    reflector: reflector ?? new Reflector(cluster, definition, { ...selected }),
    async truth() {
      // Whatever the definition's types are, objects have metadata.
      const { items } = await truth.resource(definition).list(selected);
      return new Map((items as KubernetesObject[]).map((object) => [keyOf(object), withoutManagers(object)]));
    },
  };
}

/** Reflectors that run beside a test, on kinds that control planes are busy with. */
export function besides(cluster: Cluster, truth: Cluster = cluster): Watched[] {
  return [Pod, ConfigMap, Event, Lease, CustomResourceDefinition].map((kind) => watched(cluster, kind, { truth }));
}

/** Waits for the first sync of all. */
export async function allReady(all: readonly Watched[]): Promise<void> {
  await Promise.all(all.map(({ reflector }) => reflector.ready({ timeoutMs: 30_000 })));
}

/**
 * Asks the server and the caches until they hold the same objects, field by field, and all caches are live: what control planes write by
 * themselves changes while we look.
 */
export async function expectCachesToEqualServer(all: readonly Watched[], timeoutMs = 30_000): Promise<void> {
  const differences = async (): Promise<string[]> => (await Promise.all(all.map(difference))).flat();
  await expect.poll(differences, { timeout: timeoutMs, interval: 250 }).toEqual([]);
}

/** What one cache has that the server has not, and the other way round; with how the cache thinks it is. */
async function difference({ what, reflector, truth }: Watched): Promise<string[]> {
  const real = await truth();
  const ours = reflector.read() as ReadonlyMap<string, KubernetesObject>;
  const keys = [...new Set([...real.keys(), ...ours.keys()])];
  const found = keys.filter((key) => !isSame(real.get(key), ours.get(key)));
  const { synced, live } = reflector.status;
  if (found.length === 0 && synced && live) return [];
  const shown = found.slice(0, 3).map((key) => `${key}: ${text(real.get(key))}, the cache has ${text(ours.get(key))}`);
  return [`${what}: ${found.length} of ${keys.length} differ`, JSON.stringify(reflector.status), ...shown];
}

/** Most objects that differ have another version: comparing that first makes many objects cheap. */
function isSame(a: KubernetesObject | undefined, b: KubernetesObject | undefined): boolean {
  return a?.metadata.resourceVersion === b?.metadata.resourceVersion && text(a) === text(b);
}

function keyOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

function withoutManagers(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** With sorted keys: lists of built-in kinds and watches give kind and metadata in another order. */
function text(object: KubernetesObject | undefined): string {
  return (
    JSON.stringify(object, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ) ?? 'nothing'
  );
}
