import { isHealthyStream } from '../backoff.js';
import { failureOfStatus, suspended } from '../failure.js';
import type {
  Effect,
  Env,
  Failure,
  Input,
  ReconnectCause,
  Settings,
  Step,
  Stream,
  TimerName,
  Trouble,
  Watching,
} from '../protocol.js';
import { hasComeTo, isComparable, isOlder } from '../../wire/resource-version.js';
import type { WatchEvent } from '../../wire/watch-event.js';
import { nextWatch, openWatch, reconnect, relist, soon, stay, wait } from './transitions.js';

/** A watch that ends sooner is a short one (W15). */
const SHORT_MS = 1000;
const EMPTY_TRIES = 3;
const INTERNAL_WINDOW_MS = 30_000;
const INTERNAL_RESET_MS = 60_000;
const HEARTBEAT_MS = 150_000;
const HEARTBEAT_GAPS = 2.5;

/** Watching: events go to the store as they come (W6-W16). */
export function watching(state: Watching, input: Input, env: Env): Step {
  switch (input.t) {
    case 'event':
      return event(state, input.event, env);
    case 'bytes':
      return { state, effects: heartbeat(state.stream) };
    case 'closed':
      return input.failure === undefined ? cleanEnd(state, env) : brokenEnd(state, input.failure, env);
    case 'nothingUpTo':
      return nothingUpTo(state, input);
    case 'timer':
      return timer(state, input.name, env);
    case 'suspendDetected':
      return outage(state, { cause: 'suspend', failure: suspended, atOnce: true }, env);
    case 'start':
    case 'item':
    case 'page':
    case 'listFail':
    case 'probed':
    case 'opened':
    case 'openFail':
    case 'stop':
      return stay(state);
  }
}

/** A watch that has just been opened, and has brought nothing yet. */
export function newStream(o: Pick<Stream, 'call' | 'openedAt' | 'timeoutMs' | 'knownUpTo'>): Stream {
  const { call, openedAt, timeoutMs, knownUpTo } = o;
  return {
    call,
    openedAt,
    timeoutMs,
    delivered: false,
    bookmarkAt: undefined,
    longestGapMs: 0,
    doubted: false,
    knownUpTo,
  };
}

/** The deadlines of a stream that has just become live: its heartbeat, and when the next one opens (W16, W17). */
export function liveTimers(
  o: { readonly settings: Settings; readonly rv: string; readonly stream: Stream },
  env: Env,
): Effect[] {
  const effects = heartbeat(o.stream);
  // The overlap of two watches is told apart by version, so only versions that compare allow it.
  if (o.settings.rotate && isComparable(o.rv)) {
    const ms = o.stream.timeoutMs * (0.8 + 0.15 * env.rand) - (env.now - o.stream.openedAt);
    effects.push({ t: 'arm', timer: 'rotate', ms: Math.max(0, ms) });
  }
  return effects;
}

/** Before the first bookmark nobody promised bytes: then only the server's own deadline counts (W16). */
function heartbeat(stream: Stream): Effect[] {
  if (stream.bookmarkAt === undefined) return [];
  return [{ t: 'arm', timer: 'heartbeat', ms: Math.max(HEARTBEAT_MS, HEARTBEAT_GAPS * stream.longestGapMs) }];
}

function event(state: Watching, event: WatchEvent, env: Env): Step {
  switch (event.t) {
    case 'object':
      return object(state, event);
    case 'bookmark':
      return bookmark(state, event.resourceVersion, env);
    case 'error':
      return errorEvent(state, failureOfStatus(event.status), env);
    case 'skipped':
      return { state, effects: [{ t: 'anomaly', what: event.why }] };
  }
}

function object(state: Watching, event: Extract<WatchEvent, { t: 'object' }>): Step {
  const { raw, type } = event;
  let { stream } = state;
  if (stream.knownUpTo !== undefined) {
    if (hasComeTo(stream.knownUpTo, raw.resourceVersion)) return stay(state);
    stream = { ...stream, knownUpTo: undefined };
  }
  if (!stream.delivered || stream.doubted) stream = { ...stream, delivered: true, doubted: false };
  const rv = laterVersion(state.rv, raw.resourceVersion);
  return { state: { ...state, rv, stream }, effects: [{ t: 'apply', type, raw, resourceVersion: rv }] };
}

function bookmark(state: Watching, version: string, env: Env): Step {
  const { stream } = state;
  const gapMs = env.now - (stream.bookmarkAt ?? stream.openedAt);
  const next = { ...stream, doubted: false, bookmarkAt: env.now, longestGapMs: Math.max(stream.longestGapMs, gapMs) };
  const rv = version === '' ? state.rv : laterVersion(state.rv, version);
  const memory = state.memory.bookmarks ? state.memory : { ...state.memory, bookmarks: true };
  return {
    state: { ...state, memory, rv, stream: next },
    effects: [...(rv === state.rv ? [] : [{ t: 'advance' as const, resourceVersion: rv }]), ...heartbeat(next)],
  };
}

/** As a bookmark, but no sign of life of this stream. A stream that has not told `last` yet may still have events before it, too. */
function nothingUpTo(state: Watching, { last, resourceVersion }: Extract<Input, { t: 'nothingUpTo' }>): Step {
  const rv = hasComeTo(state.rv, last) ? laterVersion(state.rv, resourceVersion) : state.rv;
  return rv === state.rv ? stay(state) : { state: { ...state, rv }, effects: [{ t: 'advance', resourceVersion: rv }] };
}

/** The version to go on from never falls, where versions compare at all. */
function laterVersion(known: string, told: string): string {
  return isOlder(told, known) ? known : told;
}

function errorEvent(state: Watching, failure: Failure, env: Env): Step {
  const leave = ending(state, failure, env);
  switch (failure.class) {
    case 'expired':
      return relist(state, 'expired', env, leave);
    case 'rvTooLarge':
      return relist(state, 'too-large', env, leave);
    case 'storeRead':
      return relist(state, 'store-read', env, leave);
    case 'throttled':
      return wait(state, 'opening', env, { ...leave, effects: [...leave.effects, reconnect('throttled')] });
    case 'internal':
      return internalError(state, failure, env);
    case 'invalid':
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'refused':
    case 'unavailable':
    case 'reset':
    case 'decode':
    case 'overflow':
      return otherError(state, failure, env);
  }
}

/** ERROR 500 is tried again for 30 s; then it is an error like others (E5). */
function internalError(state: Watching, failure: Failure, env: Env): Step {
  const before = state.memory.internal;
  const since = before !== undefined && env.now - before.last < INTERNAL_RESET_MS ? before.since : env.now;
  const internal = { since, last: env.now };
  if (env.now - since >= INTERNAL_WINDOW_MS) {
    return otherError({ ...state, memory: { ...state.memory, internal } }, failure, env);
  }
  const leave = ending(state, failure, env);
  const effects = [...leave.effects, reconnect('internal')];
  return soon(state, 'opening', env, { ...leave, effects, memory: { internal } });
}

/** An ERROR that says nothing about the version: once more from here, and if it comes again at the same place, a list (E6). */
function otherError(state: Watching, failure: Failure, env: Env): Step {
  const leave = ending(state, failure, env);
  if (state.memory.errorAt === state.rv) return relist(state, 'protocol', env, leave);
  const effects = [...leave.effects, reconnect('error')];
  return wait(state, 'opening', env, { ...leave, effects, memory: { errorAt: state.rv } });
}

/** The server ended the watch, as it does all the time: on from here, without a list (W14, W15). */
function cleanEnd(state: Watching, env: Env): Step {
  const { stream, rv, memory } = state;
  const livedMs = env.now - stream.openedAt;
  if (tooQuiet(state, env)) return outage(state, { cause: 'heartbeat', failure: noSign, atOnce: true }, env);
  if (livedMs >= SHORT_MS) return openWatch(state, env, [reconnect('closed')]);
  if (stream.delivered) return wait(state, 'opening', env, { effects: [reconnect('short')] });
  const before = memory.shortWatches?.resourceVersion === rv ? memory.shortWatches.count : 0;
  const shortWatches = { resourceVersion: rv, count: before + 1 };
  if (shortWatches.count >= EMPTY_TRIES) {
    return relist(state, 'expired', env, { memory: { shortWatches: undefined } });
  }
  return wait(state, 'opening', env, { memory: { shortWatches }, effects: [reconnect('short')] });
}

function brokenEnd(state: Watching, failure: Failure, env: Env): Step {
  if (failure.class !== 'decode' && failure.class !== 'overflow') {
    return outage(state, { cause: 'reset', failure, atOnce: false }, env);
  }
  const leave = ending(state, failure, env);
  if (state.memory.badLineAt === state.rv) return relist(state, 'protocol', env, leave);
  const effects = [...leave.effects, reconnect('decode')];
  return soon(state, 'opening', env, { ...leave, effects, memory: { badLineAt: state.rv } });
}

const silentPeer: Failure = {
  class: 'unavailable',
  code: 'timeout',
  message: 'the watch went silent: no byte came within its heartbeat',
};
const overdue: Failure = {
  class: 'unavailable',
  code: 'timeout',
  message: 'the server did not end the watch at the time it was asked to',
};

const noSign: Failure = {
  class: 'unavailable',
  code: 'timeout',
  message: 'the watch brought nothing for long, and this server may not be the one it was',
};

/**
 * A server that lost history while nobody looked takes a watch from the future and says nothing until its versions come there (R12);
 * it sends no bookmarks either, where it did before. A watch that brought nothing since an outage may be as dead.
 */
function tooQuiet(state: Watching, env: Env): boolean {
  const { bookmarkAt, delivered, openedAt, doubted } = state.stream;
  if (doubted) return true;
  return state.memory.bookmarks && bookmarkAt === undefined && !delivered && env.now - openedAt >= HEARTBEAT_MS;
}

function timer(state: Watching, name: TimerName, env: Env): Step {
  switch (name) {
    case 'heartbeat':
      return outage(state, { cause: 'heartbeat', failure: silentPeer, atOnce: true }, env);
    case 'server':
      return outage(state, { cause: 'timeout', failure: overdue, atOnce: true }, env);
    case 'rotate':
      return rotate(state, env);
    case 'open':
    case 'initial':
    case 'list':
    case 'backoff':
      return stay(state);
  }
}

/** The connection is gone or as good as gone: first see which server comes back (R12). → Probing | Backoff(Probing) */
function outage(
  state: Watching,
  o: { readonly cause: ReconnectCause; readonly failure: Failure; readonly atOnce: boolean },
  env: Env,
): Step {
  const leave = ending(state, o.failure, env);
  const how = { ...leave, atOnce: o.atOnce, effects: [...leave.effects, reconnect(o.cause)] };
  return soon(state, 'probing', env, how);
}

/** The next watch opens while this one goes on (W17). → Rotating */
function rotate(state: Watching, env: Env): Step {
  if (tooQuiet(state, env)) return outage(state, { cause: 'heartbeat', failure: noSign, atOnce: true }, env);
  const { call, timeoutMs, open } = nextWatch(state, env);
  return { state: { ...state, calls: call, t: 'rotating', next: { call, timeoutMs } }, effects: open };
}

function ending(
  state: Watching,
  failure: Failure,
  env: Env,
): { trouble: Trouble; healthy: boolean; effects: Effect[] } {
  const { call, delivered, openedAt } = state.stream;
  return {
    trouble: { ...failure, verb: 'watch' },
    healthy: isHealthyStream({ delivered, livedMs: env.now - openedAt }),
    effects: [{ t: 'close', call }],
  };
}
