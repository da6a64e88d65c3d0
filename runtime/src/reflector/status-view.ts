import type { State, Trouble } from './protocol.js';
import type { NamespaceStatus, ReflectorCounts, ReflectorFailure, ReflectorPhase, ReflectorStatus } from './status.js';

/** One watcher, as far as status shows it. */
export interface WatcherView {
  /** `''` for all namespaces. */
  readonly partition: string;
  readonly state: State;
  readonly synced: boolean;
  readonly resourceVersion: string;
  /** Wall-clock ms. */
  readonly lastEventAt: number | undefined;
  /** It is driven by hand, so that the end of its list is no end of it. */
  readonly byHand: boolean;
}

/** The status of one watcher. */
export function namespaceStatus(
  view: WatcherView,
  o: { readonly resource: string; readonly started: boolean; readonly stopped: boolean },
): NamespaceStatus {
  const { state, lastEventAt, partition } = view;
  const { failures, trouble } = state.memory;
  const phase = phaseOf(view);
  return {
    // Of a started one that has not begun, its indexes are being made.
    phase: o.stopped ? 'stopped' : o.started && phase === 'idle' ? 'listing' : phase,
    synced: view.synced && state.memory.desync === undefined,
    live: !o.stopped && (state.t === 'watching' || state.t === 'rotating'),
    resourceVersion: view.resourceVersion,
    ...(lastEventAt !== undefined && { lastEventAt: new Date(lastEventAt) }),
    failures,
    ...(trouble !== undefined && { lastError: failureView(trouble, { resource: o.resource, namespace: partition }) }),
  };
}

/** Whether status shows a difference between two states of one watcher. */
export function looksDifferent(a: State, b: State): boolean {
  return (
    a.t !== b.t ||
    a.memory.failures !== b.memory.failures ||
    a.memory.trouble !== b.memory.trouble ||
    a.memory.desync !== b.memory.desync ||
    a.memory.synced !== b.memory.synced
  );
}

/** The status over all watchers. */
export function reflectorStatus(
  parts: readonly { readonly partition: string; readonly status: NamespaceStatus }[],
  o: { readonly resourceVersion: string; readonly counts: ReflectorCounts; readonly quarantined: readonly string[] },
): ReflectorStatus {
  const all = parts.map(({ status }) => status);
  const worst = all.find(({ lastError }) => lastError !== undefined)?.lastError;
  const times = all.flatMap(({ lastEventAt }) => (lastEventAt === undefined ? [] : [lastEventAt.getTime()]));
  return {
    phase: phases.find((phase) => all.some((status) => status.phase === phase)) ?? 'idle',
    synced: all.every(({ synced }) => synced),
    live: all.every(({ live }) => live),
    resourceVersion: o.resourceVersion,
    ...(times.length > 0 && { lastEventAt: new Date(Math.max(...times)) }),
    failures: Math.max(0, ...all.map(({ failures }) => failures)),
    ...(worst !== undefined && { lastError: worst }),
    counts: o.counts,
    ...(o.quarantined.length > 0 && { quarantined: o.quarantined }),
    ...(parts.length > 1 && { namespaces: Object.fromEntries(parts.map((part) => [part.partition, part.status])) }),
  };
}

/** Of several watchers the one that is furthest from its aim names the phase. */
const phases: readonly ReflectorPhase[] = ['stopped', 'waiting', 'listing', 'idle', 'watching'];

function phaseOf({ state, byHand }: WatcherView): ReflectorPhase {
  switch (state.t) {
    case 'idle':
      return 'idle';
    case 'streaming':
    case 'listing':
      return 'listing';
    case 'opening':
    case 'watching':
    case 'rotating':
    case 'probing':
      return 'watching';
    case 'backoff':
      return 'waiting';
    case 'stopped':
      return byHand ? 'idle' : 'stopped';
  }
}

function failureView(trouble: Trouble, o: { readonly resource: string; readonly namespace: string }): ReflectorFailure {
  const { code, message, status, reason, auditId, verb } = trouble;
  return {
    code,
    message,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
    ...(auditId !== undefined && { auditId }),
    verb,
    resource: o.resource,
    ...(o.namespace !== '' && { namespace: o.namespace }),
  };
}
