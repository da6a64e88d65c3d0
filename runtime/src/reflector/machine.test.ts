import { describe, expect, it } from 'vitest';
import { idleState, step } from './machine.js';
import { openCalls } from './machine/transitions.js';
import type { Input } from './protocol.js';
import {
  settings,
  START,
  failure,
  added,
  error,
  openFail,
  event,
  timer,
  say,
  deeds,
  armed,
  nameOf,
  tell,
  after,
  paged,
  start,
  idle,
  streaming,
  streamed,
  listing,
  page2,
  listingPage2,
  opening,
  watching,
  rotating,
  probing,
  rows,
} from '../../../tests/support/machine-table.js';

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
    for (const state of [idle, watching, rotating, probing, waiting, stopped]) {
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
