import { describe, expect, it } from 'vitest';
import { idleState } from '../machine.js';
import { openCalls } from './transitions.js';
import {
  at,
  added,
  error,
  openFail,
  event,
  timer,
  deeds,
  armed,
  nameOf,
  tell,
  tellFirst,
  after,
  paged,
  start,
  rotating,
} from '../../../../tests/support/machine-table.js';

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
