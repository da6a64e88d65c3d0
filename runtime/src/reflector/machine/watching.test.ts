import { describe, expect, it } from 'vitest';
import type { State } from '../protocol.js';
import {
  at,
  raw,
  failure,
  added,
  bookmark,
  error,
  event,
  timer,
  deeds,
  armed,
  nameOf,
  tell,
  after,
  streaming,
  watching,
  rows,
} from '../../../../tests/support/machine-table.js';

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
