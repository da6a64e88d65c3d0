import type { Scope } from '../resource.js';

// Options are handed on from function to function: `| undefined` lets a project with `exactOptionalPropertyTypes` do so, too.
// Not so within `preconditions`, which would then be none without a word.

/** What every call takes. */
export interface CallOptions {
  /** Ends the call with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call fails with `timeout`. Default: none. */
  readonly timeoutMs?: number | undefined;
}

/** What every call that writes takes. */
export interface WriteOptions extends CallOptions {
  /**
   * The server checks and answers, and stores nothing. Default false. An object that would be new has no `resourceVersion` then, though
   * its type has one.
   */
  readonly dryRun?: boolean | undefined;
  /**
   * What the server does with unknown and duplicate fields. Default `Strict`: it refuses them (`invalid`).
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#validation-for-unrecognized-or-duplicate-fields
   */
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore' | undefined;
  /** The name under which the server notes who owns the fields. Default: the user agent up to its first `/`. */
  readonly fieldManager?: string | undefined;
}

/** The namespace of one object, or of a list. Cluster-scoped kinds have none. */
export type NamespaceOption<S extends Scope> = [S] extends ['Cluster']
  ? { readonly namespace?: never }
  : {
      /** Default: of one object its own `metadata.namespace`, else the cluster's; of lists and watches all. */
      readonly namespace?: string | undefined;
    };

/** The namespace of many objects. */
export type CollectionNamespace<S extends Scope> = [S] extends ['Cluster']
  ? { readonly namespace?: never }
  : [S] extends ['Namespaced']
    ? { readonly namespace: string }
    : { readonly namespace?: string };

/** Which objects. */
export interface SelectorOptions {
  /** `app=web,tier in (a,b)` or `{ app: 'web' }`. */
  readonly labelSelector?: string | Readonly<Record<string, string>> | undefined;
  /** `status.phase=Running` or an object. */
  readonly fieldSelector?: string | Readonly<Record<string, string>> | undefined;
}

/** Options of `list` and `listPages`. Without a namespace: all. */
export interface ListOptions extends CallOptions, SelectorOptions {
  /** Objects per page. Default 500. `list` follows all pages. */
  readonly limit?: number | undefined;
  /**
   * Which state to list. Default: the newest.
   * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-get-and-list
   */
  readonly resourceVersion?: string | undefined;
  /** How `resourceVersion` is meant; not without it. */
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan' | undefined;
}

/** Options of a raw `watch`. Without a namespace: all. */
export interface WatchOptions extends SelectorOptions {
  /** Ends the watch, and without an error the iteration. */
  readonly signal?: AbortSignal | undefined;
  /** Where to begin. Default: the server sends every object as `ADDED` first. */
  readonly resourceVersion?: string | undefined;
  /** How long the server keeps the watch open, in ms. Default: the server's choice. */
  readonly timeoutMs?: number | undefined;
  /** Ask for `BOOKMARK` events. Default false. */
  readonly allowWatchBookmarks?: boolean | undefined;
}

/** Options of `apply`. */
export interface ApplyOptions extends WriteOptions {
  readonly fieldManager: string;
  /** Take over fields that somebody else owns, instead of a `conflict`. Default false. */
  readonly force?: boolean | undefined;
}

/**
 * Options of `delete` and `deleteCollection`.
 * @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export interface DeleteOptions extends CallOptions {
  /** The server checks and answers, and deletes nothing. Default false. */
  readonly dryRun?: boolean | undefined;
  /** What becomes of the objects that it owns. Default: the kind's own way, which is `Background` for most. */
  readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan' | undefined;
  /** The object must still have this uid or version, else `conflict`. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  /** Seconds that it has to end; 0: it goes at once. Default: the object's own. */
  readonly gracePeriodSeconds?: number | undefined;
}
