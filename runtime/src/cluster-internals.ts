import type { AcquireSlot } from './client/list-slots.js';
import type { Clock } from './io/clock.js';
import type { TransportResponse } from './io/transport.js';
import type { Logger } from './logger.js';

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

/** Publishes on a diagnostics channel, where the platform has them. */
export type Publish = (channel: DiagnosticsChannel, message: Record<string, unknown>) => void;

/** @internal */
export interface ClusterInternals {
  readonly clock: Clock;
  readonly logger: Logger;
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
  readonly publish: Publish;
  /** Waits for one of the `maxInitialLists` places; the returned function gives it back. Rejects when `signal` fires. */
  readonly acquireListSlot: AcquireSlot;
  /** False: the transport cannot read a streamed list. */
  readonly streamedLists?: boolean;
  /** Fires when the cluster closes, after its reflectors have stopped. Its reason is a `KubeError` (`stopped`). */
  readonly closed: AbortSignal;
}
