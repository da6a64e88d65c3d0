import { createCluster } from '../../runtime/src/client/create-cluster.js';
import type { Cluster } from '../../runtime/src/cluster.js';
import type { ReflectorOptions } from '../../runtime/src/reflector/options.js';
import { Reflector } from '../../runtime/src/reflector/reflector.js';
import { defineResource, type NamespacedObjectMeta, type ObjectMeta } from '../../runtime/src/resource.js';
import type { Change } from '../../runtime/src/subscribe/change.js';
import { FakeClock } from '../../runtime/src/testing/fake-clock.js';
import { ScriptedTransport } from './scripted-transport.js';

/** A small namespaced kind. */
export interface Thing {
  readonly apiVersion: 'test.example/v1';
  readonly kind: 'Thing';
  readonly metadata: NamespacedObjectMeta;
  readonly spec?: { readonly color?: string; readonly tags?: readonly string[] };
}

/** A small cluster-scoped kind. */
export interface Planet {
  readonly apiVersion: 'test.example/v1';
  readonly kind: 'Planet';
  readonly metadata: ObjectMeta;
}

const common = { shortNames: [], categories: [], subresources: {}, printerColumns: [], selectableFields: [] } as const;

export const Thing = defineResource<Thing, Thing>()({
  group: 'test.example',
  version: 'v1',
  kind: 'Thing',
  plural: 'things',
  singular: 'thing',
  listKind: 'ThingList',
  scope: 'Namespaced',
  ...common,
});

export const Planet = defineResource<Planet, Planet>()({
  group: 'test.example',
  version: 'v1',
  kind: 'Planet',
  plural: 'planets',
  singular: 'planet',
  listKind: 'PlanetList',
  scope: 'Cluster',
  ...common,
});

/** A Thing as the server sends it. */
export function thing(
  name: string,
  version: string | number,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const { uid = `uid-${name}`, namespace = 'apps', labels, ...rest } = more;
  return {
    apiVersion: 'test.example/v1',
    kind: 'Thing',
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: String(version),
      creationTimestamp: '2030-01-01T00:00:00Z',
      ...(labels !== undefined && { labels }),
    },
    ...rest,
  };
}

export const added = (object: unknown): unknown => ({ type: 'ADDED', object });
export const modified = (object: unknown): unknown => ({ type: 'MODIFIED', object });
export const deleted = (object: unknown): unknown => ({ type: 'DELETED', object });

export function bookmark(version: string | number, end = false): unknown {
  const annotations = end ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return {
    type: 'BOOKMARK',
    object: {
      apiVersion: 'test.example/v1',
      kind: 'Thing',
      metadata: { resourceVersion: String(version), ...annotations },
    },
  };
}

export function errorEvent(code: number, reason = 'Unknown', more: Record<string, unknown> = {}): unknown {
  return {
    type: 'ERROR',
    object: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: reason, ...more },
  };
}

export function listOf(version: string | number, items: readonly unknown[] | null, next?: string): unknown {
  return {
    kind: 'ThingList',
    apiVersion: 'test.example/v1',
    metadata: { resourceVersion: String(version), ...(next !== undefined && { continue: next }) },
    items,
  };
}

/** A reflector of Things over a scripted server and a clock that stands still. */
export interface Scene {
  readonly clock: FakeClock;
  readonly server: ScriptedTransport;
  readonly cluster: Cluster;
  readonly things: Reflector<Thing>;
  /** Lets everything that waits for a promise run. */
  readonly settle: () => Promise<void>;
  readonly reflector: <V = {}>(options?: ReflectorOptions<Thing, V, 'Namespaced'>) => Reflector<Thing, V, 'Namespaced'>;
}

/** Sets the scene; nothing is started. Versions of watches compare, so watches rotate after 240 s and more. */
export function scene(
  options: ReflectorOptions<Thing, {}, 'Namespaced'> = {},
  more: { readonly maxInitialLists?: number; readonly token?: () => string } = {},
): Scene {
  const clock = new FakeClock({ random: () => 0 });
  const server = new ScriptedTransport();
  const cluster = createCluster({ server: 'http://server', transport: server, clock, ...more });
  const reflector = <V = {}>(own?: ReflectorOptions<Thing, V, 'Namespaced'>): Reflector<Thing, V, 'Namespaced'> =>
    new Reflector<Thing, V, 'Namespaced'>(cluster, Thing, own);
  return { clock, server, cluster, things: reflector(options), settle: () => clock.advance(0), reflector };
}

/** A scene whose reflector has listed `objects` at `version` and whose watch is open: the newest request. */
export async function watchingScene(
  version: number,
  objects: readonly unknown[],
  options: ReflectorOptions<Thing, {}, 'Namespaced'> = {},
): Promise<Scene> {
  const set = scene({ streaming: false, ...options });
  set.things.start();
  await set.settle();
  set.server.last.answer(listOf(version, objects));
  await set.settle();
  set.server.last.open();
  await set.settle();
  return set;
}

/** Things as `name@version`. */
export function names(objects: Iterable<Thing>): string[] {
  return Array.from(objects, ({ metadata }) => `${metadata.name}@${metadata.resourceVersion}`);
}

/** A change in a word or two. */
export function say(change: Change<Thing>): string {
  switch (change.type) {
    case 'added':
    case 'updated':
    case 'replaced':
      return `${change.type} ${change.object.metadata.name}@${change.object.metadata.resourceVersion}`;
    case 'deleted':
      return `deleted ${change.object.metadata.name}@${change.object.metadata.resourceVersion}${change.finalStateUnknown ? '?' : ''}`;
    case 'synced':
      return `synced ${change.resourceVersion}`;
    case 'desynced':
      return `desynced ${change.cause}`;
    case 'resync':
      return 'resync';
  }
}
