import { describe, expect, it } from 'vitest';
import type { RawObject } from '../wire/raw-object.js';
import type { WatchEvent } from '../wire/watch-event.js';
import { idleState, step } from './machine.js';
import { openCalls } from './machine/transitions.js';
import type { Effect, Env, ErrorClass, Failure, Input, Settings, State, Step, TimerName } from './protocol.js';

const settings: Settings = { streaming: true, initialVersion: '', pageSize: 500, rotate: true, once: false };

/** `rand` 0: delays are 0.8 s × 2^n, watches last 300 s, the rotation comes at 240 s. */
const START: Env = { now: 1_000_000, rand: 0 };

function at(ms: number): Env {
  return { ...START, now: START.now + ms };
}

function raw(resourceVersion: string): RawObject {
  return {
    bytes: new Uint8Array(),
    start: 0,
    end: 0,
    apiVersion: undefined,
    kind: undefined,
    key: 'apps/web',
    metadata: { start: 0, end: 0 },
    name: 'web',
    namespace: 'apps',
    uid: 'u1',
    resourceVersion,
    managedFields: undefined,
    order: 0,
    spec: undefined,
    status: undefined,
  };
}

function failure(kind: ErrorClass, o: Partial<Failure> = {}): Failure {
  return { class: kind, code: 'server', message: kind, ...o };
}

function added(resourceVersion: string): WatchEvent {
  return { t: 'object', type: 'ADDED', raw: raw(resourceVersion) };
}

function bookmark(resourceVersion: string, initialEventsEnd = false): WatchEvent {
  return { t: 'bookmark', resourceVersion, initialEventsEnd };
}

function error(
  code: number | undefined,
  o: { reason?: string; message?: string; retryAfterSeconds?: number; cause?: string } = {},
): WatchEvent {
  const { cause, ...rest } = o;
  const causes = cause === undefined ? [] : [{ reason: cause }];
  return { t: 'error', status: { ...(code !== undefined && { code }), ...rest, causes } };
}

type Answer = Told<Extract<Input, { readonly call: number }>>;

function openFail(kind: ErrorClass, o: Partial<Failure> = {}): Answer {
  return { t: 'openFail', failure: failure(kind, o) };
}

function listFail(kind: ErrorClass, o: Partial<Failure> = {}): Answer {
  return { t: 'listFail', failure: failure(kind, o) };
}

function event(event: WatchEvent): Answer {
  return { t: 'event', event };
}

function timer(name: TimerName): Told {
  return { t: 'timer', name };
}

/** One effect in a word or two. */
function say(effect: Effect): string {
  switch (effect.t) {
    case 'list':
    case 'open':
      return [
        effect.t === 'open' && effect.query.sendInitial ? 'stream' : effect.t,
        ...Object.entries(effect.query)
          .filter(([key]) => key !== 'sendInitial' && key !== 'timeoutSeconds')
          .map(([key, value]) => `${key === 'resourceVersion' ? 'rv' : key}=${value}`),
      ].join(' ');
    case 'arm':
      return `arm ${effect.timer} ${effect.ms}`;
    case 'disarm':
      return `disarm ${effect.timer}`;
    case 'commit':
    case 'advance':
      return `${effect.t} ${effect.resourceVersion}`;
    case 'apply':
      return `apply ${effect.type} ${effect.resourceVersion}`;
    case 'put':
    case 'remove':
      return `${effect.t} ${effect.raw.resourceVersion}`;
    case 'desync':
    case 'relisted':
    case 'reconnect':
      return `${effect.t} ${effect.cause}`;
    case 'anomaly':
      return `anomaly ${effect.what}`;
    case 'close':
    case 'probe':
    case 'begin':
    case 'discard':
    case 'disarmAll':
    case 'refreshAuth':
    case 'streaming':
    case 'finish':
      return effect.t;
  }
}

/** All but the bookkeeping of timers. */
function deeds(result: Step): string[] {
  return result.effects.map(say).filter((text) => !/^(?:disarm|arm (?!backoff))/.test(text));
}

function armed(result: Step): string[] {
  return result.effects.map(say).filter((text) => text.startsWith('arm '));
}

function nameOf(state: State): string {
  return state.t === 'backoff' ? `backoff(${state.next})` : state.t;
}

/** Inputs without the number of the request they answer: the newest one of the state. */
type Told<I = Input> = I extends { call: number } ? Omit<I, 'call'> : I;

function addressed(input: Told, call: number | undefined): Input {
  const general = ['start', 'timer', 'suspendDetected', 'stop'].includes(input.t);
  // The cast only puts back what `Told` left out.
  return (general ? input : { ...input, call: call ?? 0 }) as Input;
}

function tell(state: State, input: Told, env: Env = at(0)): Step {
  return step(state, addressed(input, openCalls(state).at(-1)), env);
}

/** The first of two open watches. */
function tellFirst(state: State, input: Told, env: Env = at(0)): Step {
  return step(state, addressed(input, openCalls(state)[0]), env);
}

function after(state: State, ...inputs: Told[]): State {
  let at = state;
  for (const input of inputs) at = tell(at, input).state;
  return at;
}

const paged: Settings = { ...settings, streaming: false };
const start: Told = { t: 'start' };
const idle = idleState({ settings });
const streaming = after(idle, start, { t: 'opened' });
const streamed = after(streaming, event(bookmark('100', true)));
const listing = after(idleState({ settings: paged }), start);
const page1 = { t: 'page', resourceVersion: '100', continue: 'more' } as const;
const page2 = { t: 'page', resourceVersion: '105' } as const;
const listingPage2 = after(listing, page1);
const opening = after(listingPage2, page2);
const watching = after(opening, { t: 'opened' });
const restreaming = after(idleState({ settings, resourceVersion: '100' }), start, { t: 'opened' });
const relisting = after(idleState({ settings: paged, resourceVersion: '100' }), start);
const rotating = after(watching, timer('rotate'));
const probing = after(watching, timer('heartbeat'));

describe('the states of the table', () => {
  it('are reached by the inputs that lead there', () => {
    const states = { idle, streaming, streamed, listing, listingPage2, opening, watching, rotating, probing };
    expect(Object.fromEntries(Object.entries(states).map(([name, state]) => [name, state.t]))).toEqual({
      idle: 'idle',
      streaming: 'streaming',
      streamed: 'watching',
      listing: 'listing',
      listingPage2: 'listing',
      opening: 'opening',
      watching: 'watching',
      rotating: 'rotating',
      probing: 'probing',
    });
  });
});

interface Row {
  /** A row of the table, in its words. */
  readonly row: string;
  readonly from: State;
  readonly input: Told;
  readonly now?: number;
  readonly to: string;
  readonly does: readonly string[];
}

function rows(table: readonly Row[]): void {
  it.each(table)('$row → $to', ({ from, input, now, to, does }) => {
    const result = tell(from, input, at(now ?? 0));
    expect({ to: nameOf(result.state), does: deeds(result) }).toEqual({ to, does });
  });
}

describe('Idle', () => {
  rows([
    {
      row: 'L1: start opens a streaming list of the newest state',
      from: idle,
      input: start,
      to: 'streaming',
      does: ['begin', 'stream rv='],
    },
    {
      row: 'R3: start from a known version asks for nothing older',
      from: idleState({ settings, resourceVersion: '7' }),
      input: start,
      to: 'streaming',
      does: ['begin', 'stream rv=7'],
    },
    {
      row: 'L8: start with streaming disabled lists in pages',
      from: idleState({ settings: paged }),
      input: start,
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L6: start on a server that is known not to stream lists',
      from: idleState({ settings, streamingUnsupportedUntil: START.now + 1 }),
      input: start,
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L6: start streams again when that is an hour ago',
      from: idleState({ settings, streamingUnsupportedUntil: START.now }),
      input: start,
      to: 'streaming',
      does: ['begin', 'stream rv='],
    },
    {
      row: "L10: `any` asks the server's cache first",
      from: idleState({ settings: { ...paged, initialVersion: '0' } }),
      input: start,
      to: 'listing',
      does: ['begin', 'list rv=0 limit=500'],
    },
    {
      row: 'L11: a list from a known version has no limit',
      from: idleState({ settings: paged, resourceVersion: '7' }),
      input: start,
      to: 'listing',
      does: ['begin', 'list rv=7 match=NotOlderThan'],
    },
  ]);
});

describe('Streaming', () => {
  rows([
    {
      row: 'L4: ADDED goes to the buffer',
      from: streaming,
      input: event(added('50')),
      to: 'streaming',
      does: ['put 50'],
    },
    {
      row: 'L4: DELETED leaves the buffer',
      from: streaming,
      input: { t: 'event', event: { t: 'object', type: 'DELETED', raw: raw('60') } },
      to: 'streaming',
      does: ['remove 60'],
    },
    {
      row: 'L3: a bookmark without the annotation ends nothing',
      from: streaming,
      input: event(bookmark('90')),
      to: 'streaming',
      does: [],
    },
    {
      row: 'L5: the end bookmark commits, and the same stream goes on',
      from: streaming,
      input: event(bookmark('100', true)),
      to: 'watching',
      does: ['commit 100'],
    },
    {
      row: 'L13: an end bookmark without a version is a failure',
      from: streaming,
      input: event(bookmark('', true)),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L7: refused backs off and stays streaming',
      from: after(idle, start),
      input: openFail('refused'),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L7: throttled backs off as long as the server says',
      from: after(idle, start),
      input: openFail('throttled', { retryAfterMs: 7000 }),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 7000'],
    },
    {
      row: 'L12: openFail expired with a version streams the newest state at once',
      from: restreaming,
      input: openFail('expired'),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'L12: openFail too large with a version streams the newest state at once',
      from: restreaming,
      input: openFail('rvTooLarge'),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR expired with a version streams the newest state at once',
      from: restreaming,
      input: event(error(410)),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR too large with a version streams the newest state at once',
      from: restreaming,
      input: event(error(504, { cause: 'ResourceVersionTooLarge' })),
      to: 'streaming',
      does: ['close', 'begin', 'stream rv='],
    },
    {
      row: 'ERROR expired of the newest state is not tried at once again',
      from: streaming,
      input: event(error(410)),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'ERROR throttled backs off as long as it says',
      from: streaming,
      input: event(error(429, { retryAfterSeconds: 3 })),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 3000'],
    },
    {
      row: 'L7: openFail invalid lists in the same pass and remembers it',
      from: after(idle, start),
      input: openFail('invalid'),
      to: 'listing',
      does: ['close', 'streaming', 'begin', 'list rv= limit=500'],
    },
    ...(['forbidden', 'notFound', 'internal', 'unavailable', 'unauthorized', 'reset'] as const).map((kind) => ({
      row: `L7: openFail ${kind} lists in the same pass`,
      from: after(idle, start),
      input: openFail(kind),
      to: 'listing',
      does: ['close', 'begin', 'list rv= limit=500'],
    })),
    {
      row: 'E12: no answer in 30 s lists in the same pass',
      from: after(idle, start),
      input: timer('open'),
      to: 'listing',
      does: ['close', 'begin', 'list rv= limit=500'],
    },
    {
      row: 'L6: the stream ends before the end bookmark',
      from: streaming,
      input: { t: 'closed' },
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'L6: no progress for 30 s',
      from: streaming,
      input: timer('initial'),
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'W20: a suspended process begins again',
      from: streaming,
      input: { t: 'suspendDetected' },
      to: 'backoff(streaming)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'W13: an event of unknown type is counted',
      from: streaming,
      input: { t: 'event', event: { t: 'skipped', why: 'unknown-type' } },
      to: 'streaming',
      does: ['anomaly unknown-type'],
    },
  ]);

  it('L2: versions of the initial objects are not where a later watch begins', () => {
    expect(after(streaming, event(added('50'))).rv).toBe('');
    expect(streamed.rv).toBe('100');
  });

  it('L6: the third unfinished list in a row lists in pages, and that is remembered for an hour', () => {
    let state: State = streaming;
    for (let n = 0; n < 2; n++) {
      state = after(state, { t: 'closed' }, timer('backoff'), { t: 'opened' });
      expect(state.t).toBe('streaming');
    }
    const third = tell(state, timer('initial'));
    expect(deeds(third)).toEqual(['close', 'streaming', 'begin', 'list rv= limit=500']);
    expect(third.effects).toContainEqual({ t: 'streaming', unsupportedUntil: START.now + 3_600_000 });
    const inPages = after(third.state, { t: 'page', resourceVersion: '9' }, { t: 'opened' });
    expect(tell(inPages, event(error(410)), at(3_599_999)).state.t).toBe('listing');
    expect(tell(inPages, event(error(410)), at(3_600_000)).state.t).toBe('streaming');
  });

  it('L6: a streaming list that came to its end begins the count again', () => {
    const once = after(streaming, { t: 'closed' }, timer('backoff'), { t: 'opened' });
    expect(once.memory.streamingFailures).toBe(1);
    expect(after(once, event(bookmark('100', true))).memory.streamingFailures).toBe(0);
  });

  it('W1: the timeout that is asked for lies between 300 and 600 s', () => {
    const asked = (rand: number): unknown =>
      step(idle, { t: 'start' }, { ...START, rand }).effects.find((e) => e.t === 'open');
    expect(asked(0)).toMatchObject({ query: { timeoutSeconds: 300 } });
    expect(asked(0.999_999)).toMatchObject({ query: { timeoutSeconds: 600 } });
  });

  it('L6: each event moves the deadline for progress', () => {
    expect(armed(tell(streaming, event(added('5'))))).toEqual(['arm initial 30000']);
    expect(armed(tell(streaming, event(bookmark('5'))))).toEqual(['arm initial 30000']);
  });
});

describe('Listing', () => {
  rows([
    {
      row: 'an item goes to the buffer',
      from: listing,
      input: { t: 'item', raw: raw('3') },
      to: 'listing',
      does: ['put 3'],
    },
    {
      row: 'L8: a page with continue asks for the next, with continue and limit only',
      from: listing,
      input: page1,
      to: 'listing',
      does: ['list rv= continue=more limit=500'],
    },
    {
      row: "L9: the last page commits the first page's version and watches from it",
      from: listingPage2,
      input: page2,
      to: 'opening',
      does: ['commit 100', 'open rv=100'],
    },
    {
      row: 'L12: expired on page 2 lists all at once at the original version',
      from: listingPage2,
      input: listFail('expired'),
      to: 'listing',
      does: ['begin', 'list rv='],
    },
    {
      row: 'L12: expired on page 1 lists the newest state at once',
      from: relisting,
      input: listFail('expired'),
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L12: too large on page 1 lists the newest state at once',
      from: relisting,
      input: listFail('rvTooLarge'),
      to: 'listing',
      does: ['begin', 'list rv= limit=500'],
    },
    {
      row: 'L12: expired of the newest state backs off',
      from: listing,
      input: listFail('expired'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'E7: unauthorized for the first time refreshes and lists again',
      from: listing,
      input: listFail('unauthorized'),
      to: 'listing',
      does: ['refreshAuth', 'list rv= limit=500'],
    },
    {
      row: 'E7: unauthorized again backs off',
      from: after(listing, listFail('unauthorized')),
      input: listFail('unauthorized'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    ...(
      [
        'forbidden',
        'notFound',
        'internal',
        'unavailable',
        'refused',
        'reset',
        'invalid',
        'throttled',
        'decode',
        'overflow',
        'storeRead',
      ] as const
    ).map((kind) => ({
      row: `R6: listFail ${kind} drops the buffer and leaves the store`,
      from: listing,
      input: listFail(kind),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    })),
    {
      row: 'L13: a page without a version is a failure',
      from: listing,
      input: { t: 'page' },
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'a page that names itself as the next is a failure',
      from: listingPage2,
      input: page1,
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
    {
      row: 'E12: no byte for 30 s is a failure',
      from: listing,
      input: timer('list'),
      to: 'backoff(listing)',
      does: ['close', 'discard', 'arm backoff 800'],
    },
  ]);

  it('E12: a list that drips is not cut off', () => {
    expect(armed(tell(listing, { t: 'bytes' }))).toEqual(['arm list 30000']);
  });

  it('L11: a server that pages a list of any version is asked for pages later, too', () => {
    const any = after(idleState({ settings: { ...paged, initialVersion: '0' } }), start, page1, page2, { t: 'opened' });
    expect(deeds(tell(any, event(error(410))))).toContain('list rv=100 match=NotOlderThan limit=500');
  });

  it('L12: a list at the original version asks for no older state, and if that expired too, for the newest', () => {
    const any = after(idleState({ settings: paged, resourceVersion: '100' }), start, {
      t: 'page',
      resourceVersion: '100',
      continue: 'x',
    });
    const whole = tell(any, listFail('expired'));
    expect(deeds(whole)).toEqual(['begin', 'list rv=100 match=NotOlderThan']);
    expect(deeds(tell(whole.state, listFail('expired')))).toEqual(['begin', 'list rv= limit=500']);
  });

  it('R12: a list that is older than what was shown is made again, with contents compared', () => {
    const lost = tell(relisting, { t: 'page', resourceVersion: '90' });
    expect(deeds(lost)).toEqual(['begin', 'list rv= limit=500']);
    expect(lost.effects).toContainEqual({ t: 'begin', historyLost: true });
    expect(deeds(tell(lost.state, { t: 'page', resourceVersion: '90' }))).toEqual(['commit 90', 'open rv=90']);
    const streamed = tell(restreaming, event(bookmark('90', true)));
    expect(deeds(streamed)).toEqual(['close', 'begin', 'stream rv=']);
    expect(deeds(tell(streamed.state, event(bookmark('90', true))))).toEqual(['commit 90']);
  });

  it('poll: one list commits and finishes without a watch', () => {
    const once = after(idleState({ settings: { ...paged, once: true }, resourceVersion: '50' }), start);
    const result = tell(once, { t: 'page', resourceVersion: '100' });
    expect(nameOf(result.state)).toBe('stopped');
    expect(deeds(result)).toEqual(['commit 100', 'discard', 'finish']);
  });

  it('poll: asks for the newest state, and a failure finishes with it', () => {
    const begun = tell(idleState({ settings: { ...paged, once: true }, resourceVersion: '50' }), start);
    expect(deeds(begun)).toEqual(['begin', 'list rv= limit=500']);
    const failed = tell(begun.state, listFail('forbidden'));
    expect(failed.effects.at(-1)).toMatchObject({ t: 'finish', trouble: { class: 'forbidden', verb: 'list' } });
  });
});

describe('Opening', () => {
  rows([
    { row: 'opened', from: opening, input: { t: 'opened' }, to: 'watching', does: [] },
    {
      row: 'R1 R3: openFail expired relists from the last version',
      from: opening,
      input: openFail('expired'),
      to: 'listing',
      does: ['close', 'desync expired', 'relisted expired', 'begin', 'list rv=100 match=NotOlderThan'],
    },
    {
      row: 'openFail too large relists',
      from: opening,
      input: openFail('rvTooLarge'),
      to: 'listing',
      does: ['close', 'desync too-large', 'relisted too-large', 'begin', 'list rv=100 match=NotOlderThan'],
    },
    {
      row: 'R8: openFail StoreReadError relists',
      from: opening,
      input: openFail('storeRead'),
      to: 'listing',
      does: ['close', 'desync store-read', 'relisted store-read', 'begin', 'list rv=100 match=NotOlderThan'],
    },
    {
      row: 'E4: throttled backs off without a list or probe',
      from: opening,
      input: openFail('throttled', { retryAfterMs: 5000 }),
      to: 'backoff(opening)',
      does: ['close', 'reconnect throttled', 'arm backoff 5000'],
    },
    {
      row: 'E4 R12: refused backs off to a probe',
      from: opening,
      input: openFail('refused'),
      to: 'backoff(probing)',
      does: ['close', 'reconnect refused', 'arm backoff 800'],
    },
    {
      row: 'R12: unavailable backs off to a probe',
      from: opening,
      input: openFail('unavailable'),
      to: 'backoff(probing)',
      does: ['close', 'reconnect unavailable', 'arm backoff 800'],
    },
    {
      row: 'R12: reset backs off to a probe',
      from: opening,
      input: openFail('reset'),
      to: 'backoff(probing)',
      does: ['close', 'reconnect unavailable', 'arm backoff 800'],
    },
    {
      row: 'E12: no answer in 30 s is unavailable',
      from: opening,
      input: timer('open'),
      to: 'backoff(probing)',
      does: ['close', 'reconnect unavailable', 'arm backoff 800'],
    },
    {
      row: 'E7: unauthorized for the first time refreshes and opens again',
      from: opening,
      input: openFail('unauthorized'),
      to: 'opening',
      does: ['close', 'refreshAuth', 'open rv=100'],
    },
    {
      row: 'E7: unauthorized again backs off',
      from: after(opening, openFail('unauthorized')),
      input: openFail('unauthorized'),
      to: 'backoff(opening)',
      does: ['close', 'reconnect unauthorized', 'arm backoff 800'],
    },
    {
      row: 'E8: forbidden never stops',
      from: opening,
      input: openFail('forbidden'),
      to: 'backoff(listing)',
      does: ['close', 'arm backoff 800'],
    },
    {
      row: 'E8: notFound never stops',
      from: opening,
      input: openFail('notFound'),
      to: 'backoff(listing)',
      does: ['close', 'arm backoff 800'],
    },
    {
      row: 'openFail internal backs off',
      from: opening,
      input: openFail('internal'),
      to: 'backoff(opening)',
      does: ['close', 'reconnect error', 'arm backoff 800'],
    },
  ]);

  it("W16: an open watch has the server's deadline and no heartbeat before its first bookmark", () => {
    expect(armed(tell(opening, { t: 'opened' }))).toEqual(['arm server 310000', 'arm rotate 240000']);
  });

  it('R7: a list that is followed by 410 again and again is made less and less often', () => {
    let state: State = opening;
    const delays: number[] = [];
    let now = 0;
    for (let n = 0; n < 6; n++) {
      let result = tell(state, openFail('expired'), at(now));
      const backoff = result.effects.find((effect) => effect.t === 'arm' && effect.timer === 'backoff');
      delays.push(backoff?.t === 'arm' ? backoff.ms : 0);
      now += delays.at(-1) ?? 0;
      if (result.state.t === 'backoff') result = tell(result.state, timer('backoff'), at(now));
      expect(deeds(result)).toContain('list rv=100 match=NotOlderThan');
      state = tell(result.state, { t: 'page', resourceVersion: '100' }, at(now)).state;
    }
    expect(delays).toEqual([0, 1600, 3200, 6400, 12_800, 25_600]);
  });

  it('E1: delays double from 0.8 s to 30 s, times a number from 1 to 2', () => {
    let state: State = opening;
    const delays: number[] = [];
    for (let n = 0; n < 8; n++) {
      const result = step(
        state,
        { t: 'openFail', call: openCalls(state)[0] ?? 0, failure: failure('throttled') },
        { now: START.now, rand: 0.5 },
      );
      delays.push(
        ...result.effects.flatMap((effect) => (effect.t === 'arm' && effect.timer === 'backoff' ? [effect.ms] : [])),
      );
      state = tell(result.state, timer('backoff')).state;
    }
    expect(delays).toEqual([1200, 2400, 4800, 9600, 19_200, 38_400, 45_000, 45_000]);
  });

  it('E3: Retry-After is capped at five minutes', () => {
    const result = tell(opening, openFail('throttled', { retryAfterMs: 86_400_000 }));
    expect(deeds(result)).toContain('arm backoff 300000');
  });

  it('E2: two quiet minutes begin a new row of failures', () => {
    const first = tell(opening, openFail('throttled'));
    const soonAgain = tell(after(first.state, timer('backoff')), openFail('throttled'), at(119_999));
    expect(deeds(soonAgain)).toContain('arm backoff 1600');
    const longAfter = tell(after(first.state, timer('backoff')), openFail('throttled'), at(120_000));
    expect(deeds(longAfter)).toContain('arm backoff 800');
  });

  it('a watch that opens clears the failures of status, and the backoff keeps its own count', () => {
    const failed = after(opening, openFail('throttled'), timer('backoff'));
    expect(failed.memory).toMatchObject({ failures: 1, trouble: { class: 'throttled' }, backoff: { attempt: 1 } });
    const open = after(failed, { t: 'opened' });
    expect(open.memory).toMatchObject({ failures: 0, trouble: undefined, backoff: { attempt: 1 } });
  });
});

describe('Watching', () => {
  const relist = (cause: string): string[] => [
    'close',
    `desync ${cause}`,
    `relisted ${cause}`,
    'begin',
    'list rv=100 match=NotOlderThan',
  ];
  rows([
    {
      row: 'W7: ADDED is applied and advances',
      from: watching,
      input: event(added('101')),
      to: 'watching',
      does: ['apply ADDED 101'],
    },
    {
      row: 'W7: DELETED is applied and advances',
      from: watching,
      input: { t: 'event', event: { t: 'object', type: 'DELETED', raw: raw('102') } },
      to: 'watching',
      does: ['apply DELETED 102'],
    },
    {
      row: 'W8: a lower version does not take the watch back',
      from: watching,
      input: event(added('99')),
      to: 'watching',
      does: ['apply ADDED 100'],
    },
    {
      row: 'W12: BOOKMARK advances',
      from: watching,
      input: event(bookmark('150')),
      to: 'watching',
      does: ['advance 150'],
    },
    {
      row: 'W12: BOOKMARK of a lower version does not take the watch back',
      from: watching,
      input: event(bookmark('50')),
      to: 'watching',
      does: [],
    },
    {
      row: 'W13: an unknown type is counted and nothing else',
      from: watching,
      input: { t: 'event', event: { t: 'skipped', why: 'unknown-type' } },
      to: 'watching',
      does: ['anomaly unknown-type'],
    },
    {
      row: 'R2: ERROR code 410 relists',
      from: watching,
      input: event(error(410)),
      to: 'listing',
      does: relist('expired'),
    },
    {
      row: 'R1: ERROR reason Expired relists',
      from: watching,
      input: event(error(undefined, { reason: 'Expired' })),
      to: 'listing',
      does: relist('expired'),
    },
    {
      row: 'R1: ERROR reason Gone relists',
      from: watching,
      input: event(error(undefined, { reason: 'Gone' })),
      to: 'listing',
      does: relist('expired'),
    },
    {
      row: 'R8: ERROR StoreReadError relists',
      from: watching,
      input: event(error(500, { reason: 'StorageReadError' })),
      to: 'listing',
      does: relist('store-read'),
    },
    {
      row: 'ERROR too large relists',
      from: watching,
      input: {
        t: 'event',
        event: error(504, { reason: 'Timeout', message: 'Too large resource version: 200, current: 100' }),
      },
      to: 'listing',
      does: relist('too-large'),
    },
    {
      row: 'ERROR throttled backs off',
      from: watching,
      input: event(error(429, { retryAfterSeconds: 4 })),
      to: 'backoff(opening)',
      does: ['close', 'reconnect throttled', 'arm backoff 4000'],
    },
    {
      row: 'E5: ERROR internal opens again',
      from: watching,
      input: event(error(500)),
      to: 'opening',
      does: ['close', 'reconnect internal', 'open rv=100'],
    },
    {
      row: 'E6: ERROR 504 backs off and goes on',
      from: watching,
      input: event(error(504)),
      to: 'backoff(opening)',
      does: ['close', 'reconnect error', 'arm backoff 800'],
    },
    {
      row: 'E6: ERROR of an unknown code backs off and goes on',
      from: watching,
      input: event(error(777)),
      to: 'backoff(opening)',
      does: ['close', 'reconnect error', 'arm backoff 800'],
    },
    {
      row: 'E6: ERROR that is no Status backs off and goes on',
      from: watching,
      input: event(error(undefined)),
      to: 'backoff(opening)',
      does: ['close', 'reconnect error', 'arm backoff 800'],
    },
    {
      row: 'W14: a clean end opens again at once, without a list',
      from: watching,
      now: 1000,
      input: { t: 'closed' },
      to: 'opening',
      does: ['reconnect closed', 'open rv=100'],
    },
    {
      row: 'W15: a clean end within a second backs off, also after events',
      from: after(watching, event(added('101'))),
      now: 999,
      input: { t: 'closed' },
      to: 'backoff(opening)',
      does: ['reconnect short', 'arm backoff 800'],
    },
    {
      row: 'W15: an empty watch that ends within a second backs off',
      from: watching,
      now: 999,
      input: { t: 'closed' },
      to: 'backoff(opening)',
      does: ['reconnect short', 'arm backoff 800'],
    },
    {
      row: 'R12: a reset probes at once the first time',
      from: watching,
      now: 5000,
      input: { t: 'closed', failure: failure('reset') },
      to: 'probing',
      does: ['close', 'reconnect reset', 'probe'],
    },
    {
      row: 'W5: a line that cannot be read drops the connection and resumes',
      from: watching,
      input: { t: 'closed', failure: failure('decode') },
      to: 'opening',
      does: ['close', 'reconnect decode', 'open rv=100'],
    },
    {
      row: 'W5: a line that is too long drops the connection and resumes',
      from: watching,
      input: { t: 'closed', failure: failure('overflow') },
      to: 'opening',
      does: ['close', 'reconnect decode', 'open rv=100'],
    },
    {
      row: 'W16: a silent peer is left and probed',
      from: watching,
      input: timer('heartbeat'),
      to: 'probing',
      does: ['close', 'reconnect heartbeat', 'probe'],
    },
    {
      row: 'W16: a watch that outlives its time is left and probed',
      from: watching,
      input: timer('server'),
      to: 'probing',
      does: ['close', 'reconnect timeout', 'probe'],
    },
    {
      row: 'W20: after a suspend the server is probed',
      from: watching,
      input: { t: 'suspendDetected' },
      to: 'probing',
      does: ['close', 'reconnect suspend', 'probe'],
    },
    {
      row: 'W17: rotate opens the second watch and keeps the first',
      from: watching,
      input: timer('rotate'),
      to: 'rotating',
      does: ['open rv=100'],
    },
  ]);

  it('W12: a bookmark moves the place to resume from', () => {
    const state = after(watching, event(bookmark('150')));
    expect(deeds(tell(state, { t: 'closed' }, at(5000)))).toContain('open rv=150');
  });

  it('W13: an unknown event leaves the version as it is', () => {
    expect(after(watching, { t: 'event', event: { t: 'skipped', why: 'unknown-type' } }).rv).toBe('100');
  });

  it('W15: the third empty watch in a row at one version relists', () => {
    let state: State = watching;
    for (let n = 0; n < 2; n++) state = after(state, { t: 'closed' }, timer('backoff'), { t: 'opened' });
    expect(deeds(tell(state, { t: 'closed' }))).toEqual([
      'desync expired',
      'relisted expired',
      'begin',
      'list rv=100 match=NotOlderThan',
    ]);
  });

  it('W15: a version that moved on begins the count again', () => {
    let state: State = watching;
    for (let n = 0; n < 2; n++) state = after(state, { t: 'closed' }, timer('backoff'), { t: 'opened' });
    state = after(state, event(bookmark('101')));
    expect(nameOf(tell(state, { t: 'closed' }).state)).toBe('backoff(opening)');
  });

  it('E5: ERROR 500 is tried for 30 s, then it counts as any error, and at the same version relists', () => {
    let state: State = watching;
    let now = 0;
    let relistedAt: number | undefined;
    for (let n = 0; n < 12 && relistedAt === undefined; n++) {
      let result = tell(state, event(error(500)), at(now));
      if (deeds(result).includes('relisted protocol')) relistedAt = now;
      const delay = result.effects.find((effect) => effect.t === 'arm' && effect.timer === 'backoff');
      now += delay?.t === 'arm' ? delay.ms : 0;
      if (result.state.t === 'backoff') result = tell(result.state, timer('backoff'), at(now));
      if (result.state.t === 'opening') state = tell(result.state, { t: 'opened' }, at(now)).state;
    }
    expect(relistedAt).toBeGreaterThanOrEqual(30_000);
    expect(relistedAt).toBeLessThan(120_000);
  });

  it('E6: a second error of no class at the same version relists', () => {
    const again = after(watching, event(error(504)), timer('backoff'), { t: 'opened' });
    expect(deeds(tell(again, event(error(504))))).toEqual(relist('protocol'));
    const moved = after(again, event(added('101')));
    expect(nameOf(tell(moved, event(error(504))).state)).toBe('backoff(opening)');
  });

  it('W5: a second line that cannot be read at the same version relists', () => {
    const again = after(watching, { t: 'closed', failure: failure('decode') }, { t: 'opened' });
    expect(again.rv).toBe('100');
    expect(deeds(tell(again, { t: 'closed', failure: failure('decode') }))).toEqual(relist('protocol'));
  });

  it('R12: a reset soon after another failure backs off before the probe', () => {
    const probed = after(
      watching,
      { t: 'closed', failure: failure('reset') },
      { t: 'probed', resourceVersion: '100' },
      { t: 'opened' },
    );
    const again = tell(probed, { t: 'closed', failure: failure('reset') }, at(10_000));
    expect(nameOf(again.state)).toBe('backoff(probing)');
    expect(deeds(again)).toContain('arm backoff 1600');
  });

  it('E2: a stream that delivered and lived 30 s begins a new row of failures', () => {
    const probed = after(
      watching,
      { t: 'closed', failure: failure('reset') },
      { t: 'probed', resourceVersion: '100' },
      { t: 'opened' },
    );
    const delivered = after(probed, event(added('101')));
    expect(nameOf(tell(delivered, { t: 'closed', failure: failure('reset') }, at(30_000)).state)).toBe('probing');
    expect(nameOf(tell(probed, { t: 'closed', failure: failure('reset') }, at(30_000)).state)).toBe('backoff(probing)');
  });

  it('W16: after a bookmark the heartbeat is 150 s or 2.5 times the longest gap, and any byte moves it', () => {
    expect(armed(tell(watching, { t: 'bytes' }))).toEqual([]);
    const first = tell(watching, event(bookmark('101')), at(50_000));
    expect(armed(first)).toEqual(['arm heartbeat 150000']);
    const second = tell(first.state, event(bookmark('102')), at(150_000));
    expect(armed(second)).toEqual(['arm heartbeat 250000']);
    expect(armed(tell(second.state, { t: 'bytes' }, at(151_000)))).toEqual(['arm heartbeat 250000']);
  });

  it('R12: a watch without a sign of life, on a server that sends bookmarks, is probed before the next one opens', () => {
    const marked = after(watching, event(bookmark('101')));
    const again = after(tell(marked, { t: 'closed' }, at(60_000)).state, { t: 'opened' });
    expect(nameOf(tell(again, timer('rotate'), at(240_000)).state)).toBe('probing');
    expect(nameOf(tell(again, { t: 'closed' }, at(300_000)).state)).toBe('probing');
    const alive = after(again, event(added('102')));
    expect(nameOf(tell(alive, timer('rotate'), at(240_000)).state)).toBe('rotating');
    expect(nameOf(tell(watching, timer('rotate'), at(240_000)).state)).toBe('rotating');
  });

  it('W16: a watch that began as a streaming list has had its first bookmark', () => {
    expect(armed(tell(streaming, event(bookmark('100', true))))).toContain('arm heartbeat 150000');
  });

  it('E5: the first 500 is tried at once, the next one waits, so that no server is hammered', () => {
    const again = after(watching, event(error(500)), { t: 'opened' });
    expect(deeds(tell(again, event(error(500))))).toEqual(['close', 'reconnect internal', 'arm backoff 1600']);
  });

  it('R2: one desync is told until the set is whole again', () => {
    const relisting = after(watching, event(error(410)));
    expect(relisting.memory.desync).toBe('expired');
    const opened = after(relisting, { t: 'page', resourceVersion: '200' });
    expect(opened.memory.desync).toBeUndefined();
    expect(opened.rv).toBe('200');
  });
});

describe('Rotating', () => {
  it('W17: the second watch opens before the first closes, which then closes', () => {
    const result = tell(rotating, { t: 'opened' });
    expect(nameOf(result.state)).toBe('watching');
    expect(deeds(result)).toEqual(['close', 'reconnect rotate']);
    expect(openCalls(result.state)).toEqual([openCalls(rotating)[1]]);
  });

  it('W17: what both watches tell is told once', () => {
    const moved = tellFirst(rotating, event(added('101')));
    expect(deeds(moved)).toEqual(['apply ADDED 101']);
    expect(moved.state.t).toBe('rotating');
    const second = after(moved.state, { t: 'opened' });
    expect(deeds(tell(second, event(added('101'))))).toEqual([]);
    const on = tell(second, event(added('102')));
    expect(deeds(on)).toEqual(['apply ADDED 102']);
    expect(deeds(tell(on.state, event(added('103'))))).toEqual(['apply ADDED 103']);
  });

  it('W17: a second watch that does not open leaves the first, and comes again later', () => {
    const result = tell(rotating, openFail('expired'));
    expect(nameOf(result.state)).toBe('watching');
    expect(openCalls(result.state)).toEqual([openCalls(rotating)[0]]);
    expect(armed(result)).toEqual(['arm rotate 800']);
    expect(nameOf(tell(rotating, timer('open')).state)).toBe('watching');
  });

  it('R12: after an outage in a rotation, a first watch that brought nothing since is probed, not rotated', () => {
    const kept = after(rotating, openFail('refused'));
    expect(nameOf(tell(kept, timer('rotate')).state)).toBe('probing');
    expect(nameOf(tell(kept, { t: 'closed' }, at(5000)).state)).toBe('probing');
    const alive = after(kept, event(added('101')));
    expect(nameOf(tell(alive, timer('rotate')).state)).toBe('rotating');
    const busy = after(rotating, openFail('throttled'));
    expect(nameOf(tell(busy, timer('rotate')).state)).toBe('rotating');
  });

  it('W17: the first ends before the second is open: the second becomes the stream', () => {
    const result = tellFirst(rotating, { t: 'closed' }, at(2000));
    expect(nameOf(result.state)).toBe('opening');
    expect(deeds(result)).toEqual(['reconnect closed']);
    expect(nameOf(after(result.state, { t: 'opened' }))).toBe('watching');
  });

  it('an error of the first gives up the second', () => {
    const result = tellFirst(rotating, event(error(410)));
    expect(deeds(result)).toEqual([
      'close',
      'close',
      'desync expired',
      'relisted expired',
      'begin',
      'list rv=100 match=NotOlderThan',
    ]);
  });

  it('versions that do not compare are not rotated', () => {
    const opaque = after(idleState({ settings: paged }), start, { t: 'page', resourceVersion: 'abc' });
    expect(armed(tell(opaque, { t: 'opened' }))).toEqual(['arm server 310000']);
  });
});

describe('Probing', () => {
  rows([
    {
      row: 'R12: the same or a later version opens the watch',
      from: probing,
      input: { t: 'probed', resourceVersion: '100' },
      to: 'opening',
      does: ['close', 'open rv=100'],
    },
    {
      row: 'R12: a version that does not compare opens the watch',
      from: probing,
      input: { t: 'probed', resourceVersion: 'abc' },
      to: 'opening',
      does: ['close', 'open rv=100'],
    },
    {
      row: 'R12: a lower version relists the newest state',
      from: probing,
      input: { t: 'probed', resourceVersion: '99' },
      to: 'listing',
      does: ['close', 'desync too-large', 'relisted too-large', 'begin', 'list rv= limit=500'],
    },
    {
      row: 'R12: a probe that fails backs off',
      from: probing,
      input: listFail('unavailable'),
      to: 'backoff(probing)',
      does: ['close', 'arm backoff 1600'],
    },
    {
      row: 'E12: a probe without an answer backs off',
      from: probing,
      input: timer('list'),
      to: 'backoff(probing)',
      does: ['close', 'arm backoff 1600'],
    },
    {
      row: 'E7: unauthorized refreshes and probes again',
      from: probing,
      input: listFail('unauthorized'),
      to: 'probing',
      does: ['refreshAuth', 'probe'],
    },
  ]);

  it('R12: after lost history the version may fall, this once', () => {
    const relisting = after(probing, { t: 'probed', resourceVersion: '99' });
    const committed = tell(relisting, { t: 'page', resourceVersion: '99' });
    expect(deeds(committed)).toEqual(['commit 99', 'open rv=99']);
    expect(committed.state.memory.historyLost).toBe(false);
  });
});

describe('Backoff and Stopped', () => {
  const waiting = after(opening, openFail('refused'));
  it('the backoff leads where it was meant to lead', () => {
    expect(deeds(tell(waiting, timer('backoff')))).toEqual(['probe']);
    expect(tell(waiting, timer('server')).effects).toEqual([]);
  });

  it.each([
    ['idle', idle],
    ['streaming', streaming],
    ['listing', listing],
    ['opening', opening],
    ['watching', watching],
    ['rotating', rotating],
    ['probing', probing],
    ['backoff', waiting],
  ] as const)('D1 D2: stop in %s closes what is open, disarms and drops the buffer', (_name, state) => {
    const result = tell(state, { t: 'stop' });
    expect(result.state.t).toBe('stopped');
    const closes = openCalls(state).map(() => 'close');
    expect(result.effects.map(say)).toEqual([...closes, 'disarmAll', 'discard', 'finish']);
    expect(tell(result.state, { t: 'stop' }).effects).toEqual([]);
  });

  it('D6: answers to requests that are no longer wanted change nothing', () => {
    const late: Input[] = [
      { t: 'page', call: 1, resourceVersion: '9' },
      { t: 'listFail', call: 1, failure: failure('expired') },
      { t: 'opened', call: 1 },
      { t: 'openFail', call: 1, failure: failure('expired') },
      { t: 'event', call: 1, event: added('9') },
      { t: 'closed', call: 1 },
      { t: 'probed', call: 1, resourceVersion: '1' },
    ];
    const stopped = tell(watching, { t: 'stop' }).state;
    for (const state of [watching, rotating, probing, waiting, stopped]) {
      for (const input of late) expect(step(state, input, START)).toEqual({ state, effects: [] });
    }
  });
});

describe('settings', () => {
  it('streaming false never streams, also after a desync', () => {
    expect(nameOf(tell(watching, event(error(410))).state)).toBe('listing');
  });

  it('R3: a desync of a streaming watcher streams again from the last version', () => {
    expect(deeds(tell(streamed, event(error(410))))).toEqual([
      'close',
      'desync expired',
      'relisted expired',
      'begin',
      'stream rv=100',
    ]);
  });

  it('rotate false arms no rotation', () => {
    const still = after(idleState({ settings: { ...paged, rotate: false } }), start, page2);
    expect(armed(tell(still, { t: 'opened' }))).toEqual(['arm server 310000']);
  });
});
