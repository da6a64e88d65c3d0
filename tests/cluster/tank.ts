import {
  type Cluster,
  defineResource,
  isKubeError,
  type ManifestMeta,
  type NamespacedObjectMeta,
} from '@kube-gen/runtime';
import { CustomResourceDefinition } from './built-in-kinds.js';
import { until } from './until.js';

/** A custom resource with everything that a typed client can use. */
export interface Tank {
  readonly apiVersion: 'test.example.dev/v1';
  readonly kind: 'Tank';
  readonly metadata: NamespacedObjectMeta;
  readonly spec: TankSpec;
  readonly status?: { readonly level?: number };
}
export interface TankManifest {
  readonly apiVersion: 'test.example.dev/v1';
  readonly kind: 'Tank';
  readonly metadata: ManifestMeta;
  readonly spec: TankSpec;
  readonly status?: { readonly level?: number };
}
interface TankSpec {
  readonly size?: number;
  readonly color?: string;
  readonly open?: { readonly [key: string]: unknown };
}

export const Tank = defineResource<Tank, TankManifest>()({
  group: 'test.example.dev',
  version: 'v1',
  kind: 'Tank',
  plural: 'tanks',
  singular: 'tank',
  listKind: 'TankList',
  scope: 'Namespaced',
  shortNames: [],
  categories: [],
  subresources: { status: true, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.level' } },
  printerColumns: [],
  selectableFields: ['.spec.color'],
});

const openAPIV3Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer' },
        color: { type: 'string' },
        open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
    status: { type: 'object', properties: { level: { type: 'integer' } } },
  },
};

/** One version of it, as a CRD writes it. */
export function tankVersion(name: string, is: { readonly storage: boolean; readonly served?: boolean }): object {
  return {
    name,
    served: is.served ?? true,
    storage: is.storage,
    subresources: { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.level' } },
    selectableFields: [{ jsonPath: '.spec.color' }],
    schema: { openAPIV3Schema },
  };
}

/** Its CRD. */
export const tankCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'tanks.test.example.dev' },
  spec: {
    group: Tank.group,
    scope: Tank.scope,
    names: { plural: Tank.plural, singular: Tank.singular, kind: Tank.kind, listKind: Tank.listKind },
    versions: [tankVersion('v1', { storage: true })],
  },
} as const;

/** Creates a CRD and waits until the server serves its kind: it is so a moment after it is `Established`. */
export async function installCrd(cluster: Cluster, crd: CrdManifest): Promise<void> {
  await removeCrd(cluster, crd.metadata.name); // a cluster that was used before may have it
  await cluster.resource(CustomResourceDefinition).create(crd, { fieldValidation: 'Warn' });
  await served(cluster, crd);
}

/** Waits until the server serves each version of a CRD that it should. */
export async function served(cluster: Cluster, { metadata, spec }: CrdManifest): Promise<void> {
  const { group, names, versions } = spec as {
    group: string;
    names: { plural: string };
    versions: { name: string; served: boolean }[];
  };
  const isServed = ({ name }: { readonly name: string }): Promise<boolean> =>
    isThere(cluster.request({ path: `/apis/${group}/${name}/${names.plural}`, query: { limit: 1 } }));
  for (const version of versions.filter((each) => each.served)) {
    await until(`${metadata.name} ${version.name} is served`, () => isServed(version));
  }
}

async function isThere(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    if (isKubeError(error) && error.code === 'not-found') return false;
    throw error;
  }
}

/** A CRD, as far as these helpers look into it. */
export interface CrdManifest {
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
  readonly [key: string]: unknown;
}

/** Deletes a CRD if it is there, and with it its objects; resolves when it is gone. */
export async function removeCrd(cluster: Cluster, name: string): Promise<void> {
  const api = cluster.resource(CustomResourceDefinition);
  if (!(await isThere(api.delete(name)))) return;
  await until(`${name} is gone`, async () => !(await isThere(api.get(name))));
}
