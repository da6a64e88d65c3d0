import { describe, expect, it } from 'vitest';
import { step } from '../machine.js';
import { openCalls } from './transitions.js';
import type { State } from '../protocol.js';
import {
  START,
  at,
  failure,
  listFail,
  nameOf,
  openFail,
  timer,
  deeds,
  armed,
  tell,
  after,
  opening,
  rows,
} from '../../../../tests/support/machine-table.js';

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
      row: 'E7: unauthorized after a backoff refreshes again',
      from: after(opening, openFail('unauthorized'), openFail('unauthorized'), timer('backoff')),
      input: openFail('unauthorized'),
      to: 'opening',
      does: ['close', 'refreshAuth', 'open rv=100'],
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

  it('E7: credentials that were made new may be made new once more after the backoff of a relist', () => {
    const again = after(opening, openFail('expired'), { t: 'page', resourceVersion: '100' }, openFail('unauthorized'));
    const waiting = tell(again, openFail('expired')).state;
    expect(nameOf(waiting)).toBe('backoff(relist)');
    const list = tell(waiting, timer('backoff')).state;
    expect(deeds(tell(list, listFail('unauthorized')))).toEqual(['refreshAuth', 'list rv=100 match=NotOlderThan']);
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
