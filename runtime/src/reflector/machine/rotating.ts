import { backoffMs, countFailure, settleBackoff } from '../backoff.js';
import { isOutage, silence } from '../failure.js';
import type { Effect, Env, Failure, Input, Rotating, Step, Watching } from '../protocol.js';
import { OVERTIME_MS, baseOf, reconnect, stay } from './transitions.js';
import { liveTimers, newStream, watching } from './watching.js';

/** Rotating: the store follows the first watch while the second is being opened, so that no gap comes between them (W17). */
export function rotating(state: Rotating, input: Input, env: Env): Step {
  switch (input.t) {
    case 'opened':
      return swap(state, env);
    case 'openFail':
      return keepFirst(state, { env, failure: input.failure });
    case 'closed':
      if (input.call === state.next.call) return keepFirst(state, { env, failure: input.failure });
      return input.failure === undefined ? onlySecond(state) : first(state, input, env);
    case 'timer':
      return input.name === 'open' ? keepFirst(state, { env, failure: silence('a watch') }) : first(state, input, env);
    case 'bytes':
    case 'event':
    case 'nothingUpTo':
    case 'suspendDetected':
      return first(state, input, env);
    case 'start':
    case 'item':
    case 'page':
    case 'listFail':
    case 'probed':
    case 'stop':
      return stay(state);
  }
}

/** What concerns the first watch; if it takes the watcher elsewhere, the second is given up. */
function first(state: Rotating, input: Input, env: Env): Step {
  const { next, ...rest } = state;
  const alone: Watching = { ...rest, t: 'watching' };
  const step = watching(alone, input, env);
  if (step.state.t === 'watching') return { state: { ...step.state, t: 'rotating', next }, effects: step.effects };
  return { state: step.state, effects: [{ t: 'close', call: next.call }, ...step.effects] };
}

/** The second is open: it takes over. What both tell is known by its version. → Watching */
function swap(state: Rotating, env: Env): Step {
  const stream = newStream({ ...state.next, openedAt: env.now, knownUpTo: state.rv });
  return {
    state: { ...baseOf(state), t: 'watching', stream },
    effects: [
      { t: 'close', call: state.stream.call },
      { t: 'disarmAll' },
      { t: 'arm', timer: 'server', ms: state.next.timeoutMs + OVERTIME_MS },
      ...liveTimers({ settings: state.settings, rv: state.rv, stream }, env),
      reconnect('rotate'),
    ],
  };
}

/** The second could not be opened: the first goes on, though an outage may have left it dead (R12). → Watching */
function keepFirst(state: Rotating, o: { readonly env: Env; readonly failure: Failure | undefined }): Step {
  const { env, failure } = o;
  const settled = settleBackoff(state.memory.backoff, { now: env.now, healthy: false });
  const ms = backoffMs(settled.attempt, { rand: env.rand });
  const { next, ...rest } = state;
  const memory = { ...state.memory, backoff: countFailure(settled, env.now) };
  const effects: Effect[] = [
    { t: 'close', call: next.call },
    { t: 'disarm', timer: 'open' },
    { t: 'arm', timer: 'rotate', ms },
  ];
  const doubted = state.stream.doubted || (failure !== undefined && isOutage(failure));
  return { state: { ...rest, memory, stream: { ...state.stream, doubted }, t: 'watching' }, effects };
}

/** The first ended before the second was open. → Opening, and the second becomes the stream */
function onlySecond(state: Rotating): Step {
  const { call, timeoutMs } = state.next;
  return {
    state: { ...baseOf(state), t: 'opening', call, timeoutMs, knownUpTo: state.rv },
    effects: [{ t: 'disarm', timer: 'server' }, { t: 'disarm', timer: 'heartbeat' }, reconnect('closed')],
  };
}
