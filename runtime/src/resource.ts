/** Whether objects of a kind live in a namespace. */
export type Scope = 'Namespaced' | 'Cluster';

/** An owner of an object, as in `metadata.ownerReferences`. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Who manages which fields; not kept by reflectors unless `managedFields: true`. */
export interface ManagedFieldsEntry {
  readonly apiVersion?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: { readonly [key: string]: unknown };
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
}

/**
 * `metadata` as the API server returns it.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
 */
export interface ObjectMeta {
  readonly name: string;
  /** Of this object alone: one of the same name that is made after it has another. */
  readonly uid: string;
  /** Another one after each write. An update that carries an older one fails with `conflict`. */
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
  readonly namespace?: string;
  /** What the server made `name` of. */
  readonly generateName?: string;
  /** Grows when what is wanted changes: a controller that has seen it says so in its status, often as `observedGeneration`. */
  readonly generation?: number;
  readonly labels?: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
  /** Names of what has to be done before the object goes; whoever has done it takes the name away. */
  readonly finalizers?: readonly string[];
  /** Whose part it is: the object is deleted after the last of them. */
  readonly ownerReferences?: readonly OwnerReference[];
  /** When it goes, at the earliest: somebody has deleted it, and it waits for its finalizers or its grace period. */
  readonly deletionTimestamp?: string;
  /** Seconds that it has to end by itself, once it is deleted. */
  readonly deletionGracePeriodSeconds?: number;
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** `metadata` of a namespaced object as the API server returns it. */
export interface NamespacedObjectMeta extends ObjectMeta {
  readonly namespace: string;
}

interface ManifestMetaFields {
  readonly namespace?: string;
  readonly uid?: string;
  /** With it an update fails with `conflict` if the object has changed since. */
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string | null;
  readonly generation?: number;
  readonly labels?: { readonly [key: string]: string } | null;
  readonly annotations?: { readonly [key: string]: string } | null;
  /** Names of what has to be done before the object goes; whoever has done it takes the name away. */
  readonly finalizers?: readonly string[];
  /** Whose part it is: the object is deleted after the last of them. */
  readonly ownerReferences?: readonly OwnerReference[];
  readonly deletionTimestamp?: string | null;
  readonly deletionGracePeriodSeconds?: number;
  readonly managedFields?: readonly ManagedFieldsEntry[];
  /** Accepted from old manifests and dropped: servers have not set it since 1.20. */
  readonly selfLink?: string;
}

interface GeneratedNameMeta extends ManifestMetaFields {
  readonly name?: string;
  /** The server makes a name of it: it adds five random characters. */
  readonly generateName: string;
}

interface NamedMeta extends ManifestMetaFields {
  readonly name: string;
  readonly generateName?: string;
}

/** `metadata` as you may write it: a `name`, or a `generateName` that the server completes. */
// Compilers explain a mismatch by the last alternative: the usual mistake is a missing `name`.
export type ManifestMeta = GeneratedNameMeta | NamedMeta;

/**
 * `metadata` of an object inside another one (`x-kubernetes-embedded-resource`): typed like that of any object, nothing is required.
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#x-kubernetes-embedded-resource
 */
export interface EmbeddedMeta extends ManifestMetaFields {
  readonly name?: string;
  readonly generateName?: string;
}

/** A whole object inside another one of which the schema names no further fields. */
export interface EmbeddedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: EmbeddedMeta;
}

/** A whole object inside another one that may have any further fields (`x-kubernetes-preserve-unknown-fields`). */
export interface OpenEmbeddedObject extends EmbeddedObject {
  readonly [key: string]: unknown;
}

/** An object without fields: the API server keeps none. `{}` is assignable, an object literal with a field is not. */
export interface EmptyObject {
  readonly [key: string]: never;
}

/**
 * A map of values with literals in them: `{ readonly [key: string]: V }`. The second alternative takes nothing more; it tells the compiler
 * of the keys that every object inherits (`constructor`), of which it would else read `'a'` as any text.
 */
export type MapOf<V> =
  | { readonly [key: string]: V }
  | ({ readonly [key: string]: V } & { readonly [K in InheritedKey]?: V });

type InheritedKey =
  | 'constructor'
  | 'toString'
  | 'toLocaleString'
  | 'valueOf'
  | 'hasOwnProperty'
  | 'isPrototypeOf'
  | 'propertyIsEnumerable';

/** A number or a string, where Kubernetes takes either (`x-kubernetes-int-or-string`). */
export type IntOrString = number | string;

/** A column that `kubectl get` prints. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
}

/** Where a kind keeps its replica counts: paths such as `.spec.replicas`. */
export interface ScaleSubresource {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/** Everything about a kind that is needed to reach it. */
export interface ResourceInfo {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly scope: Scope;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: { readonly status?: true; readonly scale?: ScaleSubresource };
  readonly printerColumns: readonly PrinterColumn[];
  readonly selectableFields: readonly string[];
  /** What the API server lets one do with its objects, as in RBAC rules; left out where it is everything, as with custom resources. */
  readonly verbs?: readonly string[];
}

declare const types: unique symbol;

/** Carries a kind's read view `T` and manifest view `M` in the type of its definition; nothing at run time. */
export interface Typed<T, M> {
  readonly [types]?: { readonly object: T; readonly manifest: M };
}

/** A kind together with its types. Generated modules export one as `const Foo`. */
// oxlint-disable-next-line typescript/no-explicit-any -- a definition of any types: T and M stand in both directions
export type ResourceDefinition = ResourceInfo & Typed<any, any>;

/** The read view of a definition: `ObjectOf<typeof Foo>` is `Foo`. */
export type ObjectOf<D> = D extends { readonly [types]?: { readonly object: infer T } } ? T : never;
/** The manifest view of a definition: `ManifestOf<typeof Foo>` is `FooManifest`. */
export type ManifestOf<D> = D extends { readonly [types]?: { readonly manifest: infer M } } ? M : never;

/**
 * Ties a kind to its types. Generated modules call it; call it yourself for a kind known only at run time:
 * `defineResource<KubernetesObject, KubernetesObject>()({ group: 'example.dev', … })`.
 */
export function defineResource<T, M>(): <const D extends ResourceInfo>(definition: D) => D & Typed<T, M> {
  return (definition) => definition;
}

/** The least that every Kubernetes object has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** `T` with everything changeable: what `edit` hands to its function. */
export type Draft<T> = T extends readonly (infer E)[] ? Draft<E>[] : T extends object ? DraftOf<T> : T;
/** An object has a name of its own, so that editors and messages say `DraftOf<FooSpec>` instead of all its fields. */
type DraftOf<T> = { -readonly [K in keyof T]: DraftField<Required<T>[K]> };
/**
 * Where all alternatives of a field are objects they stay together, and so keep that name; `Draft` would take each for itself. In projects
 * without `strictNullChecks`, `unknown` fits objects without required fields, too; `bigint` does not.
 */
type DraftField<V> = [unknown, bigint] extends [V, V]
  ? V
  : [V] extends [never]
    ? V
    : [V] extends [readonly (infer E)[]]
      ? DraftField<E>[]
      : [V] extends [object]
        ? DraftOf<V>
        : Draft<V>;

/** `v1` for the core group, else `group/version`. */
export function apiVersionOf(definition: Pick<ResourceInfo, 'group' | 'version'>): string {
  return definition.group === '' ? definition.version : `${definition.group}/${definition.version}`;
}

/** `foos.example.dev`, or `pods` in the core group. */
export function resourceName({ group, plural }: Pick<ResourceInfo, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** The key of an object in a cache: `namespace/name`, or `name` without a namespace. */
export function objectKey(name: string, namespace: string | undefined): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}
