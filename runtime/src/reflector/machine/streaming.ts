import { failureOfStatus, silence, suspended } from '../failure.js';
import type { Effect, Env, Failure, Input, Step, Streaming, Trouble } from '../protocol.js';
import type { WatchEvent } from '../../wire/watch-event.js';
import {
  OVERTIME_MS,
  SILENCE_MS,
  afterCommit,
  afterOpened,
  baseOf,
  finish,
  firstVersion,
  listFrom,
  stay,
  streamFrom,
  tellsOfLostHistory,
  wait,
} from './transitions.js';
import { liveTimers, newStream } from './watching.js';

const TRIES = 3;
const REMEMBER_MS = 3_600_000;

/** Streaming: a watch sends the whole set, then a bookmark that says so (L1-L7). */
export function streaming(state: Streaming, input: Input, env: Env): Step {
  switch (input.t) {
    case 'opened':
      return {
        state: { ...state, openedAt: env.now },
        effects: [
          { t: 'disarm', timer: 'open' },
          { t: 'arm', timer: 'initial', ms: SILENCE_MS },
          { t: 'arm', timer: 'server', ms: state.timeoutMs + OVERTIME_MS },
        ],
      };
    case 'openFail':
      return openFail(state, input.failure, env);
    case 'event':
      return event(state, input.event, env);
    case 'closed':
      return unfinished(state, input.failure ?? endedEarly, env);
    case 'timer':
      if (input.name === 'open') return openFail(state, silence('a watch'), env);
      return unfinished(state, noProgress, env);
    case 'suspendDetected':
      return unfinished(state, suspended, env);
    case 'bytes':
    case 'start':
    case 'item':
    case 'page':
    case 'listFail':
    case 'probed':
    case 'nothingUpTo':
    case 'stop':
      return stay(state);
  }
}

const endedEarly: Failure = {
  class: 'unavailable',
  code: 'protocol',
  message: 'the server ended a streaming list before it was complete',
};
const noProgress: Failure = {
  class: 'unavailable',
  code: 'timeout',
  message: 'a streaming list made no progress for 30 s',
};
const noVersion: Failure = {
  class: 'decode',
  code: 'protocol',
  message: 'the bookmark at the end of a streaming list has no resourceVersion',
};

function event(state: Streaming, event: WatchEvent, env: Env): Step {
  const progress: Effect = { t: 'arm', timer: 'initial', ms: SILENCE_MS };
  switch (event.t) {
    case 'object': {
      const effect: Effect = { t: event.type === 'DELETED' ? 'remove' : 'put', raw: event.raw };
      return { state: state.delivered ? state : { ...state, delivered: true }, effects: [effect, progress] };
    }
    case 'bookmark':
      if (!event.initialEventsEnd) return { state, effects: [progress] };
      return event.resourceVersion === ''
        ? unfinished(state, noVersion, env)
        : complete(state, event.resourceVersion, env);
    case 'error':
      return errorEvent(state, failureOfStatus(event.status), env);
    case 'skipped':
      return { state, effects: [{ t: 'anomaly', what: event.why }] };
  }
}

/** The end bookmark: the buffer becomes the store and the same stream goes on (L5). → Watching */
function complete(state: Streaming, rv: string, env: Env): Step {
  if (tellsOfLostHistory(state, rv)) {
    return streamFrom(baseOf(state, { historyLost: true }), '', env, [{ t: 'close', call: state.call }]);
  }
  const commit: Effect = { t: 'commit', resourceVersion: rv };
  const streams: Effect = { t: 'streaming', unsupportedUntil: 0 };
  const memory = { ...afterOpened(afterCommit(state.memory)), streamingFailures: 0, streamingUnsupportedUntil: 0 };
  if (state.settings.once) return finish({ ...state, memory, rv }, [{ t: 'close', call: state.call }, streams, commit]);
  const { call, timeoutMs, delivered, openedAt = env.now } = state;
  const stream = {
    ...newStream({ call, timeoutMs, openedAt, knownUpTo: undefined }),
    delivered,
    bookmarkAt: env.now,
  };
  return {
    state: { ...baseOf(state), memory, rv, t: 'watching', stream },
    effects: [
      streams,
      commit,
      { t: 'disarm', timer: 'initial' },
      ...liveTimers({ settings: state.settings, rv, stream }, env),
    ],
  };
}

function errorEvent(state: Streaming, failure: Failure, env: Env): Step {
  switch (failure.class) {
    case 'expired':
    case 'rvTooLarge':
      return state.from === '' ? unfinished(state, failure, env) : fromNewest(state, env);
    case 'throttled':
      return later(state, failure, env);
    case 'invalid':
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'storeRead':
    case 'internal':
    case 'refused':
    case 'unavailable':
    case 'reset':
    case 'decode':
    case 'overflow':
      return unfinished(state, failure, env);
  }
}

/** L7: a server that is not there or is busy stays a streaming server; every other failure falls back in the same pass. */
function openFail(state: Streaming, failure: Failure, env: Env): Step {
  switch (failure.class) {
    case 'throttled':
    case 'refused':
      return later(state, failure, env);
    case 'expired':
    case 'rvTooLarge':
      return state.from === '' ? unfinished(state, failure, env) : fromNewest(state, env);
    case 'invalid':
      return fallBack(state, { remember: true, env });
    case 'unauthorized':
    case 'forbidden':
    case 'notFound':
    case 'storeRead':
    case 'internal':
    case 'unavailable':
    case 'reset':
    case 'decode':
    case 'overflow':
      return fallBack(state, { remember: false, env });
  }
}

/** Once more, at once, from the newest state. → Streaming */
function fromNewest(state: Streaming, env: Env): Step {
  return streamFrom(state, '', env, [{ t: 'close', call: state.call }]);
}

/** → Backoff(Streaming) */
function later(state: Streaming, failure: Failure, env: Env): Step {
  return wait(state, 'streaming', env, { trouble: watchTrouble(failure), effects: abandon(state) });
}

/** No end bookmark: twice it is tried again, then lists come in pages for an hour (L6). → Backoff(Streaming) | Listing */
function unfinished(state: Streaming, failure: Failure, env: Env): Step {
  const streamingFailures = state.memory.streamingFailures + 1;
  if (streamingFailures >= TRIES) return fallBack(state, { remember: true, env });
  // A list by hand has only this one try.
  if (state.settings.once)
    return fallBack({ ...state, ...baseOf(state, { streamingFailures }) }, { remember: false, env });
  return wait(state, 'streaming', env, {
    trouble: watchTrouble(failure),
    effects: abandon(state),
    memory: { streamingFailures },
  });
}

/** → Listing, in the same pass */
function fallBack(state: Streaming, o: { readonly remember: boolean; readonly env: Env }): Step {
  const effects: Effect[] = [{ t: 'close', call: state.call }];
  if (!o.remember) return listFrom(state, firstVersion(state), { effects });
  const streamingUnsupportedUntil = o.env.now + REMEMBER_MS;
  effects.push({ t: 'streaming', unsupportedUntil: streamingUnsupportedUntil });
  const next = baseOf(state, { streamingUnsupportedUntil, streamingFailures: 0 });
  return listFrom(next, firstVersion(next), { effects });
}

function abandon(state: Streaming): Effect[] {
  return [{ t: 'close', call: state.call }, { t: 'discard' }];
}

function watchTrouble(failure: Failure): Trouble {
  return { ...failure, verb: 'watch' };
}
