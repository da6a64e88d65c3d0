import type { Logger } from '../logger.js';
import type { Scope } from '../resource.js';

/** For each index name a function from object to the value (or values) it is found under; `undefined` and `null` mean none. */
export type IndexFunctions<T, V> = {
  readonly [K in keyof V]: (object: T) => V[K] | readonly V[K][] | undefined | null;
};

interface ReflectorOptionsBase<T, V> {
  /** Only objects with these labels: `app=web,tier in (a,b)` or `{ app: 'web' }`. Default: all. */
  readonly labelSelector?: string | Readonly<Record<string, string>> | undefined;
  /** Only objects with these fields: `status.phase=Running` or an object. Default: all. */
  readonly fieldSelector?: string | Readonly<Record<string, string>> | undefined;
  /** Indexes by name; `by(name, value)` reads them. */
  readonly indexes?: IndexFunctions<T, V> | undefined;
  /**
   * Runs once for each received object before it is indexed and stored. It must keep name, namespace, uid and resourceVersion. An object
   * that it fails for is kept out, and its key stands in `status.quarantined`.
   */
  readonly transform?: ((object: T) => T) | undefined;
  /** Keep `metadata.managedFields`. Default false: they are cut out before the object is parsed. */
  readonly managedFields?: boolean | undefined;
  /** Keep only metadata, apiVersion and kind, which is what a `Reflector<KubernetesObject>` promises: hold it as one. Default false. */
  readonly metadataOnly?: boolean | undefined;
  /** `deep` freezes every object, to find writers in tests. Default `none`. */
  readonly freeze?: 'none' | 'deep' | undefined;
  /** Let reads before the first sync see an empty cache instead of a `not-synced` error. Default false. */
  readonly allowUnsynced?: boolean | undefined;
  /** How long `stop` waits for running handlers, in ms. Default 5000. */
  readonly graceMs?: number | undefined;
  /**
   * Equal reflectors of a cluster share one watch. How long it stays open after this one stopped, for the next one that comes, in ms;
   * `cluster.close()` ends it sooner. Default 0.
   */
  readonly lingerMs?: number | undefined;
  /** The longest line of a watch or item of a list that is read, in bytes. Default 32 MiB. */
  readonly maxLineBytes?: number | undefined;
  /** Stops the reflector when it fires. */
  readonly signal?: AbortSignal | undefined;
  /** `most-recent` asks for the newest state, `any` takes what the API server's cache holds. Default `most-recent`. */
  readonly initial?: 'most-recent' | 'any' | undefined;
  /** Use a streaming list (WatchList) where the server has it. Default true. */
  readonly streaming?: boolean | undefined;
  /** Default: the cluster's. */
  readonly logger?: Logger | undefined;
}

/** Options of a reflector. `namespaces` exists only for namespaced kinds. */
export type ReflectorOptions<T, V = {}, S extends Scope = Scope> = ReflectorOptionsBase<T, V> &
  (S extends 'Cluster'
    ? { readonly namespaces?: never }
    : {
        /** The namespaces to watch, each by a watch of its own. Default: all. */
        readonly namespaces?: readonly string[] | undefined;
      });
