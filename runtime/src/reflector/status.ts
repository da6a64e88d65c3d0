import type { KubeErrorCode } from '../errors.js';

/** What a reflector is doing. `waiting`: between two attempts. */
export type ReflectorPhase = 'idle' | 'listing' | 'watching' | 'waiting' | 'stopped';

/** The last failure, without secrets. */
export interface ReflectorFailure {
  readonly code: KubeErrorCode;
  readonly message: string;
  readonly status?: number;
  readonly reason?: string;
  /** How the server's audit log calls the request. */
  readonly auditId?: string;
  readonly verb: 'list' | 'watch';
  readonly resource: string;
  readonly namespace?: string;
}

/** Counters since the reflector was made. */
export interface ReflectorCounts {
  readonly objects: number;
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
  readonly relists: number;
  readonly reconnects: number;
  readonly anomalies: number;
  readonly quarantined: number;
  readonly drift: number;
}

/** The state of one watched namespace, or of the whole reflector. */
export interface NamespaceStatus {
  readonly phase: ReflectorPhase;
  readonly synced: boolean;
  /** A watch is open and within its heartbeat. */
  readonly live: boolean;
  readonly resourceVersion: string;
  readonly lastEventAt?: Date;
  /** Failures in a row; a clean end of a watch is none. */
  readonly failures: number;
  readonly lastError?: ReflectorFailure;
}

/** A plain object that `JSON.stringify` takes. */
export interface ReflectorStatus extends NamespaceStatus {
  readonly counts: ReflectorCounts;
  /** Keys of objects that `transform` failed for, at most 100 of them; absent when there are none. */
  readonly quarantined?: readonly string[];
  /** One for each of `namespaces`, when the reflector has several. */
  readonly namespaces?: Readonly<Record<string, NamespaceStatus>>;
}
