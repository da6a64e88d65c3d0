import type { Clock } from '../io/clock.js';
import type { ResourceInfo } from '../resource.js';

/** A request that the server got. */
export interface ServedRequest {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  /** `undefined` where a fault broke the connection before there was an answer. */
  readonly status: number | undefined;
}

/** Options of `startApiServer`. */
export interface ApiServerOptions {
  /** CustomResourceDefinitions (`v1` or `v1beta1`): parsed objects, or paths of YAML or JSON files that hold them. */
  readonly crds?: readonly (string | object)[];
  /** Kinds without a schema, by their definitions; those of `crds` win. Built-in kinds are there already. */
  readonly kinds?: readonly ResourceInfo[];
  /** Objects that are there from the start, with their status. Their namespaces need not exist. */
  readonly objects?: readonly object[];
  /** Default: any free port. */
  readonly port?: number;
  /** How many writes to a kind are remembered; a watch or a page from before them gets a 410. Default 10,000. */
  readonly watchWindow?: number;
  /** How often watches that want bookmarks get one, in ms. Default 60,000. */
  readonly bookmarkEveryMs?: number;
  /** Bearer tokens that are let in; the first is the one of `kubeconfig` and `connect()`. The list is read at each request. Default: everybody is let in. */
  readonly auth?: { readonly tokens: readonly string[] };
  /** Serve streaming lists (`sendInitialEvents`). Default true; false answers 422, as servers without the feature do. */
  readonly watchList?: boolean;
  /** Told of each request as its answer begins, of a watch when it opens. Must not throw. */
  readonly onRequest?: (request: ServedRequest) => void;
  /** Times of objects, bookmarks and timeouts. Default: the platform's clock. */
  readonly clock?: Clock;
}
