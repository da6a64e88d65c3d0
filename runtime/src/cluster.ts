/// <reference lib="esnext.disposable" preserve="true" />
import type { ClientOf } from './client/resource-client.js';
import type { clusterInternals, ClusterInternals } from './cluster-internals.js';
import type { Reflector } from './reflector/reflector.js';
import type { ResourceDefinition } from './resource.js';

/** A raw request for what the typed parts do not cover. */
export interface ClusterRequest {
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Absolute, below the server's address: `/version`, `/apis/example.dev/v1/foos`. */
  readonly path: string;
  /** Added to the path; `undefined` values are left out. */
  readonly query?: Record<string, unknown> | undefined;
  readonly headers?: Record<string, string> | undefined;
  /** A string or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Default `json`. `stream` is an `AsyncIterable<Uint8Array>`. */
  readonly as?: 'json' | 'text' | 'bytes' | 'stream' | undefined;
  /** Milliseconds until it fails with `timeout`; for `stream` until the head is there. Default: none. */
  readonly timeoutMs?: number | undefined;
  /**
   * Bytes of the answer, unpacked; it fails with `protocol` as soon as more came, and the rest is not read. No limit for `stream`.
   * Default 256 MiB.
   */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @internal */
export interface ReflectorRegistry {
  /** Makes a reflector that starts part of `cluster.reflectors`; the returned function takes it out. Throws `stopped` once the cluster closes. */
  // oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
  register(reflector: Reflector<any, any, any>): () => void;
}

/** A connection to one API server with one identity. Makes no request by itself. */
export interface Cluster extends AsyncDisposable {
  /** The server's address, with its path prefix if it has one. */
  readonly server: string;
  /** The namespace that typed clients use when none is given. */
  readonly namespace: string;
  /** A typed client for one kind. */
  resource<D extends ResourceDefinition>(definition: D): ClientOf<D>['client'];
  /** Anything else. Resolves to the body; rejects with a `KubeError` for an HTTP error. */
  request<R = unknown>(request: ClusterRequest): Promise<R>;
  /** The reflectors that were started on this cluster and not stopped. */
  // oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
  readonly reflectors: Iterable<Reflector<any, any, any>>;
  /** Whether every started reflector is synced and live: for `/healthz`. */
  isLive(): boolean;
  /** Stops the cluster's reflectors and closes its connections. `await using` calls it. */
  close(): Promise<void>;
  /** @internal */
  readonly [clusterInternals]: ClusterInternals & ReflectorRegistry;
}
