import { defineResource, type ManifestMeta, type NamespacedObjectMeta } from '@kube-gen/runtime/codegen1';

/** What a long life is about. */
export interface Thing {
  readonly apiVersion: 'long-life.example/v1';
  readonly kind: 'Thing';
  readonly metadata: NamespacedObjectMeta;
  readonly spec?: { readonly turn?: number; readonly padding?: string };
}

/** One as it is written. */
export interface ThingManifest extends Omit<Thing, 'metadata'> {
  readonly metadata: ManifestMeta;
}

export const Thing = defineResource<Thing, ThingManifest>()({
  group: 'long-life.example',
  version: 'v1',
  kind: 'Thing',
  plural: 'things',
  singular: 'thing',
  listKind: 'ThingList',
  scope: 'Namespaced',
  shortNames: [],
  categories: [],
  subresources: {},
  printerColumns: [],
  selectableFields: [],
});
