import type { Difference } from '../store/outcome.js';
import type { DesyncCause } from '../subscribe/change.js';
import type { ReconnectCause, State, Trouble } from './protocol.js';

/** What a driver tells the reflector; each when the store shows it already. No call may throw. */
export interface DriverEvents<T> {
  /** The machine went from one state to another, or its troubles changed. */
  moved(state: State, before: State): void;
  /** An event of the server, whatever became of it. */
  received(type: string): void;
  difference(difference: Difference<T>): void;
  /** The buffer became the store, and this is what that changed. */
  committed(differences: readonly Difference<T>[]): void;
  /** The store's version went on. */
  advanced(): void;
  desynced(cause: DesyncCause): void;
  relisted(cause: DesyncCause): void;
  reconnected(cause: ReconnectCause): void;
  /** Something that should not be: counted, told, and lived with. */
  anomaly(what: Anomaly, detail: string): void;
  /** A transform failed for an object, which is kept out (E10). */
  quarantined(error: unknown): void;
  /** The machine has come to its end; with the failure of a list by hand. */
  finished(trouble: Trouble | undefined): void;
}

/** Kinds of anomalies, for counting. */
export type Anomaly =
  | 'skipped-event'
  | 'skipped-item'
  | 'wrong-kind'
  | 'stale-version'
  | 'other-namespace'
  | 'quarantined'
  | 'index-function';
