import type { Difference } from '../store/outcome.js';
import type { Anomaly } from './driver-events.js';
import type { DesyncCause } from '../subscribe/change.js';
import type { ReconnectCause } from './protocol.js';
import type { ReflectorCounts } from './status.js';

const TOLD_QUARANTINED = 100;

/** What one watcher has counted since it was made. */
export interface Tally {
  readonly events: Map<string, number>;
  readonly relists: Map<DesyncCause, number>;
  readonly reconnects: Map<ReconnectCause, number>;
  readonly anomalies: Map<Anomaly, number>;
  readonly quarantined: Set<string>;
  quarantines: number;
  added: number;
  updated: number;
  deleted: number;
}

/** Begins at nothing. */
export function createTally(): Tally {
  return {
    events: new Map(),
    relists: new Map(),
    reconnects: new Map(),
    anomalies: new Map(),
    quarantined: new Set(),
    quarantines: 0,
    added: 0,
    updated: 0,
    deleted: 0,
  };
}

/** One more of `key`. */
export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts a change; an object that took the name of another is one deleted and one added. */
export function countDifference<T>(tally: Tally, difference: Difference<T>): void {
  switch (difference.t) {
    case 'added':
      tally.added++;
      return;
    case 'updated':
      tally.updated++;
      return;
    case 'deleted':
      tally.deleted++;
      return;
    case 'replaced':
      tally.deleted++;
      tally.added++;
      return;
  }
}

/** The counters of status, over all watchers. */
export function sumTallies(tallies: readonly Tally[], objects: number): ReflectorCounts {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    objects,
    added: sum(({ added }) => added),
    updated: sum(({ updated }) => updated),
    deleted: sum(({ deleted }) => deleted),
    relists: sum(({ relists }) => total(relists)),
    reconnects: sum(({ reconnects }) => total(reconnects)),
    anomalies: sum(({ anomalies }) => total(anomalies)),
    quarantined: sum(({ quarantines }) => quarantines),
    drift: sum(({ relists }) => relists.get('drift') ?? 0),
  };
}

/** Some of the keys that transforms failed for. */
export function quarantinedKeys(tallies: readonly Tally[]): string[] {
  return tallies.flatMap(({ quarantined }) => [...quarantined]).slice(0, TOLD_QUARANTINED);
}

function total(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const one of counts.values()) sum += one;
  return sum;
}
