import { silence } from '../failure.js';
import type { Effect, Env, Failure, Input, Opening, Step, Trouble } from '../protocol.js';
import { OVERTIME_MS, afterOpened, baseOf, openWatch, reconnect, relist, stay, wait } from './transitions.js';
import { liveTimers, newStream } from './watching.js';

/** Opening: a watch from the store's version was asked for. */
export function opening(state: Opening, input: Input, env: Env): Step {
  switch (input.t) {
    case 'opened':
      return opened(state, env);
    case 'openFail':
      return openFail(state, input.failure, env);
    case 'timer':
      return openFail(state, silence('a watch'), env);
    case 'closed':
      return openFail(state, input.failure ?? silence('a watch'), env);
    case 'start':
    case 'item':
    case 'page':
    case 'listFail':
    case 'probed':
    case 'bytes':
    case 'event':
    case 'suspendDetected':
    case 'nothingUpTo':
    case 'stop':
      return stay(state);
  }
}

function opened(state: Opening, env: Env): Step {
  const { call, timeoutMs, knownUpTo } = state;
  const stream = newStream({ call, timeoutMs, knownUpTo, openedAt: env.now });
  return {
    state: { ...baseOf(state), memory: afterOpened(state.memory), t: 'watching', stream },
    effects: [
      { t: 'disarm', timer: 'open' },
      { t: 'arm', timer: 'server', ms: timeoutMs + OVERTIME_MS },
      ...liveTimers({ settings: state.settings, rv: state.rv, stream }, env),
    ],
  };
}

function openFail(state: Opening, failure: Failure, env: Env): Step {
  const trouble: Trouble = { ...failure, verb: 'watch' };
  const close: Effect = { t: 'close', call: state.call };
  switch (failure.class) {
    case 'expired':
      return relist(state, 'expired', env, { trouble, effects: [close] });
    case 'rvTooLarge':
      return relist(state, 'too-large', env, { trouble, effects: [close] });
    case 'storeRead':
      return relist(state, 'store-read', env, { trouble, effects: [close] });
    case 'throttled':
      return wait(state, 'opening', env, { trouble, effects: [close, reconnect('throttled')] });
    case 'refused':
      return wait(state, 'probing', env, { trouble, effects: [close, reconnect('refused')] });
    case 'unavailable':
    case 'reset':
      return wait(state, 'probing', env, { trouble, effects: [close, reconnect('unavailable')] });
    case 'unauthorized':
      if (state.memory.refreshed) {
        return wait(state, 'opening', env, { trouble, effects: [close, reconnect('unauthorized')] });
      }
      return openWatch(baseOf(state, { refreshed: true }), env, [close, { t: 'refreshAuth' }]);
    case 'forbidden':
    case 'notFound':
      return wait(state, 'listing', env, { trouble, effects: [close] });
    case 'invalid':
    case 'internal':
    case 'decode':
    case 'overflow':
      return wait(state, 'opening', env, { trouble, effects: [close, reconnect('error')] });
  }
}
