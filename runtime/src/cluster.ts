/// <reference lib="esnext.disposable" preserve="true" />
import type { ResourceClient } from './client/resource-client.js';
import type { Clock } from './io/clock.js';
import type { TransportResponse } from './io/transport.js';
import type { Reflector } from './reflector/reflector.js';
import type { ResourceDefinition } from './resource.js';

/** Where log lines go. The default is silence: the runtime prints nothing by itself. */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** A raw request for what the typed parts do not cover. */
export interface ClusterRequest {
  /** Default `GET`. */
  readonly method?: string;
  /** Absolute, below the server's address: `/version`, `/apis/example.dev/v1/foos`. */
  readonly path: string;
  /** Added to the path; `undefined` values are left out. */
  readonly query?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
  /** A string or bytes go as they are, anything else as JSON. */
  readonly body?: unknown;
  /** Default `json`. `stream` is an `AsyncIterable<Uint8Array>`. */
  readonly as?: 'json' | 'text' | 'bytes' | 'stream';
  /** Milliseconds until it fails with `timeout`; for `stream` until the head is there. Default: none. */
  readonly timeoutMs?: number;
  /**
   * Bytes of the answer, unpacked; it fails with `protocol` as soon as more came, and the rest is not read. No limit for `stream`.
   * Default 256 MiB.
   */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** The key of what a cluster shows to reflectors and clients, and to nobody else. */
export const clusterInternals: unique symbol = Symbol.for('@kube-gen/runtime/cluster') as never;

/** A request as reflectors and clients send it: the cluster adds address, credentials and user agent. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
}

/** Names of the diagnostics channels. */
export type DiagnosticsChannel = 'kube-gen:request' | 'kube-gen:reflector' | 'kube-gen:anomaly' | 'kube-gen:warning';

/** @internal */
export interface ClusterInternals {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Identity of server and user: equal for two clusters whose caches may be shared. */
  readonly identity: string;
  /**
   * Sends with credentials. Resolves with the head of any answer, an HTTP error too; rejects with a `KubeError` when none came.
   * A redirect to another origin is an `unreachable` error.
   */
  send(request: ApiRequest): Promise<TransportResponse>;
  /** After a 401: makes new credentials if those in use are older than `sentAt` (monotonic ms). False when there is nothing to refresh. */
  refreshCredentials(sentAt: number): Promise<boolean>;
  /** What the error of a 401 says about the credentials, without a secret. */
  describeCredentials(): string | undefined;
  /** A text of the server without the credentials of the last request: some repeat what they got. */
  maskCredentials(text: string): string;
  /** Publishes on a `diagnostics_channel`, where the platform has them. */
  publish(channel: DiagnosticsChannel, message: Record<string, unknown>): void;
  /** Waits for one of the `maxInitialLists` places; the returned function gives it back. Rejects when `signal` fires. */
  acquireListSlot(signal: AbortSignal): Promise<() => void>;
  /** Makes a reflector that starts part of `cluster.reflectors`; the returned function takes it out. Throws `stopped` once the cluster closes. */
  // oxlint-disable-next-line typescript/no-explicit-any -- reflectors of any kind
  register(reflector: Reflector<any, any, any>): () => void;
  /** False: the transport cannot read a streamed list. */
  readonly streamedLists?: boolean;
  /** Fires when the cluster closes, after its reflectors have stopped. Its reason is a `KubeError` (`stopped`). */
  readonly closed: AbortSignal;
}

/** A connection to one API server with one identity. Makes no request by itself. */
export interface Cluster extends AsyncDisposable {
  /** The server's address, with its path prefix if it has one. */
  readonly server: string;
  /** The namespace that typed clients use when none is given. */
  readonly namespace: string;
  /** A typed client for one kind. */
  resource<D extends ResourceDefinition>(definition: D): ResourceClient<D>;
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
  readonly [clusterInternals]: ClusterInternals;
}
