import { silence } from '../failure.js';
import type { Effect, Env, Failure, Input, Probing, Step } from '../protocol.js';
import { isOlder } from '../../wire/resource-version.js';
import { SILENCE_MS, baseOf, openWatch, relist, stay, wait } from './transitions.js';

/** Probing: after an outage, one small list tells whether the server still has the history that the store stands on (R12). */
export function probing(state: Probing, input: Input, env: Env): Step {
  switch (input.t) {
    case 'probed':
      return probed(state, input.resourceVersion, env);
    case 'listFail':
      return listFail(state, input.failure, env);
    case 'timer':
      return listFail(state, silence('a list'), env);
    case 'bytes':
      return { state, effects: [{ t: 'arm', timer: 'list', ms: SILENCE_MS }] };
    case 'start':
    case 'item':
    case 'page':
    case 'opened':
    case 'openFail':
    case 'event':
    case 'closed':
    case 'suspendDetected':
    case 'nothingUpTo':
    case 'stop':
      return stay(state);
  }
}

function probed(state: Probing, version: string | undefined, env: Env): Step {
  const close: Effect = { t: 'close', call: state.call };
  if (version !== undefined && isOlder(version, state.rv)) {
    return relist(state, 'too-large', env, { memory: { historyLost: true, refreshed: false }, effects: [close] });
  }
  return openWatch(baseOf(state, { refreshed: false }), env, [close]);
}

/** Classes as in Listing, but for the version: the probe asks for none. Store and version stay as they are. → Backoff(Probing) */
function listFail(state: Probing, failure: Failure, env: Env): Step {
  if (failure.class === 'unauthorized' && !state.memory.refreshed) {
    const call = state.calls + 1;
    return {
      state: { ...state, memory: { ...state.memory, refreshed: true }, calls: call, call },
      effects: [{ t: 'refreshAuth' }, { t: 'probe', call }, { t: 'arm', timer: 'list', ms: SILENCE_MS }],
    };
  }
  const effects: Effect[] = [{ t: 'close', call: state.call }];
  return wait(state, 'probing', env, { trouble: { ...failure, verb: 'list' }, effects });
}
