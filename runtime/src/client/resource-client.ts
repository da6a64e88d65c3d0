import type { ManifestOf, ObjectOf, ResourceDefinition, Scope } from '../resource.js';
import type {
  ApplyOptions,
  CallOptions,
  CollectionNamespace,
  DeleteOptions,
  ListOptions,
  NamespaceOption,
  SelectorOptions,
  WatchOptions,
  WriteOptions,
} from './call-options.js';
import type { WatchEvent } from './raw-watch-event.js';
import type { Scale } from './scale.js';
import type {
  ApplyOf,
  JsonPatchOperation,
  Loose,
  MergePatchOf,
  ReplaceOf,
  StatusReplaceOf,
  StrategicPatchOf,
} from './views.js';

/** What a list says about itself. */
export interface ListMetadata {
  /** The version of the whole list, from which a watch may go on. */
  readonly resourceVersion: string;
  /** Where the next page begins; absent on the last. */
  readonly continue?: string;
  /** How many objects are on later pages, where the server says so. */
  readonly remainingItemCount?: number;
}

/** Objects and the version they were read at. */
export interface ListResult<T> {
  readonly items: T[];
  readonly metadata: ListMetadata;
}

/**
 * Changes a part of an object. The default is a JSON merge patch; `type: 'json'` takes a list of operations, `type: 'strategic'`
 * (built-in kinds only) merges lists by key.
 */
export interface Patch<T, M, S extends Scope, Strategic extends boolean> extends PatchFunction<T, M, S, Strategic> {}
type PatchFunction<T, M, S extends Scope, Strategic extends boolean> = PatchMethod<T, M, S, Strategic>['patch'];
/** Of methods parameters may be narrower: so the client of one kind is taken where that of any kind is wanted. */
interface PatchMethod<T, M, S extends Scope, Strategic extends boolean> {
  // One signature: of overloads a compiler reports a mistake at the call, or explains it by the last of them. `Exclude` adds nothing: it
  // has editors offer the types that are not the default. Messages show the types where these have no name.
  patch<K extends 'merge' | 'json' | StrategicType<Strategic> = 'merge'>(
    name: string,
    body: PatchBodies<M>[K],
    options?: WriteOptions &
      NamespaceOption<S> & {
        /** How `body` is meant. Default `merge`: it says what to change; `null` takes away; lists are replaced whole. */
        readonly type?: K | Exclude<'merge' | 'json' | StrategicType<Strategic>, K> | undefined;
      },
  ): Promise<T>;
}

interface PatchBodies<M> {
  readonly merge: MergePatchOf<M>;
  readonly json: readonly JsonPatchOperation[];
  readonly strategic: StrategicPatchOf<M>;
}

type StrategicType<Strategic extends boolean> = Strategic extends true
  ? 'strategic'
  : 'strategic' & ForBuiltInKindsOnly;

/** What nobody has: the name is what a compiler says of a strategic merge patch on a custom resource. */
interface ForBuiltInKindsOnly {
  readonly builtIn: never;
}

/** The `status` subresource: the only way to change the status of a kind that has it. */
export interface StatusClient<T, M, S extends Scope = Scope, Strategic extends boolean = boolean> {
  /** The whole object; `not-found` where there is none. */
  get(name: string, options?: CallOptions & NamespaceOption<S>): Promise<T>;
  /** Writes the status and nothing else of the object, which may be left out; `conflict` if it changed since it was read. */
  replace(object: StatusReplaceOf<M>, options?: WriteOptions & NamespaceOption<S>): Promise<T>;
  /** Changes part of the status. */
  readonly patch: Patch<T, M, S, Strategic>;
  /** Server-side apply of the status. */
  apply(partial: ApplyOf<M>, options: ApplyOptions & NamespaceOption<S>): Promise<T>;
}

/** The `scale` subresource: how many replicas are wanted and there. */
export interface ScaleClient<S extends Scope = Scope> {
  /** `not-found` where there is no such object. */
  get(name: string, options?: CallOptions & NamespaceOption<S>): Promise<Scale>;
  /** Sets the number of replicas; reads the version by itself and tries again when somebody else was quicker. */
  replace(
    name: string,
    scale: { readonly replicas: number },
    options?: WriteOptions & NamespaceOption<S>,
  ): Promise<Scale>;
  readonly patch: Patch<Scale, Scale, S, false>;
}

/**
 * Reads and writes one kind. Every call rejects with a `KubeError`. The namespace of one object is the option, else the object's
 * own, else the cluster's; `list` and `watch` without one mean all.
 */
export interface Client<T, M, S extends Scope = Scope, Strategic extends boolean = boolean> {
  /** One object as it is now; `not-found` where there is none. */
  get(name: string, options?: CallOptions & NamespaceOption<S>): Promise<T>;
  /** All objects, page after page; starts again without pages when the server forgot the version in between. */
  list(options?: ListOptions & NamespaceOption<S>): Promise<ListResult<T>>;
  /** One page at a time. Fails with `expired` when the server forgot the version in between. */
  listPages(options?: ListOptions & NamespaceOption<S>): AsyncIterable<ListResult<T>>;
  /** The object as the server keeps it; what was sent, of a kind of which nothing is kept and the server only says that it is done (Binding). */
  create(manifest: Loose<M>, options?: WriteOptions & NamespaceOption<S>): Promise<T>;
  /** Writes a whole object; `conflict` if it changed since it was read. */
  replace(object: Loose<ReplaceOf<M>>, options?: WriteOptions & NamespaceOption<S>): Promise<T>;
  /** Changes part of an object: a merge patch, a JSON patch (`type: 'json'`), or for built-in kinds a strategic one. */
  readonly patch: Patch<T, M, S, Strategic>;
  /** Server-side apply; creates what is not there. `metadata.managedFields` is left out of what is sent. */
  apply(partial: ApplyOf<M>, options: ApplyOptions & NamespaceOption<S>): Promise<T>;
  /** Resolves to the object while it waits for its finalizers or its grace period, and to `undefined` when it is gone. */
  delete(name: string, options?: DeleteOptions & NamespaceOption<S>): Promise<T | undefined>;
  /** Deletes all that match in one namespace; resolves to those the server named. */
  deleteCollection(options: DeleteOptions & SelectorOptions & CollectionNamespace<S>): Promise<T[]>;
  /** One watch, as the server sends it, until it ends. Reflectors are the better way: they go on. Nothing is sent before the first `next`. */
  watch(options?: WatchOptions & NamespaceOption<S>): AsyncIterable<WatchEvent<T>>;
}

/** Groups that the API server serves itself, and no CRD can. Groups without a dot are built in, too. */
type BuiltInGroup =
  | 'admissionregistration.k8s.io'
  | 'apiextensions.k8s.io'
  | 'apiregistration.k8s.io'
  | 'authentication.k8s.io'
  | 'authorization.k8s.io'
  | 'certificates.k8s.io'
  | 'coordination.k8s.io'
  | 'discovery.k8s.io'
  | 'events.k8s.io'
  | 'flowcontrol.apiserver.k8s.io'
  | 'internal.apiserver.k8s.io'
  | 'networking.k8s.io'
  | 'node.k8s.io'
  | 'rbac.authorization.k8s.io'
  | 'resource.k8s.io'
  | 'scheduling.k8s.io'
  | 'storage.k8s.io'
  | 'storagemigration.k8s.io';

type HasStrategicPatch<G extends string> = G extends BuiltInGroup
  ? true
  : G extends `${string}.${string}`
    ? false
    : true;

/** The typed client of a definition: `status` and `scale` are there where the kind has them. */
export type ResourceClient<D extends ResourceDefinition> = ClientOf<D>['client'];

/**
 * The same as a property, whose type has no name of its own: of a call that returns it editors and messages show
 * `Client<Foo, FooManifest, …>`, not all that the definition says.
 */
export interface ClientOf<D extends ResourceDefinition> {
  readonly client: Client<ObjectOf<D>, ManifestOf<D>, D['scope'], HasStrategicPatch<D['group']>> &
    (D['subresources'] extends { readonly status: true }
      ? {
          /** Reads and writes the status, which other writes leave as it is. */
          readonly status: StatusClient<ObjectOf<D>, ManifestOf<D>, D['scope'], HasStrategicPatch<D['group']>>;
        }
      : {}) &
    (D['subresources'] extends { readonly scale: object }
      ? {
          /** Reads and writes the number of replicas, whatever the fields of this kind are called. */
          readonly scale: ScaleClient<D['scope']>;
        }
      : {});
}
