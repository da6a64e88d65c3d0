// Of each recursive type here the object has a name of its own: so editors and messages say `PartOf<FooSpec>`, not its fields. Where all
// alternatives of a field are objects they stay together (`…Field`), and keep that name. `bigint` beside `unknown`: as in `Draft`.

/** What an object without a field `constructor` or `toString` has there: its parts are nobody's fields. */
type Inherited = globalThis.Function;

/** Everything below optional, in list items too. */
type Deep<T> = T extends readonly (infer E)[]
  ? readonly Deep<E>[]
  : T extends Inherited
    ? T
    : T extends object
      ? PartOf<T>
      : T;
type PartOf<T> = { readonly [K in keyof T]?: DeepField<Required<T>[K]> };
type DeepField<V> = [unknown, bigint] extends [V, V]
  ? V
  : [V] extends [never]
    ? V
    : [V] extends [readonly (infer E)[]]
      ? readonly DeepField<E>[]
      : [V] extends [object]
        ? PartOf<V>
        : Deep<V>;

/**
 * What server-side apply takes: the fields you want to own, and the object's name.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export type ApplyOf<M> = Deep<M> & { readonly metadata: { readonly name: string } };

/** What replace takes: a whole object with the version it replaces. An object that was read fits as it is. */
export type ReplaceOf<M> = M & { readonly metadata: { readonly name: string; readonly resourceVersion: string } };

/**
 * What replace of a status takes: the new status, the object's name and the version it replaces. The API server leaves the rest as it is,
 * so an object that was read fits.
 */
export type StatusReplaceOf<M> = Partial<M> & {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
};

/**
 * A JSON merge patch: what to change; `null` deletes; lists are replaced whole.
 * @see https://datatracker.ietf.org/doc/html/rfc7386
 */
export type MergePatchOf<T> = T extends readonly unknown[] | Inherited ? T : T extends object ? ChangeOf<T> : T;
type ChangeOf<T> = { readonly [K in keyof T]?: ChangeField<Required<T>[K]> | null };
type ChangeField<V> = [unknown, bigint] extends [V, V]
  ? V
  : // Without `strictNullChecks` nothing is left of `never | null`.
    [V] extends [never]
    ? null
    : [V] extends [readonly unknown[]]
      ? V
      : [V] extends [object]
        ? ChangeOf<V>
        : MergePatchOf<V>;

/**
 * A strategic merge patch: like a merge patch, but lists are merged by their keys, and `$patch` and other directives say how.
 * Only built-in kinds have it.
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
export type StrategicPatchOf<T> = T extends readonly (infer E)[]
  ? readonly StrategicPatchOf<E>[]
  : T extends object
    ? StrategicChangeOf<T>
    : T;
type StrategicChangeOf<T> = { readonly [K in keyof T]?: StrategicPatchOf<T[K]> | null } & StrategicDirectives;
interface StrategicDirectives {
  readonly $patch?: 'replace' | 'delete' | 'merge';
  readonly $retainKeys?: readonly string[];
  readonly [order: `$setElementOrder/${string}`]: readonly unknown[];
  readonly [taken: `$deleteFromPrimitiveList/${string}`]: readonly unknown[];
}

/**
 * One step of a JSON patch. `path` is a JSON pointer: `/spec/replicas`, `/metadata/labels/example.dev~1tier`.
 * @see https://datatracker.ietf.org/doc/html/rfc6902
 */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string };

/** A manifest whose `apiVersion` and `kind` may be left out: the definition knows them. Plain `Omit` would lose the properties of an open root. */
export type Loose<M> = M extends unknown ? HeadOptional<M> : never;
type HeadOptional<M> = { [K in keyof M as K extends 'apiVersion' | 'kind' ? never : K]: M[K] } & (M extends {
  readonly apiVersion?: infer A;
  readonly kind?: infer K;
}
  ? { readonly apiVersion?: A; readonly kind?: K }
  : unknown);
