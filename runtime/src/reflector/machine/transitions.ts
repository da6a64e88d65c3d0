import type { DesyncCause } from '../../subscribe/change.js';
import { isOlder } from '../../wire/resource-version.js';
import { backoffMs, countFailure, settleBackoff } from '../backoff.js';
import type {
  Call,
  Effect,
  Env,
  ListQuery,
  Memory,
  ReconnectCause,
  Retry,
  State,
  Step,
  Trouble,
  WatchQuery,
} from '../protocol.js';

/** No answer for this long is `unavailable` (E12); no progress of a streaming list for this long ends it (L6). */
export const SILENCE_MS = 30_000;
/** How much later than it promised a server may end a watch. */
export const OVERTIME_MS = 10_000;
const SHORTEST_WATCH_S = 300;
const LONGEST_WATCH_S = 600;

/** What all states carry. */
export type Base = Pick<State, 'settings' | 'memory' | 'rv' | 'calls'>;

/** How a state is left: what went wrong, if it was a failure, and what must be done first. */
export interface Leave {
  readonly trouble?: Trouble | undefined;
  /** Go on without a delay, however often it failed before: what happened cannot happen often. */
  readonly atOnce?: boolean;
  /** The stream that ended had done its work (E2). */
  readonly healthy?: boolean;
  readonly effects?: readonly Effect[] | undefined;
  readonly memory?: Partial<Memory>;
}

/** Nothing changes. */
export function stay(state: State): Step {
  return { state, effects: [] };
}

/** The part of a state that goes on to the next one. */
export function baseOf(state: Base, memory?: Partial<Memory>): Base {
  const { settings, rv, calls } = state;
  return { settings, rv, calls, memory: memory === undefined ? state.memory : { ...state.memory, ...memory } };
}

/** The requests that are open in a state. */
export function openCalls(state: State): readonly Call[] {
  switch (state.t) {
    case 'streaming':
    case 'listing':
    case 'opening':
    case 'probing':
      return [state.call];
    case 'watching':
      return [state.stream.call];
    case 'rotating':
      return [state.stream.call, state.next.call];
    case 'idle':
    case 'backoff':
    case 'stopped':
      return [];
  }
}

/** Whether a state waits for what this request brings. */
export function concerns(state: State, call: Call): boolean {
  switch (state.t) {
    case 'watching':
      return state.stream.call === call;
    case 'streaming':
    case 'listing':
    case 'opening':
    case 'probing':
      return state.call === call;
    case 'rotating':
      return state.stream.call === call || state.next.call === call;
    case 'idle':
    case 'backoff':
    case 'stopped':
      return false;
  }
}

/** Ends the requests of a state. */
export function closeAll(state: State): Effect[] {
  return openCalls(state).map((call) => ({ t: 'close', call }));
}

/** A list for the whole set, streamed if the server can (L1), into an empty buffer. Streaming | Listing. */
export function sync(state: Base, env: Env, effects: readonly Effect[] = []): Step {
  const { settings, memory } = state;
  const stream = settings.streaming && env.now >= memory.streamingUnsupportedUntil;
  const from = firstVersion(state);
  return stream ? streamFrom(state, from, env, effects) : listFrom(state, from, { effects });
}

/** What a new list asks for: never older than what the store has shown (L10, R3), unless the server lost history (R12). */
export function firstVersion(state: Base): string {
  if (state.settings.once || state.memory.historyLost) return '';
  return state.memory.synced ? state.rv : state.settings.initialVersion;
}

/**
 * Whether a list says that the server lost history, and nobody had noticed. Then the list is made again, with what it holds compared
 * with the store by content: equal versions may stand for different objects (R12).
 */
export function tellsOfLostHistory(state: Base, listed: string): boolean {
  return state.memory.synced && !state.memory.historyLost && isOlder(listed, state.rv);
}

/** Opens a watch that sends the whole set first. → Streaming */
export function streamFrom(state: Base, from: string, env: Env, effects: readonly Effect[] = []): Step {
  const { call, timeoutMs, open } = nextWatch(state, env, { resourceVersion: from, sendInitial: true });
  return {
    state: {
      ...baseOf(state),
      calls: call,
      t: 'streaming',
      call,
      from,
      timeoutMs,
      openedAt: undefined,
      delivered: false,
    },
    effects: [
      ...effects,
      { t: 'disarmAll' },
      { t: 'begin', historyLost: state.memory.historyLost },
      ...open,
      { t: 'arm', timer: 'initial', ms: SILENCE_MS },
    ],
  };
}

/**
 * Asks for the first page, or for all at once: a list from a known version is answered from the server's cache, without pages (L11);
 * one that must be `whole` has no pages either (L12). → Listing
 */
export function listFrom(
  state: Base,
  from: string,
  { whole = false, effects = [] }: { readonly whole?: boolean; readonly effects?: readonly Effect[] } = {},
): Step {
  const call = state.calls + 1;
  const known = from !== '' && from !== '0';
  const paged = !whole && (!known || state.memory.pagesAnyway);
  const query: ListQuery = {
    resourceVersion: from,
    ...(known && { match: 'NotOlderThan' as const }),
    ...(paged && { limit: state.settings.pageSize }),
  };
  return {
    state: {
      ...baseOf(state),
      calls: call,
      t: 'listing',
      call,
      query,
      from,
      page: 1,
      milestone: undefined,
      barren: 0,
      firstVersion: undefined,
      whole,
    },
    effects: [
      ...effects,
      { t: 'disarmAll' },
      { t: 'begin', historyLost: state.memory.historyLost },
      { t: 'list', call, query },
      { t: 'arm', timer: 'list', ms: SILENCE_MS },
    ],
  };
}

/** Opens a plain watch from the store's version. → Opening */
export function openWatch(state: Base, env: Env, effects: readonly Effect[] = []): Step {
  const { call, timeoutMs, open } = nextWatch(state, env);
  return {
    state: { ...baseOf(state), calls: call, t: 'opening', call, timeoutMs, knownUpTo: undefined },
    effects: [...effects, { t: 'disarmAll' }, ...open],
  };
}

/** The request of the next watch: by default a plain one from the store's version. */
export function nextWatch(
  state: Base,
  env: Env,
  query: Omit<WatchQuery, 'timeoutSeconds'> = { resourceVersion: state.rv, sendInitial: false },
): { readonly call: Call; readonly timeoutMs: number; readonly open: readonly Effect[] } {
  const call = state.calls + 1;
  // W1: uniform, so that watches do not end together.
  const timeoutSeconds = SHORTEST_WATCH_S + Math.floor(env.rand * (LONGEST_WATCH_S - SHORTEST_WATCH_S + 1));
  return {
    call,
    timeoutMs: timeoutSeconds * 1000,
    open: [
      { t: 'open', call, query: { ...query, timeoutSeconds } },
      { t: 'arm', timer: 'open', ms: SILENCE_MS },
    ],
  };
}

/** Asks the server for its version, to learn whether it still is what it was (R12). → Probing */
function probe(state: Base, effects: readonly Effect[] = []): Step {
  const call = state.calls + 1;
  return {
    state: { ...baseOf(state), calls: call, t: 'probing', call },
    effects: [...effects, { t: 'disarmAll' }, { t: 'probe', call }, { t: 'arm', timer: 'list', ms: SILENCE_MS }],
  };
}

/** Waits, longer with each failure in a row (E1, E2). → Backoff(next) */
export function wait(state: Base, next: Retry, env: Env, leave: Leave = {}): Step {
  const { memory, attempt } = afterFailure(state, env, leave);
  if (state.settings.once) return finish({ ...state, memory }, leave.effects);
  return backOff({ ...state, memory }, next, { env, attempt, trouble: leave.trouble, effects: leave.effects });
}

function backOff(
  state: Base,
  next: Retry,
  o: Pick<Leave, 'trouble' | 'effects'> & { readonly env: Env; readonly attempt: number },
): Step {
  const ms = backoffMs(o.attempt, { rand: o.env.rand, retryAfterMs: o.trouble?.retryAfterMs });
  return {
    // Credentials that are refused then may be made new once more: a plugin may give others by then (E7).
    state: { ...baseOf(state, { refreshed: false }), t: 'backoff', next },
    effects: [...(o.effects ?? []), { t: 'disarmAll' }, { t: 'arm', timer: 'backoff', ms }],
  };
}

/** Goes on at once after a first failure, and through a backoff after the next ones, so that no fault makes a storm. → next | Backoff(next) */
export function soon(state: Base, next: 'opening' | 'probing', env: Env, leave: Leave): Step {
  const { memory, attempt } = afterFailure(state, env, leave);
  if (attempt > 0 && leave.atOnce !== true) return wait(state, next, env, leave);
  return retry({ ...state, memory }, next, env, leave.effects);
}

/** The set must be listed again; the store stays as it is until then (R2, R6). → Streaming | Listing, or Backoff(Relist) if the last one did not help (R7) */
export function relist(state: Base, cause: DesyncCause, env: Env, leave: Leave = {}): Step {
  const { memory, attempt } = afterFailure(state, env, leave);
  const effects: Effect[] = [...(leave.effects ?? [])];
  if (memory.desync === undefined) effects.push({ t: 'desync', cause });
  effects.push({ t: 'relisted', cause });
  const next = { ...state, memory: { ...memory, desync: memory.desync ?? cause, relists: memory.relists + 1 } };
  if (memory.relists === 0) return sync(next, env, effects);
  return backOff(next, 'relist', { env, attempt, trouble: leave.trouble, effects });
}

/** What a backoff leads to. */
export function retry(state: Base, next: Retry, env: Env, effects: readonly Effect[] = []): Step {
  switch (next) {
    case 'streaming':
    case 'relist':
      return sync(state, env, effects);
    case 'listing':
      return listFrom(state, firstVersion(state), { effects });
    case 'opening':
      return openWatch(state, env, effects);
    case 'probing':
      return probe(state, effects);
  }
}

/** The end. → Stopped */
export function finish(state: Base, effects: readonly Effect[] = []): Step {
  const { trouble } = state.memory;
  return {
    state: { ...baseOf(state), t: 'stopped' },
    effects: [
      ...effects,
      { t: 'disarmAll' },
      { t: 'discard' },
      { t: 'finish', ...(state.settings.once && trouble !== undefined && { trouble }) },
    ],
  };
}

/** The buffer has become the store. */
export function afterCommit(memory: Memory): Memory {
  return { ...memory, synced: true, desync: undefined, historyLost: false, refreshed: false };
}

/** A watch is open: what failed before it is over, though the backoff keeps its own count (E2). */
export function afterOpened(memory: Memory): Memory {
  return { ...memory, failures: 0, trouble: undefined, refreshed: false };
}

/** Counts a watch that is opened again. */
export function reconnect(cause: ReconnectCause): Effect {
  return { t: 'reconnect', cause };
}

/** One more failure; `attempt` is how many there were before it. */
function afterFailure(state: Base, env: Env, leave: Leave): { memory: Memory; attempt: number } {
  const known = { ...state.memory, ...leave.memory };
  const settled = settleBackoff(known.backoff, { now: env.now, healthy: leave.healthy ?? false });
  const memory: Memory = {
    ...known,
    backoff: countFailure(settled, env.now),
    relists: settled.attempt === 0 ? 0 : known.relists,
    ...(leave.trouble !== undefined && { trouble: leave.trouble, failures: known.failures + 1 }),
  };
  return { memory, attempt: settled.attempt };
}
