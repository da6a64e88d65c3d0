import { onAbort } from '../io/on-abort.js';
import { decodeWatchEvent } from '../wire/watch-event.js';
import { hasComeTo } from '../wire/resource-version.js';
import { probe, watch, type RequestHost } from './driver-requests.js';
import type { Call, Input } from './protocol.js';

/** A server tells its version in a bookmark two seconds before a watch ends: so this one tells it after a second. */
const WATCH_SECONDS = 3;
/** The requests are the watcher's own, but no answer to one of the machine's. */
const NO_CALL: Call = -1;

/** How far a second look at the server came. */
export interface Ahead {
  /** The version of the last event since `from`; `from` itself when nothing happened. */
  readonly last: string;
  /** Nothing else happened up to here. */
  readonly upTo: string;
}

/** From where to look, and how far: to the highest of these versions that the server has come to. */
export interface LookAheadOptions {
  readonly from: string;
  readonly wanted: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Asks the server what happened from one version to another, of what this watcher watches. A watch tells of versions only by events
 * and, about once a minute, by bookmarks; and these stand still too while nothing is written to the kind. One small list of the newest
 * state makes the server's cache go on, and a short watch has its bookmark soon. `undefined` when the server does not say.
 */
export async function lookAhead(
  host: RequestHost,
  { from, wanted, signal }: LookAheadOptions,
): Promise<Ahead | undefined> {
  // Its own: one signal for the requests of many watchers would have many listeners.
  const leave = new AbortController();
  const forget = onAbort(signal, () => leave.abort());
  try {
    const newest = await newestVersion(host, leave.signal);
    const goal = newest === undefined ? undefined : highest(wanted.filter((version) => hasComeTo(newest, version)));
    return goal === undefined || leave.signal.aborted ? undefined : await eventsUpTo(goal, { host, from, leave });
  } finally {
    forget();
  }
}

async function eventsUpTo(
  goal: string,
  o: { readonly host: RequestHost; readonly from: string; readonly leave: AbortController },
): Promise<Ahead | undefined> {
  const { host, from, leave } = o;
  let last = from;
  let ahead: Ahead | undefined;
  await watch(
    {
      ...host,
      selection: { ...host.selection, metadataOnly: true },
      wants: () => !leave.signal.aborted,
      tell: () => undefined,
      busy: () => undefined,
      line: (_call, bytes, start, end) => {
        const event = decodeWatchEvent(bytes, start, end);
        if (event.t === 'object' && hasComeTo(event.raw.resourceVersion, last)) last = event.raw.resourceVersion;
        if (event.t !== 'bookmark' || !hasComeTo(event.resourceVersion, goal)) return;
        ahead = { last, upTo: event.resourceVersion };
        leave.abort();
      },
    },
    {
      call: NO_CALL,
      query: { resourceVersion: from, sendInitial: false, timeoutSeconds: WATCH_SECONDS },
      signal: leave.signal,
    },
  );
  return ahead;
}

async function newestVersion(host: RequestHost, signal: AbortSignal): Promise<string | undefined> {
  let answer: Input | undefined;
  const tell = (input: Input): void => {
    if (input.t === 'probed') answer = input;
  };
  await probe({ ...host, wants: () => !signal.aborted, tell, busy: () => undefined }, { call: NO_CALL, signal });
  return answer?.t === 'probed' ? answer.resourceVersion : undefined;
}

function highest([first, ...more]: readonly string[]): string | undefined {
  return first === undefined ? undefined : more.reduce((high, each) => (hasComeTo(high, each) ? high : each), first);
}
