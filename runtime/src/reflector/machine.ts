import { freshBackoff } from './backoff.js';
import { listing } from './machine/listing.js';
import { opening } from './machine/opening.js';
import { probing } from './machine/probing.js';
import { rotating } from './machine/rotating.js';
import { streaming } from './machine/streaming.js';
import { closeAll, concerns, finish, retry, stay, sync } from './machine/transitions.js';
import { watching } from './machine/watching.js';
import type { Env, Idle, Input, Memory, Settings, State, Step, Waiting } from './protocol.js';

/** What a watcher begins with. */
export interface Beginning {
  readonly settings: Settings;
  /** The store holds a whole set of this version already. */
  readonly resourceVersion?: string | undefined;
  /** Until when lists of this resource are known not to stream (L6). */
  readonly streamingUnsupportedUntil?: number;
  /** Streaming lists before this one that did not come to their end, in a row. */
  readonly streamingFailures?: number | undefined;
}

/** A watcher that has not begun. */
export function idleState(o: Beginning): Idle {
  const memory: Memory = {
    synced: o.resourceVersion !== undefined,
    desync: undefined,
    failures: 0,
    trouble: undefined,
    backoff: freshBackoff,
    relists: 0,
    streamingFailures: o.streamingFailures ?? 0,
    streamingUnsupportedUntil: o.streamingUnsupportedUntil ?? 0,
    pagesAnyway: false,
    shortWatches: undefined,
    badLineAt: undefined,
    errorAt: undefined,
    internal: undefined,
    refreshed: false,
    bookmarks: false,
    historyLost: false,
  };
  return { t: 'idle', settings: o.settings, memory, rv: o.resourceVersion ?? '', calls: 0 };
}

/**
 * The watcher, whole. Each state has a file of its own beside this one, in which each event of the protocol's table is one `case`, and
 * the functions that the cases call say in `→` where they lead:
 *
 * | state | what it waits for |
 * | --- | --- |
 * | idle | `start` → streaming or listing (`sync` in transitions.ts) |
 * | streaming | the whole set from a watch, up to the bookmark that ends it → watching |
 * | listing | pages → opening |
 * | opening | the head of a watch → watching |
 * | watching | events |
 * | rotating | events of the first watch, and the head of the second → watching |
 * | probing | one version, after an outage → opening, or a relist when history was lost |
 * | backoff | its timer → what `next` names (`retry` in transitions.ts) |
 * | stopped | nothing |
 *
 * A relist is no state: `relist` in transitions.ts begins it, at once or behind a backoff. One input takes it from a state to the next one and to what must be done. Nothing else happens here.
 * Answers to requests that the state does not know any more change nothing (D6).
 */
export function step(state: State, input: Input, env: Env): Step {
  if ('call' in input && !concerns(state, input.call)) return stay(state);
  if (input.t === 'stop') return state.t === 'stopped' ? stay(state) : finish(state, closeAll(state));
  switch (state.t) {
    case 'idle':
      return idle(state, input, env);
    case 'streaming':
      return streaming(state, input, env);
    case 'listing':
      return listing(state, input, env);
    case 'opening':
      return opening(state, input, env);
    case 'watching':
      return watching(state, input, env);
    case 'rotating':
      return rotating(state, input, env);
    case 'probing':
      return probing(state, input, env);
    case 'backoff':
      return waiting(state, input, env);
    case 'stopped':
      return stay(state);
  }
}

function idle(state: Idle, input: Input, env: Env): Step {
  return input.t === 'start' ? sync(state, env) : stay(state);
}

function waiting(state: Waiting, input: Input, env: Env): Step {
  return input.t === 'timer' && input.name === 'backoff' ? retry(state, state.next, env) : stay(state);
}
