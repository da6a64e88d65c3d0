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
  /** What was tried. */
  readonly verb: 'list' | 'watch';
  /** `foos.example.dev`. */
  readonly resource: string;
  /** Absent when all namespaces are watched, or the kind is cluster-scoped. */
  readonly namespace?: string;
}

/** Counters since the reflector was made; equal reflectors share a watch, and with it these. */
export interface ReflectorCounts {
  /** How many objects are in the cache now. */
  readonly objects: number;
  /** How often an object came into the cache. */
  readonly added: number;
  /** How often one in it changed. */
  readonly updated: number;
  /** How often one left it. */
  readonly deleted: number;
  /** Full lists after the first one. */
  readonly relists: number;
  /** Watches that were opened again. */
  readonly reconnects: number;
  /** What should not be and was lived with, as unknown event types or objects without a name. */
  readonly anomalies: number;
  /** How often `transform` failed for an object. */
  readonly quarantined: number;
  /** Relists because an audit of the cache found it to differ from the server. Nothing audits yet: always 0. */
  readonly drift: number;
}

/** The state of one watched namespace, or of the whole reflector. */
export interface NamespaceStatus {
  readonly phase: ReflectorPhase;
  /** The cache holds the whole set and is in touch; false again while it is rebuilt, though reads go on. */
  readonly synced: boolean;
  /** A watch is open and within its heartbeat. */
  readonly live: boolean;
  /** Up to which version the cache has come; empty before the first list. */
  readonly resourceVersion: string;
  /** When the server last sent an event or a bookmark; absent before the first. */
  readonly lastEventAt?: Date;
  /** Failures in a row; a clean end of a watch is none. */
  readonly failures: number;
  /** Absent once a watch is open again. */
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
