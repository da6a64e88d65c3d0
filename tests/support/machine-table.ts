import { expect, it } from 'vitest';
import type { RawObject } from '../../runtime/src/wire/raw-object.js';
import type { WatchEvent } from '../../runtime/src/wire/watch-event.js';
import { idleState, step } from '../../runtime/src/reflector/machine.js';
import { openCalls } from '../../runtime/src/reflector/machine/transitions.js';
import type {
  Effect,
  Env,
  ErrorClass,
  Failure,
  Input,
  Settings,
  State,
  Step,
  TimerName,
} from '../../runtime/src/reflector/protocol.js';

/** The words in which the rows of the machine's table are tried: inputs, states reached by them, and effects as text. */
export const settings: Settings = { streaming: true, initialVersion: '', pageSize: 500, rotate: true, once: false };

/** `rand` 0: delays are 0.8 s × 2^n, watches last 300 s, the rotation comes at 240 s. */
export const START: Env = { now: 1_000_000, rand: 0 };

export function at(ms: number): Env {
  return { ...START, now: START.now + ms };
}

export function raw(resourceVersion: string): RawObject {
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

export function failure(kind: ErrorClass, o: Partial<Failure> = {}): Failure {
  return { class: kind, code: 'server', message: kind, ...o };
}

export function added(resourceVersion: string): WatchEvent {
  return { t: 'object', type: 'ADDED', raw: raw(resourceVersion) };
}

export function bookmark(resourceVersion: string, initialEventsEnd = false): WatchEvent {
  return { t: 'bookmark', resourceVersion, initialEventsEnd };
}

export function error(
  code: number | undefined,
  o: { reason?: string; message?: string; retryAfterSeconds?: number; cause?: string } = {},
): WatchEvent {
  const { cause, ...rest } = o;
  const causes = cause === undefined ? [] : [{ reason: cause }];
  return { t: 'error', status: { ...(code !== undefined && { code }), ...rest, causes } };
}

type Answer = Told<Extract<Input, { readonly call: number }>>;

export function openFail(kind: ErrorClass, o: Partial<Failure> = {}): Answer {
  return { t: 'openFail', failure: failure(kind, o) };
}

export function listFail(kind: ErrorClass, o: Partial<Failure> = {}): Answer {
  return { t: 'listFail', failure: failure(kind, o) };
}

export function event(event: WatchEvent): Answer {
  return { t: 'event', event };
}

export function timer(name: TimerName): Told {
  return { t: 'timer', name };
}

/** One effect in a word or two. */
export function say(effect: Effect): string {
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
export function deeds(result: Step): string[] {
  return result.effects.map(say).filter((text) => !/^(?:disarm|arm (?!backoff))/.test(text));
}

export function armed(result: Step): string[] {
  return result.effects.map(say).filter((text) => text.startsWith('arm '));
}

export function nameOf(state: State): string {
  return state.t === 'backoff' ? `backoff(${state.next})` : state.t;
}

/** Inputs without the number of the request they answer: the newest one of the state. */
type Told<I = Input> = I extends { call: number } ? Omit<I, 'call'> : I;

function addressed(input: Told, call: number | undefined): Input {
  const general = ['start', 'timer', 'suspendDetected', 'stop'].includes(input.t);
  // The cast only puts back what `Told` left out.
  return (general ? input : { ...input, call: call ?? 0 }) as Input;
}

export function tell(state: State, input: Told, env: Env = at(0)): Step {
  return step(state, addressed(input, openCalls(state).at(-1)), env);
}

/** The first of two open watches. */
export function tellFirst(state: State, input: Told, env: Env = at(0)): Step {
  return step(state, addressed(input, openCalls(state)[0]), env);
}

export function after(state: State, ...inputs: Told[]): State {
  let at = state;
  for (const input of inputs) at = tell(at, input).state;
  return at;
}

export const paged: Settings = { ...settings, streaming: false };
export const start: Told = { t: 'start' };
export const idle = idleState({ settings });
export const streaming = after(idle, start, { t: 'opened' });
export const streamed = after(streaming, event(bookmark('100', true)));
export const listing = after(idleState({ settings: paged }), start);
export const page1 = { t: 'page', resourceVersion: '100', continue: 'more' } as const;
export const page2 = { t: 'page', resourceVersion: '105' } as const;
export const listingPage2 = after(listing, page1);
export const opening = after(listingPage2, page2);
export const watching = after(opening, { t: 'opened' });
export const restreaming = after(idleState({ settings, resourceVersion: '100' }), start, { t: 'opened' });
export const relisting = after(idleState({ settings: paged, resourceVersion: '100' }), start);
export const rotating = after(watching, timer('rotate'));
export const probing = after(watching, timer('heartbeat'));

interface Row {
  /** A row of the table, in its words. */
  readonly row: string;
  readonly from: State;
  readonly input: Told;
  readonly now?: number;
  readonly to: string;
  readonly does: readonly string[];
}

export function rows(table: readonly Row[]): void {
  it.each(table)('$row → $to', ({ from, input, now, to, does }) => {
    const result = tell(from, input, at(now ?? 0));
    expect({ to: nameOf(result.state), does: deeds(result) }).toEqual({ to, does });
  });
}
