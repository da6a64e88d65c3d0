import { silence } from '../failure.js';
import type { Effect, Env, Failure, Input, Listing, Step } from '../protocol.js';
import {
  SILENCE_MS,
  afterCommit,
  baseOf,
  finish,
  listFrom,
  openWatch,
  stay,
  tellsOfLostHistory,
  wait,
} from './transitions.js';

/** Listing: pages fill the buffer; with the last one it becomes the store (L8-L15). */
export function listing(state: Listing, input: Input, env: Env): Step {
  switch (input.t) {
    case 'item':
      return { state: state.barren === 0 ? state : { ...state, barren: 0 }, effects: [{ t: 'put', raw: input.raw }] };
    case 'bytes':
      return { state, effects: [{ t: 'arm', timer: 'list', ms: SILENCE_MS }] };
    case 'page':
      return page(state, input, env);
    case 'listFail':
      return listFail(state, input.failure, env);
    case 'timer':
      return fail(state, silence('a list'), env);
    case 'start':
    case 'probed':
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

const noVersion: Failure = { class: 'decode', code: 'protocol', message: 'the list has no metadata.resourceVersion' };
const goesInCircles: Failure = {
  class: 'decode',
  code: 'protocol',
  message: 'the list names a page it has sent before as the next one',
};
const goesNowhere: Failure = { class: 'decode', code: 'protocol', message: 'the list goes on and on without an item' };
/** A server that looks through many objects for the few that are selected may send empty pages, but not so many in a row. */
const BARREN_PAGES = 1000;

function page(state: Listing, page: Extract<Input, { t: 'page' }>, env: Env): Step {
  const firstVersion = state.firstVersion ?? page.resourceVersion;
  if (firstVersion === undefined || firstVersion === '') return fail(state, noVersion, env);
  if (page.continue === undefined || page.continue === '') return complete(state, firstVersion, env);
  if (page.continue === state.query.continue || page.continue === state.milestone)
    return fail(state, goesInCircles, env);
  if (state.barren >= BARREN_PAGES) return fail(state, goesNowhere, env);
  const call = state.calls + 1;
  const query = {
    resourceVersion: '',
    continue: page.continue,
    ...(state.query.limit !== undefined && { limit: state.query.limit }),
  };
  const pagesAnyway = state.memory.pagesAnyway || state.from === '0';
  return {
    state: {
      ...state,
      memory: { ...state.memory, pagesAnyway, refreshed: false },
      calls: call,
      call,
      query,
      page: state.page + 1,
      // At the pages 1, 2, 4, 8 and so on: whatever the circle's length, one of them lies in it (Brent).
      milestone: Number.isInteger(Math.log2(state.page)) ? page.continue : state.milestone,
      // The next item says otherwise.
      barren: state.barren + 1,
      firstVersion,
    },
    effects: [
      { t: 'list', call, query },
      { t: 'arm', timer: 'list', ms: SILENCE_MS },
    ],
  };
}

/** The last page: the watch begins where the first one was, so that nothing falls between (L9). → Opening */
function complete(state: Listing, rv: string, env: Env): Step {
  if (tellsOfLostHistory(state, rv)) return listFrom(baseOf(state, { historyLost: true }), '');
  const next = { ...baseOf(state), memory: afterCommit(state.memory), rv };
  const commit: Effect = { t: 'commit', resourceVersion: rv };
  if (!state.settings.once) return openWatch(next, env, [commit]);
  const memory = { ...next.memory, failures: 0, trouble: undefined };
  return finish({ ...next, memory }, [commit]);
}

function listFail(state: Listing, failure: Failure, env: Env): Step {
  switch (failure.class) {
    case 'expired':
      // The server forgot the version between two pages: once, all of it without pages (L12).
      if (state.page > 1 && !state.whole) return listFrom(state, state.from, { whole: true });
      return state.from === '' ? fail(state, failure, env) : listFrom(state, '');
    case 'rvTooLarge':
      return state.page > 1 || state.from === '' ? fail(state, failure, env) : listFrom(state, '');
    case 'unauthorized':
      return state.memory.refreshed ? fail(state, failure, env) : again(state);
    case 'invalid':
    case 'throttled':
    case 'forbidden':
    case 'notFound':
    case 'storeRead':
    case 'internal':
    case 'refused':
    case 'unavailable':
    case 'reset':
    case 'decode':
    case 'overflow':
      return fail(state, failure, env);
  }
}

/** The same page with new credentials (E7). → Listing */
function again(state: Listing): Step {
  const call = state.calls + 1;
  return {
    state: { ...state, memory: { ...state.memory, refreshed: true }, calls: call, call },
    effects: [
      { t: 'refreshAuth' },
      { t: 'list', call, query: state.query },
      { t: 'arm', timer: 'list', ms: SILENCE_MS },
    ],
  };
}

/** → Backoff(Listing); store and version stay as they were (R6). */
function fail(state: Listing, failure: Failure, env: Env): Step {
  const effects: Effect[] = [{ t: 'close', call: state.call }, { t: 'discard' }];
  return wait(state, 'listing', env, { trouble: { ...failure, verb: 'list' }, effects });
}
